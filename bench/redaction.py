"""What redaction finds and what it takes needlessly: in 2,000 invented sentences and in labelled real messages.

The sentences and the labels were written without sight of the rules; the labels of `passages.json` were then used to
mend them, those of `passages-unseen.json` were not. A passage counts as found where all of it is gone; a removal is
needless where it touches no labelled passage. The messages lie beside the project, in `../shared/data`.
"""

import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bench.complaint_sentences import known, sentences
from bench.figures import figure
from bench.suggesting import LABELS, MESSAGES
from hemu.foundation.anonymity import redact

COUNT, SEED = 2_000, 2026
Passage = tuple[str, int, int]
LABELLED = {"seen": "passages.json", "unseen": "passages-unseen.json"}


def measure() -> None:
    """Print recall and needless removals, by kind and in all."""
    _figures("redact.sentences", sentences(COUNT, SEED), known(COUNT, SEED))
    if not MESSAGES.is_file():
        print(json.dumps({"name": "redact.messages", "skipped": f"missing: {MESSAGES.name}"}), flush=True)
        return
    lines = map(json.loads, MESSAGES.read_text(encoding="utf-8").splitlines())
    bodies = {str(line["id"]): line["body"] for line in lines}
    for name, file in LABELLED.items():
        labels = json.loads((LABELS / file).read_text(encoding="utf-8"))
        _figures(f"redact.messages.{name}", ((bodies[id], spans) for id, spans in labels.items()), ())


def _figures(name: str, texts: Iterable[tuple[str, Sequence[Passage]]], names: Iterable[str]) -> None:
    gold, found, needless = Counter[str](), Counter[str](), Counter[str]()
    texts, names, begun = list(texts), set(names), time.perf_counter()
    for text, passages in texts:
        removed = redact(text, names=names).removed
        for kind, start, end in passages:
            gold[kind] += 1
            found[kind] += any(each.start <= start and each.end >= end for each in removed)
        for each in removed:
            needless[each.kind] += not any(
                each.start < end and start < each.end for _, start, end in passages
            )
    seconds = time.perf_counter() - begun
    shares = {kind: _share(found[kind], gold[kind]) for kind in sorted(gold)}
    figure(
        f"{name}.recall", _share(found.total(), gold.total()), "share", passages=gold.total(), by_kind=shares
    )
    figure(f"{name}.needless", needless.total(), "removals", texts=len(texts), by_kind=_there(needless))
    figure(f"{name}.time", seconds / max(1, len(texts)) * 1000, "ms")


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _there(counts: Mapping[str, int]) -> dict[str, int]:
    return {kind: count for kind, count in counts.items() if count}
