"""``hemu sop …``: the register, due times, quotas, the index. No Django, no database."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from hemu.foundation.calendar import WorkCalendar
from hemu.foundation.due import due_at, resolve, unpublished_years
from hemu.foundation.errors import RuleViolation
from hemu.sop import wording
from hemu.sop.profiles import DEFAULT, Profile, replacement_of
from hemu.sop.quota import CLAUSE as QUOTA_CLAUSE
from hemu.sop.quota import visit_quota, visit_rate
from hemu.sop.register import Clause, load_register

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
ZONE = ZoneInfo("Asia/Shanghai")
FIRST_YEAR, LAST_YEAR = 2000, 2100


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 refused, 2 wrong usage."""
    try:
        options = _parser().parse_args(argv)
    except SystemExit as stop:  # argparse has said what is wrong, or shown its help
        return WRONG_USAGE if stop.code else DONE
    try:
        options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader (head, less) has seen enough; nothing more may be flushed at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except RuleViolation as violation:
        message = wording.refusal(violation)
        if options.json:
            _print_json({"error": violation.code, "message": message})
        else:
            print(message, file=sys.stderr)
        return REFUSED
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hemu sop", description="规程:条款、时限、定额、落实情况 · the SOP")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    _command(commands, "list", _list, "全部条款 · all clauses")
    show = _command(commands, "show", _show, "一条条款 · one clause")
    show.add_argument("clause", metavar="CLAUSE")
    _command(commands, "index", _index, "条款 → 规则 → 测试 → 页面 · what is kept")

    due = _command(commands, "due", _due, "何时到期 · when a clause is due")
    due.add_argument("clause", metavar="CLAUSE")
    due.add_argument("--from", dest="start", type=_moment, required=True, metavar='"YYYY-MM-DD HH:MM"')
    due.add_argument("--profile", metavar="NAME")
    due.add_argument("--fact", action="append", default=[], type=_fact, metavar="NAME=VALUE")

    quota = _command(commands, "quota", _quota, "每月走访户数 VS-02 · visits a month")
    quota.add_argument("--homes", type=int, required=True, metavar="N")
    quota.add_argument("--occupied", type=int, required=True, metavar="N")
    return parser


def _command(commands: Any, name: str, run: Any, words: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    parser.add_argument("--json", action="store_true", help="一个 JSON 值 · one JSON value")
    parser.set_defaults(run=run)
    return parser


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” ≠ YYYY-MM-DD HH:MM") from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"{FIRST_YEAR}–{LAST_YEAR}")
    return moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)


def _fact(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise argparse.ArgumentTypeError(f"“{text}” ≠ NAME=VALUE")
    return name, value


def _list(options: argparse.Namespace) -> None:
    clauses = load_register().clauses.values()
    if options.json:
        _print_json([_item(clause) for clause in clauses])
        return
    for clause in clauses:
        print(f"{clause.id:<7} {clause.kind:<10} {clause.due or '–':<45} {clause.title}")


def _show(options: argparse.Namespace) -> None:
    clause = load_register().clause(options.clause)
    facts = _item(clause) | {
        name: _plain(getattr(clause, name))
        for name in ("target", "of", "counts", "rate", "ceiling", "profile", "varies", "assumed")
    }
    facts["variants"] = [variant.id for variant in load_register().variants_of(clause.id)]
    facts["forms"] = [form.name for form in load_register().forms.values() if clause.id in form.clauses]
    if options.json:
        _print_json(facts)
        return
    for name, value in facts.items():
        if value not in (None, []):
            print(f"{name:<9} {'; '.join(map(str, value)) if isinstance(value, list) else value}")


def _due(options: argparse.Namespace) -> None:
    asked = load_register().clause(options.clause)
    name = options.profile or asked.profile or DEFAULT
    profile = Profile((name,))
    clause = _in_force(asked, profile, name)
    start: datetime = options.start
    settings = profile.on(start.date())
    facts = dict(options.fact)
    rule = settings.due_rule(clause, facts)
    if rule is None:
        raise RuleViolation("due.none", clause=clause.id, kind=clause.kind)
    time = settings.office_time(WorkCalendar(), ZONE)
    rule = resolve(rule, facts=facts, limits=settings.limits)
    given = {fact: _given(fact, value) for fact, value in facts.items()}
    due = due_at(rule, start=start, time=time, every=clause.every, facts=given)
    for year in unpublished_years(rule, start=start, at=due, time=time, every=clause.every):
        print(wording.label("unpublished", year=year), file=sys.stderr)
    answer = {"clause": asked.id, "profile": name, "from": start.isoformat(), "due": due.isoformat()}
    if options.json:
        _print_json(answer)
        return
    text = settings.due_text(clause, facts)
    print(wording.label("due", clause=clause.id, title=clause.title, rule=text, start=start, due=due))


def _in_force(asked: Clause, profile: Profile, name: str) -> Clause:
    if asked.profile and asked.profile not in profile.names:
        raise RuleViolation("clause.not_in_profile", clause=asked.id, profile=asked.profile)
    variant = replacement_of(asked, profile)
    if variant is None:
        return asked
    note = wording.label("replaced", clause=asked.id, profile=name, variant=variant.id)
    print(note, file=sys.stderr)
    return variant


def _given(fact: str, value: str) -> datetime | str:
    if not fact.endswith("_at"):
        return value
    try:
        return _moment(value)
    except argparse.ArgumentTypeError:
        raise RuleViolation("due.unreadable_fact", fact=fact, value=value) from None


def _quota(options: argparse.Namespace) -> None:
    quota = visit_quota(homes=options.homes, occupied=options.occupied)
    rate = visit_rate(options.homes)
    if options.json:
        _print_json({"clause": QUOTA_CLAUSE, "rate": str(rate), "quota": quota})
        return
    print(
        wording.label(
            "quota", homes=options.homes, occupied=options.occupied, rate=f"{rate:.0%}", quota=quota
        )
    )


def _index(options: argparse.Namespace) -> None:
    from hemu.sop.index import kept_clauses

    rows = kept_clauses()
    if options.json:
        _print_json([row.as_json() for row in rows])
        return
    for row in rows:
        print(row.as_line())
    hand = sum(row.by == "hand" for row in rows)
    print(wording.label("index", kept=sum(row.kept for row in rows), all=len(rows), hand=hand))


def _item(clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "title": clause.title,
        "kind": clause.kind,
        "per": clause.per,
        "actors": list(clause.actors),
        "every": clause.every,
        "due": clause.due,
        "trigger": clause.trigger,
        "evidence": clause.evidence,
        "source": list(clause.source),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value if value is None or isinstance(value, int | str) else str(value)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False))
