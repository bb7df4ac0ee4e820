"""Effects of what owners add to a case: urging, others who report the same, partly solved, a rating."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from hemu.estate.models import Home
from hemu.estate.queries import find_home
from hemu.foundation.errors import RuleViolation
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.service_requests.models import Party, Request
from hemu.service_requests.operations.asked import Asked, Effect
from hemu.service_requests.rules import OWN_WORDS_A_DAY, URGE_AGAIN_AFTER

SCORES = ("1", "2", "3", "4", "5")


def add(asked: Asked) -> Effect:
    """More words to the case; by the owner at most ``OWN_WORDS_A_DAY`` times in 24 hours.

    Raises:
        RuleViolation: ``add.too_many``.
    """
    if asked.by is None and _own(asked, "request.added", timedelta(days=1)) >= OWN_WORDS_A_DAY:
        raise RuleViolation("add.too_many", count=OWN_WORDS_A_DAY)
    return Effect(asked.said)


def _own(asked: Asked, kind: str, within: timedelta) -> int:
    """Return how often the owner has done this by the own link within a span before now."""
    since = asked.act.recorded_at - within
    entries = Entry.objects.filter(subject=asked.request.subject, kind=kind, proof=Proof.OWN)
    return entries.filter(recorded_at__gt=since).count()


def urge(asked: Asked) -> Effect:
    """The owner presses for it; counted. By the own link not again so soon.

    Raises:
        RuleViolation: ``urge.too_soon``.
    """
    if asked.by is None and _own(asked, "request.urged", URGE_AGAIN_AFTER):
        raise RuleViolation("urge.too_soon", hours=URGE_AGAIN_AFTER // timedelta(hours=1))
    times = asked.request.urged_count + 1
    return Effect(asked.said, facts={"times": times}, changes={"urged_count": times})


def second(asked: Asked) -> Effect:
    """Another household reports the same matter: it joins this case and counts once (RQ-16).

    By the owner's own hand a home counts once, whoever of it presses, and never for its own case.

    Values: `home`, a room, and `person`, an id; without either an unnamed voice is counted.

    Raises:
        RuleViolation: ``second.already``, ``home.unknown``, ``request.unknown_value``.
    """
    request = asked.request
    room, person = asked.take("home"), asked.take("person")
    home = find_home(request.community, room) if room else None
    who: dict[str, Any] = {"home": home, "person_id": _id(person) if person else None}
    if asked.by is None and home and (home.id == request.home_id or _has_joined(request, home)):
        raise RuleViolation("second.already")
    if any(who.values()):
        _, new = Party.objects.get_or_create(request=request, **who, defaults={"joined_at": asked.act.at})
        if not new:
            raise RuleViolation("second.already")
    count = request.seconded_count + 1
    return Effect(
        asked.said,
        facts={"home": str(home.id) if home else None, "person": person or None, "count": count},
        changes={"seconded_count": count},
    )


def _has_joined(request: Request, home: Home) -> bool:
    return Party.objects.filter(request=request, home=home).exists()


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise RuleViolation("request.unknown_value", field="person", value=text[:40], known=[]) from error


def partly(asked: Asked) -> Effect:
    """Partly solved: what is missing goes back to be sorted anew."""
    return Effect(asked.said, facts={"by_owner": asked.act.proof is Proof.OWN}, changes={"handler": None})


def rate(asked: Asked) -> Effect:
    """The owner's rating, 1 to 5; no member of staff and no job can write one.

    Raises:
        RuleViolation: ``rate.score``.
    """
    score = asked.take("score")
    if score not in SCORES:
        raise RuleViolation("rate.score")
    return Effect(asked.said, facts={"score": int(score)}, changes={"score": int(score)})
