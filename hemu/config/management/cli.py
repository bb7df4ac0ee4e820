"""Commands of the installation as a whole: worker, demonstration, backup, restore, settings."""

import argparse
import sqlite3
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from hemu import __version__
from hemu.config import archive, demo, worker
from hemu.config.readiness import shortcomings
from hemu.infra import troubles
from hemu.infra.command import Command, say
from hemu.infra.moments import iso_utc
from hemu.infra.refusals import words_for
from hemu.messaging.queries import channel_settings


def _worker(options: argparse.Namespace) -> None:
    worker.run(once=options.once)


def _demo(options: argparse.Namespace) -> dict[str, Any]:
    return demo.load(now=options.now, say=say)


def _backup(options: argparse.Namespace) -> dict[str, Any]:
    return archive.backup(Path(options.file), now=options.now)


def _restore(options: argparse.Namespace) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    found = archive.restore(Path(options.file), now=options.now)
    if not found["digest"]:
        say(_("这份备份是较早的版本做的，没有覆盖每个字节的摘要；已按压缩包的校验和与台账的封存根核对。"))
    return found


def _migrate(options: argparse.Namespace) -> dict[str, Any]:
    return {"ok": True}


def _troubles(options: argparse.Namespace) -> list[dict[str, Any]]:
    return [
        {"kind": each.kind, "key": each.key, "about": each.about, "error": each.error, "tries": each.tries,
         "last_at": iso_utc(each.last_at), "next_at": iso_utc(each.next_at) if each.next_at else None}
        for each in troubles.troubles()
    ]  # fmt: skip


def _retry(options: argparse.Namespace) -> dict[str, Any]:
    return {"ok": troubles.retry(kind=options.kind, key=options.key, now=options.now)}


def _piece(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND")
    parser.add_argument("key", metavar="KEY")


def _check(options: argparse.Namespace) -> dict[str, Any]:
    found = shortcomings(deploy=options.deploy, now=options.now)
    problems = [
        {"code": code, "words": what if isinstance(what, str) else words_for(what)} for code, what in found
    ]
    return {"ok": not problems, "problems": problems}


def _checked(value: dict[str, Any]) -> str:
    lines = [f"{each['code']}  {each['words']}" for each in value["problems"]]
    return "\n".join(lines) or _("没有发现问题。")


def _settings(options: argparse.Namespace) -> dict[str, Any]:
    database = settings.DATABASES["default"]
    return {
        "version": __version__,
        "home": str(settings.HOME),
        "database": connection.vendor,
        "database_name": str(database["NAME"]),
        "sqlite": sqlite3.sqlite_version if connection.vendor == "sqlite" else None,
        "https": settings.HTTPS,
        "time_zone": settings.TIME_ZONE,
        "languages": [code for code, _ in settings.LANGUAGES],
        "messages": channel_settings(),
    }


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")


def _deploy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--deploy", action="store_true", help="按服务器的要求检查 · ask for all that a server must have"
    )


def _once(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--once", action="store_true", help="做完眼前的就停 · stop when nothing is left to do"
    )


COMMANDS = [
    Command("worker", "", "后台进程 · background worker", _worker, _once),
    Command("demo", "load", "载入演示小区 · load the demonstration community", _demo),
    Command("backup", "", "备份成一个与数据库无关的文件 · write an archive", _backup, _file),
    Command("restore", "", "从备份恢复到空库 · restore into an empty database", _restore, _file,
            succeeded=lambda value: bool(value["ok"])),
    Command("migrate", "", "更新数据库 · bring the database up to date", _migrate),
    Command("trouble", "list", "后台没办成的事 · what the background could not do", _troubles),
    Command("trouble", "retry", "马上再试一件 · try one of them again", _retry, _piece,
            succeeded=lambda value: bool(value["ok"])),
    Command("check", "", "检查设置与数据库 · check settings and database", _check, _deploy, human=_checked,
            succeeded=lambda value: bool(value["ok"])),
    Command("settings", "", "当前设置 · settings in force", _settings),
]  # fmt: skip
