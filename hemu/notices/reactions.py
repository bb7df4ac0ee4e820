"""What follows from entries about planned works and papers: what is owed beforehand moves with the works, and what was
told of them is corrected; a notice whose paper was approved is approved, one that was issued is published."""

from uuid import UUID

from hemu.access.actors import actor_by_key
from hemu.duties.operations import refit, void_duties
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.ledger.entries import Reaction
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.messaging.operations import tell
from hemu.notices.models import Notice, Work
from hemu.notices.operations_notices import correct_notice, write
from hemu.notices.queries_works import correction_begins
from hemu.notices.rules_digest import CLAUSE as DIGEST
from hemu.notices.rules_digest import subject_of
from hemu.notices.rules_notices import BY_PHONE, NEEDS_SEALED_SHEET
from hemu.papers.rules_documents import SCAN


def _refit(entry: Entry) -> None:
    refit(entry, names=("planned_at",), said_by=("operation.planned", "operation.moved"), restarts={})


def _void(entry: Entry) -> None:
    void_duties(entry)


def _correct(entry: Entry) -> None:
    """Draft the correction of what owners were told of works, in the name of who changed them; a steward is told."""
    work = Work.objects.select_related("community__office").get(id=UUID(entry.subject.partition(":")[2]))
    told = Notice.objects.filter(work=work, document__state="issued").select_related("document")
    old = told.filter(document__replaced_by__isnull=True).order_by("-document_id").first()
    by = actor_by_key(entry.actor, now=entry.recorded_at)
    if old is None or by is None:
        return
    body = correction_begins(work, entry.kind, old=old.document)
    act = Act(entry.actor, at=entry.at, recorded_at=entry.recorded_at)
    until = max(office_day(work.ends_at), office_day(entry.recorded_at))
    made = correct_notice(
        document=old.document_id, body=body, until=until, by=by, act=act, permission="work.step"
    )
    tell(
        staff={old.document.drafted_by_id, by.staff_id},
        topic="paper.to_correct",
        subject=made.document.subject,
        key=f"correct:{made.document_id.hex}",
        now=entry.recorded_at,
    )


def _notice_of(entry: Entry) -> Notice | None:
    rows = Notice.objects.select_related("community", "document")
    return rows.filter(document=UUID(entry.subject.partition(":")[2])).first()


def _publish(entry: Entry) -> None:
    """Let owners read by phone what is issued for that; refuse to issue without a sealed sheet what the law asks one of.

    Raises:
        RuleViolation: ``notice.needs_sealed_sheet``.
    """
    notice = _notice_of(entry)
    if notice is None:
        return
    if notice.kind in NEEDS_SEALED_SHEET and entry.facts["seal_mode"] != SCAN:
        raise RuleViolation("notice.needs_sealed_sheet")
    content = notice.document.versions.get(number=notice.document.version).content
    if notice.published_at is None and BY_PHONE & set(content["channels"]):
        notice.published_at = entry.at
        notice.save(update_fields=["published_at"])


def _keep_frozen(entry: Entry) -> None:
    """Refuse to change what owners have read already.

    Raises:
        RuleViolation: ``notice.published``.
    """
    notice = _notice_of(entry)
    if notice is not None and notice.published_at:
        raise RuleViolation("notice.published")


def _approve(entry: Entry) -> None:
    notice = _notice_of(entry)
    if notice is None:
        return
    act = Act(entry.actor, at=entry.at, recorded_at=entry.recorded_at)
    facts = {"channel": notice.channel or None, "independent": entry.facts["independent"]}
    write(notice, "notice.approved", act, facts, words={})


def _digest(community: Community, period: str) -> str:
    return subject_of(community.id.hex, period)


PERIODS = {DIGEST: _digest}
"""Owed every month whatever happens: the complaint digest."""
REACTIONS = (
    Reaction("operation.moved", _refit),
    Reaction("operation.called_off", _void),
    *(Reaction(f"operation.{step}", _correct) for step in ("moved", "overrun", "called_off")),
    Reaction("paper.approved", _approve),
    Reaction("paper.issued", _publish),
    Reaction("paper.revised", _keep_frozen),
)
