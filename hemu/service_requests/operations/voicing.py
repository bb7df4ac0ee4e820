"""Effects of what owners add to a case: urging, others who report the same, partly solved, a rating."""

from typing import Any
from uuid import UUID

from hemu.estate.queries import find_home
from hemu.foundation.errors import RuleViolation
from hemu.ledger.entries import Proof
from hemu.service_requests.models import Party
from hemu.service_requests.operations.asked import Asked, Effect

SCORES = ("1", "2", "3", "4", "5")


def urge(asked: Asked) -> Effect:
    """The owner presses for it; counted."""
    times = asked.request.urged_count + 1
    return Effect(asked.said, facts={"times": times}, changes={"urged_count": times})


def second(asked: Asked) -> Effect:
    """Another household reports the same matter: it joins this case and counts once (RQ-16).

    Values: `home`, a room, and `person`, an id; without either an unnamed voice is counted.

    Raises:
        RuleViolation: ``second.already``, ``home.unknown``, ``request.unknown_value``.
    """
    request = asked.request
    room, person = asked.take("home"), asked.take("person")
    home = find_home(request.community, room) if room else None
    who: dict[str, Any] = {"home": home, "person_id": _id(person) if person else None}
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
