"""Every step once: the state it leads to, its entry's facts and words, the fields that change."""

from typing import Any

import pytest

from hemu.access.tests.house import House, at
from hemu.estate.models import Home, Shift
from hemu.foundation.errors import RuleViolation
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.messaging.models import Outgoing
from hemu.service_requests.models import Request
from hemu.service_requests.operations import take_step
from hemu.service_requests.operations.stepping import TWICE_IN_VAIN
from hemu.service_requests.tests.desk import Desk, entries, kinds

SORTED = ("frontdesk classify", "2026-09-30 16:10")
SENT = ("cs_supervisor dispatch", "2026-09-30 16:20", {"to": "technician"})
TAKEN = ("technician accept", "2026-09-30 16:30")
DONE = ("technician resolve", "2026-09-30 17:00")
TOLD = ("steward inform", "2026-09-30 17:10", {"channel": "phone"})
ENDED = ("steward withdraw", "2026-09-30 17:30")
ASKED = ("technician quote", "2026-09-30 16:40", {"amount": "80"})
SLOT = {"from": "2026-10-01 09:00", "until": "2026-10-01 10:30"}
AGREED: tuple[dict[str, Any], dict[str, str], dict[str, Any]] = (
    {"from": "2026-10-01T01:00:00.000000Z", "until": "2026-10-01T02:30:00.000000Z"}, {},
    {"appointed_from": at("2026-10-01 09:00"), "appointed_until": at("2026-10-01 10:30")},
)  # fmt: skip
USUAL = {"type": "repair_public", "trade": "other", "nature": "routine", "urgency": "normal"}

