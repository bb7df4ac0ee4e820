"""Reading what the phone sends: the act's time, the slot, the lines of materials."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, QueryDict

from hemu.field_work.operations import AtTheDoor
from hemu.field_work.rules import materials_said, money_said
from hemu.foundation.errors import RuleViolation

OLDEST = timedelta(days=30)
AT_ONCE = 60.0
"""Seconds that a form may take on its way."""
VALUES = {
    "appoint": ("from", "until"),
    "pause": ("cause", "resume_on"),
    "send_back": ("cause",),
    "accept": (),
}


@dataclass(frozen=True)
class Said:
    """A step as a form says it.

    Attributes:
        age_seconds: how long ago it happened, by the phone's own clock: a clock that is wrong does no harm.
    """

    step: str
    key: str
    words: str
    values: dict[str, str]
    door: AtTheDoor
    age_seconds: float

    def at(self, now: datetime) -> datetime:
        """Return when it happened; what was sent at once happens as it comes."""
        return now - timedelta(seconds=self.age_seconds) if self.age_seconds >= AT_ONCE else now


def said_in(request: HttpRequest) -> Said:
    """Read a step from a form.

    Raises:
        RuleViolation: ``field.unreadable_age``, ``field.wish_without_words``, and those of the rules.
    """
    post = request.POST
    step = post.get("step", "")
    values = {name: post[name] for name in VALUES.get(step, ()) if post.get(name)}
    if step == "appoint" and "/" in post.get("slot", ""):
        values["from"], _slash, values["until"] = post["slot"].partition("/")
    if step == "pause" and post.get("other_day"):
        values["resume_on"] = post["other_day"]
    return Said(
        step=step,
        key=post.get("key", ""),
        words=post.get("words", ""),
        values=values,
        door=_door(post, step),
        age_seconds=_age(post.get("age", "")),
    )


def _door(post: QueryDict, step: str) -> AtTheDoor:
    if step not in ("quote", "resolve"):
        return AtTheDoor()
    wishes, wish = post.get("wishes", ""), post.get("wish", "").strip()
    if wishes == "some" and not wish:
        raise RuleViolation("field.wish_without_words")
    names = ("material", "quantity", "unit", "price")
    return AtTheDoor(
        materials=materials_said(*(post.getlist(name) for name in names)),
        labour_fen=money_said(post.get("labour", "")) if step == "quote" else 0,
        wishes_asked=wishes in ("none", "some"),
        wish=wish if wishes == "some" else "",
    )


def _age(text: str) -> float:
    try:
        age = float(text or 0)
    except ValueError as error:
        raise RuleViolation("field.unreadable_age") from error
    if not 0 <= age <= OLDEST.total_seconds():
        raise RuleViolation("field.unreadable_age")
    return age


def body_of(request: HttpRequest) -> dict[str, list[str]]:
    """Return what a repeated form must say again for its key to hold: all of it but how long ago it was."""
    left_out = ("csrfmiddlewaretoken", "key", "age")
    return {name: values for name, values in request.POST.lists() if name not in left_out}
