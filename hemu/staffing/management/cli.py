"""``hemu staff import …``, ``list``, ``leave``, ``code``"""

import argparse
from pathlib import Path
from typing import Any

from hemu.access.models import Account
from hemu.attachments.management.cli import kept_files
from hemu.estate.management.cli import ACTOR
from hemu.estate.models import Staff
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command
from hemu.infra.moments import office_day, typed_day
from hemu.ledger.operations import Act
from hemu.sign_in.operations_codes import give_entry_code
from hemu.sign_in.rules import shown_code
from hemu.staffing.operations import leave
from hemu.staffing.operations_hand_over import hand_over
from hemu.staffing.operations_import import Compared, compare, write_plan
from hemu.staffing.operations_portrait import set_portrait
from hemu.staffing.queries import open_posts, open_work_of, whole_house
from hemu.staffing.web.words import Names, sentence

COUNTS = ("rows", "people", "created", "updated", "unchanged", "leaving")


def _act(options: argparse.Namespace) -> Act:
    return Act(ACTOR, at=options.now, recorded_at=options.now)


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="Excel · CSV")
    parser.add_argument("--apply", action="store_true", help="写入 · write; without it only compare")


def _import(options: argparse.Namespace) -> dict[str, Any]:
    try:
        content = options.file.read_bytes()
    except OSError as problem:
        raise RuleViolation("roster.no_such_file", file=str(options.file)) from problem
    compared = compare(content, options.file.name, by=whole_house(), now=options.now)
    if options.apply:
        act = _act(options)
        for row in write_plan(compared, by=whole_house(), act=act, filename=options.file.name):
            if row.done_at:
                hand_over(leaving=row, act=act)
    return _told(compared) | {"applied": options.apply}


def _told(compared: Compared) -> dict[str, Any]:
    names, plan = Names(), compared.plan

    def said(line: dict[str, Any]) -> dict[str, Any]:
        return {"sheet": line["sheet"], "row": line["row"], "code": line["code"], "reason": sentence(line)}

    return {
        **{name: compared.counts[name] for name in COUNTS},
        "new": [names.created(change) for change in plan.created],
        "changes": [names.updated(change) for change in plan.updated],
        "missing": [member.name for member in plan.missing],
        "refused": [said(line) for line in compared.refused],
        "warnings": [said(line) for line in compared.warnings],
    }


def _import_words(value: dict[str, Any]) -> str:
    figures = " · ".join(f"{name} {value[name]}" for name in COUNTS)
    lines = [f"+ {each['name']}  {each['login']}  {'；'.join(each['posts'])}" for each in value["new"]]
    lines += [
        f"~ {each['name']}  {change['field']}: {change['before'] or '-'} → {change['after'] or '-'}"
        for each in value["changes"]
        for change in each["changes"]
    ]
    lines += [
        f"{sign} {line['sheet']} {line['row'] or ''} {line['reason']}"
        for sign, name in (("✗", "refused"), ("!", "warnings"))
        for line in value[name]
    ]
    return "\n".join([figures, *lines])


def _list(options: argparse.Namespace) -> list[dict[str, Any]]:
    today = office_day(options.now)
    posts: dict[Any, list[dict[str, Any]]] = {}
    for post in open_posts(today).select_related("office").order_by("id"):
        posts.setdefault(post.staff_id, []).append(
            {
                "role": post.role,
                "office": post.office.name if post.office else None,
                "since": post.since.isoformat(),
                "until": post.until.isoformat() if post.until else None,
            }
        )
    logins = dict(Account.objects.values_list("staff_id", "login"))
    return [
        {
            "login": logins.get(row.id),
            "name": row.name,
            "left_on": row.left_on.isoformat() if row.left_on else None,
            "posts": posts.get(row.id, []),
        }
        for row in Staff.objects.order_by("name", "id")
    ]


def _login(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("login", metavar="LOGIN")


def _leave_arguments(parser: argparse.ArgumentParser) -> None:
    _login(parser)
    parser.add_argument("--on", type=typed_day, metavar="YYYY-MM-DD", help="默认今天 · today if left out")
    parser.add_argument("--to", default="", metavar="LOGIN", help="接手的人 · who takes the open work")
    parser.add_argument("--reason", default="")


def _account(login: str) -> Account:
    account = Account.objects.select_related("staff").filter(login=login).first()
    if account is None:
        raise RuleViolation("access.unknown_login", login=login)
    return account


def _leave(options: argparse.Namespace) -> dict[str, Any]:
    staff, act = _account(options.login).staff, _act(options)
    heir = _account(options.to).staff if options.to else None
    on = options.on or office_day(options.now)
    row = leave(staff=staff, on=on, to=heir, reason=options.reason, by=whole_house(), act=act)
    went = hand_over(leaving=row, act=act) if row.done_at else {}
    return {
        "login": options.login,
        "on": row.on.isoformat(),
        "done": row.done_at is not None,
        "handed_over": went,
        "left_open": open_work_of(staff.id),
    }


def _code(options: argparse.Namespace) -> dict[str, Any]:
    account = _account(options.login)
    return {"login": account.login, "code": shown_code(give_entry_code(account=account, act=_act(options)))}


def _portrait_arguments(parser: argparse.ArgumentParser) -> None:
    _login(parser)
    parser.add_argument("file", metavar="FILE", help="JPEG · PNG · WebP")


def _portrait(options: argparse.Namespace) -> dict[str, Any]:
    act = _act(options)
    member = Account.objects.select_related("staff").filter(login=options.login).first()
    if member is None:
        raise RuleViolation("access.unknown_login", login=options.login)
    file = kept_files([options.file], use="photo", by=act.actor, now=options.now)[0]
    set_portrait(staff=member.staff, file=file, act=act)
    return {"login": options.login, "file": file}


COMMANDS = [
    Command(
        "staff", "import", "导入员工表 · bring in a staff list", _import, _import_arguments, _import_words
    ),
    Command("staff", "list", "员工和岗位 · staff and their posts", _list),
    Command("staff", "leave", "离职 · let somebody go", _leave, _leave_arguments),
    Command(
        "staff", "portrait", "给业主看的照片 · the picture that owners see", _portrait, _portrait_arguments
    ),
    Command("staff", "code", "给一个登录码 · give a code for the first entry", _code, _login),
]
