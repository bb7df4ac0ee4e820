"""``hemu figures …``: attained against required, on what evidence rests, what is called again."""

import argparse
from typing import Any
from uuid import UUID

from hemu.access.actors import actor_by_login
from hemu.estate.queries import community_by_name
from hemu.figures.models import Recall
from hemu.figures.operations import draw_month, draw_of, freeze_closed, note_recall
from hemu.figures.queries import Figure, figures_of, month_of
from hemu.figures.rules import OUTCOMES
from hemu.infra.command import Command
from hemu.infra.moments import iso_local
from hemu.ledger.rules import root_code


def _month(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--month", required=True, metavar="YYYY-MM")


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", required=True, metavar="NAME")
    _month(parser)


def _show(options: argparse.Namespace) -> dict[str, Any]:
    """Return a community's figures of a month, each with the list behind it."""
    community = community_by_name(options.community)
    month = month_of(community, options.month, now=options.now)
    return {"items": [_plain(each) for each in figures_of(community, month, now=options.now)]}


def _plain(each: Figure) -> dict[str, Any]:
    frozen = each.frozen
    return {
        "clause": each.clause.id,
        "period": each.period.key,
        "required": each.required,
        "ceiling": each.clause.ceiling is not None,
        "by_hand": each.by_hand,
        "met": each.met,
        "cohort": each.cohort,
        "state": each.stands,
        "frozen": {"met": frozen.met, "cohort": frozen.cohort, "at": iso_local(frozen.frozen_at),
                   "entry": str(frozen.entry)} if frozen else None,
        "unmet": sorted(subject for subject, has in each.members.items() if not has),
    }  # fmt: skip


def _lines(value: dict[str, Any]) -> str:
    return "\n".join(
        f"{item['clause']:<7}  {item['met']:>5} / {item['cohort']:<5}  {item['required']:<8}  {item['state']}"
        for item in value["items"]
    )


def _freeze(options: argparse.Namespace) -> dict[str, int]:
    return {"frozen": freeze_closed(options.month, now=options.now)}


def _draw(options: argparse.Namespace) -> dict[str, Any]:
    """Return which evidence the month's root draws, and lay it ready to be called again; asked again it is the same."""
    seal, found = draw_of(options.month)
    laid = draw_month(options.month, now=options.now)
    return {
        "root": root_code(seal.head),
        "head": seal.head,
        "seal": seal.number,
        "drawn": found,
        "laid": laid,
    }


def _recalls(options: argparse.Namespace) -> dict[str, Any]:
    rows = Recall.objects.filter(month=options.month).order_by("id")
    return {
        "items": [
            {"id": str(each.id), "entry": str(each.entry), "subject": each.subject, "state": each.state,
             "giver": f"staff:{each.giver_id}", "tries": each.tries, "noted": iso_local(each.noted_at)}
            for each in rows
        ]
    }  # fmt: skip


def _note_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("recall", type=UUID, metavar="ID")
    parser.add_argument("--answer", choices=OUTCOMES, required=True)
    parser.add_argument("--text", required=True)
    parser.add_argument("--by", required=True, metavar="LOGIN")


def _note(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    act = by.act(now=options.now)
    entry = note_recall(recall=options.recall, answer=options.answer, by=by, act=act, words=options.text)
    return {"entry": str(entry.id), "answer": options.answer}


COMMANDS = [
    Command(
        "figures", "show", "做到多少、应做多少 · attained and required", _show, _show_arguments, human=_lines
    ),
    Command("figures", "freeze", "月份定数 · freeze a month that is closed", _freeze, _month),
    Command("figures", "draw", "抽出要再问的 · draw what is called again", _draw, _month),
    Command("figures", "recalls", "抽出来的，问得怎样 · what was drawn", _recalls, _month),
    Command("figures", "recall", "记下问的结果 · note what came of one", _note, _note_arguments),
]
