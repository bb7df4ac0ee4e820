"""Commands of the room, run in the process of the test."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from hemu.papers.management import cli


def call(name: str, *arguments: str, now: datetime) -> Any:
    """Run ``hemu papers NAME`` and return its value."""
    command = next(each for each in cli.COMMANDS if each.name == name)
    parser = ArgumentParser(exit_on_error=False)
    command.arguments(parser)
    options = parser.parse_args(list(arguments))
    options.now = now
    return command.run(options)
