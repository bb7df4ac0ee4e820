"""``hemu setup …``"""

import argparse
from typing import Any

from hemu.estate.models import Community
from hemu.estate.queries import community_by_name
from hemu.infra.command import Command
from hemu.setting_up.operations import make_start_code
from hemu.setting_up.queries import nobody_yet, status_of
from hemu.setting_up.wording import LACKS, TITLES
from hemu.sign_in.rules import shown_code

SIGNS = {"done": "✓", "begun": "◐", "missing": "○"}


def _status_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", default="", metavar="NAME", help="默认最新的 · the newest if left out")


def _status(options: argparse.Namespace) -> dict[str, Any]:
    if options.community:
        community: Community | None = community_by_name(options.community)
    else:
        community = Community.objects.select_related("office").order_by("-id").first()
    return {"first_administrator": not nobody_yet(), **status_of(community, now=options.now)}


def _status_words(value: dict[str, Any]) -> str:
    lines = [f"{value['community'] or '-'}  {value['done']} / {value['of']}"]
    for step in value["steps"]:
        lacks = "；".join(str(LACKS[code]) for code in step["lacks"])
        lines.append(f"{SIGNS[step['state']]} {TITLES[step['step']]}  {lacks}")
    return "\n".join(lines)


def _code(options: argparse.Namespace) -> dict[str, Any]:
    return {"code": shown_code(make_start_code(now=options.now)), "path": "/start/"}


COMMANDS = [
    Command(
        "setup", "status", "小区启用到哪一步 · how far a community is set up", _status, _status_arguments, _status_words
    ),
    Command(
        "setup", "code", "第一位管理员的开始码 · the code for the first administrator", _code,
        human=lambda value: f"{value['code']}  {value['path']}",
    ),
]  # fmt: skip
