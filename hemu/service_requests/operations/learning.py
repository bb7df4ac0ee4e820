"""Learning from how cases were sorted: counts of words and values, taken from the book behind its writers."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of
from hemu.service_requests.models import SuggestionCount, SuggestionMark
from hemu.service_requests.rules_suggesting import ALWAYS, words_spoken

SORTINGS = ("request.classified", "request.resorted")
SLICE = 1_000
SETTLED = timedelta(minutes=1)
"""A transaction may commit after one that took a later `seq`; none lives that long."""

Counts = Counter[tuple[str, str, str]]


@operation
def learn_from_sortings(*, now: datetime) -> int:
    """Count the sortings written since the last time (RQ-03); return how many entries were passed, 0 at the end.

    The mark and the counts move in one transaction: run again, by whichever worker, nothing is counted twice.
    A sorting put right takes back what the one it mends had given. Cases whose words are erased teach nothing.
    """
    mark, _ = SuggestionMark.objects.select_for_update().get_or_create(pk=1)
    passed = _settled_after(mark.seq, now)
    if not passed:
        return 0
    sortings = Entry.objects.filter(kind__in=SORTINGS, seq__gt=mark.seq, seq__lte=passed[-1])
    _add(_taught_by(list(sortings.order_by("seq"))))
    mark.seq = passed[-1]
    mark.save()
    return len(passed)


def _settled_after(seq: int, now: datetime) -> list[int]:
    rows = Entry.objects.filter(seq__gt=seq).order_by("seq").values_list("seq", "recorded_at")[:SLICE]
    passed: list[int] = []
    for number, recorded_at in rows:
        if recorded_at > now - SETTLED:
            break
        passed.append(number)
    return passed


def _taught_by(sortings: list[Entry]) -> Counts:
    texts = _texts_of({entry.subject for entry in sortings})
    mended_ids = {entry.facts["mends"] for entry in sortings if "mends" in entry.facts}
    mended = {str(entry.id): entry for entry in Entry.objects.filter(id__in=mended_ids)}
    counts: Counts = Counter()
    for entry in sortings:
        text = texts.get(entry.subject, "")
        if text:
            counts.update(_lessons(text, entry))
            if old := mended.get(entry.facts.get("mends", "")):
                counts.subtract(_lessons(text, old))
    return counts


def _texts_of(subjects: set[str]) -> dict[str, str]:
    """Return the words as they were registered: they stay the same for a sorting and for its taking back."""
    rows = Entry.objects.filter(kind="request.registered", subject__in=subjects).select_related("words_row")
    return {entry.subject: str(words_of(entry).get("text", "")) for entry in rows}


def _lessons(text: str, sorting: Entry) -> Iterable[tuple[str, str, str]]:
    for axis, spoken in words_spoken(text).items():
        for word in (ALWAYS, *(each.word for each in spoken)):
            yield axis, word, str(sorting.facts[axis])


def _add(changes: Counts) -> None:
    words = {word for _, word, _ in changes}
    known = {(row.axis, row.word, row.value): row for row in SuggestionCount.objects.filter(word__in=words)}
    fresh = []
    for key, change in changes.items():
        row = known.get(key)
        if row is None:
            axis, word, value = key
            fresh.append(SuggestionCount(axis=axis, word=word, value=value, count=max(0, change)))
        else:
            row.count = max(0, row.count + change)  # words erased in between cannot be taken back twice
    SuggestionCount.objects.bulk_update(known.values(), ["count"])
    SuggestionCount.objects.bulk_create(fresh)
