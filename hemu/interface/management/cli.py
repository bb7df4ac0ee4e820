"""``hemu token …`` and ``hemu webhook …``"""

import argparse
from datetime import timedelta
from typing import Any

from hemu.access.models import Token
from hemu.access.queries import all_tokens
from hemu.access.roles import PERMISSIONS_OF
from hemu.estate.queries import community_by_name
from hemu.infra.command import Command
from hemu.infra.moments import iso_local
from hemu.interface.management import webhooks
from hemu.interface.management.webhooks import by_the_house
from hemu.interface.operations_tokens import grant_token, withdraw_token


def _create_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--role", required=True, choices=sorted(filter(PERMISSIONS_OF.get, PERMISSIONS_OF)))
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--community", action="append", metavar="NAME", help="可以写多个 · may be repeated")
    where.add_argument(
        "--everywhere", action="store_true", help="所有小区，以后开的也算 · all communities, later ones too"
    )
    parser.add_argument("--name", dest="system", default="", help="对接的系统 · the other system")
    parser.add_argument(
        "--days", type=int, default=365, help="有效天数，0 为不限 · valid for so many days, 0: no end"
    )


def _create(options: argparse.Namespace) -> dict[str, Any]:
    communities = None if options.everywhere else [community_by_name(each) for each in options.community]
    where = "*" if communities is None else "、".join(each.name for each in communities)
    token, secret = grant_token(
        name=options.system or f"{options.role} {where}",
        role=options.role,
        communities=communities,
        by=None,
        act=by_the_house(options),
        ends_at=options.now + timedelta(days=options.days) if options.days else None,
    )
    return {"token": secret, **_line(token)}


def _line(token: Token) -> dict[str, Any]:
    return {
        "name": token.name,
        "role": token.role,
        "communities": None if token.everywhere else [each.name for each in token.communities.all()],
        "made_at": iso_local(token.made_at),
        "ends_at": iso_local(token.ends_at),
        "revoked_at": iso_local(token.revoked_at),
        "last_used_at": iso_local(token.last_used_at),
    }


def _list(options: argparse.Namespace) -> list[dict[str, Any]]:
    return [_line(token) for token in all_tokens()]


def _lines(value: list[dict[str, Any]]) -> str:
    return "\n".join(
        f"{each['name']}  {each['role']}  {'、'.join(each['communities'] or ['*'])}"
        f"  … {each['ends_at'] or '-'}  {'停用 · revoked' if each['revoked_at'] else each['last_used_at'] or '-'}"
        for each in value
    )


def _shown_once(value: dict[str, Any]) -> str:
    return f"{value['token']}\n只显示这一次 · shown only once: {value['name']}, … {value['ends_at'] or '-'}"


def _revoke_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("token_name", metavar="NAME")


def _revoke(options: argparse.Namespace) -> dict[str, Any]:
    return _line(withdraw_token(name=options.token_name, by=None, act=by_the_house(options)))


COMMANDS = [
    Command("token", "create", "给别的系统一把令牌 · make a token for another system", _create,
            _create_arguments, human=_shown_once),
    Command("token", "list", "令牌清单 · list tokens", _list, human=_lines),
    Command("token", "revoke", "停用令牌 · stop a token", _revoke,
            _revoke_arguments),
    *webhooks.COMMANDS,
]  # fmt: skip
