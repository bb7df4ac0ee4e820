"""``hemu staff …``"""

import argparse
import secrets
from typing import Any

from django.core.exceptions import ValidationError

from hemu.access.models import Account
from hemu.access.operations import make_account
from hemu.access.roles import PERMISSIONS_OF
from hemu.estate.models import Office, Staff
from hemu.estate.operations import employ, give_post
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command
from hemu.infra.moments import office_day
from hemu.infra.transaction import operation


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--login", required=True)
    parser.add_argument("--name", dest="person", required=True)
    parser.add_argument("--role", required=True, action="append", choices=sorted(PERMISSIONS_OF))
    parser.add_argument(
        "--office", default="", metavar="NAME", help="默认第一个管理处 · the first office if left out"
    )
    parser.add_argument(
        "--company", action="store_true", help="公司岗位,管所有小区 · a post of the whole company"
    )
    parser.add_argument("--password", default="", help="不写就生成一个 · made up if left out")


@operation
def _add(options: argparse.Namespace) -> dict[str, Any]:
    """Enter a member of staff with posts from today and a log-in; a login that is there gets the posts added."""
    office = None if options.company else _office(options.office)
    account = Account.objects.select_related("staff").filter(login=options.login).first()
    staff = account.staff if account else employ(name=options.person, now=options.now)
    today = office_day(options.now)
    held = set(staff.posts.filter(office=office, until__isnull=True).values_list("role", flat=True))
    for role in dict.fromkeys(options.role):
        if role not in held:
            give_post(staff=staff, role=role, office=office, since=today)
    password = "" if account else _open(options, staff)
    return {"login": options.login, "office": office.name if office else None, "roles": options.role,
            "password": password or None}  # fmt: skip


def _open(options: argparse.Namespace, staff: Staff) -> str:
    password: str = options.password or secrets.token_urlsafe(12)
    try:
        make_account(login=options.login, password=password, staff=staff)
    except ValidationError as error:
        raise RuleViolation("account.weak_password", why="".join(error.messages)) from error
    return "" if options.password else password


def _office(name: str) -> Office:
    offices = Office.objects.order_by("id")
    office = offices.filter(name=name).first() if name else offices.first()
    if office is None:
        raise RuleViolation(
            "office.unknown", name=name, known=list(offices.values_list("name", flat=True)[:20])
        )
    return office


COMMANDS = [
    Command("staff", "add", "录入员工、岗位和账号 · enter staff, posts and a log-in", _add, _arguments)
]
