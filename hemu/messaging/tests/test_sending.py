"""The outbox against gateways that fail in every way: nothing is lost, nothing goes out twice in silence."""

from datetime import timedelta
from typing import Any

import pytest

from hemu.foundation.errors import RuleViolation
from hemu.infra.troubles import troubles
from hemu.messaging.models import Message, Outgoing
from hemu.messaging.operations import (
    hold_after_restore,
    mark_as_sent,
    send_again,
    take_back_message,
    tell,
    tell_group,
)
from hemu.messaging.operations.delivering import LEASE, deliver
from hemu.messaging.rules import TURN, Channel, Place, Recipient, State
from hemu.messaging.tests.outbox import NOW, by_sms, empty, member, minutes, state_of, to_group
from hemu.messaging.tests.servers import HANG_SECONDS, PATIENCE, Gateway

pytestmark = pytest.mark.django_db


def test_a_text_goes_out_once_under_our_id(gateway: Gateway) -> None:
    row = by_sms()
    assert (empty(NOW), empty(NOW)) == (1, 0)
    assert state_of(row) == (State.SENT, 1, "")
    assert (row.sent_at, row.provider_id, row.claimed_until) == (NOW, "p-1", None)
    assert gateway.taken == [
        {"id": row.id.hex, "to": "", "text": "有一件急事要马上处理：HFHY-2026-00001。请打开和睦查看。"}
    ]


def test_nothing_goes_out_before_its_moment(gateway: Gateway) -> None:
    row = by_sms(not_before=NOW + timedelta(seconds=10))
    assert (empty(NOW), state_of(row)) == (0, (State.WAITING, 0, ""))
    assert (empty(NOW + timedelta(seconds=10)), state_of(row)) == (1, (State.SENT, 1, ""))


def test_a_busy_gateway_is_tried_again_ever_later_and_then_left_to_a_person(gateway: Gateway) -> None:
    gateway.behaviour = "busy"
    row, later = by_sms(), []
    for _ in range(5):
        row.refresh_from_db()
        later.append((row.not_before - NOW) / timedelta(minutes=1))
        empty(row.not_before)
    assert later == [0, 1, 6, 26, 86]
    assert state_of(row) == (State.FAILED, 5, "http.429")
    assert gateway.taken == []


def test_a_refusal_that_no_time_heals_fails_at_once(gateway: Gateway) -> None:
    gateway.behaviour = "refuse"
    row = by_sms()
    empty(NOW)
    assert (state_of(row), empty(minutes(600))) == ((State.FAILED, 1, "http.400"), 0)


def test_an_error_inside_a_200_is_a_refusal(gateway: Gateway) -> None:
    gateway.behaviour = "wecom no"
    row = to_group()
    empty(NOW)
    assert state_of(row) == (State.FAILED, 1, "wecom.93000")


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [("hang", "timeout"), ("break", "http.500"), ("cut", "cut_off"), ("garble", "unreadable")],
)
def test_what_may_have_gone_out_is_unknown_and_never_repeated(
    gateway: Gateway, settings: Any, behaviour: str, error: str
) -> None:
    settings.SMS_STATUS_URL = ""
    gateway.behaviour = behaviour
    if behaviour == "hang":
        settings.GATEWAY_TIMEOUT_SECONDS = HANG_SECONDS
    row = by_sms()
    empty(NOW)
    assert gateway.arrived.wait(PATIENCE)
    gateway.behaviour = "take"
    assert state_of(row) == (State.UNKNOWN, 1, error)
    assert [empty(minutes(count)) for count in (1, 10, 600)] == [0, 0, 0]
    assert (len(gateway.taken), row.ask_at) == (1, None)


@pytest.mark.parametrize(
    ("answer", "state", "tries"),
    [
        ("delivered", State.DELIVERED, 1),
        ("sent", State.SENT, 1),
        ("failed", State.FAILED, 1),
        ("missing", State.SENT, 2),
        ("what?", State.UNKNOWN, 1),
    ],
)
def test_what_may_have_gone_out_is_asked_of_the_gateway_by_our_id(
    gateway: Gateway, answer: str, state: State, tries: int
) -> None:
    gateway.behaviour = "break"
    row = by_sms()
    empty(NOW)
    gateway.behaviour, gateway.states = "take", {row.id.hex: answer}
    assert (empty(minutes(0.9)), empty(minutes(1)) > 0) == (0, True)
    assert state_of(row)[:2] == (state, tries)


def test_a_gateway_that_never_knows_is_asked_five_times(gateway: Gateway) -> None:
    gateway.behaviour = "break"
    row = by_sms()
    empty(NOW)
    gateway.states = {row.id.hex: "what?"}
    asked = sum(empty(minutes(count)) for count in (0, 1, 5, 6, 26, 86, 446, 447, 2000))
    assert (asked, state_of(row), row.ask_at) == (5, (State.UNKNOWN, 1, "http.500"), None)


