"""Reading the file: whose it is, the lists, one item, what may go, disposals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from hemu.access.actors import Actor
from hemu.access.queries_kept import ids_kept_from
from hemu.estate.models import Community, Home, Office
from hemu.filing.models import Disposal, Hold, Item, ItemWord
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import iso_local
from hemu.infra.search import holds, newest_with, tokens_of

PAGE = 50
FOUND = 500
"""Of words that more items hold the newest are looked at."""
NOTHING = "0" * 32


@dataclass(frozen=True)
class Scope:
    """Whose file it is: a community's, or what an office has of its own."""

    id: UUID
    name: str
    office: Office
    community: Community | None


def scope_of(community: Community) -> Scope:
    """Return the file of a community."""
    return Scope(community.id, community.name, community.office, community)


def scopes_of(actor: Actor, permission: str) -> list[Scope]:
    """Return the files that somebody may open: those of their communities, then their offices' own. Statements: two."""
    communities = actor.communities(permission).select_related("office").order_by("name")
    found = [scope_of(each) for each in communities]
    held = actor.offices_with(permission)
    offices = Office.objects.order_by("name") if held is None else Office.objects.filter(id__in=held)
    return found + [Scope(each.id, each.name, each, None) for each in offices]


def scope_asked(actor: Actor, permission: str, asked: str) -> Scope | None:
    """Return the file of an id among those that somebody may open, else the first; None where there is none."""
    found = scopes_of(actor, permission)
    return next((each for each in found if str(each.id) == asked), found[0] if found else None)


# ── one item ─────────────────────────────────────────────────────────────────


def visible_to(actor: Actor) -> QuerySet[Item]:
    """Return the items of the offices whose file somebody sees, without what is kept from this person."""
    held = actor.offices_with("archive.view")
    rows = Item.objects.all() if held is None else Item.objects.filter(office__in=held)
    return without_hidden(actor, rows).select_related("office", "community__office", "home")


def without_hidden(actor: Actor, rows: QuerySet[Item]) -> QuerySet[Item]:
    """Leave out what was filed of a complaint that names this person (DESIGN §5). One statement of its own."""
    return rows.exclude(id__in=ids_kept_from(actor.staff_id, "archive"))


def filed_of(subjects: Iterable[str]) -> set[str]:
    """Return the subjects of what was filed of some cases, of disposals that hold any of it, and of their records."""
    named = set(subjects)
    numbers = [subject.partition(":")[2] for subject in named]
    items = Item.objects.filter(Q(subject__in=named) | Q(paper_number__in=numbers))
    going = Disposal.objects.filter(items__in=items).distinct()
    records = Item.objects.filter(subject__in=[each.subject for each in going])
    return {each.own_subject for each in items.union(records)} | {each.subject for each in going}


def item_for(actor: Actor, item: UUID, permission: str = "archive.view", *, lock: bool = False) -> Item:
    """Return an item that this person may see, locked until the transaction ends where asked.

    Raises:
        RuleViolation: ``archive.not_found``, the same for one that does not exist; ``access.denied``.
    """
    rows = visible_to(actor)
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(id=item).first()
    if found is None:
        raise RuleViolation("archive.not_found")
    actor.require(permission, found.office_id)
    return found


def without_kept(actor: Actor, rows: QuerySet[Disposal]) -> QuerySet[Disposal]:
    """Leave out the disposals of what was filed of a complaint that names this person; others decide over them."""
    return rows.exclude(id__in=ids_kept_from(actor.staff_id, "disposal"))


def disposal_for(
    actor: Actor, disposal: UUID, permission: str = "archive.view", *, lock: bool = False
) -> Disposal:
    """Return a disposal that this person may see.

    Raises:
        RuleViolation: ``disposal.not_found``, the same for one that does not exist; ``access.denied``.
    """
    held = actor.offices_with("archive.view")
    rows = Disposal.objects.select_related("office", "community__office", "proposed_by", "decided_by")
    rows = without_kept(actor, rows if held is None else rows.filter(office__in=held))
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(id=disposal).first()
    if found is None:
        raise RuleViolation("disposal.not_found")
    actor.require(permission, found.office_id)
    return found


