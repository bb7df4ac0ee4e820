"""The desk of the tests: registering and stepping with the times and people of a table's row."""

from collections.abc import Mapping, Sequence
from typing import Any

from hemu.access.tests.house import House, at
from hemu.duties.models import Duty
from hemu.infra.moments import iso_local
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller, register_request, take_step

CALLED = "2026-09-30 16:00"
"""A Wednesday, the last working day before the National Day rest of 2026 (1–7 October; Saturday the 10th works)."""


class Desk:
    """Takes one case through a history."""

    def __init__(self, house: House) -> None:
        self.house = house

    def register(
        self, type: str = "complaint", when: str = CALLED, entered: str = "", **more: Any
    ) -> Request:
        by = self.house.by("frontdesk")
        values: dict[str, Any] = {
            "community": self.house.community,
            "home": self.house.home,
            "text": "楼道的灯不亮。",
            "caller": Caller(self.house.owner.id, "示例业主", "19900001234"),
            **more,
        }
        if entered:
            values.setdefault("late_reason", "停电")
        return register_request(
            type=type, act=Act(by.key, at(when), at(entered or when), Proof.WORD), **values
        )

    def step(
        self,
        request: Request,
        line: str,
        when: str,
        words: str = "写明。",
        entered: str = "",
        files: Sequence[str] = (),
        **values: str,
    ) -> Request:
        """Take one step written ``login step``; the login ``owner`` is the owner by the link."""
        login, name = line.split()
        happened, recorded = at(when), at(entered or when)
        if login == "owner":
            act = Act(f"owner:{self.house.owner.id}", happened, recorded, Proof.OWN)
            by = None
        else:
            by = self.house.by(login)
            act = by.act(now=recorded, at=happened)
        return take_step(
            number=request.number, step=name, act=act, by=by, words=words, values=values, files=files
        )

    def go(self, request: Request, *history: tuple[str, str] | tuple[str, str, Mapping[str, str]]) -> Request:
        """Take the steps of a history, each ``(line, when)`` with the values it sets."""
        for line, when, *values in history:
            request = self.step(request, line, when, **dict(*values))
        return request


def duties(request: Request, state: str = "") -> dict[str, tuple[str, str | None]]:
    """Return a case's duties as clause → (state, due); where a clause has several, the last one born."""
    rows = Duty.objects.filter(subject=request.subject).order_by("id")
    return {
        duty.clause: (_state(duty), iso_local(duty.due_at))
        for duty in rows
        if not state or duty.state == state
    }


def _state(duty: Duty) -> str:
    return f"{duty.state}, late" if duty.is_late else str(duty.state)


def entries(request: Request) -> list[Entry]:
    return list(Entry.objects.filter(subject=request.subject).select_related("words_row").order_by("seq"))


def kinds(request: Request) -> list[str]:
    return [entry.kind for entry in entries(request)]


def written() -> tuple[int, ...]:
    """Return how many rows each table holds that a step could write to."""
    from hemu.infra.models import IdempotentAnswer, NumberSeries
    from hemu.messaging.models import Outgoing

    return tuple(
        model.objects.count() for model in (Entry, Duty, Outgoing, Request, NumberSeries, IdempotentAnswer)
    )
