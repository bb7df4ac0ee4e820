"""What follows from entries about planned works and papers: what is owed beforehand moves with the works; a notice whose
paper was approved is approved."""

from uuid import UUID

from hemu.duties.operations import refit, void_duties
from hemu.ledger.entries import Reaction
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.notices.models import Notice
from hemu.notices.operations_notices import write


def _refit(entry: Entry) -> None:
    refit(entry, names=("planned_at",), said_by=("operation.planned", "operation.moved"), restarts={})


def _void(entry: Entry) -> None:
    void_duties(entry)


def _approve(entry: Entry) -> None:
    notice = (
        Notice.objects.select_related("community")
        .filter(document=UUID(entry.subject.partition(":")[2]))
        .first()
    )
    if notice is None:
        return
    act = Act(entry.actor, at=entry.at, recorded_at=entry.recorded_at)
    facts = {"channel": notice.channel or None, "independent": entry.facts["independent"]}
    write(notice, "notice.approved", act, facts, words={})


REACTIONS = (
    Reaction("operation.moved", _refit),
    Reaction("operation.called_off", _void),
    Reaction("paper.approved", _approve),
)