# line, history before it, values, state, facts, words, fields
STEPS: list[tuple[str, tuple[Any, ...], dict[str, str], str, dict[str, Any], dict[str, str], dict[str, Any]]] = [
    ("frontdesk classify", (), {"trade": "repair", "nature": "special", "urgency": "urgent"}, "classified",
     {"type": "repair_public", "trade": "repair", "nature": "special", "urgency": "urgent", "place": "public",
      "limit": "supply"}, {}, {"trade": "repair", "nature": "special", "urgency": "urgent", "limit": "supply"}),
    ("frontdesk classify", (), {"type": "repair_home"}, "classified",
     {**USUAL, "type": "repair_home", "place": "home"}, {}, {"type": "repair_home", "limit": ""}),
    ("frontdesk resort", (SORTED,), {"type": "complaint", "trade": "security"}, "classified",
     {**USUAL, "type": "complaint", "trade": "security", "place": "home", "mends": "request.classified"},
     {"reason": "写明。"}, {"type": "complaint", "trade": "security", "limit": ""}),
    ("cs_supervisor dispatch", (SORTED,), {"to": "technician", "paid": "TRUE"}, "dispatched",
     {"type": "repair_public", "to": "technician", "paid": True}, {}, {"handler": "technician"}),
    ("cs_supervisor dispatch", (SORTED,), {"department": "工程部", "shift": "off_duty"}, "dispatched",
     {"type": "repair_public", "department": "工程部", "shift": "off_duty"}, {}, {"handler": None}),
    ("cs_supervisor transfer", (SORTED, SENT), {"to": "security"}, "dispatched",
     {"type": "repair_public", "to": "security"}, {"reason": "写明。"}, {"handler": "security"}),
    ("technician accept", (SORTED, SENT), {"limit": "contractor"}, "accepted",
     {"type": "repair_public", "place": "public", "limit": "contractor", "to": "technician"}, {},
     {"handler": "technician", "limit": "contractor"}),
    ("technician send_back", (SORTED, SENT), {}, "classified", {"by_owner": False}, {"reason": "写明。"},
     {"handler": None}),
    ("technician send_back", (SORTED, SENT), {"cause": "no_parts", "late_reason": "地下室没有网络"}, "classified",
     {"by_owner": False, "cause": "no_parts"}, {"reason": "写明。", "late_reason": "地下室没有网络"}, {"handler": None}),
    ("owner send_back", (SORTED, DONE), {}, "classified", {"by_owner": True}, {"reason": "写明。"}, {"handler": None}),
    ("technician pause", (SORTED, SENT, TAKEN), {"cause": "parts", "resume_on": "2026-10-08"}, "paused",
     {"cause": "parts", "resume_at": "2026-10-08T15:59:59.000000Z"}, {"reason": "写明。"},
     {"resume_at": at("2026-10-08 23:59:59")}),
    ("technician resume", (SORTED, SENT, TAKEN, ("technician pause", "2026-09-30 16:40",
                                                 {"cause": "owner", "resume_on": "2026-10-08"})), {}, "accepted",
     {}, {}, {"resume_at": None}),
    ("technician resolve", (SORTED, SENT, TAKEN), {}, "resolved",
     {"type": "repair_public", "on_time": True, "place": "public"}, {"result": "写明。"}, {}),
    ("steward reply", (), {}, "received", {}, {"reply": "写明。"}, {"replied_at": at("2026-09-30 18:00")}),
    ("steward judge", (), {"valid": "false", "scope": "outside", "major": "true"}, "received",
     {"valid": False, "scope": "outside", "major": True}, {"reason": "写明。"}, {"own_matter": False}),
    ("steward judge", (), {"owner_to_handle": "true"}, "received", {"owner_to_handle": True}, {"reason": "写明。"},
     {"own_matter": True}),
    ("steward escalate", (), {"role": "office_director"}, "received", {"role": "office_director"},
     {"reason": "写明。"}, {}),
    ("steward inform", (SORTED, DONE), {"channel": "chat"}, "informed", {"channel": "chat"}, {"reply": "写明。"},
     {"informed_at": at("2026-09-30 18:00"), "replied_at": at("2026-09-30 18:00")}),
    ("steward try_contact", (SORTED, DONE, TOLD), {}, "informed", {"channel": "phone"}, {"reason": "写明。"}, {}),
    ("owner confirm", (SORTED, DONE, TOLD), {}, "confirmed", {"type": "repair_public"}, {"told": "写明。"},
     {"confirmed_by_owner": True}),
    ("steward confirm", (SORTED, DONE, TOLD), {}, "confirmed", {"type": "repair_public"}, {"told": "写明。"},
     {"confirmed_by_owner": False}),
    ("steward refer", (SORTED,), {"to": "街道办"}, "referred", {}, {"reason": "写明。", "to": "街道办"}, {}),
    ("steward close", (SORTED, DONE, TOLD, ("owner confirm", "2026-09-30 17:20")), {}, "closed",
     {"type": "repair_public", "nature": "routine", "outcome": "confirmed"}, {"remark": "写明。"},
     {"outcome": "confirmed", "closed_at": at("2026-09-30 18:00")}),
    ("steward withdraw", (), {}, "closed", {}, {"reason": "写明。"},
     {"outcome": "withdrawn", "closed_at": at("2026-09-30 18:00")}),
    ("office_director void", (), {}, "closed", {"mends": "request.registered"}, {"reason": "写明。"},
     {"outcome": "void", "closed_at": at("2026-09-30 18:00")}),
    ("steward reopen", (ENDED,), {"because": "rework"}, "classified", {"type": "repair_public", "reason": "rework"},
     {"reason": "写明。"}, {"outcome": "", "closed_at": None, "reopened_count": 1}),
    ("frontdesk outside", (), {"body": "street", "outside_number": "J-7", "outside_due_at": "2026-10-02 12:00"}, "received",
     {"type": "repair_public", "place": "public", "body": "street", "due_by": "2026-10-02T04:00:00.000000Z"},
     {"outside_number": "J-7"}, {"outside_body": "street", "outside_number": "J-7",
                                 "outside_due_at": at("2026-10-02 12:00")}),
    ("steward correct", (), {"caller_phone": "19900005678", "place": "东门"}, "received",
     {"fields": "caller_phone,place", "mends": "request.registered"},
     {"reason": "写明。", "caller_phone_before": "19900001234", "caller_phone_after": "19900005678",
      "place_after": "东门"}, {"caller_phone": "19900005678", "place": "东门"}),
    ("technician appoint", (SORTED, SENT), SLOT, "dispatched", *AGREED),
    ("owner appoint", (SORTED, SENT, TAKEN, ("frontdesk appoint", "2026-09-30 17:00", {
        "from": "2026-10-03 09:00", "until": "2026-10-03 10:00"})), SLOT, "accepted", *AGREED),
    ("technician set_out", (SORTED, SENT, TAKEN), {}, "accepted", {}, {}, {}),
    ("technician arrive", (SORTED, SENT, TAKEN), {}, "accepted", {}, {}, {}),
    ("technician nobody_home", (SORTED, SENT, TAKEN), {}, "accepted", {"tries": 1}, {"reason": "写明。"},
     {"tries_count": 1, "handler": "technician"}),
    ("technician quote", (SORTED, SENT, TAKEN), {"amount": "80.5"}, "accepted", {"amount_fen": 8050},
     {"offer": "写明。"}, {"quote_fen": 8050, "paid": True, "quote_accepted_at": None}),
    ("technician quote", (SORTED, SENT, TAKEN, ASKED, ("owner accept_quote", "2026-09-30 16:50")),
     {"amount": "999999.99"}, "accepted", {"amount_fen": 99_999_999}, {"offer": "写明。"},
     {"quote_fen": 99_999_999, "paid": True, "quote_accepted_at": None}),
    ("frontdesk accept_quote", (SORTED, SENT, TAKEN, ASKED), {}, "accepted", {"amount_fen": 8000},
     {"told": "写明。"}, {"quote_fen": 8000, "quote_accepted_at": at("2026-09-30 18:00")}),
    ("owner decline_quote", (SORTED, SENT, TAKEN, ASKED), {}, "accepted", {"amount_fen": 8000},
     {"reason": "写明。"}, {"quote_fen": None, "paid": False, "quote_accepted_at": None}),
    ("frontdesk add", (), {}, "received", {}, {"text": "写明。"}, {"text": "楼道的灯不亮。"}),
    ("owner urge", (("frontdesk urge", "2026-09-30 16:20"),), {}, "received", {"times": 2}, {"text": "写明。"},
     {"urged_count": 2}),
    ("frontdesk second", (("owner second", "2026-09-30 16:20"),), {"home": "1栋2单元302"}, "received",
     {"home": "1-2-302", "count": 2}, {}, {"seconded_count": 2}),
    ("owner partly", (SORTED, DONE, TOLD), {}, "classified", {"by_owner": True}, {"reason": "写明。"},
     {"handler": None}),
    ("steward partly", (SORTED, DONE), {}, "classified", {"by_owner": False}, {"reason": "写明。"},
     {"handler": None}),
    ("owner rate", (ENDED,), {"score": "4"}, "closed", {"score": 4}, {"told": "写明。"}, {"score": 4}),
    ("steward correct", (), {"home": "1栋2单元302"}, "received", {"fields": "home", "mends": "request.registered"},
     {"reason": "写明。", "home_before": "1-2-301", "home_after": "1-2-302"}, {}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "history", "values", "state", "facts", "words", "fields"), STEPS,
    ids=[f"{number}-{row[0].split()[1]}" for number, row in enumerate(STEPS)],
)  # fmt: skip
def test_a_step(
    desk: Desk, house: House, line: str, history: tuple[Any, ...], values: dict[str, str], state: str,
    facts: dict[str, Any], words: dict[str, str], fields: dict[str, Any],
) -> None:  # fmt: skip
    request = desk.go(desk.register("repair_public"), *history)
    seen = request.version
    desk.step(request, line, "2026-09-30 18:00", **values)
    stored, entry = Request.objects.get(pk=request.pk), _entry(request, line)
    assert (stored.state, stored.version) == (state, seen + 1)
    assert entry.facts == {name: _fact(house, request, name, value) for name, value in facts.items()}
    assert getattr(entry, "words_row", None) is None or entry.words_row.words == words
    assert (getattr(entry, "words_row", None) is None) is (not words or line.endswith(("resume", "dispatch")))
    found = {name: getattr(stored, name) for name in fields}
    assert found == {name: _field(house, name, value) for name, value in fields.items()}
    assert (entry.subject, entry.book_id, entry.at) == (
        f"request:{request.number}", house.community.book_id, at("2026-09-30 18:00"),
    )  # fmt: skip
    assert entry.proof == ("own" if line.startswith("owner") else "word")


