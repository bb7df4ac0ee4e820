"""Finding cases by a number, a room or words."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import QuerySet

from hemu.estate.models import Home
from hemu.estate.roster.rooms import read_room
from hemu.foundation.errors import RuleViolation
from hemu.foundation.numbering import plain_number
from hemu.infra.models import SearchMark
from hemu.infra.newest import newest_ids
from hemu.infra.search import Newest, holds, newest_with, tokens_of
from hemu.service_requests.models import Request

MARK = "requests"
FOUND = 1_000
"""Of words that more cases hold the newest are found; the page then asks to narrow."""
SEARCHED = 2_000
"""So many of the newest cases are read themselves: those not indexed yet, and ends of numbers."""
COMPARED = 200
"""Of a phrase's candidates so many are compared word by word."""
HOMES, ROOMS = 500, 200


def found_by_words(
    rows: QuerySet[Request], words: str, *, communities: Collection[UUID] | None
) -> tuple[list[UUID], bool]:
    """Return the ids that a number, a room or words name, the newest 1,000 first, and whether there may be more.

    Of what has every pair of a phrase the newest 200 are compared with it. Not all of them need be among the rows.

    Args:
        rows: what the reader may see.
        communities: where the rows lie; None for those of the whole company.
    """
    words = words.replace("\x00", "").strip()
    number = plain_number(words)
    if number and (named := list(rows.filter(number=number).values_list("id", flat=True))):
        return named, False
    indexed, (of_room, many) = _indexed(words, communities), _of_room(words, communities)
    ids = {*indexed.ids, *_not_indexed_yet(rows, words), *of_room}
    if words.isdigit():
        newest = rows.order_by("-id").values_list("id", "number")[:SEARCHED]
        ids.update(id for id, number in newest if number.endswith(words))
    return sorted(ids, reverse=True)[:FOUND], indexed.cut or many


def _indexed(words: str, communities: Collection[UUID] | None) -> Newest:
    found = newest_with(words, scopes=communities, at_most=FOUND)
    if len(tokens_of(words)) <= 1:
        return found
    texts = Request.objects.filter(id__in=found.ids[:COMPARED]).values_list("id", "text")
    ids = [id for id, text in texts if holds(text, words)]
    return Newest(ids, cut=found.cut or len(found.ids) > COMPARED)


def _not_indexed_yet(rows: QuerySet[Request], words: str) -> Iterable[UUID]:
    """Return what the worker has not come to, or all of the newest where one letter is asked for: no pair has it."""
    upto = SearchMark.objects.filter(name=MARK).values_list("upto", flat=True).first()
    if upto and tokens_of(words):
        rows = rows.filter(id__gt=upto)
    texts = rows.order_by("-id").values_list("id", "text")[:SEARCHED]
    return [id for id, text in texts if holds(text, words)]


def _of_room(words: str, communities: Collection[UUID] | None) -> tuple[Iterable[UUID], bool]:
    """Return the newest cases about homes of that room, whoever may see them, and whether there are more homes."""
    try:
        room = read_room(words)
    except RuleViolation:
        return [], False
    homes = Home.objects.filter(room=room.room)
    if communities is not None:
        homes = homes.filter(community__in=communities)
    named = [id for id, written in homes.values_list("id", "written")[:HOMES] if _is(room.written, written)]
    cases = newest_ids(Request.objects.all(), scope="home_id", among=named[:ROOMS], at_most=FOUND)
    return cases, len(named) > ROOMS


def _is(asked: str, written: str) -> bool:
    return asked == written or written.endswith(f"-{asked}")
