"""A month's figures as a spreadsheet, each with the list behind it."""

from collections.abc import Iterable, Iterator
from io import BytesIO

from django.utils import translation

from hemu.figures.queries import Figure
from hemu.figures.rules import share_words
from hemu.foundation.due import Period
from hemu.infra.spreadsheet import Cell, write_table

COLUMNS = (
    ("条款", 10),
    ("内容", 48),
    ("要求", 10),
    ("做到", 10),
    ("应做", 10),
    ("比率", 10),
    ("定数时间", 18),
)
CHINESE = "zh-hans"


def write_sheet(target: BytesIO, figures: Iterable[Figure], *, month: Period) -> None:
    """Write the figures, and under each the numbers counted."""
    with translation.override(CHINESE):
        rows = [row for each in figures for row in _rows(each)]
        write_table(target, title=f"{month.key}", columns=COLUMNS, rows=rows)


def _rows(each: Figure) -> Iterator[list[Cell]]:
    frozen = each.frozen
    met, cohort = (frozen.met, frozen.cohort) if frozen else (each.met, each.cohort)
    at = frozen.frozen_at if frozen else None
    yield [each.clause.id, each.clause.title, each.required, met, cohort, share_words(each.tenths), at]
    members = frozen.members if frozen else _as_members(each)
    for word, subjects in (("做到", members["met"]), ("没做到", members["unmet"])):
        for subject in subjects:
            yield ["", subject.rpartition(":")[2], word]


def _as_members(each: Figure) -> dict[str, list[str]]:
    met = sorted(subject for subject, has in each.members.items() if has)
    return {"met": met, "unmet": sorted(set(each.members) - set(met))}
