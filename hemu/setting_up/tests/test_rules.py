"""What is done and what is missing, worked out from what is there."""

from dataclasses import replace

import pytest

from hemu.setting_up.rules import Facts, State, following, steps_of

WHOLE = Facts(
    named=frozenset({"company", "office", "community"}),
    hours_set=True,
    posts={"office_director": 1, "cs_supervisor": 1, "frontdesk": 2, "technician": 3},
    homes=100,
    with_phone=50,
    trades={"repair": 3, "security": 2, "cleaning": 1, "greening": 1},
    shifts=1,
    ready=frozenset({"sms"}),
    passed=frozenset({"sms"}),
    words=1,
)


def test_nothing_is_missing_where_all_is_there() -> None:
    assert {step.state for step in steps_of(WHOLE)} == {State.DONE}
    assert following(steps_of(WHOLE)) is None


def test_an_empty_house_begins_at_the_first_step() -> None:
    steps = steps_of(Facts())
    assert {step.state for step in steps} == {State.MISSING}
    first = following(steps)
    assert first is not None
    assert (first.name, first.lacks) == ("place", ("name.company", "name.office", "name.community"))


@pytest.mark.parametrize(
    ("change", "step", "state", "lacks"),
    [
        ({"named": frozenset({"company", "community"})}, "place", State.BEGUN, ("name.office",)),
        ({"hours_set": False}, "hours", State.MISSING, ("hours",)),
        ({"posts": {"office_director": 1, "steward": 1, "technician": 1}}, "staff", State.BEGUN, ("post.cs_supervisor",)),
        ({"posts": {}}, "staff", State.MISSING,
         ("post.office_director", "post.cs_supervisor", "post.frontdesk", "post.technician")),
        ({"homes": 0, "with_phone": 0}, "roster", State.MISSING, ("homes",)),
        ({"with_phone": 49}, "roster", State.BEGUN, ("phones",)),
        ({"trades": {"repair": 1}}, "trades", State.BEGUN, ("trade.security", "trade.cleaning", "trade.greening")),
        ({"trades": {"repair": 0}}, "trades", State.MISSING,
         ("trade.repair", "trade.security", "trade.cleaning", "trade.greening")),
        ({"shifts": 0}, "duty", State.MISSING, ("shifts",)),
        ({"passed": frozenset()}, "channels", State.BEGUN, ("channel.sms",)),
        ({"ready": frozenset(), "passed": frozenset()}, "channels", State.MISSING, ("channel.none",)),
        ({"ready": frozenset(), "copy_only": True}, "channels", State.DONE, ()),
        ({"ready": frozenset({"sms", "wecom"})}, "channels", State.BEGUN, ("channel.wecom",)),
        ({"words": 0}, "word", State.MISSING, ("word",)),
    ],
)  # fmt: skip
def test_what_each_step_lacks(
    change: dict[str, object], step: str, state: State, lacks: tuple[str, ...]
) -> None:
    found = {each.name: each for each in steps_of(replace(WHOLE, **change))}  # type: ignore[arg-type]
    assert (found[step].state, found[step].lacks) == (state, lacks)
    assert {name for name, each in found.items() if each.state != State.DONE} == {step} - (
        {step} if not lacks else set()
    )
