"""What one may be allowed to do with papers. Who may see a thing may print it."""

PERMISSIONS = {
    "paper.template": "change an office's own letter",
}