def test_a_receipt_turns_sent_into_delivered(gateway: Gateway) -> None:
    row = by_sms()
    empty(NOW)
    gateway.states = {row.id.hex: "delivered"}
    empty(minutes(1))
    assert (state_of(row), row.sent_at) == ((State.DELIVERED, 1, ""), NOW)


def test_a_hanging_gateway_keeps_nobody_else_waiting(gateway: Gateway, settings: Any) -> None:
    gateway.behaviour = "hang"
    settings.GATEWAY_TIMEOUT_SECONDS = HANG_SECONDS
    first, second, other = by_sms(1, not_before=minutes(-1)), by_sms(2), to_group(3)
    tell(staff=[member().id], topic="duty.bundle", subject="", key="k", now=NOW)
    empty(NOW)
    assert [state_of(each)[0] for each in (first, second)] == [State.UNKNOWN, State.WAITING]
    assert (second.not_before, Message.objects.count(), state_of(other)[0]) == (
        minutes(1), 1, State.UNKNOWN
    )  # fmt: skip


def test_a_sender_that_vanished_leaves_the_row_unknown(gateway: Gateway) -> None:
    row = by_sms(state=State.SENDING, tries=1, claimed_until=NOW + LEASE)
    assert (empty(NOW + LEASE), state_of(row)[0]) == (0, State.SENDING)
    assert empty(NOW + LEASE + timedelta(seconds=1)) == 1
    assert (state_of(row), gateway.taken) == ((State.UNKNOWN, 1, "lost"), [])


def test_a_channel_that_is_no_longer_set_up_fails_where_a_person_sees_it(settings: Any) -> None:
    settings.SMS_URL = ""
    row = by_sms()
    empty(NOW)
    assert state_of(row) == (State.FAILED, 1, "not_set_up")


# ── who waits ──


def test_what_somebody_waits_for_goes_before_what_many_are_told(gateway: Gateway) -> None:
    many = [by_sms(number, not_before=minutes(number - 60)) for number in range(1, 13)]
    reply, code, danger, later = (
        by_sms(number, place=place, not_before=moment)
        for number, place, moment in (
            (20, Place.REPLY, minutes(-3)),
            (21, Place.CODE, NOW),
            (22, Place.DANGER, minutes(-1)),
            (23, Place.CODE, minutes(1)),
        )
    )
    assert deliver(now=NOW, within=timedelta(0)) == TURN
    assert [each["id"] for each in gateway.taken] == [
        each.id.hex for each in (code, danger, reply, *many[:2])
    ]
    assert state_of(later)[0] == State.WAITING


def test_what_many_are_told_goes_out_however_much_is_said_to_single_owners(gateway: Gateway) -> None:
    many = [by_sms(number, not_before=minutes(-60)) for number in (1, 2)]
    for number in range(20, 40):
        by_sms(number, place=Place.REPLY)
    for gone in (1, 2):
        deliver(now=NOW, within=timedelta(0))
        assert [state_of(each)[0] for each in many].count(State.SENT) == gone


def test_a_round_hands_over_as_many_as_the_gateway_takes_in_its_time(gateway: Gateway) -> None:
    for number in range(12):
        by_sms(number)
    assert deliver(now=NOW, within=timedelta(hours=1)) == 12
    assert len(gateway.taken) == 12


def test_a_gateway_that_cannot_be_asked_in_time_is_asked_one_question_a_round(gateway: Gateway) -> None:
    for number in range(3):
        by_sms(number, state=State.UNKNOWN, tries=1, ask_at=NOW)
    gateway.states = {row.id.hex: "delivered" for row in Outgoing.objects.all()}
    assert deliver(now=NOW, within=timedelta(0)) == 1
    assert deliver(now=NOW, within=timedelta(hours=1)) == 2


# ── what people do ──


def test_a_message_can_be_taken_back_until_it_goes_out(gateway: Gateway) -> None:
    by, row = member(), by_sms(not_before=NOW + timedelta(seconds=10))
    take_back_message(message=row.id, subject=row.subject, by=by.id, now=NOW)
    empty(minutes(10))
    assert (state_of(row)[0], row.settled_by, row.settled_at, gateway.taken) == (
        State.TAKEN_BACK, by, NOW, []
    )  # fmt: skip


@pytest.mark.parametrize("state", [State.SENDING, State.UNKNOWN, State.FAILED, State.TAKEN_BACK])
def test_what_has_gone_or_may_have_gone_is_not_taken_back(state: State) -> None:
    row = by_sms(state=state)
    with pytest.raises(RuleViolation, match=r"message\.too_late"):
        take_back_message(message=row.id, subject=row.subject, by=member().id, now=NOW)
    assert state_of(row)[0] == state


