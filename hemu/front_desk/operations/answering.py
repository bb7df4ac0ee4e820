"""What the desk does in one press: answer a word while it is heard, or add it to the case it belongs to."""

from collections.abc import Mapping, Sequence
from typing import Any

from hemu.access.actors import Actor
from hemu.foundation.errors import RuleViolation
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act
from hemu.service_requests.models import Request
from hemu.service_requests.operations.registering import register_request
from hemu.service_requests.operations.stepping import take_step

NEEDS_WORK = ("repair_home", "repair_public")


@operation
def answer_at_once(
    *, answer: str, act: Act, by: Actor, type: str, sorting: Mapping[str, str] | None = None, **word: Any
) -> Request:
    """Register a word, answer it and close it as the owner told us, every entry written (RQ-01 to RQ-12).

    Args:
        answer: what the owner was told, in the words said.
        act: the time of the call; all of it happened then.
        type: any but the two kinds of repair, which are not done by words.
        sorting: trade, nature and urgency where they are not the usual ones.
        word: the other arguments of ``register_request``.

    Raises:
        RuleViolation: ``answer.no_words``, ``answer.needs_work``, and those of registering and of the steps.
    """
    if not answer.strip():
        raise RuleViolation("answer.no_words")
    if type in NEEDS_WORK:
        raise RuleViolation("answer.needs_work", type=type)
    request = register_request(type=type, act=act, **word)
    channel = {"channel": request.channel}
    steps: list[tuple[str, str, Mapping[str, str]]] = [
        ("classify", "", sorting or {}),
        ("resolve", answer, {}),
        ("inform", answer, channel),
        ("confirm", "", {}),
        ("close", "", {}),
    ]
    for step, words, values in steps:
        request = take_step(number=request.number, step=step, act=act, by=by, words=words, values=values)
    return request


@operation
def add_to_open(*, number: str, text: str, act: Act, by: Actor, files: Sequence[str] = ()) -> Request:
    """Add what the caller of an open case says again: new words as they are, and one urging more (RQ-12).

    Raises:
        RuleViolation: those of the steps `add` and `urge`.
    """
    if text.strip() or files:
        take_step(number=number, step="add", act=act, by=by, words=text, files=files)
    return take_step(number=number, step="urge", act=act, by=by)


@operation
def second_open(
    *, number: str, text: str, home: str, person: str, act: Act, by: Actor, files: Sequence[str] = ()
) -> Request:
    """Count another household that reports an open case, its words kept with it (RQ-16).

    Args:
        home: the room; empty for a voice from no home that is known.
        person: an id, or empty.

    Raises:
        RuleViolation: ``second.already``, and those of the step `add`.
    """
    values = {name: value for name, value in (("home", home), ("person", person)) if value}
    request = take_step(number=number, step="second", act=act, by=by, values=values)
    if text.strip() or files:
        request = take_step(number=number, step="add", act=act, by=by, words=text, files=files)
    return request
