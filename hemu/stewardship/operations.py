"""Writing issues found and property kept: one is entered, then taken through the steps of its table."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from hemu.access.actors import Actor
from hemu.attachments.operations import append_with_files
from hemu.estate.models import Community, Home
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.stewardship.models import Matter
from hemu.stewardship.rules import (
    FINDERS,
    ISSUE,
    KEEPERS,
    OPENED,
    PROPERTY,
    STEPS_OF,
    THINGS,
    check_code,
    check_words,
    state_after,
)


@operation
def find_issue(
    *,
    community: Community,
    by: Actor,
    act: Act,
    words: str,
    home: Home | None = None,
    place: str = "",
    files: Sequence[str] = (),
) -> Matter:
    """Enter an issue that the office found by itself: owners or the committee are to be told of it (RQ-31).

    Args:
        home: whose it is about; None for a public place.
        files: ids of the actor's drafts: photos of it.

    Raises:
        RuleViolation: ``access.denied``, ``matter.not_yours``, ``matter.no_words``, ``matter.too_long``,
            ``request.other_community``, ``file.not_found``.
    """
    _check_roles(by, community, FINDERS)
    return _open(ISSUE, community, by, act, words, home, place, files, {})


@operation
def receive_property(
    *,
    community: Community,
    by: Actor,
    act: Act,
    words: str,
    home: Home,
    thing: str,
    place: str = "",
    files: Sequence[str] = (),
) -> Matter:
    """Enter a thing of an owner's that the office keeps or uses (RQ-32).

    Args:
        thing: one of ``rules.THINGS``.
        place: where it is kept.

    Raises:
        RuleViolation: those of ``find_issue``; ``matter.unknown_value``.
    """
    _check_roles(by, community, KEEPERS)
    thing = check_code("thing", thing, THINGS)
    return _open(PROPERTY, community, by, act, words, home, place, files, {"thing": thing})


def _check_roles(by: Actor, community: Community, roles: frozenset[str]) -> None:
    by.require("matter.step", community.office_id)
    if not roles & by.roles_at(community.office_id):
        raise RuleViolation("matter.not_yours")


def _open(
    kind: str,
    community: Community,
    by: Actor,
    act: Act,
    words: str,
    home: Home | None,
    place: str,
    files: Sequence[str],
    facts: Mapping[str, str],
) -> Matter:
    if home is not None and home.community_id != community.id:
        raise RuleViolation("request.other_community")
    matter = Matter(
        id=new_id(act.recorded_at),
        kind=kind,
        community=community,
        home=home,
        place=place.strip()[:60],
        thing=facts.get("thing", ""),
        text=check_words(words),
        state=STEPS_OF[kind].start,
        opened_at=act.at,
        opened_by_id=by.staff_id,
        changed_at=act.recorded_at,
    )
    matter.save(force_insert=True)
    _append(matter, OPENED[kind], act, {**facts, "home": str(home.id) if home else None}, matter.text, files)
    return matter


@operation
def take_step(
    *,
    matter: UUID,
    step: str,
    by: Actor,
    act: Act,
    words: str,
    values: Mapping[str, str],
    files: Sequence[str] = (),
    version: int | None = None,
) -> Entry:
    """Take one step of an issue's or a property's table.

    Args:
        words: what was said, found or done; every step asks for them.
        values: the codes that the step asks for.
        version: what the page showed; None where the caller has shown none.

    Raises:
        RuleViolation: ``matter.not_found``, ``matter.stale`` (version), ``step.unknown``, ``step.not_allowed``,
            ``matter.not_yours``, ``matter.no_words``, ``matter.too_long``, ``matter.unknown_value``.
    """
    rows = Matter.objects.select_for_update(of=("self",)).select_related("community__office")
    found = rows.filter(id=matter, community__in=by.communities("matter.step")).first()
    if found is None:
        raise RuleViolation("matter.not_found")
    if version not in (None, found.version):
        raise RuleViolation("matter.stale", version=found.version)
    row = STEPS_OF[found.kind].find(step, found.state)
    _check_roles(by, found.community, row.roles)
    codes: Mapping[str, tuple[str, ...]] = row.extras["codes"]  # type: ignore[assignment]
    facts = {name: check_code(name, values.get(name, ""), known) for name, known in codes.items()}
    said = check_words(words)
    found.state = state_after(step, row.lands_on(found.state), remedy=facts.get("remedy", ""))
    found.version, found.changed_at = found.version + 1, act.recorded_at
    found.save(update_fields=["state", "version", "changed_at"])
    return _append(found, str(row.extras["kind"]), act, facts, said, files)


def _append(
    matter: Matter, kind: str, act: Act, facts: Mapping[str, str | None], said: str, files: Sequence[str]
) -> Entry:
    return append_with_files(
        community=matter.community,
        kind=kind,
        subject=matter.subject,
        act=act,
        clause="RQ-31" if matter.kind == ISSUE else "RQ-32",
        facts=facts,
        words={"text": said},
        files=files,
    )
