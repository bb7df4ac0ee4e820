"""Saying which clauses are watched in a community, from which day on, and what the community is where clauses depend on it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from hemu.access.actors import Actor
from hemu.duties.models import Duty
from hemu.duties.queries import is_watched
from hemu.estate.models import Community, CommunityFact
from hemu.estate.operations import confirm_fact, state_fact, switch_clauses
from hemu.estate.queries import office_rules
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.sop.watching import check_switch


@operation
def switch(*, community: Community, what: Sequence[str], since: date, on: bool, by: Actor, act: Act) -> Entry:
    """Switch clauses or packages on or off from a day on, today at the earliest; who did it stands in the book.

    Open duties of periods that begin on that day or later are void where their clause is watched no more.

    Args:
        what: names of packages (``sop.watching.PACKAGES``) and ids of clauses.

    Raises:
        RuleViolation: ``access.denied``, ``clause.unknown``, ``clause.none_named``, ``clause.in_past``.
    """
    by.require("clause.switch", community.office_id)
    names = list(dict.fromkeys(check_switch(each) for each in what))
    if not names:
        raise RuleViolation("clause.none_named")
    if since < office_day(act.recorded_at):
        raise RuleViolation("clause.in_past")
    switch_clauses(community=community, what=names, since=since, on=on, now=act.recorded_at)
    entry = _append(community, "clause.switched", act, {"what": names, "since": since.isoformat(), "on": on})
    if not on:
        _void_unwatched(entry, community, since)
    return entry


def copy_switches(*, source: Community, to: Community, since: date, by: Actor, act: Act) -> list[Entry]:
    """Switch in one community what is switched in another, a pilot, on that day.

    Raises:
        RuleViolation: those of ``switch``; ``access.denied`` also where the pilot may not be seen.
    """
    by.require("duty.view", source.office_id)
    watching = office_rules(source.office, on=act.recorded_at).watching.get(source.book_id)
    said = watching.said(since) if watching else {}
    return [
        switch(community=to, what=names, since=since, on=on, by=by, act=act)
        for on in (True, False)
        if (names := [what for what, is_on in said.items() if is_on is on])
    ]


@operation
def state(*, community: Community, fact: str, since: date, on: bool, by: Actor, act: Act) -> CommunityFact:
    """Say what a community is from a day on (a committee in office, unsold homes …); it counts once another confirms it.

    Raises:
        RuleViolation: ``access.denied``, ``fact.unknown`` (fact, known), ``fact.stated_already``.
    """
    by.require("clause.switch", community.office_id)
    waiting = CommunityFact.objects.filter(community=community, fact=fact, confirmed_by="")
    if waiting.exists():
        raise RuleViolation("fact.stated_already")
    stated = state_fact(community=community, fact=fact, since=since, on=on, by=act.actor, now=act.recorded_at)
    _append(community, "community.fact_stated", act, {"fact": fact, "since": since.isoformat(), "on": on})
    return stated


@operation
def confirm(*, stated: UUID, by: Actor, act: Act) -> Entry:
    """Confirm what somebody else said of a community; duties to which it puts an end are void.

    Raises:
        RuleViolation: ``fact.not_found``, ``fact.own_word``, ``fact.confirmed_already``.
    """
    rows = CommunityFact.objects.select_for_update(of=("self",)).select_related("community__office")
    found = rows.filter(id=stated, community__in=by.communities("clause.switch")).first()
    if found is None:
        raise RuleViolation("fact.not_found")
    confirm_fact(stated=found, by=act.actor, now=act.recorded_at)
    facts = {"fact": found.fact, "since": found.since.isoformat(), "on": found.on, "stated": str(found.id)}
    entry = _append(found.community, "community.fact_confirmed", act, facts)
    if not found.on:
        _void_unwatched(entry, found.community, max(found.since, office_day(act.recorded_at)))
    return entry


def _append(community: Community, kind: str, act: Act, facts: dict[str, object]) -> Entry:
    return append(
        book=community.book_id,
        kind=kind,
        subject=f"community:{community.id}",
        act=act,
        facts=facts,
    )


def _void_unwatched(entry: Entry, community: Community, since: date) -> None:
    """Void the open duties of periods that begin on a day or later and whose clause is not watched on that day."""
    begins = datetime.combine(since, datetime.min.time(), OFFICE_ZONE)
    rows = Duty.objects.filter(
        book=community.book_id, state=Duty.State.OPEN, trigger__isnull=True, start_at__gte=begins
    )
    gone = [
        each.id
        for each in rows.only("id", "clause", "start_at")
        if not is_watched(
            each.clause, rules=office_rules(community.office, on=each.start_at), book_id=community.book_id
        )
    ]
    Duty.objects.filter(id__in=gone).update(state=Duty.State.VOID, ended_by=entry.id, next_at=None)
