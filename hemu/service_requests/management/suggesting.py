"""``hemu request suggest``: a line of sorting for each line of words, one after the other."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, BinaryIO

from hemu.foundation.errors import RuleViolation
from hemu.infra.command import as_json
from hemu.service_requests.queries import learned_counts
from hemu.service_requests.rules_suggesting import AXES, Counts, suggest

SAID = ("subject", "body", "text")


def suggest_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("file", metavar="FILE.jsonl", help="- 从标准输入读 · - reads standard input")
    parser.add_argument("--why", action="store_true", help="加上依据的词 · with the words that speak for it")


def run_suggest(options: argparse.Namespace) -> None:
    """Print a line for each line of the file as it is read; nothing is written.

    Raises:
        RuleViolation: ``suggest.no_such_file``; ``suggest.unreadable_line``, after the lines before it.
    """
    learned = learned_counts()
    try:
        for number, line in _lines_of(options.file):
            print(_answer(number, line, learned, why=options.why), flush=True)
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _lines_of(file: str) -> Iterator[tuple[int, bytes]]:
    if file == "-":
        yield from _filled(sys.stdin.buffer)
        return
    with ExitStack() as stack:
        try:
            lines = stack.enter_context(open(file, "rb"))
        except (OSError, ValueError) as problem:
            raise RuleViolation("suggest.no_such_file", file=file) from problem
        yield from _filled(lines)


def _filled(lines: BinaryIO) -> Iterator[tuple[int, bytes]]:
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _answer(number: int, line: bytes, learned: Counts, *, why: bool) -> str:
    try:
        said = json.loads(line)
        texts = [said[name] for name in SAID if name in said]
        ident = said.get("id", number)
        if not texts or not all(isinstance(each, str) for each in texts) or not isinstance(ident, str | int):
            raise ValueError(line)
        as_json(ident).encode()  # half a character has no place in the answer
    except (ValueError, TypeError, AttributeError, RecursionError) as problem:
        raise RuleViolation("suggest.unreadable_line", line=number) from problem
    text = "\n".join(said.get(name, "") for name in ("body", "text"))
    found = suggest(text, subject=said.get("subject", ""), learned=learned)
    answer: dict[str, Any] = {"id": ident} | {axis: found.first(axis) for axis in AXES}
    return as_json(answer | {"why": {axis: found.why(axis) for axis in AXES}} if why else answer)
