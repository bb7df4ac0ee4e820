"""What one may be allowed to do with calls and channels."""

PERMISSIONS = {
    "call.view": "see the calls of the office and how fast they were taken",
    "call.keep": "enter calls and call back",
    "channel.check": "check the channels each month and sign for it (RQ-27)",
}
