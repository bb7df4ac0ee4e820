"""What one may be allowed to do with figures and with evidence that rests on word."""

PERMISSIONS = {
    "figure.view": "see what is attained against what is required, the lists behind it, and on what evidence rests",
    "evidence.recall": "call again what was drawn of other people's evidence on word, and note the outcome",
}