# ── lists ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to; empty: not at all.

    Attributes:
        words: of the title, or a number that the paper bears (文号), or its number in the file (档号).
        since, until: of the day that the paper bears, both included.
    """

    words: str = ""
    file_class: str = ""
    home: Home | None = None
    since: date | None = None
    until: date | None = None


def listed(
    scope: UUID, asked: Asked, *, by: Actor | None, after: tuple[date, UUID] | None = None
) -> tuple[list[Item], bool, bool]:
    """Return one page of a file, the newest paper first, whether there are more, and whether words found too many.

    Statements: one for the words, one for the page, and what is kept from this person.

    Args:
        after: day and id of the last item of the page before.
    """
    rows, cut = Item.objects.filter(scope=scope), False
    if by is not None:
        rows = without_hidden(by, rows)
    if words := asked.words.replace("\x00", "").strip():
        ids, cut = _with_words(scope, words)
        rows = rows.filter(Q(number=words.upper()) | Q(id__in=ids))
    if asked.file_class:
        rows = rows.filter(file_class=asked.file_class)
    if asked.home:
        rows = rows.filter(home=asked.home)
    if asked.since:
        rows = rows.filter(dated__gte=asked.since)
    if asked.until:
        rows = rows.filter(dated__lte=asked.until)
    if after:
        day, id = after
        rows = rows.filter(dated__lte=day).exclude(dated=day, id__gte=id)
    held = Hold.objects.filter(item=OuterRef("pk"), lifted_at__isnull=True)
    rows = rows.select_related("home").annotate(held=Exists(held)).order_by("-dated", "-id")
    found: list[Item] = [*rows[: PAGE + 1]]
    return found[:PAGE], len(found) > PAGE, cut


def _with_words(scope: UUID, words: str) -> tuple[list[UUID], bool]:
    """Return the newest items of a file that hold the words; one letter alone is looked for in the newest titles."""
    if not tokens_of(words):
        rows = Item.objects.filter(scope=scope).order_by("-id").values_list("id", "title")[:FOUND]
        return [id for id, title in rows if holds(title, words)], False
    found = newest_with(words, scopes=[scope], at_most=FOUND, index=ItemWord.objects.all())
    if len(tokens_of(words)) == 1:
        return found.ids, found.cut
    said = Item.objects.filter(id__in=found.ids).values_list("id", "title", "paper_number")
    return [id for id, *texts in said if holds(" ".join(texts), words)], found.cut


def to_go(scope: UUID, *, today: date) -> QuerySet[Item]:
    """Return what may be disposed of: its time has passed, nobody holds it, it is still there; longest past first."""
    held = Hold.objects.filter(item=OuterRef("pk"), lifted_at__isnull=True)
    rows = Item.objects.filter(scope=scope, keep_until__lt=today, disposed_at__isnull=True)
    return rows.exclude(Exists(held)).order_by("keep_until", "id")


def disposals_of(scope: UUID) -> QuerySet[Disposal]:
    """Return the disposals of a file, newest first."""
    rows = Disposal.objects.filter(scope=scope).select_related(
        "proposed_by", "decided_by", "office", "community"
    )
    return rows.order_by("-id")


def plain(item: Item) -> dict[str, Any]:
    """Return an item as commands print it."""
    return {
        "id": str(item.id),
        "number": item.number,
        "class": item.file_class,
        "title": item.title,
        "paper_number": item.paper_number or None,
        "dated": item.dated.isoformat(),
        "home": item.home.written if item.home else None,
        "piece": item.piece or None,
        "filed_at": iso_local(item.filed_at),
        "keep_until": item.keep_until.isoformat() if item.keep_until else None,
        "disposed_at": iso_local(item.disposed_at) if item.disposed_at else None,
    }