def _entry(request: Request, line: str) -> Entry:
    extra = ("request.replied",) if line.endswith("inform") else ()
    return [entry for entry in entries(request) if entry.kind not in extra and not entry.is_system][-1]


def _fact(house: House, request: Request, name: str, value: Any) -> Any:
    if name == "to":
        return house.by(value).key
    if name == "department":
        return str(house.department.id)
    if name == "home":
        return str(Home.objects.get(community=house.community, written=value).id)
    if name == "mends":
        return str(Entry.objects.filter(subject=request.subject, kind=value).latest("seq").id)
    return value


def _field(house: House, name: str, value: Any) -> Any:
    if name != "handler" or value is None:
        return value
    from hemu.estate.models import Staff

    return Staff.objects.get(id=house.by(value).staff_id)


def test_every_step_of_the_table_is_here() -> None:
    from hemu.service_requests.rules import STEPS as TABLE

    elsewhere = {"split", "merge"}
    assert {row[0].split()[1] for row in STEPS} == {row.name for row in TABLE.rows} - elsewhere


def test_a_second_matter_gets_a_number_of_its_own(desk: Desk) -> None:
    request = desk.register("complaint")
    desk.step(request, "frontdesk split", "2026-09-30 17:00", words="还有电梯也坏了。", type="repair_public")
    new = Request.objects.exclude(pk=request.pk).get()
    assert (new.number, new.type, new.text, new.state, new.caller_phone, new.happened_at, new.registered_at) == (
        "HFHY-2026-00002", "repair_public", "还有电梯也坏了。", "received", "19900001234", at("2026-09-30 16:00"),
        at("2026-09-30 17:00"),
    )  # fmt: skip
    assert entries(request)[-1].facts == {"into": new.number}
    assert entries(new)[0].facts["split_from"] == request.number
    assert kinds(new) == ["request.registered"]


