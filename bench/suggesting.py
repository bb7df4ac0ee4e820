"""Suggested sortings against two labellings of how people write, beside how far these agree with each other.

The messages lie beside the project, in `../shared/data`; the labellings in `bench/labels`, a line for each message:
{"id", "type", "trade", "nature", "urgency"}. The word table was written with the messages of even numbers in view;
`unseen` is the agreement on those of odd numbers.
"""

import json
import time
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.figures import figure
from hemu.service_requests.rules_suggesting import AXES, Suggestion, suggest

LABELS = Path(__file__).parent / "labels"
MESSAGES = Path(__file__).resolve().parents[2] / "shared" / "data" / "community-messages.jsonl"
LABELLINGS = ("a", "b")
FIRST_THREE = 3
Lines = Mapping[int, Mapping[str, str]]


def measure(messages: Path = MESSAGES, labels: Path = LABELS) -> None:
    """Print the agreement on each axis, or in one line what is missing."""
    files = [messages, *(labels / f"{name}.jsonl" for name in LABELLINGS)]
    if missing := [file.name for file in files if not file.is_file()]:
        print(json.dumps({"name": "suggest", "skipped": f"missing: {', '.join(missing)}"}), flush=True)
        return
    said, a, b = (_lines(file) for file in files)
    ids = sorted(said.keys() & a.keys() & b.keys())
    start = time.perf_counter()
    found = {id: suggest(said[id]["body"], subject=said[id]["subject"]) for id in ids}
    figure("suggest.time", (time.perf_counter() - start) / max(1, len(ids)) * 1000, "ms", messages=len(ids))
    for axis in AXES:
        _measure_axis(axis, ids, found, {"a": a, "b": b})


def _lines(file: Path) -> dict[int, dict[str, Any]]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return {line["id"]: line for line in map(json.loads, filter(str.strip, lines))}


def _measure_axis(
    axis: str, ids: Sequence[int], found: Mapping[int, Suggestion], labellings: Mapping[str, Lines]
) -> None:
    labels = {name: [lines[id][axis] for id in ids] for name, lines in labellings.items()}
    firsts = [found[id].first(axis) for id in ids]
    own = share(list(map(same, labels["a"], labels["b"])))
    figure(f"suggest.{axis}.labellings", own, "share", kappa=kappa(labels["a"], labels["b"]))
    for name, theirs in labels.items():
        more = {"kappa": kappa(firsts, theirs), "always_the_commonest": commonest(theirs)}
        _figure(f"suggest.{axis}.first.{name}", ids, list(map(same, firsts, theirs)), own, **more)
        in_three = [
            label in [each.value for each in found[id].ranked[axis][:FIRST_THREE]]
            for id, label in zip(ids, theirs, strict=True)
        ]
        if len(AXES[axis]) > FIRST_THREE:  # of three values the right one is always among the first three
            _figure(f"suggest.{axis}.first_three.{name}", ids, in_three, own)


def _figure(name: str, ids: Sequence[int], right: Sequence[bool], floor: float, **more: Any) -> None:
    unseen = share([each for id, each in zip(ids, right, strict=True) if id % 2])
    figure(name, share(right), "share", floor, unseen=unseen, **more)


def same(one: Hashable, other: Hashable) -> bool:
    return one == other


def share(right: Sequence[bool]) -> float:
    """Return the share of what is right, 0 to 1; 0 of nothing."""
    return round(sum(right) / len(right), 3) if right else 0.0


def commonest(labels: Sequence[str]) -> float:
    """Return the agreement that always saying the commonest value would reach."""
    return round(max(Counter(labels).values(), default=0) / max(1, len(labels)), 3)


def kappa(one: Sequence[str], other: Sequence[str]) -> float:
    """Return Cohen's kappa: the agreement beyond chance, 1 where both always say the same."""
    count = len(one)
    if not count:
        return 0.0
    agreed = sum(map(same, one, other)) / count
    ones, others = Counter(one), Counter(other)
    by_chance = sum(ones[value] * others[value] for value in ones) / count**2
    return 1.0 if by_chance == 1 else round((agreed - by_chance) / (1 - by_chance), 3)
