"""What one may be allowed to do with files. Who may see one follows from the thing it lies with."""

PERMISSIONS = {
    "file.keep": "hand in pictures, voice notes and papers, to name them in an act",
}
