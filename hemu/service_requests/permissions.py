"""What one may be allowed to do with service requests. Who may take which step is the step table's."""

PERMISSIONS = {
    "request.view": "see the requests of the communities in scope",
    "request.register": "register a request",
    "request.step": "take the steps that the step table allows one's roles",
}
