"""``hemu supervise …``"""

import argparse
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from hemu.access.actors import actor_by_login
from hemu.estate.models import Office
from hemu.estate.queries import staff_names
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command, key_value, moment
from hemu.infra.moments import iso_local, office_day
from hemu.service_requests.models import Request
from hemu.service_requests.queries import visible_to
from hemu.supervision.operations_export import export_cases
from hemu.supervision.operations_review import review_case, sign_review
from hemu.supervision.queries import narrowed
from hemu.supervision.queries_morning import people_on, sheet_of
from hemu.supervision.queries_review import Complaint, signed_today, stock
from hemu.supervision.queries_wall import wall
from hemu.supervision.rules import Filters
from hemu.supervision.rules_wall import by_handler, by_trade, figures_of
from hemu.supervision.wording import USUAL_COLUMNS


def _office_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--office", default="", metavar="NAME", help="管理处;不写是全公司 · of all without it"
    )


def _office(options: argparse.Namespace) -> Office | None:
    if not options.office:
        return None
    office = Office.objects.filter(name=options.office.strip()).first()
    if office is None:
        known = list(Office.objects.order_by("name").values_list("name", flat=True)[:20])
        raise RuleViolation("office.unknown", name=options.office, known=known)
    return office


def _one_office(options: argparse.Namespace) -> Office:
    office = _office(options) or Office.objects.filter(communities__isnull=False).order_by("id").first()
    if office is None:
        raise RuleViolation("office.unknown", name="", known=[])
    return office


def _wall(options: argparse.Namespace) -> dict[str, Any]:
    office = _office(options)
    rows = Request.objects.filter(community__office=office) if office else Request.objects.all()
    day = wall(rows, offices=[office.id] if office else None, now=options.now)
    people = by_handler(day.groups, day.late)
    names = staff_names({each for each in people if each})
    return {
        "at": iso_local(options.now),
        "new": day.new,
        "new_yesterday_by_now": day.new_yesterday,
        **asdict(figures_of(day.groups, day.late)),
        "by_person": [
            {
                "person": f"staff:{who}" if who else None,
                "name": names.get(who) if who else None,
                **asdict(each),
            }
            for who, each in people.items()
        ],
        "by_trade": [
            {"trade": trade or None, **asdict(each)} for trade, each in by_trade(day.groups, day.late).items()
        ],
    }


def _morning_arguments(parser: argparse.ArgumentParser) -> None:
    _office_argument(parser)
    parser.add_argument("--on", type=moment, metavar="DATE", help="哪一天,默认今天 · which day")


def _morning(options: argparse.Namespace) -> dict[str, Any]:
    office = _one_office(options)
    today = office_day(options.now)
    day: date = min(office_day(options.on), today) if options.on else today
    sheet = sheet_of(Request.objects.all(), office, day, now=options.now)
    there, off = people_on(office, day, now=options.now)
    return {
        "office": office.name,
        "day": day.isoformat(),
        **asdict(sheet),
        "on_duty": [asdict(each) for each in there],
        "off": [asdict(each) for each in off],
    }


def _by(parser: argparse.ArgumentParser) -> None:
    _office_argument(parser)
    parser.add_argument("--by", required=True, metavar="LOGIN")


def _review(options: argparse.Namespace) -> dict[str, Any]:
    office = _one_office(options)
    actor = actor_by_login(options.by, now=options.now)
    actor.require("review.sign", office.id)
    found = stock(actor, office, now=options.now)
    return {
        "office": office.name,
        "items": [_complaint(each) for each in found],
        "left": sum(not each.done for each in found),
        "signed": [
            {"by": entry.actor, "at": iso_local(entry.at), **entry.facts}
            for entry in signed_today(office, now=options.now)
        ],
    }


def _complaint(each: Complaint) -> dict[str, Any]:
    last = each.finding
    return {
        "number": each.case.number,
        "state": str(each.case.state),
        "due": iso_local(each.due),
        "late": each.late,
        "done": each.done,
        "to": last.to if last else None,
        "root": last.root if last else None,
        "measure": last.measure if last else None,
    }


def _find_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER")
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--to", required=True, metavar="LOGIN", help="责任人 · who answers for it")
    parser.add_argument("--root", required=True)
    parser.add_argument("--measure", default="")


def _find(options: argparse.Namespace) -> dict[str, Any]:
    by, to = (actor_by_login(login, now=options.now) for login in (options.by, options.to))
    entry = review_case(
        number=options.number.strip().upper(),
        by=by,
        act=by.act(now=options.now),
        to=to.key,
        root=options.root,
        measure=options.measure,
    )
    return {"entry": str(entry.id), **entry.facts}


def _sign(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    entry = sign_review(office=_one_office(options), by=by, act=by.act(now=options.now))
    return {"entry": str(entry.id), **entry.facts}


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("-o", "--out", dest="file", required=True, metavar="FILE.xlsx")
    parser.add_argument(
        "--set", dest="values", action="append", default=[], type=key_value, metavar="FILTER=v"
    )
    parser.add_argument("--columns", default=",".join(USUAL_COLUMNS), help="逗号隔开 · parted by commas")
    parser.add_argument("--full-phones", action="store_true", help="电话写全,逐件留痕 · each is noted")


def _export(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    filters = Filters.of(dict(options.values))
    offices = by.offices_with("request.export")
    rows = narrowed(visible_to(by, "request.export"), filters, offices=offices, now=options.now)
    with Path(options.file).open("wb") as target:
        count = export_cases(
            by=by,
            rows=rows,
            filters=filters,
            columns=options.columns.split(","),
            full_phones=options.full_phones,
            target=target,
            title=str(_("诉求")),
            now=options.now,
        )
    return {"file": options.file, "cases": count}


COMMANDS = [
    Command("supervise", "wall", "当天看板 · the wall of the day", _wall, _office_argument),
    Command("supervise", "morning", "早会单 · the morning sheet", _morning, _morning_arguments),
    Command("supervise", "review", "投诉盘点 · the stock-take of complaints", _review, _by),
    Command("supervise", "find", "盘点一件 · note what was found of one", _find, _find_arguments),
    Command("supervise", "sign", "签当天盘点 · sign the day's stock-take", _sign, _by),
    Command("supervise", "export", "导出清单 · export a list as xlsx", _export, _export_arguments),
]
