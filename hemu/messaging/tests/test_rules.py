"""When a message goes out, by which channel, how often it is tried."""

from datetime import UTC, datetime, timedelta

import pytest

from hemu.infra.moments import OFFICE_ZONE, parse_moment
from hemu.messaging.rules import Channel, ask_at, chosen_channel, next_in_turn, out_of_quiet, retry_at

NOW = datetime(2026, 9, 30, 8, tzinfo=UTC)
PREFERRED = ["sms", "email", "copy"]


@pytest.mark.parametrize(
    ("moment", "quiet", "goes"),
    [
        ("2026-09-30 20:59", "21:00-08:00", "2026-09-30 20:59"),
        ("2026-09-30 21:00", "21:00-08:00", "2026-10-01 08:00"),
        ("2026-10-01 07:59", "21:00-08:00", "2026-10-01 08:00"),
        ("2026-10-01 08:00", "21:00-08:00", "2026-10-01 08:00"),
        ("2026-10-01 12:30", "12:00-14:00", "2026-10-01 14:00"),
        ("2026-10-01 14:00", "12:00-14:00", "2026-10-01 14:00"),
        ("2026-10-01 23:30", "22:00-24:00", "2026-10-02 00:00"),
    ],
)
def test_what_falls_into_the_quiet_hours_goes_when_they_end(moment: str, quiet: str, goes: str) -> None:
    assert out_of_quiet(parse_moment(moment), quiet=quiet, zone=OFFICE_ZONE) == parse_moment(goes)


@pytest.mark.parametrize(
    ("addresses", "ready", "preferred", "chosen"),
    [
        ({"sms": "19900001234"}, {"sms", "email"}, PREFERRED, (Channel.SMS, "19900001234")),
        ({"sms": "19900001234"}, {"email"}, PREFERRED, (Channel.COPY, "")),
        ({"email": "a@b.cn"}, {"sms", "email"}, PREFERRED, (Channel.EMAIL, "a@b.cn")),
        ({"sms": "19900001234", "email": "a@b.cn"}, {"sms", "email"}, ["email", "sms", "copy"], (Channel.EMAIL, "a@b.cn")),
        ({"sms": "19900001234"}, {"sms"}, ["copy"], (Channel.COPY, "")),
        ({"sms": "19900001234"}, {"sms"}, ["copy", "sms"], (Channel.COPY, "")),
        ({}, {"sms"}, PREFERRED, (Channel.COPY, "")),
    ],
)  # fmt: skip
def test_the_first_ready_channel_with_an_address_is_taken(
    addresses: dict[str, str], ready: set[str], preferred: list[str], chosen: tuple[Channel, str]
) -> None:
    assert chosen_channel(preferred=preferred, addresses=addresses, ready=ready) == chosen


def test_a_refusal_that_may_pass_is_tried_five_times_ever_later() -> None:
    minutes = [retry_at(tries=tries, now=NOW) for tries in range(1, 6)]
    assert minutes == [*(NOW + timedelta(minutes=each) for each in (1, 5, 20, 60)), None]


def test_a_gateway_is_asked_five_times_ever_later() -> None:
    moments = [ask_at(asked=asked, now=NOW) for asked in range(6)]
    assert moments == [*(NOW + timedelta(minutes=each) for each in (1, 5, 20, 60, 360)), None]


@pytest.mark.parametrize(
    ("placed", "longest", "turn"),
    [
        ("", "", ""),
        ("abcdef", "", "abcd"),
        ("", "uvwxyz", "uvwxy"),
        ("a", "uvwxyz", "auvwx"),
        ("abcdef", "uvwxyz", "abcdu"),
        ("abcdef", "baduvw", "abcdu"),
        ("ab", "ba", "ab"),
    ],
)
def test_what_has_a_place_goes_first_and_always_one_that_has_waited_longest(
    placed: str, longest: str, turn: str
) -> None:
    assert next_in_turn(placed=list(placed), longest=list(longest)) == list(turn)
