"""What one may be allowed to do with duties."""

from hemu.access.actors import Actor
from hemu.duties.queries import duties_with

PERMISSIONS = {
    "duty.view": "see the duties of the communities in scope",
    "duty.keep": "give evidence by hand for the duties one's posts owe, or oversees",
    "duty.put_off": "put a duty off or excuse it, where a clause of the register lets one's role consent",
    "duty.annul": "annul somebody else's wrong evidence",
    "clause.switch": "switch clauses on and off in a community, and say what it is where clauses depend on it",
}


def _sees_files(actor: Actor, subject: str) -> bool:
    """Say whether one sees the files given as evidence for a duty; "" is nothing, asked all the same."""
    return duties_with(actor, "duty.view").filter(subject=subject).exists()


FILES_SEEN_BY = {"clause": _sees_files}
