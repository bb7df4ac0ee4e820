"""What one may be allowed to do with the numbers that an office or the company sets itself."""

PERMISSIONS = {
    "rules.change": "propose a number of one's office's profile, and confirm what another proposed",
}
