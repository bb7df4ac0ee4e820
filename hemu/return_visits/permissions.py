"""What one may be allowed to do with return visits. Who may take which step is the step table's."""

PERMISSIONS = {
    "return_visit.view": "see the return visits of the communities in scope",
    "return_visit.step": "take the steps of a return visit that the step table allows one's roles",
}
