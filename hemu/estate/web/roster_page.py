"""What the page of an import shows, as `estate/roster.html` takes it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from hemu.estate.models import Community, RosterImport
from hemu.estate.queries import staff_names
from hemu.estate.roster.queries import preview_rows, recent_imports
from hemu.estate.roster.telling import sentence, value_words
from hemu.estate.roster.wording import (
    DONE_WORDS,
    FIELDS,
    GUESSES,
    NAMELESS,
    PREVIEW_WORDS,
    PROGRESS_WORDS,
    STAGES,
    STATES,
    TABS,
)
from hemu.infra.moments import office_day

Line = dict[str, Any]
PAGE_LINES = 50
QUESTIONS_AT_MOST = 200
SECTION_OF = {"warnings": "warning"}


def upload_context(communities: QuerySet[Community], community: str = "", error: str = "") -> Line:
    """Return the upload form: communities to choose from, and the latest imports into them."""
    recent = recent_imports(communities)
    writers = {row.by.removeprefix("staff:") for row in recent if row.by.startswith("staff:")}
    names = staff_names({UUID(writer) for writer in writers})
    return {
        "communities": [(str(each.id), each.name) for each in communities],
        "community": community,
        "error": error,
        "recent": [
            {
                "url": reverse("roster_import", args=[row.id]),
                "filename": row.filename,
                "community": row.community.name,
                "at": row.started_at,
                "by": next((name for key, name in names.items() if row.by == f"staff:{key}"), ""),
                "words": STATES[row.state],
            }
            for row in recent
        ],
    }


def job_of(row: RosterImport) -> Line:
    """Return an import's name and how far it is."""
    words = DONE_WORDS if row.state == RosterImport.State.DONE else PREVIEW_WORDS
    return {
        "filename": row.filename,
        "community": row.community.name,
        "done": row.done,
        "total": row.total,
        "label": STAGES.get(row.state, ""),
        "progress_words": str(PROGRESS_WORDS) % {"done": row.done, "total": row.total} if row.total else "",
        "poll_url": reverse("roster_progress", args=[row.id]),
        "words": str(words) % row.counts if row.counts else "",
    }


def preview_context(row: RosterImport, asked: Mapping[str, str], now: datetime) -> Line:
    """Return the preview, or what was written: figures, one tab's lines, the questions."""
    here = reverse("roster_import", args=[row.id])
    done = row.state == RosterImport.State.DONE
    urls = {
        f"{name}_url": reverse(f"roster_{view}", args=[row.id])
        for name, view in (
            ("refused", "refused"),
            ("apply", "write"),
            ("discard", "discard"),
            ("answers", "answers"),
        )
    }
    context: Line = {"stage": "done" if done else "preview", "again_url": reverse("roster"), **urls}
    if done:
        return context
    counts = {show: row.counts[show] for show in TABS}
    show = asked.get("show", "")
    if show not in TABS:
        show = next((name for name, count in counts.items() if count), "created")
    return {
        **context,
        **_lines(row, show, counts[show], asked, here),
        "show": show,
        "tabs": [
            {
                "label": label,
                "url": f"{here}?{urlencode({'show': name})}#rows",
                "current": name == show,
                "count": counts[name],
            }
            for name, label in TABS.items()
        ],
        "questions": _questions(row),
        "today": office_day(now).isoformat(),
    }


def _lines(row: RosterImport, show: str, count: int, asked: Mapping[str, str], here: str) -> Line:
    digits = asked.get("start", "")
    start = int(digits) if digits.isdecimal() and len(digits) < 9 else 0
    section = SECTION_OF.get(show, show)
    lines = cast("list[Line]", preview_rows(row, section, start=start, limit=PAGE_LINES + 1))

    def page(first: int) -> str:
        return f"{here}?{urlencode({'show': show, 'start': str(first)})}#rows"

    shown = f"{start + 1}–{start + min(len(lines), PAGE_LINES)} / {count}" if lines else ""
    return {
        "rows": [_TOLD[show](line) for line in lines[:PAGE_LINES]],
        "newer": page(max(0, start - PAGE_LINES)) if start else "",
        "older": page(start + PAGE_LINES) if len(lines) > PAGE_LINES else "",
        "shown": shown,
    }


def _questions(row: RosterImport) -> list[Line]:
    lines = cast("list[Line]", preview_rows(row, "question", limit=QUESTIONS_AT_MOST))
    questions = []
    for line in lines:
        choice, on = row.answers.get(line["home"], ["", None])
        questions.append(
            {
                "home": line["home"],
                "before": _names(line["before"]),
                "after": _names(line["after"]),
                "guess_word": GUESSES[line["guess"]],
                "choice": choice,
                "on": on,
            }
        )
    return questions


def _names(names: list[str]) -> str:
    return "、".join(name or str(NAMELESS) for name in names)


def _created(line: Line) -> Line:
    words = {
        name: value_words(field, line[field])
        for name, field in (("area", "area_centi"), ("occupancy", "occupancy"))
    }
    return {"home": line["home"], "people": _names(line["people"]), **words}


def _updated(line: Line) -> Line:
    return {"home": line["home"], "changes": [_change(change) for change in line["changes"]]}


def _change(change: Line) -> Line:
    field = change["field"]
    values = {side: value_words(field, change[side]) for side in ("before", "after")}
    return {"field": FIELDS[field], **values}


def _kept(line: Line) -> Line:
    return {"home": line["home"], **_change(line)}


def _missing(line: Line) -> Line:
    return {"home": line["home"], "people": _names(line["people"])}


def _said(line: Line) -> Line:
    cells = " · ".join(cell for cell in line.get("cells", ()) if cell)
    return {"sheet": line["sheet"], "row": line["row"], "reason": sentence(line), "cells": cells}


_TOLD = {
    "created": _created,
    "updated": _updated,
    "refused": _said,
    "kept": _kept,
    "missing": _missing,
    "warnings": _said,
}
