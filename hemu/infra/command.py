"""What a room declares about its commands, in `management/cli.py` as ``COMMANDS``."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from hemu.infra.moments import parse_moment


@dataclass(frozen=True)
class Command:
    """``hemu GROUP NAME``.

    Attributes:
        run: takes the parsed options (`options.now` is the edge's clock) and returns the JSON value.
        arguments: adds what the command takes to its parser.
        human: turns the value into lines for people; plain JSON where there is nothing better.
        succeeded: whether a value is a success; a failure exits 1 all the same.
    """

    group: str
    name: str
    help: str
    run: Callable[[argparse.Namespace], Any]
    arguments: Callable[[argparse.ArgumentParser], None] = lambda parser: None
    human: Callable[[Any], str] | None = None
    succeeded: Callable[[Any], bool] = lambda value: True


def moment(text: str) -> datetime:
    """Read a moment given to a command; without an offset it is the office's local time."""
    try:
        moment = parse_moment(text)
        moment.astimezone(UTC)  # the first and last hours of all time have no such moment
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"“{text}” ≠ YYYY-MM-DD HH:MM") from None
    return moment


def key_value(text: str) -> tuple[str, str]:
    """Read ``k=v``."""
    key, sign, value = text.partition("=")
    if not sign or not key.strip():
        raise argparse.ArgumentTypeError(f"“{text}” ≠ k=v")
    return key.strip(), value


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def say(text: str) -> None:
    """Say something that is not the result: warnings and progress go to stderr."""
    print(text, file=sys.stderr)
