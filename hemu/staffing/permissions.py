"""What one may be allowed to do with staff. Nobody changes their own posts, whatever they hold."""

PERMISSIONS = {
    "staff.view": "see who works here, in which post",
    "staff.change": "take people in, give and end posts, let people go, give codes for the first entry",
}
