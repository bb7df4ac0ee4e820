"""What one may be allowed to do with duties."""

PERMISSIONS = {"duty.view": "see the duties of the communities in scope"}
