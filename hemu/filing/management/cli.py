"""``hemu archive …``: the file of a community: list, file, verify, hold, dispose."""

import argparse
from datetime import date
from typing import Any
from uuid import UUID

from hemu.access.actors import actor_by_login
from hemu.attachments.management.cli import kept_files
from hemu.estate.models import Home
from hemu.estate.queries import community_by_name, find_home
from hemu.filing.models import Disposal, Item
from hemu.filing.operations import (
    decide_disposal,
    file_by_hand,
    hold_item,
    propose_disposal,
    release_item,
    report_item,
)
from hemu.filing.operations.printing import print_home_file
from hemu.filing.queries import Asked, listed, plain, scope_of, to_go
from hemu.filing.queries_homes import home_file
from hemu.filing.queries_verifying import verify_archive
from hemu.filing.rules import BY_ITSELF, CLASSES, MOST_AT_ONCE, PIECE_CODES
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command
from hemu.infra.moments import iso_local, office_day, typed_day
from hemu.papers.management.cli import written


def _community(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument("--community", required=required, default="", metavar="NAME")


def _by(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", required=True, metavar="LOGIN")


def _day(text: str) -> date:
    try:
        return typed_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” ≠ YYYY-MM-DD") from None


def _after(text: str) -> tuple[date, UUID]:
    day, _dot, id = text.partition(".")
    return _day(day), UUID(id)


def _verify_arguments(parser: argparse.ArgumentParser) -> None:
    _community(parser, required=False)


def _verify(options: argparse.Namespace) -> dict[str, Any]:
    name = options.community
    found = verify_archive(community_by_name(name).id if name else None)
    return {
        "ok": found.ok,
        "items": found.items,
        "files": found.files,
        "disposed": found.disposed,
        "problems": found.problems,
    }


def _verify_lines(value: dict[str, Any]) -> str:
    counts = f"{value['items']} items · {value['files']} files · {value['disposed']} disposed"
    return "\n".join(
        [counts, *(f"{each['number']}: {each['problem']} {each['digest']}" for each in value["problems"])]
    )


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    _community(parser)
    parser.add_argument("--words", default="", help="名称、文号或档号 · of the title, or a number")
    parser.add_argument("--class", dest="file_class", choices=sorted(CLASSES), default="")
    parser.add_argument("--home", default="", metavar="ROOM")
    parser.add_argument("--from", dest="since", type=_day, metavar="DAY")
    parser.add_argument("--to", dest="until", type=_day, metavar="DAY")
    parser.add_argument("--after", type=_after, metavar="DAY.ID")


def _list(options: argparse.Namespace) -> dict[str, Any]:
    community = community_by_name(options.community)
    home = find_home(community, options.home) if options.home else None
    asked = Asked(options.words, options.file_class, home, options.since, options.until)
    found, more, cut = listed(community.id, asked, by=None, after=options.after)
    following = f"{found[-1].dated.isoformat()}.{found[-1].id}" if more else None
    return {"items": [plain(each) for each in found], "next": following, "cut": cut}


def _file_arguments(parser: argparse.ArgumentParser) -> None:
    _community(parser)
    parser.add_argument("files", nargs="+", metavar="FILE", help="扫描件 · PDF or pictures of the paper")
    parser.add_argument(
        "--class", dest="file_class", choices=sorted(set(CLASSES) - BY_ITSELF), default="office"
    )
    parser.add_argument("--title", required=True)
    parser.add_argument("--dated", type=_day, required=True, metavar="DAY")
    parser.add_argument("--number", default="", help="文号 · that the paper bears")
    parser.add_argument("--home", default="", metavar="ROOM")
    parser.add_argument(
        "--piece", choices=PIECE_CODES, default="", help="业主档案的哪一种 · of an owner's file"
    )
    _by(parser)


def _file(options: argparse.Namespace) -> dict[str, Any]:
    by, community = actor_by_login(options.by, now=options.now), community_by_name(options.community)
    home = find_home(community, options.home) if options.home else None
    files = kept_files(options.files, use="paper", by=by.key, now=options.now)
    made = file_by_hand(
        community=community,
        file_class=options.file_class,
        title=options.title,
        dated=options.dated,
        files=files,
        by=by,
        act=by.act(now=options.now),
        home=home,
        paper_number=options.number,
        piece=options.piece,
    )
    return plain(made)


def _of_one(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER", help="档号 · its number in the file")
    _by(parser)


def _with_reason(parser: argparse.ArgumentParser) -> None:
    _of_one(parser)
    parser.add_argument("--reason", required=True)


def _item(number: str) -> UUID:
    found = Item.objects.filter(number=number.strip().upper()).values_list("id", flat=True).first()
    if found is None:
        raise RuleViolation("archive.not_found")
    return found


def _hold(options: argparse.Namespace) -> dict[str, Any]:
    by, item = actor_by_login(options.by, now=options.now), _item(options.number)
    hold_item(item=item, by=by, act=by.act(now=options.now), reason=options.reason)
    return {"number": options.number, "held": True}


def _release(options: argparse.Namespace) -> dict[str, Any]:
    by, item = actor_by_login(options.by, now=options.now), _item(options.number)
    release_item(item=item, by=by, act=by.act(now=options.now), reason=options.reason)
    return {"number": options.number, "held": False}


def _report(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    return plain(report_item(item=_item(options.number), by=by, act=by.act(now=options.now)))


def _contents_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("home", metavar="ROOM")
    parser.add_argument("out", metavar="OUT.pdf")
    _community(parser)
    _by(parser)


def _contents(options: argparse.Namespace) -> dict[str, Any]:
    by, community = actor_by_login(options.by, now=options.now), community_by_name(options.community)
    by.require("archive.view", community.office_id)
    home: Home = find_home(community, options.home)
    home.community = community
    found = home_file(home, by=by)
    made = written(options.out, print_home_file(home, found, by=by, now=options.now))
    return made | {"items": len(found.items), "missing": found.missing}


def _due_arguments(parser: argparse.ArgumentParser) -> None:
    _community(parser)


def _due(options: argparse.Namespace) -> dict[str, Any]:
    rows = to_go(community_by_name(options.community).id, today=office_day(options.now))
    found = list(rows.select_related("home")[: MOST_AT_ONCE + 1])
    return {"items": [plain(each) for each in found[:MOST_AT_ONCE]], "more": len(found) > MOST_AT_ONCE}


def _dispose_arguments(parser: argparse.ArgumentParser) -> None:
    _community(parser)
    parser.add_argument("numbers", nargs="+", metavar="NUMBER", help="hemu archive due")
    parser.add_argument("--reason", required=True)
    _by(parser)


def _dispose(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    made = propose_disposal(
        scope=scope_of(community_by_name(options.community)),
        items=[_item(each) for each in options.numbers],
        by=by,
        act=by.act(now=options.now),
        reason=options.reason,
    )
    return _plain_disposal(made)


def _decide_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("disposal", type=UUID, metavar="ID")
    parser.add_argument("--code", default="", help="动态码 · of the authenticator")
    parser.add_argument("--refuse", default="", metavar="REASON", help="不同意 · refuse it")
    _by(parser)


def _decide(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    done = decide_disposal(
        disposal=options.disposal,
        by=by,
        act=by.act(now=options.now),
        agree=not options.refuse,
        typed=options.code,
        reason=options.refuse,
    )
    return _plain_disposal(done)


def _plain_disposal(disposal: Disposal) -> dict[str, Any]:
    return {
        "id": str(disposal.id),
        "state": disposal.state,
        "count": disposal.count,
        "proposed_at": iso_local(disposal.proposed_at),
        "decided_at": iso_local(disposal.decided_at) if disposal.decided_at else None,
    }


COMMANDS = [
    Command("archive", "verify", "每件的文件都在、没有改过 · every filed file is there and has its digest", _verify,
            _verify_arguments, human=_verify_lines, succeeded=lambda value: bool(value["ok"])),
    Command("archive", "list", "查档案 · what is filed", _list, _list_arguments),
    Command("archive", "file", "归一件 · file a paper", _file, _file_arguments),
    Command("archive", "hold", "要求留存 · hold an item", _hold, _with_reason),
    Command("archive", "release", "解除留存 · lift a hold", _release, _with_reason),
    Command("archive", "report", "报公司物业管理部 · report an item to the company", _report, _of_one),
    Command("archive", "contents", "打印业主档案目录 · print the contents of a home's file", _contents,
            _contents_arguments, human=lambda value: str(value["file"])),
    Command("archive", "due", "到期的 · what has passed its time", _due, _due_arguments),
    Command("archive", "dispose", "提出销毁 · propose to destroy", _dispose, _dispose_arguments),
    Command("archive", "decide", "定销毁 · decide over a disposal", _decide, _decide_arguments),
]  # fmt: skip
