"""What one may be allowed to do about other systems."""

PERMISSIONS = {
    "token.keep": "make and stop the tokens of other systems, within one's own rights and communities"
}
