"""Reading statements: one gate, the months and how each stands, the figures, what is wrong or odd, who has them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from hemu.access.actors import Actor
from hemu.committee.queries import Item, Seat
from hemu.duties.models import Duty
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.papers.rules_documents import State as Paper
from hemu.statements.models import Publication, Receipt, Statement, statement_subject
from hemu.statements.rules import Figures, Line, Quarter, filled, month_before, months_of, sum_quarter
from hemu.statements.rules_checks import LOOK_BACK, Problem, problems_of
from hemu.statements.wording import received_item

CLAUSE, CLAUSE_AUDIT, CLAUSE_PUBLICATION = "OC-04", "OC-05", "OC-06"
PAGE = 24
RECEIVED = 20


def statements_of(actor: Actor, permission: str = "statement.view") -> QuerySet[Statement]:
    """Return the statements of the communities in which a permission is held."""
    rows = Statement.objects.filter(community__in=actor.communities(permission))
    return rows.select_related("community__office", "document", "prepared_by", "replaces")


def statement_for(actor: Actor, statement: UUID, permission: str = "statement.view") -> Statement:
    """Return a statement that this person may see.

    Raises:
        RuleViolation: ``statement.not_found``, the same for one that does not exist.
    """
    found = statements_of(actor, permission).filter(id=statement).first()
    if found is None:
        raise RuleViolation("statement.not_found")
    return found


def state_of(statement: Statement) -> str:
    """Return how a statement stands: ``draft``, ``refused``, ``handed_in``, ``approved``, ``delivered``, ``corrected``.

    What was replaced is ``corrected`` once its correction was delivered.
    """
    if statement.delivered_at:
        later = getattr(statement, "replaced_by", None)
        return "corrected" if later is not None and later.delivered_at else "delivered"
    paper = statement.document.state if statement.document else Paper.DRAFT
    return {
        Paper.SUBMITTED: "handed_in", Paper.REFUSED: "refused", Paper.APPROVED: "approved", Paper.ISSUED: "approved",
    }.get(Paper(paper), "draft")  # fmt: skip


def is_open(statement: Statement) -> bool:
    """Tell whether a statement may still be changed."""
    return state_of(statement) in ("draft", "refused")


def figures_of(statement: Statement) -> Figures:
    """Return what a statement says, its lines in their order."""
    lines = tuple(
        Line(each.category, each.item, each.month, each.budget, each.year)
        for each in sorted(statement.lines.all(), key=lambda each: each.position)
    )
    return Figures(
        statement.month,
        lines,
        statement.opening,
        statement.closing,
        statement.stated_income,
        statement.stated_expense,
        statement.budget_for,
        statement.rounding,
        dict(statement.explanations),
    )


def newest_of(rows: Iterable[Statement]) -> list[Statement]:
    """Return of each month the newest version, the newest month first."""
    found: dict[tuple[UUID, str], Statement] = {}
    for each in rows:
        key = (each.community_id, each.month)
        if key not in found or found[key].version < each.version:
            found[key] = each
    return sorted(found.values(), key=lambda each: each.month, reverse=True)


def delivered(communities: Collection[UUID] | None, **more: object) -> QuerySet[Statement]:
    """Return the statements that the committee has been sent, newest month and version first."""
    rows = Statement.objects.filter(delivered_at__isnull=False, **more)
    if communities is not None:
        rows = rows.filter(community__in=communities)
    rows = rows.select_related("community__office", "document__seal_use", "replaced_by", "replaces")
    return rows.order_by("-month", "-version")


def history_of(community: UUID, month: str, *, months: int = LOOK_BACK) -> list[Figures]:
    """Return what the statements sent for the months before say, the newest first. Two statements."""
    rows = delivered([community], month__lt=month).prefetch_related("lines")
    return [figures_of(each) for each in newest_of(rows[: 3 * months])][:months]


@dataclass(frozen=True)
class Checked:
    """A statement's figures, filled, with what is wrong or odd and the months before."""

    figures: Figures
    problems: list[Problem]
    history: list[Figures]

    @property
    def errors(self) -> list[Problem]:
        """What keeps it from being sent."""
        return [each for each in self.problems if each.is_error]

    @property
    def warnings(self) -> list[Problem]:
        """What goes with it, explained or not."""
        return [each for each in self.problems if not each.is_error]

    @property
    def explained(self) -> int:
        """How many of the warnings have words of explanation."""
        return sum(bool(self.figures.explanations.get(each.key or each.code)) for each in self.warnings)


