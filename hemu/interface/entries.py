"""What is written into the book about other systems; the subject is the token."""

from hemu.ledger.entries import Kind

KINDS = (
    Kind("token.made", {"role": str, "communities": list, "ends_on": str}, frozenset({"role"})),
    Kind("token.revoked"),
)
"""``communities`` holds ids and is missing for a token of all of them; the token's name lies in the closed part."""