def test_a_person_marks_a_copied_text_as_sent_and_the_worker_leaves_it_alone() -> None:
    by, row = member(), to_group(channel=Channel.COPY)
    assert (empty(minutes(600)), state_of(row)[0]) == (0, State.WAITING)
    mark_as_sent(message=row.id, subject=row.subject, by=by.id, now=NOW)
    assert (state_of(row)[0], row.sent_at, row.settled_by) == (State.SENT, NOW, by)


@pytest.mark.parametrize("state", [State.FAILED, State.UNKNOWN])
def test_a_person_may_send_again_what_did_not_surely_arrive(gateway: Gateway, state: State) -> None:
    row = by_sms(state=state, tries=1, error="timeout")
    send_again(message=row.id, subject=row.subject, by=member().id, now=NOW)
    empty(NOW)
    assert (state_of(row), len(gateway.taken)) == ((State.SENT, 2, ""), 1)


def test_what_waits_or_went_is_neither_marked_nor_sent_again() -> None:
    by = member().id
    stands: list[dict[str, Any]] = [{"state": State.WAITING}, {"state": State.SENT, "sent_at": NOW}]
    for number, values in enumerate(stands):
        row = by_sms(number, **values)
        for act, code in ((mark_as_sent, "not_yours_to_send"), (send_again, "not_failed")):
            with pytest.raises(RuleViolation, match=code):
                act(message=row.id, subject=row.subject, by=by, now=NOW)


def test_a_message_of_another_subject_is_not_found() -> None:
    row = by_sms(not_before=minutes(1))
    with pytest.raises(RuleViolation, match=r"message\.not_found"):
        take_back_message(message=row.id, subject="request:HFHY-2026-99999", by=member().id, now=NOW)


def test_after_a_restore_nothing_goes_out_that_may_have_gone_out_since(gateway: Gateway) -> None:
    waiting, copied = by_sms(1), to_group(2, channel=Channel.COPY)
    tell(staff=[member().id], topic="duty.bundle", subject="", key="k", now=NOW)
    assert hold_after_restore() == 1
    empty(minutes(600))
    assert (state_of(waiting)[::2], state_of(copied)[0], gateway.taken, Message.objects.count()) == (
        (State.UNKNOWN, "restored"), State.WAITING, [], 1
    )  # fmt: skip


def test_staff_are_told_in_app_exactly_once() -> None:
    people = [member().id, member("另一人").id]
    for _ in range(2):
        tell(staff=people, topic="duty.bundle", subject="", key="bundle:1", now=NOW)
    assert (empty(NOW), empty(NOW), Message.objects.count()) == (2, 0, 2)


def test_the_group_is_told_only_where_there_is_a_robot(gateway: Gateway, settings: Any) -> None:
    values: dict[str, Any] = {"topic": "duty.urgent", "subject": "request:HFHY-2026-00001", "now": NOW}
    assert [tell_group(key="a", **values), tell_group(key="a", **values)] == [True, True]
    settings.WECOM_URL = ""
    assert (tell_group(key="b", **values), Outgoing.objects.count()) == (False, 1)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_cannot_be_turned_into_a_message_keeps_no_other_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = [member(name) for name in ("甲", "乙", "丙")]
    for person in people:
        tell(staff=[person.id], topic="duty.bundle", subject="", key="k", now=NOW)
    poisoned = Outgoing.objects.get(staff=people[0])
    make = Message.objects.bulk_create

    def bulk_create(rows: list[Message], **options: Any) -> list[Message]:
        if rows[0].key == poisoned.key:
            raise ValueError("poison")
        return make(rows, **options)

    monkeypatch.setattr(Message.objects, "bulk_create", bulk_create)
    assert empty(NOW) == 2
    assert state_of(poisoned) == (State.WAITING, 0, "")
    assert [(row.kind, row.key, row.tries) for row in troubles()] == [("message", poisoned.id.hex, 1)]
    monkeypatch.undo()
    assert (empty(NOW), empty(troubles()[0].next_at or NOW)) == (0, 1)
    assert (Message.objects.count(), troubles()) == (3, [])


def test_a_text_that_cannot_be_put_together_fails_and_those_behind_it_go_out(gateway: Gateway) -> None:
    bad, good = by_sms(1), by_sms(2)
    owner = {"recipient": Recipient.OWNER, "address": "19900001234", "topic": "nobody.knows"}
    Outgoing.objects.filter(pk=bad.pk).update(**owner)
    empty(NOW)
    assert (state_of(bad), state_of(good)) == ((State.WAITING, 1, "broken"), (State.SENT, 1, ""))
    for minute in (5, 30, 60, 200):
        empty(minutes(minute))
    assert state_of(bad) == (State.FAILED, 5, "broken")
    assert [each["id"] for each in gateway.taken] == [good.id.hex]
