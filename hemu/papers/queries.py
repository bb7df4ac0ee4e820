"""Reading papers: the gate, the lists, who is to decide, how an office's papers look on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from hemu.access.actors import Actor
from hemu.access.queries_kept import ids_kept_from
from hemu.estate.models import Office, Post
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import iso_local
from hemu.infra.terms import in_force
from hemu.messaging.queries import barred_from
from hemu.papers.models import ApprovalChain, Decision, Document, PaperLayout, SealUse, Version
from hemu.papers.rules_documents import ABOVE, KINDS, Chain, Decider, PaperKind, State, decides, turn_now
from hemu.papers.rules_official import HOUSE, Layout

PAGE, BADGE = 50, 99
OPEN = (State.DRAFT, State.SUBMITTED, State.REFUSED, State.APPROVED)


@cache
def kinds() -> dict[str, PaperKind]:
    """Return the kinds of papers by code: those of the house and those that rooms above declare."""
    found = dict(KINDS)
    for room in apps.get_app_configs():
        if room.name.startswith("hemu.") and find_spec(f"{room.name}.reactions"):
            declared = getattr(import_module(f"{room.name}.reactions"), "PAPER_KINDS", ())
            found |= {kind.code: kind for kind in declared}
    return found


# ── one paper ────────────────────────────────────────────────────────────────


def visible_to(actor: Actor, permission: str = "paper.read") -> QuerySet[Document]:
    """Return the papers of the offices at which a permission is held, without what is kept from this person."""
    held = actor.offices_with(permission)
    rows = Document.objects.all() if held is None else Document.objects.filter(office__in=held)
    return rows.exclude(id__in=hidden_from(actor)).select_related(
        "office", "community", "drafted_by", "replaces"
    )


def slips_of(subjects: Iterable[str]) -> set[str]:
    """Return the subjects of the slips of some cases."""
    numbers = [subject.partition(":")[2] for subject in subjects if subject.startswith("request:")]
    slips = Document.objects.filter(case_number__in=numbers).exclude(case_number="")
    return {each.subject for each in slips.only("id")}


def hidden_from(actor: Actor) -> set[UUID]:
    """Return the papers kept from somebody: slips of a case that names this person (DESIGN §5)."""
    return ids_kept_from(actor.staff_id, "paper")


def document_for(actor: Actor, document: UUID, permission: str = "paper.read") -> Document:
    """Return a paper that this person may see.

    Raises:
        RuleViolation: ``document.not_found``, the same for one that does not exist.
    """
    found = visible_to(actor, permission).filter(id=document).first()
    if found is None:
        raise RuleViolation("document.not_found")
    return found


def version_of(document: Document) -> Version:
    """Return a paper's newest words."""
    return document.versions.select_related("made_by").get(number=document.version)


def decisions_of(version: Version) -> list[Decision]:
    """Return the places in the chain of a version, in their order, with who decided."""
    return list(version.decisions.select_related("by").order_by("turn", "position"))


def own_of(document: Document, version: Version) -> set[str]:
    """Return whose own paper it is: who drafted it, who wrote its newest words, and whom its case names."""
    about = barred_from(f"request:{document.case_number}") if document.case_number else set()
    return {f"staff:{each}" for each in (document.drafted_by_id, version.made_by_id, *about)}


# ── who decides ──────────────────────────────────────────────────────────────


def people_of(
    office: Office, roles: Iterable[str], *, on: date
) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Return who holds each role at an office on a day, and who stands on the next rung, key → name.

    A role that nobody holds at the office is that of whoever holds it in the whole company.
    """
    wanted = set(roles)
    held = Post.objects.filter(
        in_force(on),
        Q(office=office) | Q(office__isnull=True),
        role__in=wanted | ABOVE,
    ).select_related("staff")
    found: dict[tuple[str, bool], dict[str, str]] = {}
    for post in held:
        found.setdefault((post.role, post.office_id is not None), {})[post.staff.key] = post.staff.name
    here = {role: found.get((role, True)) or found.get((role, False), {}) for role in wanted}
    above = {key: name for role in ABOVE for key, name in found.get((role, False), {}).items()}
    return here, above


def waiting_for(
    document: Document, version: Version, decisions: Iterable[Decision], *, on: date
) -> dict[str, str]:
    """Return whose decision is awaited now, key → name; empty where nobody's is."""
    places = list(decisions)
    turn = turn_now([(each.turn, bool(each.result)) for each in places])
    asked = [each.role for each in places if each.turn == turn and not each.result]
    here, above = people_of(document.office, asked, on=on)
    own, found = own_of(document, version), {}
    for role in asked:
        for key, name in {**here[role], **above}.items():
            try:
                decides(by=key, own=own, office=here[role], above=above)
            except RuleViolation:
                continue
            found[key] = name
    return found


