"""``hemu report …``"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hemu.access.actors import actor_by_login
from hemu.estate.models import Community
from hemu.estate.queries import community_by_name
from hemu.foundation.due import Period
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command
from hemu.infra.moments import iso_local
from hemu.reports.operations import publish_report
from hemu.reports.operations_export import export_report
from hemu.reports.operations_printing import print_report
from hemu.reports.queries import count, period_named, published, standings, usual_period
from hemu.reports.rules import REPORTS, Report, report_by_slug


def _community(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", required=True, metavar="NAME")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("report", metavar="REPORT", help="、".join(REPORTS))
    _community(parser)
    parser.add_argument(
        "--period", default="", metavar="2026-10|2026-W47", help="默认上月、本周 · last month, this week"
    )


def _asked(options: argparse.Namespace) -> tuple[Report, Community, Period]:
    report, community = report_by_slug(options.report), community_by_name(options.community)
    if not options.period:
        return report, community, usual_period(community, report.every, now=options.now)
    period = period_named(community, report.every, options.period)
    if period is None:
        raise RuleViolation("report.unknown_period", period=options.period)
    return report, community, period


def _list(options: argparse.Namespace) -> dict[str, Any]:
    found = standings(community_by_name(options.community), now=options.now)
    return {
        "items": [
            {
                "report": each.report.slug,
                "clause": each.report.clause,
                "period": each.period.key,
                "due": iso_local(each.duty.due_at) if each.duty else None,
                "state": str(each.duty.state) if each.duty else None,
                "published": iso_local(each.published.at) if each.published else None,
            }
            for each in found
        ]
    }


def _show(options: argparse.Namespace) -> dict[str, Any]:
    report, community, period = _asked(options)
    counted = count(report, community, period, now=options.now)
    return {
        "report": report.slug,
        "period": period.key,
        "since": iso_local(counted.since),
        "until": iso_local(counted.until),
        "figures": counted.figures,
        "published": len(published(report.clause, community, period.key)),
    }


def _publish_arguments(parser: argparse.ArgumentParser) -> None:
    _arguments(parser)
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--text", required=True)
    parser.add_argument("--measures", default="")


def _publish(options: argparse.Namespace) -> dict[str, Any]:
    report, community, period = _asked(options)
    by = actor_by_login(options.by, now=options.now)
    entry = publish_report(
        report=report,
        community=community,
        on=period.start,
        by=by,
        act=by.act(now=options.now),
        words=options.text,
        measures=options.measures,
    )
    return {"entry": str(entry.id), **entry.facts}


def _print_arguments(parser: argparse.ArgumentParser) -> None:
    _arguments(parser)
    parser.add_argument("-o", dest="file", required=True, metavar="FILE")


def _print(options: argparse.Namespace) -> dict[str, Any]:
    return _written(options, print_report)


def _export(options: argparse.Namespace) -> dict[str, Any]:
    return _written(options, export_report)


def _written(options: argparse.Namespace, make: Callable[..., bytes]) -> dict[str, Any]:
    report, community, period = _asked(options)
    entries = published(report.clause, community, period.key)
    if not entries:
        raise RuleViolation("report.not_published", period=period.key)
    made = make(report, community, entries[-1], by=None, now=options.now)
    try:
        Path(options.file).write_bytes(made)
    except OSError as error:
        raise RuleViolation("paper.unwritable", file=options.file) from error
    return {"file": options.file, "bytes": len(made)}


COMMANDS = [
    Command("report", "list", "有哪些报告、报了没有 · which reports, owed or published", _list, _community),
    Command("report", "show", "一份报告的数字 · the figures of a report", _show, _arguments),
    Command("report", "publish", "发布报告 · publish a report", _publish, _publish_arguments),
    Command("report", "print", "打印已发布的报告 · a published report as PDF", _print, _print_arguments),
    Command(
        "report", "export", "已发布的报告存成表格 · a published report as xlsx", _export, _print_arguments
    ),
]
