"""``hemu dispatch …`` and ``hemu rota …``"""

import argparse
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hemu.access.actors import actor_by_login
from hemu.access.models import Account
from hemu.dispatching.operations import (
    add_rule,
    dispatch_by_rule,
    dispatch_many,
    end_rule,
    hand_over,
    publish_rota,
    raise_danger,
    switch,
    take,
    take_back,
)
from hemu.dispatching.queries import (
    Exchange,
    arrangement_of,
    monday_of,
    office_for,
    planned_hand_overs,
    pool_of,
    rules_of,
    staff_at,
)
from hemu.dispatching.rules import Danger
from hemu.dispatching.rules_rota import read_table
from hemu.dispatching.wording import conditions, target
from hemu.estate.models import Department, Office, Staff
from hemu.estate.queries import community_by_name, home_as_said, on_duty
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command, moment
from hemu.infra.moments import iso_local, office_day, typed_day
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller
from hemu.service_requests.queries import request_by_number
from hemu.service_requests.rules import HANDLERS, TRADES, TYPES


def _by(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--office", default="", metavar="NAME")


def _office(options: argparse.Namespace, permission: str = "dispatch.arrange") -> Office:
    return office_for(actor_by_login(options.by, now=options.now), permission, options.office)


def _staff(login: str) -> Staff:
    account = Account.objects.select_related("staff").filter(login=login).first()
    if account is None:
        raise RuleViolation("access.unknown_login", login=login)
    return account.staff


def _stands(request: Request) -> dict[str, Any]:
    return {
        "number": request.number,
        "state": str(request.state),
        "version": request.version,
        "handler": request.handler.name if request.handler else None,
        "department": request.department.name if request.department else None,
    }


# ── rules ────────────────────────────────────────────────────────────────────


def _rules(options: argparse.Namespace) -> dict[str, Any]:
    office = _office(options, "dispatch.view")
    rows = rules_of(office, on=office_day(options.now))
    return {
        "office": office.name,
        "at_sorting": arrangement_of(office).at_sorting,
        "rules": [
            {
                "id": str(row.id),
                "when": conditions(row),
                "to": target(row),
                "on_duty": row.on_duty,
                "since": row.since.isoformat(),
            }
            for row in rows
        ],
    }


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    _by(parser)
    parser.add_argument("--community", default="", metavar="NAME")
    parser.add_argument("--trade", default="", choices=["", *TRADES])
    parser.add_argument("--type", default="", choices=["", *TYPES])
    parser.add_argument("--buildings", default="", metavar="1-3,5")
    parser.add_argument("--place", default="", help="公共位置的字 · words of a public place")
    parser.add_argument("--hours", default="", metavar="office|off|20:00-08:00")
    parser.add_argument("--to", default="", metavar="LOGIN")
    parser.add_argument("--department", default="", metavar="NAME")
    parser.add_argument("--role", default="", choices=["", *sorted(HANDLERS)])
    parser.add_argument("--on-duty", action="store_true", help="只派在班的 · only who is on duty")
    parser.add_argument("--before", default="", metavar="RULE")
    parser.add_argument("--replaces", default="", metavar="RULE")


def _add(options: argparse.Namespace) -> dict[str, Any]:
    by, office = actor_by_login(options.by, now=options.now), _office(options)
    row = add_rule(
        office=office,
        act=by.act(now=options.now),
        by=by,
        trade=options.trade,
        type=options.type,
        community=community_by_name(options.community) if options.community else None,
        buildings=options.buildings,
        place=options.place,
        hours=options.hours,
        staff=_staff(options.to) if options.to else None,
        department=_department(office, options.department) if options.department else None,
        role=options.role,
        on_duty=options.on_duty,
        before=options.before,
        replaces=options.replaces,
    )
    return {"id": str(row.id), "when": conditions(row), "to": target(row)}


def _department(office: Office, name: str) -> Department:
    rows = Department.objects.filter(office=office)
    found = rows.filter(name=name).first()
    if found is None:
        raise RuleViolation("department.unknown", name=name, known=list(rows.values_list("name", flat=True)))
    return found


def _end_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rule", metavar="RULE")
    _by(parser)


def _end(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    end_rule(office=_office(options), rule=options.rule, act=by.act(now=options.now), by=by)
    return {"id": options.rule, "ended": True}


def _switch_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("when", choices=["at-sorting", "by-hand"])
    _by(parser)


def _switch(options: argparse.Namespace) -> dict[str, Any]:
    by, office = actor_by_login(options.by, now=options.now), _office(options)
    at_sorting = options.when == "at-sorting"
    switch(office=office, at_sorting=at_sorting, act=by.act(now=options.now), by=by)
    return {"office": office.name, "at_sorting": at_sorting}


# ── cases ────────────────────────────────────────────────────────────────────


def _whom_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER")
    parser.add_argument("--at", type=moment)


def _whom(options: argparse.Namespace) -> dict[str, Any]:
    request = request_by_number(options.number)
    chosen = Exchange(request.community.office, at=options.at or options.now).chosen_for(request)
    if chosen is None:
        return {"number": request.number, "to": None, "department": None, "rule": None, "why": None}
    return {
        "number": request.number,
        "to": chosen.login or None,
        "department": chosen.department or None,
        "rule": chosen.choice.rule,
        "why": chosen.why,
    }


def _send_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("numbers", nargs="+", metavar="NUMBER")
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--to", default="", metavar="LOGIN")
    parser.add_argument("--department", default="", metavar="NAME")
    parser.add_argument("--by-rule", action="store_true")
    parser.add_argument("--reason", default="", help="转派的理由 · why, where it is transferred")


def _send(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    if options.by_rule and len(options.numbers) == 1:
        return _stands(
            dispatch_by_rule(
                number=request_by_number(options.numbers[0]).number, act=by.act(now=options.now), by=by
            )
        )
    rows = dispatch_many(
        numbers=options.numbers,
        act=by.act(now=options.now),
        by=by,
        to=options.to,
        department=options.department,
        by_rule=options.by_rule,
        reason=options.reason,
    )
    items = [
        {"number": row.number, "state": row.state or None, "to": row.handler or None, "refused": row.code or None,
         "reason": row.refusal or None}
        for row in rows
    ]  # fmt: skip
    return {"items": items, "sent": sum(1 for row in rows if not row.refusal)}


def _pool(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    rows = pool_of(by, today=office_day(options.now))[:100]
    return {"items": [_stands(row) | {"text": row.text} for row in rows]}


def _take_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER")
    parser.add_argument("--by", required=True, metavar="LOGIN")


def _take(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    number = request_by_number(options.number).number
    return _stands(take(number=number, act=by.act(now=options.now), by=by))


def _danger_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=list(Danger))
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--home", default="", metavar="ROOM")
    parser.add_argument("--place", default="")
    parser.add_argument("--text", default="")
    parser.add_argument("--phone", default="")


def _danger(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    community = community_by_name(options.community)
    home, said = home_as_said(community, options.home)
    made = raise_danger(
        kind=options.kind,
        community=community,
        home=home,
        place=options.place or said,
        text=options.text,
        caller=Caller(phone=options.phone),
        act=by.act(now=options.now),
        by=by,
    )
    return _stands(made)


def _hand_over_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("staff", metavar="LOGIN", help="谁不在 · who is away")
    parser.add_argument("--to", default="", metavar="LOGIN", help="不写就放进待接单 · nobody: into the pool")
    parser.add_argument("--since", type=typed_day, metavar="DAY")
    parser.add_argument("--until", type=typed_day, metavar="DAY")
    parser.add_argument("--reason", default="")
    parser.add_argument(
        "--take-back",
        action="store_true",
        help="收回安排给 --since 的交接 · take back what is planned for --since",
    )
    _by(parser)


def _hand_over(options: argparse.Namespace) -> dict[str, Any]:
    by, since = actor_by_login(options.by, now=options.now), options.since or office_day(options.now)
    who: dict[str, Any] = {"staff": _staff(options.staff), "office": _office(options), "since": since}
    if options.take_back:
        take_back(**who, act=by.act(now=options.now), by=by)
        return {"staff": options.staff, "since": since.isoformat(), "taken_back": True}
    done = hand_over(
        **who,
        to=_staff(options.to) if options.to else None,
        until=options.until,
        reason=options.reason,
        act=by.act(now=options.now),
        by=by,
    )
    return {
        "moved": [row.number for row in done.moved],
        "kept": [{"number": row.number, "refused": row.code, "reason": row.refusal} for row in done.kept],
        "waits": done.waits,
    }


def _planned(options: argparse.Namespace) -> list[dict[str, Any]]:
    by = actor_by_login(options.by, now=options.now)
    return [
        {
            "office": row.office.name,
            "staff": row.staff.name,
            "to": row.stand_in.name if row.stand_in else None,
            "since": row.since.isoformat(),
            "until": row.until.isoformat() if row.until else None,
            "refused": row.refused and row.refused["code"],
        }
        for row in planned_hand_overs(by, until=date.max)
    ]


# ── rota ─────────────────────────────────────────────────────────────────────


def _rota_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="姓名与七天，制表符分隔 · names and seven days, tabs"
    )
    parser.add_argument("--week", required=True, type=typed_day, metavar="DAY")
    _by(parser)


def _publish(options: argparse.Namespace) -> dict[str, Any]:
    by, office = actor_by_login(options.by, now=options.now), _office(options)
    monday = monday_of(options.week)
    try:
        table = options.file.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise RuleViolation("roster.no_such_file", file=str(options.file)) from problem
    except UnicodeDecodeError as problem:
        raise RuleViolation("rota.unreadable_file", file=options.file.name) from problem
    people = {
        staff.name: staff.id
        for staff, _role, _department in staff_at(office, on=monday, until=monday + timedelta(days=6))
    }
    rows = read_table(table)
    if strangers := [name for name, _week in rows if name not in people]:
        raise RuleViolation("rota.unknown_people", names=strangers)
    cells = {people[name]: week for name, week in rows}
    shifts = publish_rota(office=office, monday=monday, cells=cells, act=by.act(now=options.now), by=by)
    return {"office": office.name, "week": monday.isoformat(), "people": len(cells), "shifts": shifts}


def _on_duty_arguments(parser: argparse.ArgumentParser) -> None:
    _by(parser)
    parser.add_argument("--at", type=moment)
    parser.add_argument("--role", default="")
    parser.add_argument("--trade", default="", choices=["", *TRADES])


def _on_duty(options: argparse.Namespace) -> dict[str, Any]:
    office, at = _office(options, "dispatch.view"), options.at or options.now
    people = on_duty(office, at=at, role=options.role, trade=options.trade)
    return {"office": office.name, "at": iso_local(at), "on_duty": [each.name for each in people]}


COMMANDS = [
    Command("dispatch", "rules", "派单规则 · the rules of an office", _rules, _by),
    Command("dispatch", "add-rule", "加或改一条规则 · set a rule", _add, _add_arguments),
    Command("dispatch", "end-rule", "停用一条规则 · end a rule", _end, _end_arguments),
    Command("dispatch", "switch", "分类以后马上派，或只作建议 · send at sorting, or only suggest", _switch, _switch_arguments),
    Command("dispatch", "whom", "这一件会派给谁 · whom a case would go to", _whom, _whom_arguments),
    Command("dispatch", "send", "派单，一件或多件 · send one case or several", _send, _send_arguments),
    Command("dispatch", "pool", "待接单 · what may be taken", _pool, _by),
    Command("dispatch", "take", "接单 · take one out of the pool", _take, _take_arguments),
    Command("dispatch", "danger", "险情 · danger, sent to who is on duty", _danger, _danger_arguments),
    Command("dispatch", "hand-over", "交接一个人手上的单 · hand over somebody's work", _hand_over,
            _hand_over_arguments),
    Command("dispatch", "hand-overs", "安排好的交接 · hand-overs planned", _planned, _by),
    Command("rota", "publish", "发布一周的值班表 · publish the rota of a week", _publish, _rota_arguments),
    Command("rota", "on-duty", "谁在班 · who is on duty", _on_duty, _on_duty_arguments),
]  # fmt: skip
