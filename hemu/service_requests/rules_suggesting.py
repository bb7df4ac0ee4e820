"""Sorting suggested from an owner's words: by the table `suggesting.toml`, and what the office's sortings taught."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from hemu.service_requests.rules import NATURES, TRADES, TYPES, URGENCIES

AXES = {"type": TYPES, "trade": TRADES, "nature": NATURES, "urgency": URGENCIES}
STRENGTHS = {"sure": 4.0, "likely": 2.0, "hint": 1.0}
ALWAYS = ""
"""The word that stands for every text: what it speaks for is the order where no other word speaks."""
TABLE_COUNTS_AS = 20
"""The table stands in the counts of a word as so many sortings: after ten others it still has two thirds."""
LEARNED_AT_MOST = 0.8
"""However many sortings there were, the table keeps a fifth of a word's say."""
WHY_AT_MOST = 4
READ_AT_MOST = 2_000
"""Characters of a text that are read: what a matter is stands at its beginning."""

Counts = Mapping[tuple[str, str, str], int]
NOTHING_LEARNED: Counts = {}


@dataclass(frozen=True)
class Spoken:
    """A word of the table found in a text: where it stands decides how much it weighs there."""

    word: str
    weight: float


@dataclass(frozen=True)
class Ranked:
    """One value of an axis: its score, 0 or more, and the words that speak for it, the weightiest first."""

    value: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """All values of each axis, the likeliest first."""

    ranked: Mapping[str, tuple[Ranked, ...]]

    def first(self, axis: str) -> str:
        """Return the likeliest value of an axis."""
        return self.ranked[axis][0].value

    def why(self, axis: str) -> tuple[str, ...]:
        """Return the words for the likeliest value; none where only the usual order speaks."""
        return self.ranked[axis][0].why


@dataclass(frozen=True)
class WordTable:
    """`suggesting.toml`, laid out for reading a text from left to right.

    Attributes:
        weights: by axis and word, what it says for each value.
        starts: by axis and first character, the words in parts (two where there is a gap), the longest first.
    """

    weights: Mapping[str, Mapping[str, Mapping[str, float]]]
    starts: Mapping[str, Mapping[str, tuple[tuple[str, str, str], ...]]]
    reading: Mapping[str, float]
    negations: tuple[str, ...]
    no_negations: tuple[str, ...] = field(default=())


def suggest(text: str, *, subject: str = "", learned: Counts = NOTHING_LEARNED) -> Suggestion:
    """Return what the words suggest on each axis (RQ-03), with the words that speak for it.

    Args:
        text: any text; its first sentences weigh more, what lies beyond 2,000 characters is not read.
        subject: its heading, if it has one; it weighs most.
        learned: how many sortings gave ``(axis, word, value)``; they move a word's say smoothly away from
            the table's (Laplace), never wholly.
    """
    said = words_spoken(text, subject=subject)
    return Suggestion({axis: _ranked(axis, said[axis], learned) for axis in AXES})


def words_spoken(text: str, *, subject: str = "") -> dict[str, tuple[Spoken, ...]]:
    """Return the words of the table found in a text, by axis, each once with its greatest weight."""
    table = word_table()
    parts = list(_weighted_sentences(text, subject, table.reading))
    found = {}
    for axis in AXES:
        weights: dict[str, float] = {}
        for sentence, weight in parts:
            for word in _matches(sentence, axis, table):
                weights[word] = max(weight, weights.get(word, 0.0))
        found[axis] = tuple(Spoken(word, weight) for word, weight in weights.items())
    return found


SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]|[^。！？!?；;\n]+")


