"""Finding things by words, two letters at a time: Chinese has no gaps between its words, and two letters are most of them.

Every pair of neighbouring letters is a row that names the thing. A search reads the rows of the rarest pair, newest
first, and no text; what it reads does not grow with what lacks the pair. The worker writes the rows behind the writers.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hemu.infra.models import SearchToken
from hemu.infra.newest import newest_ids

TOKENS = 1_000
"""So many different pairs of one thing are kept; longer words are found by their beginning."""
ASKED = 4
"""So many pairs of what is searched for are looked up; the rest is compared with the words themselves."""
_RUN = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Return words as they are compared: full and half width, large and small letters alike."""
    return unicodedata.normalize("NFKC", text).lower()


def tokens_of(text: str) -> list[int]:
    """Return each pair of neighbouring letters once, in their order, 1,000 at most; signs and gaps part letters."""
    pairs = (run[at : at + 2] for run in _RUN.findall(plain(text)) for at in range(len(run) - 1))
    return list(dict.fromkeys(ord(pair[0]) << 21 | ord(pair[1]) for pair in pairs))[:TOKENS]


def add_words(things: Iterable[tuple[UUID, UUID, str]]) -> None:
    """Put the words of things, as (target, scope, words), into the index; what is there already stays."""
    rows = [
        SearchToken(token=token, scope=scope, target=target)
        for target, scope, words in things
        for token in tokens_of(words)
    ]
    SearchToken.objects.bulk_create(rows, ignore_conflicts=True)


def exchange_words(*, target: UUID, scope: UUID, old: str, new: str) -> None:
    """Take what only the old words of a thing had out of the index and put the new ones in; "" where none remain."""
    before, after = set(tokens_of(old)), set(tokens_of(new))
    SearchToken.objects.filter(scope=scope, target=target, token__in=sorted(before - after)).delete()
    if after:
        add_words([(target, scope, new)])


@dataclass(frozen=True)
class Newest:
    """The newest things that may hold the words, newest first; ``cut`` where there may be more."""

    ids: list[UUID]
    cut: bool


def newest_with(
    words: str, *, scopes: Collection[UUID] | None, at_most: int, index: QuerySet[Any] | None = None
) -> Newest:
    """Return the newest things with the pairs of what is searched for: of the rarest pair those that have the others.

    Where the pairs stand it does not say: the caller compares the words where more than one is asked for.

    Args:
        scopes: whose things; None for everybody's.
        at_most: so many of each pair are read.
        index: a room's own, of the same three columns; the common one where none is given.
    """
    rows = SearchToken.objects.all() if index is None else index
    lists = [
        newest_ids(
            rows.filter(token=token),
            scope="scope",
            among=scopes,
            at_most=at_most,
            key="target",
        )
        for token in spread(tokens_of(words))
    ]
    if not lists:
        return Newest([], cut=False)
    rarest = min(lists, key=len)
    ids = rarest
    for other in lists:
        held = set(other)
        beyond = other[-1] if len(other) >= at_most else None  # older ones than that were not read
        ids = [id for id in ids if id in held or (beyond is not None and id < beyond)]
    return Newest(ids, cut=len(rarest) >= at_most)


def spread(tokens: list[int]) -> list[int]:
    """Return four at most of the pairs, as far from each other as they lie."""
    if len(tokens) <= ASKED:
        return tokens
    return [tokens[round(each * (len(tokens) - 1) / (ASKED - 1))] for each in range(ASKED)]


def holds(text: str, words: str) -> bool:
    """Tell whether a text holds each of the words that gaps part."""
    found = plain(text)
    return all(word in found for word in plain(words).split())
