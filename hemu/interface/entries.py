"""What is written into the book about other systems; the subject is the token or the webhook."""

from hemu.ledger.entries import Kind

KINDS = (
    Kind("token.made", {"role": str, "communities": list, "ends_on": str}, frozenset({"role"})),
    Kind("token.revoked"),
    Kind("webhook.added", {"token": str, "kinds": list}, frozenset({"token", "kinds"})),
    Kind("webhook.stopped"),
)
"""``communities`` holds ids and is missing for a token of all of them; the token's name and the machine to which events go
lie in the closed part. ``kinds`` is empty where all are wanted."""
