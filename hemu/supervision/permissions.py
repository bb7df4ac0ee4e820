"""What one may be allowed to do above the single case."""

PERMISSIONS = {
    "request.export": "export lists of requests to a spreadsheet",
}