def checked(figures: Figures, community: UUID) -> Checked:
    """Return figures filled from the months before and looked at. Two statements."""
    history = history_of(community, figures.month)
    before = next((each for each in history if each.month == month_before(figures.month)), None)
    full = filled(figures, before)
    return Checked(full, problems_of(full, history), history)


@dataclass(frozen=True)
class Month:
    """How a month stands: its newest version, all versions, and what is owed for it."""

    month: str
    newest: Statement | None
    duty: Duty | None


def months_for(community: Community, *, months: Sequence[str]) -> list[Month]:
    """Return how the months stand, in their order. Two statements."""
    rows = Statement.objects.filter(community=community, month__in=months)
    found = {each.month: each for each in newest_of(rows.select_related("document", "replaced_by"))}
    owed = duties_of(CLAUSE, [statement_subject(community.id, month) for month in months])
    return [
        Month(month, found.get(month), owed.get(statement_subject(community.id, month))) for month in months
    ]


def duties_of(clause: str, subjects: Collection[str]) -> dict[str, Duty]:
    """Return the duty of a clause by subject. One statement."""
    return {each.subject: each for each in Duty.objects.filter(subject__in=subjects, clause=clause)}


def quarter_for(community: UUID, quarter: str) -> Quarter:
    """Return what a quarter came to, from what the committee was sent. Two statements."""
    rows = delivered([community], month__in=months_of(quarter)).prefetch_related("lines")
    return sum_quarter(quarter, [figures_of(each) for each in newest_of(rows)])


def published_in(communities: Collection[UUID], *, limit: int = PAGE) -> list[Statement]:
    """Return the statements that the office published to the owners, newest first."""
    rows = delivered(communities, published_at__isnull=False)
    return newest_of(rows[: 2 * limit])[:limit]


def publications_in(communities: Collection[UUID], *, limit: int = PAGE) -> list[Publication]:
    """Return what was brought to the committees, newest first."""
    rows = Publication.objects.filter(community__in=communities)
    rows = rows.select_related("community__office", "delivered_by").prefetch_related("receipts")
    return list(rows.order_by("-quarter", "-id")[:limit])


def receipts_of(thing: Statement | Publication) -> list[Receipt]:
    """Return who has it, the first first."""
    return list(thing.receipts.order_by("at", "id"))


# ── what the committee's desk shows ───────────────────────────


def received(seat: Seat, *, now: datetime) -> list[Item]:
    """Return what a member was sent: statements and publications, newest first; unread ones say so. Three statements."""
    rows = list(delivered([seat.community.id])[:RECEIVED])
    papers = publications_in([seat.community.id], limit=RECEIVED)
    had = Receipt.objects.filter(member=seat.member).values_list("statement_id", "publication_id")
    read = {each for pair in had for each in pair if each}
    things: list[Statement | Publication] = [*rows, *papers]
    items = [received_item(each, read=each.id in read) for each in things]
    return sorted(items, key=lambda each: each.at or now, reverse=True)[:RECEIVED]


def open_months(today: date, *, count: int = 12) -> list[str]:
    """Return this month and those before it, newest first."""
    month = f"{today:%Y-%m}"
    found = [month]
    while len(found) < count:
        month = month_before(month)
        found.append(month)
    return found
