"""Reading pads: the gate to one, the list, which sheets are open, who enters late how often."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from hemu.access.actors import Actor
from hemu.duties.rules import is_late_entry
from hemu.estate.models import Community
from hemu.estate.queries import office_rules, staff_names
from hemu.foundation.errors import RuleViolation
from hemu.foundation.numbering import format_number, parse_number
from hemu.ledger.models import Entry
from hemu.paper_pads.models import Pad, Sheet

LISTED = 30
COUNTED = 5_000
"""Entries of a month that are looked at for lateness; more than any community writes late."""


def pad_for(actor: Actor, pad_id: UUID) -> Pad:
    """Return a pad of a community where this person may register.

    Raises:
        RuleViolation: ``pad.not_found``.
    """
    pad = pads().filter(id=pad_id, community__in=actor.communities("request.register")).first()
    if pad is None:
        raise RuleViolation("pad.not_found")
    return pad


def pads() -> QuerySet[Pad]:
    """Return all pads with what a line of them shows: how many sheets are open, used and returned."""
    counts = {
        f"{state}_count": Count("sheets", filter=Q(sheets__state=state)) for state in Sheet.State.values
    }
    return Pad.objects.select_related("community__office", "reserved_by").annotate(**counts)


def listed_pads(actor: Actor) -> list[Pad]:
    """Return the newest pads of the communities where this person may register, 30 at most."""
    return list(pads().filter(community__in=actor.communities("request.register")).order_by("-id")[:LISTED])


def open_sheets(pad: Pad) -> list[Sheet]:
    """Return the sheets of a pad that are neither typed in nor given back."""
    return list(pad.sheets.filter(state=Sheet.State.OPEN).order_by("serial"))


def next_sheet(community: Community) -> str:
    """Return the number of the oldest open sheet of a community, or ""."""
    rows = Sheet.objects.filter(pad__community=community, state=Sheet.State.OPEN)
    return rows.order_by("pad__year", "serial").values_list("number", flat=True).first() or ""


def number_as_written(community: Community, text: str) -> str:
    """Return the full number for what is on a sheet: all of it, or only the serial (``12``) of an open one.

    Raises:
        RuleViolation: ``pad.unknown_number`` (number).
    """
    plain = text.strip()
    if plain.isascii() and plain.isdecimal():
        rows = Sheet.objects.filter(pad__community=community, serial=int(plain[:9]))
        found = sorted(rows, key=lambda sheet: (sheet.state != Sheet.State.OPEN, sheet.number))
        if found:
            return found[0].number
        raise RuleViolation("pad.unknown_number", number=plain[:40])
    try:
        return format_number(*parse_number(plain))
    except RuleViolation:
        raise RuleViolation("pad.unknown_number", number=plain[:40]) from None


def late_entries_by_person(communities: list[Community], *, since: datetime) -> list[tuple[str, int]]:
    """Return who entered how much late (补录) since a moment, the most first; of acts of staff about cases."""
    offices = {each.book_id: each.office for each in communities}
    rows = Entry.objects.filter(
        book__in=offices,
        recorded_at__gte=since,
        recorded_at__gt=F("at") + timedelta(minutes=30),
        actor__startswith="staff:",
    )
    counts: Counter[UUID] = Counter()
    for entry in rows.order_by("-seq")[:COUNTED]:
        time = office_rules(offices[entry.book_id], on=entry.at).time
        if is_late_entry(at=entry.at, recorded_at=entry.recorded_at, time=time):
            counts[UUID(entry.actor[6:])] += 1
    names = staff_names(set(counts))
    return [(names.get(staff, ""), count) for staff, count in counts.most_common()]
