"""``hemu report …``"""

import argparse
from typing import Any

from hemu.access.actors import actor_by_login
from hemu.estate.queries import community_by_name
from hemu.infra.command import Command, moment
from hemu.reports.operations import publish_month
from hemu.reports.queries import month_of, published, visit_figures
from hemu.reports.rules import MONTHLY


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--month", type=moment, metavar="DATE", help="那个月的一天 · any day of the month")


def _show(options: argparse.Namespace) -> dict[str, Any]:
    community = community_by_name(options.community)
    month = month_of(community, options.month or options.now)
    return {
        "month": month.key,
        **visit_figures(community, month).plain(),
        "published": len(published(MONTHLY, community, month.key)),
    }


def _publish_arguments(parser: argparse.ArgumentParser) -> None:
    _arguments(parser)
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--text", required=True)


def _publish(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    community, month = community_by_name(options.community), options.month or options.now
    act = by.act(now=options.now)
    entry = publish_month(community=community, month=month, by=by, act=act, words=options.text)
    return {"entry": str(entry.id), **entry.facts}


COMMANDS = [
    Command("report", "return-visits", "回访月报的数字 · a month's return visits", _show, _arguments),
    Command("report", "publish", "发布回访月报 · publish the month's report", _publish, _publish_arguments),
]
