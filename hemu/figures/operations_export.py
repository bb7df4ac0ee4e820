"""A month's figures as a spreadsheet, each with the list behind it."""

from collections.abc import Collection, Iterable, Iterator
from io import BytesIO

from django.utils import translation

from hemu.estate.models import Community
from hemu.figures.models import FrozenFigure
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


def write_sheet(
    target: BytesIO,
    figures: Iterable[Figure],
    *,
    community: Community,
    month: Period,
    hidden: Collection[str],
) -> None:
    """Write the figures, and under each the numbers counted.

    Args:
        hidden: subjects kept from who asks; they are counted and not named.
    """
    frozen = {
        each.clause: each for each in FrozenFigure.objects.filter(community=community, period=month.key)
    }
    with translation.override(CHINESE):
        rows = [row for each in figures for row in _rows(each, frozen.get(each.clause.id), hidden)]
        write_table(target, title=f"{month.key}", columns=COLUMNS, rows=rows)


def _rows(each: Figure, frozen: FrozenFigure | None, hidden: Collection[str]) -> Iterator[list[Cell]]:
    met, cohort = (frozen.met, frozen.cohort) if frozen else (each.met, each.cohort)
    at = frozen.frozen_at if frozen else None
    yield [each.clause.id, each.clause.title, each.required, met, cohort, share_words(each.tenths), at]
    members = frozen.members if frozen else _as_members(each)
    for word, subjects in (("做到", members["met"]), ("没做到", members["unmet"])):
        for subject in subjects:
            if subject not in hidden:
                yield ["", subject.rpartition(":")[2], word]


def _as_members(each: Figure) -> dict[str, list[str]]:
    met = sorted(subject for subject, has in each.members.items() if has)
    return {"met": met, "unmet": sorted(set(each.members) - set(met))}
