"""``hemu portal …``"""

import argparse
from typing import Any

from hemu.access.actors import actor_by_login
from hemu.estate.queries import caller_at, find_home
from hemu.foundation.errors import RuleViolation
from hemu.foundation.redaction import mask_phone
from hemu.infra.command import Command
from hemu.infra.moments import iso_local, office_day
from hemu.portal.operations import log_out_everywhere, match_word
from hemu.portal.queries import unmatched_word, unmatched_words
from hemu.portal.rules import mobile_of


def _by(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", required=True, metavar="LOGIN")


def _unmatched(options: argparse.Namespace) -> dict[str, Any]:
    words = unmatched_words(actor_by_login(options.by, now=options.now))
    return {
        "items": [
            {
                "number": each.request.number,
                "community": each.request.community.name,
                "said_place": each.request.place or None,
                "phone": mask_phone(each.phone),
                "text": each.request.text,
                "written_at": iso_local(each.written_at),
            }
            for each in words
        ]
    }


def _match_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER")
    parser.add_argument("--home", required=True, metavar="ROOM")
    parser.add_argument("--person", default="", metavar="NAME", help="那一户的哪一位 · who of that home")
    parser.add_argument(
        "--keep-phone", action="store_true", help="记下号码 · keep the number as that person's"
    )
    _by(parser)


def _match(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    by.require("portal.match")
    word = unmatched_word(by, options.number)
    home = find_home(word.request.community, options.home)
    person = caller_at(home, "", options.person, on=office_day(options.now))
    if options.person and person is None:
        raise RuleViolation("portal.not_of_home")
    made = match_word(
        number=word.request.number,
        home=home,
        person=person,
        keep_phone=options.keep_phone,
        act=by.act(now=options.now),
        by=by.staff_id,
    )
    return {"number": made.number, "home": home.written, "version": made.version}


def _phone(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("phone", metavar="PHONE")


def _log_out(options: argparse.Namespace) -> dict[str, Any]:
    return {"ended": log_out_everywhere(phone=mobile_of(options.phone))}


COMMANDS = [
    Command("portal", "unmatched", "未对上房屋的诉求 · words that no home is known for", _unmatched, _by),
    Command("portal", "match", "对上房屋 · tie a word to a home", _match, _match_arguments),
    Command(
        "portal", "log-out", "让一个号码在所有手机上退出 · end every log-in of a number", _log_out, _phone
    ),
]
