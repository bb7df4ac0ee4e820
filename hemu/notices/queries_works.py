"""Reading planned works: one gate, one list."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from hemu.access.actors import Actor
from hemu.duties.models import Duty
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE, iso_local
from hemu.notices.models import Work
from hemu.notices.rules_works import State
from hemu.papers.models import Document

PAGE = 50
DRAFTS = {
    "outage": (
        "关于%(place)s停水停电的通知",
        "因%(text)s，%(place)s将于%(starts)s至%(ends)s停水停电，请提前做好准备。恢复后请先检查水阀和电器再使用。",
    ),
    "pest_control": (
        "关于%(place)s消杀的通知",
        "%(place)s将于%(starts)s至%(ends)s进行消杀。%(text)s作业时请关好门窗，看管好老人、小孩和宠物，绕开警示牌围起的地方。",
    ),
    "disruptive_work": (
        "关于%(place)s施工的通知",
        "%(place)s将于%(starts)s至%(ends)s施工。%(text)s施工时会有声响或不便，请注意安全。",
    ),
    "renewal": ("关于%(place)s改造的通知", "%(place)s将于%(starts)s至%(ends)s改造。%(text)s"),
}
"""Title and words with which the notice of works begins; papers are Chinese."""
CORRECTIONS = {
    "operation.moved": "%(place)s的作业改期，原来通知的时间作废。",
    "operation.overrun": "%(place)s的作业延长到%(ends)s。",
    "operation.called_off": "%(place)s的作业取消，原来的通知作废。",
}
"""How the correction of an issued notice begins when its works change."""
THANKS = "给您带来不便，敬请谅解。"


def works_for(actor: Actor, permission: str = "work.view") -> QuerySet[Work]:
    """Return the works of the communities in which a permission is held."""
    rows = Work.objects.filter(community__in=actor.communities(permission))
    return rows.select_related("community__office", "planned_by")


def work_for(actor: Actor, work: UUID, permission: str = "work.view") -> Work:
    """Return works that this person may see.

    Raises:
        RuleViolation: ``work.not_found``, the same for works that do not exist.
    """
    found = works_for(actor, permission).filter(id=work).first()
    if found is None:
        raise RuleViolation("work.not_found")
    return found


def listed(
    rows: QuerySet[Work], *, state: str = "planned", after: UUID | None = None
) -> tuple[list[Work], str]:
    """Return one page, entered last first, and the id after which the next one begins ("" at the end).

    Args:
        state: ``planned`` for what is still to come or going on, ``all``.
    """
    if state == "planned":
        rows = rows.filter(state=State.PLANNED)
    if after:
        rows = rows.filter(id__lt=after)
    found = list(rows.order_by("-id")[: PAGE + 1])
    return found[:PAGE], str(found[PAGE - 1].id) if len(found) > PAGE else ""


def owed_of(works: list[Work]) -> dict[str, list[Duty]]:
    """Return the open duties of each of these works by subject, due first, in one statement."""
    found: dict[str, list[Duty]] = {work.subject: [] for work in works}
    for duty in Duty.objects.filter(subject__in=list(found), state=Duty.State.OPEN).order_by(
        "due_at", "clause"
    ):
        found[duty.subject].append(duty)
    return found


def plain(work: Work) -> dict[str, str | int | None]:
    """Return works as commands print them."""
    return {
        "id": str(work.id),
        "kind": work.kind,
        "community": work.community.name,
        "place": work.place,
        "text": work.text,
        "starts": iso_local(work.starts_at),
        "ends": iso_local(work.ends_at),
        "state": work.state,
        "version": work.version,
    }


def is_running(work: Work, *, now: datetime) -> bool:
    """Tell whether works go on at a moment, or should have ended and nobody said so."""
    return work.state == State.PLANNED and work.starts_at <= now


def notice_begins(work: Work) -> tuple[str, str]:
    """Return the title and words with which the notice of works begins."""
    title, body = DRAFTS[work.kind]
    text = work.text.rstrip("。")
    said = {"place": work.place, "text": text if work.kind == "outage" else f"{text}。"}
    said |= {"starts": _moment(work.starts_at), "ends": _moment(work.ends_at)}
    return title % said, f"{body % said}{THANKS}"


def correction_begins(work: Work, kind: str, *, old: Document) -> str:
    """Return the words with which the correction of an issued notice begins, after a step of its works.

    Args:
        kind: of the step's entry: ``operation.moved``, ``operation.overrun``, ``operation.called_off``.
    """
    said = {"place": work.place, "ends": _moment(work.ends_at)}
    begun = restated(old, CORRECTIONS[kind] % said)
    return begun if kind == "operation.called_off" else f"{begun}\n{notice_begins(work)[1]}"


def restated(old: Document, body: str) -> str:
    """Return words as a correction says them, below the issue that it replaces."""
    return f"{old.number}《{old.title}》更正如下：\n{body}"


def corrected_title(title: str) -> str:
    """Return the title of a correction."""
    return title if title.startswith("更正：") else f"更正：{title}"[:80]


def _moment(moment: datetime) -> str:
    local = moment.astimezone(OFFICE_ZONE)
    return f"{local.month}月{local.day}日{local:%H:%M}"
