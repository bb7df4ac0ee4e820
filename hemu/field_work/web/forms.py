"""The forms of a job's steps: all that may come on the way, so that the open page goes on without network."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from hemu.field_work.queries import Job, is_at_home
from hemu.field_work.rules import AFTER, BESIDES, NEXT, SIGNED, Stage
from hemu.field_work.wording import STEPS, UNITS
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.infra.wording import date_words
from hemu.service_requests.wording import CANNOT, PAUSE_REASONS

ICONS = {
    "accept": "check",
    "appoint": "calendar-clock",
    "set_out": "navigation",
    "arrive": "map-pin",
    "nobody_home": "door-closed",
    "quote": "receipt-text",
    "accept_quote": "signature",
    "decline_quote": "thumbs-down",
    "resolve": "check-check",
    "confirm": "signature",
    "pause": "circle-pause",
    "resume": "circle-play",
    "send_back": "undo-2",
}
ONE_TAP = ("accept", "set_out", "resume")
"""Steps that say nothing but that they happened: the button itself sends them."""
DAYS_AHEAD = 5
HOURS = ((8, 10), (10, 12), (14, 16), (16, 18), (19, 21))


def forms_of(job: Job, *, now: datetime) -> list[dict[str, Any]]:
    """Return the steps in the order of a job's way, each with the stages at which it is shown."""
    steps = dict.fromkeys([*NEXT.values(), *(step for steps in BESIDES.values() for step in steps)])
    rows = [_form(job, step, now) for step in steps]
    return sorted(rows, key=lambda row: not row["primary_now"])


def _form(job: Job, step: str, now: datetime) -> dict[str, Any]:
    first = [stage for stage, next_step in NEXT.items() if next_step == step]
    besides = [stage for stage, steps in BESIDES.items() if step in steps]
    return {
        "step": step,
        "label": STEPS[step],
        "icon": ICONS[step],
        "one_tap": step in ONE_TAP,
        "signed": step in SIGNED,
        "primary_at": " ".join(first),
        "beside_at": " ".join(besides),
        "primary_now": job.stage in first,
        "beside_now": job.stage in besides,
        "after": str(_after(job, step)),
        "context": _CONTEXT[step](job, now) if step in _CONTEXT else {},
    }


def _after(job: Job, step: str) -> Stage:
    """Return where the phone takes the job to stand after a step that nobody has heard of yet."""
    if step == "resolve" and not is_at_home(job.case):
        return Stage.DONE
    if step == "accept" and (not is_at_home(job.case) or job.case.urgency == "urgent"):
        return Stage.TO_SET_OUT
    if step == "arrive" and job.case.paid and job.case.quote_accepted_at is None:
        return Stage.PRICED if job.case.quote_fen else Stage.TO_PRICE
    return AFTER[step]


def _slots(job: Job, now: datetime) -> dict[str, Any]:
    """Return slots of two hours for the days to come, those that are over left out."""
    local = now.astimezone(OFFICE_ZONE)
    days = [local.date() + timedelta(days=number) for number in range(DAYS_AHEAD)]
    return {"days": [(date_words(day), slots) for day in days if (slots := _slots_of(day, local))]}


def _slots_of(day: date, local: datetime) -> list[tuple[str, str]]:
    return [
        (f"{day.isoformat()} {begin:02}:00/{day.isoformat()} {end:02}:00", f"{begin}:00–{end}:00")
        for begin, end in HOURS
        if datetime(day.year, day.month, day.day, end, tzinfo=OFFICE_ZONE) > local
    ]


def _pause(job: Job, now: datetime) -> dict[str, Any]:
    today = office_day(now)
    days = [today + timedelta(days=number) for number in (1, 2, 3, 7)]
    return {
        "causes": list(PAUSE_REASONS.items()),
        "days": [(day.isoformat(), date_words(day)) for day in days],
        "first": (today + timedelta(days=1)).isoformat(),
    }


_CONTEXT: dict[str, Callable[[Job, datetime], dict[str, Any]]] = {
    "appoint": _slots,
    "pause": _pause,
    "send_back": lambda job, now: {"causes": list(CANNOT.items())},
    "quote": lambda job, now: {"units": list(UNITS.items()), "labour": True},
    "resolve": lambda job, now: {
        "units": list(UNITS.items()),
        "wishes": [("none", _("问了，没有了")), ("some", _("问了，还有"))],
    },
}