def test_the_same_matter_twice_goes_on_under_one_number(desk: Desk) -> None:
    one, other = desk.register(), desk.register()
    desk.step(other, "frontdesk merge", "2026-09-30 17:00", into=f" {one.number.lower()} ")
    stored = Request.objects.get(pk=other.pk)
    assert (stored.state, stored.outcome, stored.merged_into) == ("closed", "void", one)
    assert entries(other)[-1].facts == {"into": one.number}
    assert (kinds(one), entries(one)[-1].facts) == (
        ["request.registered", "request.joined"],
        {"other": other.number},
    )


def test_the_second_visit_in_vain_gives_the_job_back_to_the_desk(desk: Desk) -> None:
    request = desk.go(desk.register("repair_home"), SORTED, SENT, TAKEN)
    desk.step(request, "technician nobody_home", "2026-09-30 17:00", words="敲门没人应。")
    request = desk.step(request, "technician nobody_home", "2026-09-30 18:00", words="")
    vain, back = entries(request)[-2:]
    assert (request.state, request.tries_count, request.handler) == ("classified", 2, None)
    assert (vain.kind, vain.facts, back.kind, back.facts, back.words_row.words) == (
        "request.nobody_home", {"tries": 2}, "request.sent_back", {"by_owner": False}, {"reason": TWICE_IN_VAIN},
    )  # fmt: skip


def test_paid_work_ends_only_after_the_owner_took_the_price(desk: Desk) -> None:
    request = desk.go(desk.register("repair_home"), SORTED, SENT, TAKEN, ASKED)
    with pytest.raises(RuleViolation) as refusal:
        desk.step(request, "technician resolve", "2026-09-30 17:00")
    assert refusal.value.code == "quote.not_accepted"
    desk.step(request, "owner accept_quote", "2026-09-30 17:00")
    assert desk.step(request, "technician resolve", "2026-09-30 18:00").state == "resolved"


def test_who_is_on_shift_is_sent_on_shift(desk: Desk, house: House) -> None:
    from hemu.estate.models import Staff

    technician = Staff.objects.get(id=house.by("technician").staff_id)
    Shift.objects.create(office=house.office, staff=technician, role="technician",
                         begins_at=at("2026-09-30 08:00"), ends_at=at("2026-09-30 20:00"))  # fmt: skip
    request = desk.go(desk.register("repair_home"), SORTED, SENT)
    assert entries(request)[-1].facts["shift"] == "on_duty"
    late = desk.go(desk.register("repair_home", "2026-09-30 20:00"), ("frontdesk classify", "2026-09-30 20:00"),
                   ("cs_supervisor dispatch", "2026-09-30 20:00", {"to": "technician"}))  # fmt: skip
    assert "shift" not in entries(late)[-1].facts


