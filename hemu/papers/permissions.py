"""What one may be allowed to do with papers."""

PERMISSIONS = {
    "paper.view": "see the list of forms and the papers of one's offices",
}
