"""What one may be allowed to do on the phone, on the way to a job."""

PERMISSIONS = {
    "field.work": "see one's own jobs of the day, with the owner's number, and take their steps from the phone",
}
