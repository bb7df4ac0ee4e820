"""What staff may be allowed to do with what owners wrote themselves."""

PERMISSIONS = {
    "portal.match": "tie what an unknown number wrote to a home",
}
