"""What one may be allowed to do above the single case."""

PERMISSIONS = {
    "wall.view": "see the wall of the day and the morning sheet",
    "review.sign": "take stock of the open complaints and sign for the day (RQ-13)",
    "request.export": "export lists of requests to a spreadsheet",
}
