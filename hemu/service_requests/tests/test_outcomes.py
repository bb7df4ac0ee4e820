"""How a case may be closed: one outcome, the one that its history gives (DESIGN §6)."""

import pytest

from hemu.foundation.errors import RuleViolation
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import Desk, entries

SORTED = ("frontdesk classify", "2026-09-30 16:10")
DONE = ("technician resolve", "2026-09-30 17:00")
TOLD = ("steward inform", "2026-09-30 17:10")
TRY = "steward try_contact"

OUTCOMES = [
    ("the owner by the link", (SORTED, DONE, TOLD, ("owner confirm", "2026-09-30 18:00")), "confirmed"),
    ("the owner before being told", (SORTED, DONE, ("owner confirm", "2026-09-30 18:00")), "confirmed"),
    ("told to us", (SORTED, DONE, TOLD, ("steward confirm", "2026-09-30 18:00")), "told"),
    ("sent back, then confirmed by the link and told the second time",
     (SORTED, DONE, TOLD, ("owner send_back", "2026-09-30 18:00"), ("technician resolve", "2026-09-30 18:10"),
      ("steward inform", "2026-09-30 18:20"), ("steward confirm", "2026-09-30 18:30")), "told"),
    ("silence after two tries and seven days",
     (SORTED, DONE, TOLD, (TRY, "2026-10-01 10:00"), (TRY, "2026-10-05 10:00")), "unconfirmed"),
    ("referred and answered", (SORTED, ("frontdesk refer", "2026-09-30 17:00", {"to": "街道办"}),
                               ("frontdesk inform", "2026-09-30 17:10")), "referred"),
    ("the owner's own matter, answered",
     (SORTED, ("technician judge", "2026-09-30 17:00", {"owner_to_handle": "true"}),
      ("steward reply", "2026-09-30 17:10")), "own_matter"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "history", "outcome"), OUTCOMES, ids=[row[0] for row in OUTCOMES])
@pytest.mark.parametrize("asked", [False, True])
def test_the_history_gives_the_outcome(
    desk: Desk, what: str, history: tuple[tuple[str, str], ...], outcome: str, asked: bool
) -> None:
    request = desk.go(desk.register("repair_home"), *history)
    desk.step(request, "steward close", "2026-10-07 17:10", **({"outcome": outcome} if asked else {}))
    stored = Request.objects.get(pk=request.pk)
    assert (stored.state, stored.outcome) == ("closed", outcome)
    closed = entries(request)[-1]
    own = {"reason": "owner_to_handle"} if outcome == "own_matter" else {}
    assert closed.facts == {"type": "repair_home", "nature": "routine", "outcome": outcome, **own}