REFUSED: list[tuple[str, tuple[Any, ...], dict[str, str], str]] = [
    ("cs_supervisor dispatch", (SORTED,), {"to": "ghost"}, "access.unknown_login"),
    ("cs_supervisor dispatch", (SORTED,), {"to": "finance"}, "dispatch.cannot_handle"),
    ("cs_supervisor dispatch", (SORTED,), {"to": "elsewhere"}, "dispatch.cannot_handle"),
    ("cs_supervisor dispatch", (SORTED,), {"department": "行政部"}, "department.unknown"),
    ("cs_supervisor dispatch", (SORTED,), {"paid": "maybe"}, "request.unknown_value"),
    ("cs_supervisor dispatch", (SORTED,), {"shift": "night"}, "request.unknown_value"),
    ("steward judge", (), {}, "judge.nothing"),
    ("steward judge", (), {"valid": "yes"}, "request.unknown_value"),
    ("steward judge", (), {"promised_at": "soon", "size": "major_repair"}, "request.unreadable_date"),
    ("steward judge", (), {"promised_at": "0001-01-01 00:00", "size": "major_repair"}, "request.unreadable_date"),
    ("steward escalate", (), {"role": "王经理"}, "request.unknown_value"),
    ("steward correct", (), {}, "correct.nothing"),
    ("steward correct", (), {"text": " "}, "correct.nothing"),
    ("steward correct", (), {"text": "长" * 10_001}, "request.too_long"),
    ("steward correct", (), {"caller_phone": "1" * 31}, "request.too_long"),
    ("steward correct", (), {"home": "9-9-999"}, "home.unknown"),
    ("steward split", (), {"type": "war"}, "request.unknown_value"),
    ("steward reopen", (ENDED,), {"because": "boredom"}, "request.unknown_value"),
    ("steward inform", (SORTED, DONE), {"channel": "pigeon"}, "request.unknown_value"),
    ("technician appoint", (SORTED, SENT), {"from": "2026-10-01 10:00", "until": "2026-10-01 09:00"}, "appoint.unreadable"),
    ("technician appoint", (SORTED, SENT), {"from": "2026-09-30 17:00", "until": "2026-09-30 18:00"}, "appoint.unreadable"),
    ("technician appoint", (SORTED, SENT), {"from": "2026-10-01 10:00"}, "request.unreadable_date"),
    ("technician quote", (SORTED, SENT, TAKEN), {"amount": "0"}, "quote.unreadable"),
    ("technician quote", (SORTED, SENT, TAKEN), {"amount": "80.505"}, "quote.unreadable"),
    ("technician quote", (SORTED, SENT, TAKEN), {"amount": "1000000"}, "quote.unreadable"),
    ("technician quote", (SORTED, SENT, TAKEN), {"amount": "NaN"}, "quote.unreadable"),
    ("frontdesk accept_quote", (SORTED, SENT, TAKEN), {}, "quote.none"),
    ("owner decline_quote", (SORTED, SENT, TAKEN), {}, "quote.none"),
    ("frontdesk second", (), {"home": "9-9-999"}, "home.unknown"),
    ("frontdesk second", (), {"person": "王经理"}, "request.unknown_value"),
    ("frontdesk second", (("frontdesk second", "2026-09-30 16:10", {"home": "1-2-302"}),), {"home": "1-2-302"},
     "second.already"),
    ("steward rate", (ENDED,), {"score": "5"}, "step.not_yours"),
    ("owner rate", (ENDED,), {"score": "6"}, "rate.score"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "history", "values", "code"), REFUSED)
def test_what_a_step_refuses(
    desk: Desk, line: str, history: tuple[Any, ...], values: dict[str, str], code: str
) -> None:
    request = desk.go(desk.register("repair_home"), *history)
    before = (kinds(request), Request.objects.get(pk=request.pk).version)
    with pytest.raises(RuleViolation) as refusal:
        desk.step(request, line, "2026-09-30 18:00", **values)
    assert refusal.value.code == code
    assert (kinds(request), Request.objects.get(pk=request.pk).version) == before


def test_what_is_entered_days_later_was_not_on_time(desk: Desk) -> None:
    request = desk.go(desk.register("repair_public"), SORTED, SENT, TAKEN)
    desk.step(request, "technician resolve", "2026-10-01 10:00", entered="2026-10-12 10:00")
    resolved = Entry.objects.get(subject=request.subject, kind="request.resolved")
    assert resolved.facts["on_time"] is False


SIGNED_BY_THE_OWNER = [
    ("inform", (SORTED, SENT, TAKEN, DONE), "informed"),
    ("accept_quote", (SORTED, SENT, TAKEN, ASKED), "accepted"),
    ("decline_quote", (SORTED, SENT, TAKEN, ASKED), "accepted"),
]


@pytest.mark.parametrize(("step", "history", "state"), SIGNED_BY_THE_OWNER)
def test_a_handler_writes_down_what_the_owner_signed_and_nothing_by_word(
    desk: Desk, step: str, history: tuple[Any, ...], state: str
) -> None:
    request = desk.go(desk.register("repair_public"), *history)
    by, now = desk.house.by("technician"), at("2026-09-30 17:10")
    with pytest.raises(RuleViolation, match=r"step\.not_yours"):
        take_step(number=request.number, step=step, act=by.act(now=now), by=by, words="写明。")

    signed = by.act(now=now, proof=Proof.OWN)
    request = take_step(number=request.number, step=step, act=signed, by=by, words="写明。")
    told = Outgoing.objects.filter(topic="request.owner_informed")
    assert (request.state, entries(request)[-1].actor, told.count()) == (state, by.key, 0)
