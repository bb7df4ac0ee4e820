"""``hemu GROUP NAME …``: the commands that the rooms declare, over a database made on first use."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemu.config.settings")

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError
from django.utils import translation

from hemu.config.schema import Schema, schema
from hemu.foundation.errors import RuleViolation
from hemu.foundation.merkle import canonical_json
from hemu.infra import clock
from hemu.infra.command import Command, as_json, say
from hemu.infra.locks import in_turn
from hemu.infra.logs import log_crashes
from hemu.infra.refusals import words_for

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
PATHS = ("file", "files", "scans")
"""Options that name files, in whatever coding the system has."""
NO_DATABASE = ("settings", "restore", "check")


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 refused, 2 wrong usage."""
    if not apps.ready:  # in a process that is set up already its logs stay where they go
        django.setup()
    if settings.LOG_FORM == "json":  # what the journal of a server keeps
        log_crashes(settings.LOG_FILE)
    with translation.override(_language()):
        return _run(argv)


def _run(argv: Sequence[str]) -> int:
    try:
        options = _parser(_commands()).parse_args(argv)
    except SystemExit as stop:  # argparse has said what is wrong, or shown its help
        return WRONG_USAGE if stop.code else DONE
    command: Command = options.command  # not looked up by its words: an option may be called as they are
    options.now = clock.now()
    try:
        _refuse_unwritable(options)
        if command.group not in NO_DATABASE:
            _ready_database(command.group)
        value = command.run(options)
    except RuleViolation as refusal:
        return _refused(refusal, options)
    except OSError as error:
        if error.filename is None:
            raise
        return _refused(
            RuleViolation("command.file", file=str(error.filename), reason=error.strerror), options
        )
    if value is not None:
        _print(as_json(value) if options.json or not command.human else command.human(value))
    return DONE if command.succeeded(value) else REFUSED


def _print(text: str) -> None:
    try:
        print(text, flush=True)
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse_unwritable(options: argparse.Namespace) -> None:
    """Refuse words in a coding that is not the terminal's, and control characters that no database holds."""
    given = [value for name, value in vars(options).items() if name not in PATHS]
    canonical_json([value for value in given if isinstance(value, str)])
    lists = [value for value in given if isinstance(value, list)]
    canonical_json([str(part) for each in lists for value in each for part in _parts(value)])


def _parts(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else [value]


def _refused(refusal: RuleViolation, options: argparse.Namespace) -> int:
    message = words_for(refusal, codes=True)
    if options.json:
        print(as_json({**_more(refusal), "error": refusal.code, "message": message}))
    else:
        say(message)
    return REFUSED


def _more(refusal: RuleViolation) -> dict[str, Any]:
    return {
        name: refusal.params[name] for name in ("version", "state", "known", "near") if name in refusal.params
    }


def _language() -> str:
    spoken = os.environ.get("HEMU_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "en" if spoken.startswith("en") else "zh-hans"


def _commands() -> list[Command]:
    found: list[Command] = []
    for room in [*(each for each in settings.INSTALLED_APPS if each.startswith("hemu.")), "hemu.config"]:
        name = f"{room}.management.cli"
        if find_spec(f"{room}.management") and find_spec(name):
            found.extend(import_module(name).COMMANDS)
    return found


def _parser(commands: Sequence[Command]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hemu")
    groups = parser.add_subparsers(required=True, metavar="GROUP")
    names: dict[str, Any] = {}
    for command in commands:
        group, name = command.group, command.name
        if not name:
            own = groups.add_parser(group, help=command.help, description=command.help)
        else:
            if group not in names:
                names[group] = groups.add_parser(group).add_subparsers(required=True, metavar="COMMAND")
            own = names[group].add_parser(name, help=command.help, description=command.help)
        own.add_argument("--json", action="store_true", help="一个 JSON 值 · one JSON value")
        own.set_defaults(command=command)
        command.arguments(own)
    return parser


def _ready_database(group: str) -> None:
    """Make the database on first use; one that is behind can be saved and brought up, and nothing else.

    Raises:
        RuleViolation: ``database.behind``; ``database.ahead``: a newer version was here, whose data this one might harm;
            ``database.busy``: somebody holds what has to be changed.
            ``server.database``: it does not answer.
    """
    stands = _stands()
    if stands.ahead:
        raise RuleViolation("database.ahead")
    if not stands.behind or (group == "backup" and not stands.new):
        return
    if not stands.new and group != "migrate":
        raise RuleViolation("database.behind")
    in_turn(lambda: call_command("migrate", verbosity=0, stdout=sys.stderr))
    from hemu.estate.operations import open_office  # models load only after django.setup

    open_office(now=clock.now())


def _stands() -> Schema:
    try:
        return schema()
    except OperationalError as error:
        raise RuleViolation("server.database") from error