REFUSED = [
    ("nothing done", (SORTED,), "close.not_done"),
    ("being worked on", (SORTED, ("cs_supervisor dispatch", "2026-09-30 16:20"),
                         ("technician accept", "2026-09-30 16:30")), "close.not_done"),
    ("not told", (SORTED, DONE), "step.not_allowed"),
    ("no try", (SORTED, DONE, TOLD), "close.not_confirmed"),
    ("one try", (SORTED, DONE, TOLD, (TRY, "2026-10-01 10:00")), "close.not_confirmed"),
    ("two tries on one day", (SORTED, DONE, TOLD, (TRY, "2026-10-01 10:00"), (TRY, "2026-10-01 20:00")),
     "close.not_confirmed"),
    ("tries before the telling", (SORTED, DONE, (TRY, "2026-09-30 17:01"), (TRY, "2026-10-01 17:01"),
                                  ("steward inform", "2026-10-01 17:10")), "close.not_confirmed"),
    ("tries before it was sent back",
     (SORTED, DONE, TOLD, (TRY, "2026-10-01 10:00"), (TRY, "2026-10-02 10:00"),
      ("steward send_back", "2026-10-02 11:00"), ("technician resolve", "2026-10-02 12:00"),
      ("steward inform", "2026-10-02 13:00")), "close.not_confirmed"),
    ("own matter, not answered", (SORTED, ("technician judge", "2026-09-30 17:00", {"owner_to_handle": "true"})),
     "close.not_answered"),
    ("own matter, taken back",
     (SORTED, ("technician judge", "2026-09-30 17:00", {"owner_to_handle": "true"}),
      ("steward reply", "2026-09-30 17:10"), ("technician judge", "2026-09-30 17:20", {"owner_to_handle": "false"})),
     "close.not_done"),
    ("referred, not answered", (SORTED, ("frontdesk refer", "2026-09-30 17:00", {"to": "街道办"})), "close.not_answered"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "history", "code"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_keeps_a_case_open(
    desk: Desk, what: str, history: tuple[tuple[str, str], ...], code: str
) -> None:
    request = desk.go(desk.register("repair_home"), *history)
    with pytest.raises(RuleViolation) as refusal:
        desk.step(request, "steward close", "2026-10-09 17:10")
    assert refusal.value.code == code


def test_silence_lasts_seven_whole_days(desk: Desk) -> None:
    request = desk.go(
        desk.register(), SORTED, DONE, TOLD, (TRY, "2026-10-01 10:00"), (TRY, "2026-10-02 10:00")
    )
    with pytest.raises(RuleViolation) as refusal:
        desk.step(request, "steward close", "2026-10-07 17:09:59")
    assert refusal.value.params == {"tries": 2, "needed": 2, "after_days": 7}
    assert desk.step(request, "steward close", "2026-10-07 17:10").outcome == "unconfirmed"


def test_silence_is_not_made_up_in_one_sitting(desk: Desk) -> None:
    """Telling and tries entered today with days of last week count from today (补录)."""
    request, now = desk.register(), "2026-10-20 09:00"
    for line, when in (SORTED, DONE, TOLD, (TRY, "2026-10-08 10:00"), (TRY, "2026-10-09 10:00")):
        desk.step(request, line, when, entered=now)
    with pytest.raises(RuleViolation) as refusal:
        desk.step(request, "steward close", now)
    assert (refusal.value.code, refusal.value.params["tries"]) == ("close.not_confirmed", 1)


@pytest.mark.parametrize("asked", ["confirmed", "unconfirmed", "withdrawn", "void", "referred", "own_matter"])
def test_no_other_outcome_can_be_asked_for(desk: Desk, asked: str) -> None:
    request = desk.go(desk.register(), SORTED, DONE, TOLD, ("steward confirm", "2026-09-30 18:00"))
    with pytest.raises(RuleViolation) as refusal:
        desk.step(request, "steward close", "2026-10-09 17:10", outcome=asked)
    assert (refusal.value.code, refusal.value.params["outcome"]) == ("close.other_outcome", "told")


@pytest.mark.parametrize(
    ("line", "words", "outcome"),
    [("steward withdraw", "业主说不用了。", "withdrawn"), ("owner withdraw", "不用了。", "withdrawn"),
     ("office_director void", "误登记。", "void")],
)  # fmt: skip
def test_what_ends_without_closing(desk: Desk, line: str, words: str, outcome: str) -> None:
    request = desk.step(desk.register(), line, "2026-09-30 16:10", words=words)
    assert (request.state, request.outcome) == ("closed", outcome)


REOPENED = [
    ("owner reopen", "2026-10-30 18:29:59", ""),
    ("owner reopen", "2026-10-30 18:30:00", "reopen.too_late"),
    ("steward reopen", "2026-12-30 18:30:00", ""),
]


@pytest.mark.parametrize(("line", "when", "code"), REOPENED)
def test_the_owner_may_reopen_for_thirty_days(desk: Desk, line: str, when: str, code: str) -> None:
    request = desk.go(desk.register(), SORTED, DONE, TOLD, ("owner confirm", "2026-09-30 18:20"),
                      ("steward close", "2026-09-30 18:30"))  # fmt: skip
    if code:
        with pytest.raises(RuleViolation) as refusal:
            desk.step(request, line, when)
        assert refusal.value.code == code
        return
    request = desk.step(request, line, when)
    assert (request.state, request.outcome, request.closed_at, request.reopened_count) == (
        "classified",
        "",
        None,
        1,
    )
    assert (request.informed_at, request.replied_at, request.confirmed_by_owner) == (None, None, False)


def test_what_was_merged_is_not_reopened(desk: Desk) -> None:
    one, other = desk.register(), desk.register()
    desk.step(other, "frontdesk merge", "2026-09-30 16:20", into=one.number)
    with pytest.raises(RuleViolation) as refusal:
        desk.step(other, "frontdesk reopen", "2026-09-30 16:30")
    assert refusal.value.code == "request.merged_away"


MERGES = [("itself", "request.not_open"), ("closed", "request.not_open"), ("elsewhere", "request.not_found"),
          ("unknown", "request.not_found"), ("", "request.not_found")]  # fmt: skip


@pytest.mark.parametrize(("which", "code"), MERGES)
def test_where_a_case_may_not_go(desk: Desk, which: str, code: str) -> None:
    request = desk.register()
    closed = desk.step(desk.register(), "frontdesk withdraw", "2026-09-30 16:10")
    elsewhere = desk.register(community=desk.house.elsewhere, home=desk.house.other_home)
    into = {"itself": request.number, "closed": closed.number, "elsewhere": elsewhere.number,
            "unknown": "HFHY-2026-99999", "": ""}[which]  # fmt: skip
    with pytest.raises(RuleViolation) as refusal:
        desk.step(request, "frontdesk merge", "2026-09-30 16:20", into=into)
    assert refusal.value.code == code