def awaiting(actor: Actor) -> QuerySet[Document]:
    """Return the submitted papers in whose chain somebody's role still stands open, or whose rung it may become."""
    roles = actor.roles
    open_places = Decision.objects.filter(
        version__document=OuterRef("id"), version__number=OuterRef("version"), result=""
    )
    if not roles & ABOVE:
        open_places = open_places.filter(role__in=roles)
    rows = visible_to(actor, "paper.decide").filter(Exists(open_places), state=State.SUBMITTED)
    return rows.exclude(drafted_by=actor.staff_id)


# ── lists ────────────────────────────────────────────────────────────────────


def listed(
    rows: QuerySet[Document], *, state: str = "open", after: UUID | None = None
) -> tuple[list[Document], str]:
    """Return one page, newest first, and the id after which the next one begins ("" at the end).

    Args:
        state: ``open`` for what is under way, ``issued``, ``void`` or ``all``.
    """
    if state == "open":
        rows = rows.filter(state__in=OPEN)
    elif state != "all":
        rows = rows.filter(state=state)
    if after:
        rows = rows.filter(id__lt=after)
    found = list(rows.order_by("-id")[: PAGE + 1])
    return found[:PAGE], str(found[PAGE - 1].id) if len(found) > PAGE else ""


def seal_uses(
    actor: Actor | None, *, since: datetime | None = None, until: datetime | None = None
) -> QuerySet[SealUse]:
    """Return the register of the seal, newest first; for somebody of their offices, on the machine itself all.

    Args:
        since, until: moments, the first included and the last not.
    """
    held = actor.offices_with("paper.read") if actor else None
    rows = SealUse.objects.all() if held is None else SealUse.objects.filter(office__in=held)
    if actor:
        rows = rows.exclude(document__in=hidden_from(actor))
    if since:
        rows = rows.filter(at__gte=since)
    if until:
        rows = rows.filter(at__lt=until)
    return rows.select_related("document__office", "by", "version").order_by("-at", "-pk")


# ── what offices have set ────────────────────────────────────────────────────


Arranged = TypeVar("Arranged", PaperLayout, ApprovalChain)


def layout_for(office: Office, *, on: date) -> Layout:
    """Return how an office's papers look on a day: its own words, else the company's, else the house's."""
    rows = PaperLayout.objects.filter(Q(office=office) | Q(office__isnull=True), since__lte=on)
    newest = newest_of(rows)
    return layout_in(newest) if newest else HOUSE


def chain_for(office: Office, kind: PaperKind, *, on: date) -> Chain:
    """Return who reads and who approves a kind of paper at an office on a day."""
    rows = ApprovalChain.objects.filter(
        Q(office=office) | Q(office__isnull=True), kind=kind.code, since__lte=on
    )
    newest = newest_of(rows)
    return chain_in(newest) if newest else kind.chain


def newest_of(rows: Iterable[Arranged]) -> Arranged | None:
    """Return what holds: an office's own before the company's, of each the newest."""
    return max(rows, key=lambda each: (each.office_id is not None, each.since), default=None)


def layout_in(row: PaperLayout) -> Layout:
    """Return a layout as it is kept."""
    known = {each.name for each in fields(Layout)}
    return Layout(**{name: text for name, text in row.values.items() if name in known})


def chain_in(row: ApprovalChain) -> Chain:
    """Return a chain as it is kept."""
    return tuple(tuple(Decider(each["act"], each["role"]) for each in turn) for turn in row.turns)


def plain(document: Document) -> dict[str, Any]:
    """Return a paper as commands print it."""
    return {
        "id": str(document.id),
        "kind": document.kind,
        "number": document.number or None,
        "title": document.title,
        "state": document.state,
        "version": document.version,
        "office": document.office.name,
        "community": document.community.name if document.community else None,
        "code": document.code,
        "drafted_at": iso_local(document.drafted_at),
    }


def decided_plain(decision: Decision) -> Mapping[str, Any]:
    """Return a place in a chain as commands print it; who decided is named by id."""
    return {
        "turn": decision.turn,
        "act": decision.act,
        "role": decision.role,
        "result": decision.result or None,
        "independent": decision.independent,
        "second_factor": decision.second_factor,
        "at": iso_local(decision.at),
    }