def _weighted_sentences(text: str, subject: str, reading: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    if subject.strip():
        yield subject[:READ_AT_MOST], reading["subject_weight"]
    for number, sentence in enumerate(SENTENCE.findall(text[:READ_AT_MOST])):
        yield sentence, reading["opening_weight" if number < reading["opening"] else "rest_weight"]


def _matches(sentence: str, axis: str, table: WordTable) -> Iterator[str]:
    """Yield the words of an axis in a sentence, at each place the longest, without those that are denied."""
    starts, gap = table.starts[axis], int(table.reading["gap"])
    position = 0
    while position < len(sentence):
        for word, head, tail in starts.get(sentence[position], ()):
            if sentence.startswith(head, position) and _follows(sentence, tail, position + len(head), gap):
                if not _denied(sentence, position, table):
                    yield word
                position += len(head)
                break
        else:
            position += 1


def _follows(sentence: str, tail: str, start: int, gap: int) -> bool:
    return not tail or sentence.find(tail, start, start + gap + len(tail)) >= 0


def _denied(sentence: str, position: int, table: WordTable) -> bool:
    before = sentence[max(0, position - 4) : position]
    return before.endswith(table.negations) and not before.endswith(table.no_negations)


def _ranked(axis: str, said: tuple[Spoken, ...], learned: Counts) -> tuple[Ranked, ...]:
    scores: dict[str, float] = defaultdict(float)
    why: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for spoken in (Spoken(ALWAYS, 1.0), *said):
        for value, weight in _say(axis, spoken.word, learned).items():
            scores[value] += weight * spoken.weight
            if spoken.word:
                why[value].append((-weight * spoken.weight, spoken.word))
    order = sorted(AXES[axis], key=lambda value: -scores[value])
    return tuple(
        Ranked(value, round(scores[value], 3), tuple(word for _, word in sorted(why[value])[:WHY_AT_MOST]))
        for value in order
    )


def _say(axis: str, word: str, learned: Counts) -> Mapping[str, float]:
    """Return what a word says for each value: the table's say, moved towards how cases with it were sorted."""
    table = word_table().weights[axis][word]
    counts = {value: max(0, learned.get((axis, word, value), 0)) for value in AXES[axis]}
    total = sum(counts.values())
    if not total:
        return table
    share = min(total / (total + TABLE_COUNTS_AS), LEARNED_AT_MOST)
    strength = sum(table.values())
    moved = {
        value: (1 - share) * table.get(value, 0.0) + share * strength * count / total
        for value, count in counts.items()
    }
    return {value: weight for value, weight in moved.items() if weight > 0}


@lru_cache(maxsize=1)
def word_table() -> WordTable:
    """Return the table as the product carries it, read once."""
    return read_table((Path(__file__).parent / "suggesting.toml").read_text(encoding="utf-8"))


def read_table(source: str) -> WordTable:
    """Lay out a table for reading.

    Raises:
        ValueError: it names an axis, value or strength that does not exist, or leaves out a prior.
    """
    content = tomllib.loads(source)
    reading = dict(content.pop("reading"))
    prior = content.pop("prior")
    if set(content) != set(AXES) or set(prior) != set(AXES):
        raise ValueError(f"axes: {sorted(content)}, priors: {sorted(prior)}; there are {sorted(AXES)}")
    weights = {axis: _weights(axis, content[axis], prior[axis]) for axis in AXES}
    return WordTable(
        weights=weights,
        starts={axis: _starts(words) for axis, words in weights.items()},
        negations=tuple(reading.pop("negations")),
        no_negations=tuple(reading.pop("no_negations")),
        reading=reading,
    )


def _weights(
    axis: str, values: Mapping[str, Mapping[str, list[str]]], prior: Mapping[str, float]
) -> dict[str, dict[str, float]]:
    if unknown := (set(values) | set(prior)) - set(AXES[axis]):
        raise ValueError(f"{axis}: no such value: {sorted(unknown)}")
    weights: dict[str, dict[str, float]] = {ALWAYS: dict(prior)}
    for value, strengths in values.items():
        for strength, words in strengths.items():
            for word in words:
                said = weights.setdefault(word, {})
                said[value] = max(said.get(value, 0.0), STRENGTHS[strength])
    return weights


def _starts(words: Mapping[str, object]) -> dict[str, tuple[tuple[str, str, str], ...]]:
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for word in words:
        if word:
            head, _, tail = word.partition("…")
            found[word[0]].append((word, head, tail))
    return {
        first: tuple(sorted(each, key=lambda parts: -len(parts[1] + parts[2])))
        for first, each in found.items()
    }
