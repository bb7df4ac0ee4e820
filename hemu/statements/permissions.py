"""What one may be allowed to do with statements, the audit window and publications."""

from uuid import UUID

from hemu.access.actors import Actor
from hemu.estate.models import Community

PERMISSIONS = {
    "statement.view": "see the monthly statements, the audit window with who looked, the publications",
    "statement.keep": "make up a monthly statement and hand it in",
    "statement.send": "send a statement to the committee, enter receipts, publish it to the owners",
    "audit.keep": "lay open books and vouchers, grant owners a look",
    "publication.deliver": "bring publications to the committee",
}


def _sees_files(actor: Actor, subject: str) -> bool:
    """Say whether one sees the files of a community's money; "" is nothing, asked all the same."""
    parts = subject.split(":")
    community = UUID(parts[1] if len(parts) == 3 else "0" * 32)
    held = actor.offices_with("statement.view")
    rows = Community.objects.filter(id=community)
    return (rows if held is None else rows.filter(office__in=held)).exists()


FILES_SEEN_BY = dict.fromkeys(("statement", "audit", "publication"), _sees_files)
