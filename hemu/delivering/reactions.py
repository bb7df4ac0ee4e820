"""What follows from a paper that is issued: if it is a notice for phones, its messages are laid ready; their words."""

from uuid import UUID

from hemu.delivering.operations import publish
from hemu.delivering.operations_words import compose
from hemu.ledger.entries import Reaction
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.notices.models import Notice
from hemu.notices.rules_notices import BY_PHONE


def _publish(entry: Entry) -> None:
    rows = Notice.objects.select_related("document", "community__office", "work")
    notice = rows.filter(document=UUID(entry.subject.partition(":")[2])).first()
    if notice is None or notice.published_at is None or hasattr(notice, "delivery"):
        return
    content = notice.document.versions.get(number=notice.document.version).content
    channels = BY_PHONE & set(content["channels"])
    if channels:
        publish(notice=notice, channels=channels, act=Act(entry.actor, entry.at, entry.recorded_at))


REACTIONS = (Reaction("paper.issued", _publish),)
TEXTS = {"delivery": compose}
