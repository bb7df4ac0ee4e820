"""Writing planned works: planned, then taken through the steps of their table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from hemu.access.actors import Actor
from hemu.attachments.operations import append_with_files
from hemu.attachments.queries import drafts_of
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import iso_utc
from hemu.infra.transaction import operation
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.notices.models import Work
from hemu.notices.rules_works import (
    CLAUSE_OF,
    NEEDS_PHOTO,
    PICTURES,
    PLANNERS,
    WORK_STEPS,
    check_kind,
    check_overrun,
    check_times,
    check_words,
)


@operation
def plan_work(
    *,
    community: Community,
    kind: str,
    place: str,
    starts: datetime,
    ends: datetime,
    by: Actor,
    act: Act,
    words: str,
    files: Sequence[str] = (),
) -> Work:
    """Plan works that touch owners: what must be told beforehand is owed from now on (NT-05, NT-06, NT-07, NT-12).

    Args:
        kind: one of ``rules_works.KINDS``.
        place: where, in 60 signs; shown to owners.

    Raises:
        RuleViolation: ``access.denied``, ``work.not_yours``, ``work.unknown_kind``, ``work.no_place``,
            ``work.no_words``, ``work.too_long``, ``work.ends_first``, ``work.over``, ``work.too_far``,
            ``file.not_found``.
    """
    _check_roles(by, community, PLANNERS)
    check_times(starts, ends, now=act.recorded_at)
    if not (place := place.strip()[:60]):
        raise RuleViolation("work.no_place")
    work = Work(
        id=new_id(act.recorded_at),
        community=community,
        kind=check_kind(kind),
        place=place,
        text=check_words(words),
        starts_at=starts,
        ends_at=ends,
        state=WORK_STEPS.start,
        planned_at=act.recorded_at,
        planned_by_id=by.staff_id,
        changed_at=act.recorded_at,
    )
    work.save(force_insert=True)
    _append(work, "operation.planned", act, {"kind": kind, **_times(work)}, work.text, files)
    return work


@dataclass(frozen=True)
class Times:
    """New times of works: those that a step asks for."""

    starts: datetime | None = None
    ends: datetime | None = None


@operation
def take_work_step(
    *,
    work: UUID,
    step: str,
    by: Actor,
    act: Act,
    words: str,
    times: Times = Times(),
    files: Sequence[str] = (),
    version: int | None = None,
) -> Entry:
    """Take one step: place a sign (with a photo), move, say that it runs over, finish, call off.

    Args:
        times: of ``move`` both, of ``run_over`` the new end.
        version: what the page showed; None where the caller has shown none.

    Raises:
        RuleViolation: ``work.not_found``, ``work.stale`` (version), ``step.unknown``, ``step.not_allowed``,
            ``work.not_yours``, ``work.no_words``, ``work.needs_times``, ``work.needs_photo``, ``work.not_begun``,
            ``work.no_overrun`` and those of `plan_work` about times.
    """
    rows = Work.objects.select_for_update(of=("self",)).select_related("community__office")
    found = rows.filter(id=work, community__in=by.communities("work.step")).first()
    if found is None:
        raise RuleViolation("work.not_found")
    if version not in (None, found.version):
        raise RuleViolation("work.stale", version=found.version)
    row = WORK_STEPS.find(step, found.state)
    _check_roles(by, found.community, row.roles)
    said = check_words(words)
    facts = _moved(found, step, times, now=act.recorded_at)
    if step in NEEDS_PHOTO:
        act = shown(act, files, refusal="work.needs_photo")
    found.state, found.version, found.changed_at = (
        row.lands_on(found.state),
        found.version + 1,
        act.recorded_at,
    )
    found.save(update_fields=["state", "version", "changed_at", "starts_at", "ends_at"])
    return _append(found, str(row.extras["kind"]), act, facts, said, files)


def _check_roles(by: Actor, community: Community, roles: frozenset[str]) -> None:
    by.require("work.step", community.office_id)
    if not roles & by.roles_at(community.office_id):
        raise RuleViolation("work.not_yours")


def _moved(work: Work, step: str, times: Times, *, now: datetime) -> dict[str, str]:
    """Give works the times of a step, and return them as its entry's facts."""
    asked: tuple[str, ...] = WORK_STEPS.find(step, work.state).extras["times"]  # type: ignore[assignment]
    if not asked:
        return {}
    if times.ends is None or ("starts" in asked and times.starts is None):
        raise RuleViolation("work.needs_times")
    if "starts" not in asked:
        check_overrun(starts=work.starts_at, ends=work.ends_at, to=times.ends, now=now)
        work.ends_at = times.ends
        return {"until": iso_utc(work.ends_at)}
    assert times.starts is not None
    check_times(times.starts, times.ends, now=now)
    work.starts_at, work.ends_at = times.starts, times.ends
    return _times(work)


def _times(work: Work) -> dict[str, str]:
    return {"planned_at": iso_utc(work.starts_at), "until": iso_utc(work.ends_at)}


def shown(act: Act, files: Sequence[str], *, refusal: str) -> Act:
    """Return an act that rests on a picture taken at the place.

    Raises:
        RuleViolation: ``refusal``: there is none among the drafts.
    """
    if not files or not {each.use for each in drafts_of(act.actor, files)} & PICTURES:
        raise RuleViolation(refusal)
    return replace(act, proof=Proof.DEVICE)


def _append(
    work: Work, kind: str, act: Act, facts: Mapping[str, str], said: str, files: Sequence[str]
) -> Entry:
    return append_with_files(
        community=work.community,
        kind=kind,
        subject=work.subject,
        act=act,
        clause=CLAUSE_OF[work.kind],
        facts=facts,
        words={"text": said},
        files=files,
    )
