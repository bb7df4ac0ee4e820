"""What one may be allowed to do with praise."""

PERMISSIONS = {"praise.pass_on": "pass an owner's praise on to the person praised"}
