"""What one may be allowed to do with the estate."""

PERMISSIONS = {
    "estate.view": "look up homes, households and people, phones masked",
    "estate.reveal": "see a phone number in full; each look is recorded",
    "estate.change": "change homes, people and places by hand",
    "roster.import": "import a roster",
}
