"""Judge a drill: the clients' journal against the database. Runs in a process of its own, with Django.

python -m tests.proof.verdict JOURNAL     prints {"problems": […], "counts": {…}}
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from threading import Event

import django

django.setup()

from django.db import connection  # noqa: E402

from hemu.duties.models import Duty  # noqa: E402
from hemu.foundation.errors import RuleViolation  # noqa: E402
from hemu.infra import clock  # noqa: E402
from hemu.ledger.models import ClosedWords, Entry  # noqa: E402
from hemu.ledger.queries import verify  # noqa: E402
from hemu.messaging.models import Message, Outgoing  # noqa: E402
from hemu.messaging.rules import Channel, State  # noqa: E402
from hemu.service_requests.models import Request  # noqa: E402
from hemu.service_requests.rules import STEP_OF, fold  # noqa: E402
from tests.proof.journal import Case, Journal, read_journal  # noqa: E402

OUTBOX_EMPTY_WITHIN_SECONDS = 300
REGISTERED = "request.registered"

Marks = Counter[tuple[str, ...]]


def judge(journal: Journal) -> list[str]:
    """Return one line for each thing that is lost, twice there, or does not fit."""
    problems = [f"refused: {text}" for text in journal.refusals]
    problems += [f"{case.marker}: no answer to {case.pending}" for case in journal.cases if case.pending]
    problems += outbox_is_delivered()
    requests = requests_by_marker(journal)
    known = {request.number for found in requests.values() for request in found}
    problems += [
        f"{request.number}: nobody registered it" for request in Request.objects.exclude(number__in=known)
    ]
    entries = entries_by_subject()
    for case in journal.cases:
        problems += judge_case(case, requests[case.marker], entries)
    problems += duties_and_messages_are_complete(journal)
    problems += numbers_have_no_gap()
    problems += orphans()
    return problems + [f"ledger: {text}" for text in verify(now=clock.now()).problems]


def requests_by_marker(journal: Journal) -> dict[str, list[Request]]:
    """Return the stored cases by the marker in their words."""
    found: dict[str, list[Request]] = {case.marker: [] for case in journal.cases}
    for request in Request.objects.all():
        found.setdefault(request.text.split()[0], []).append(request)
    return found


def entries_by_subject() -> dict[str, list[Entry]]:
    found = defaultdict(list)
    for entry in Entry.objects.order_by("seq"):
        found[entry.subject].append(entry)
    return found


def judge_case(case: Case, stored: list[Request], entries: dict[str, list[Entry]]) -> list[str]:
    """Compare one case with its row and its entries."""
    if len(stored) > 1:
        return [f"{case.marker}: registered {len(stored)} times"]
    if not stored:
        return [f"{case.marker}: acknowledged as {case.number} and lost"] if case.number else []
    request = stored[0]
    book = [entry for entry in entries[request.subject] if is_act(entry)]
    told = [REGISTERED, *(kind_of(step) for step in case.steps)]
    if case.pending and case.pending != "register" and len(book) == len(told) + 1:
        told.append(kind_of(case.pending))  # it was done, only the answer is missing
    problems = []
    if case.number and request.number != case.number:
        problems.append(f"{case.marker}: acknowledged as {case.number}, stored as {request.number}")
    if [entry.kind for entry in book] != told:
        problems.append(f"{request.number}: book {[e.kind for e in book]}, acknowledged {told}")
    if request.version != len(book):
        problems.append(f"{request.number}: version {request.version} after {len(book)} entries")
    return problems + folds_to_its_state(request, entries[request.subject])


def is_act(entry: Entry) -> bool:
    """Tell whether a client's own act wrote this entry: not a reply that lies in telling the result."""
    return entry.kind == REGISTERED or (entry.kind in STEP_OF and not entry.facts.get("informed"))


def kind_of(step: str) -> str:
    return str(next(kind for kind, name in STEP_OF.items() if name == step))


def folds_to_its_state(request: Request, book: list[Entry]) -> list[str]:
    try:
        state = fold([(entry.kind, entry.facts, entry.recorded_at) for entry in book], now=clock.now())
    except RuleViolation as refusal:
        return [f"{request.number}: its entries do not fold: {refusal}"]
    return [] if state == request.state else [f"{request.number}: folds to {state}, stored {request.state}"]


def duties_and_messages_are_complete(journal: Journal) -> list[str]:
    """Compare each case with the calm one of the same type that took the same steps."""
    duties, messages = marks_of_duties(), marks_of_messages()
    reference = {
        path_of(case): (duties[subject_of(case)], messages[subject_of(case)])
        for case in journal.cases
        if case.calm
    }
    problems = []
    for case in journal.cases:
        if not case.number or case.pending:
            continue
        if path_of(case) not in reference:  # a path of its own, with nothing calm to compare
            continue
        wanted_duties, wanted_messages = reference[path_of(case)]
        if duties[subject_of(case)] != wanted_duties:
            problems.append(f"{case.number}: duties {duties[subject_of(case)]}, calm ones {wanted_duties}")
        if messages[subject_of(case)] != wanted_messages:
            problems.append(f"{case.number}: messages {messages[subject_of(case)]}, calm {wanted_messages}")
    return problems


def path_of(case: Case) -> tuple[str, ...]:
    return case.type, *case.steps


def subject_of(case: Case) -> str:
    return f"request:{case.number}"


def marks_of_duties() -> dict[str, Marks]:
    found: dict[str, Marks] = defaultdict(Counter)
    for subject, clause, state in Duty.objects.values_list("subject", "clause", "state"):
        found[subject][clause, state] += 1
    return found


def marks_of_messages() -> dict[str, Marks]:
    found: dict[str, Marks] = defaultdict(Counter)
    for subject, topic in Outgoing.objects.values_list("subject", "topic"):
        found[subject][(topic,)] += 1
    return found


def outbox_is_delivered() -> list[str]:
    """Wait for the worker, then compare the outbox with the messages of staff: one each, none without."""
    pause = Event()
    due = Outgoing.objects.filter(state=State.WAITING, channel=Channel.IN_APP)
    for _ in range(OUTBOX_EMPTY_WITHIN_SECONDS * 5):
        if not due.filter(not_before__lte=clock.now()).exists():
            break
        pause.wait(0.2)
    left = due.filter(not_before__lte=clock.now()).count()
    to_staff = Outgoing.objects.filter(sent_at__isnull=False, channel=Channel.IN_APP)
    sent = set(to_staff.values_list("key", flat=True))
    received = Counter(Message.objects.values_list("key", flat=True))
    problems = [f"outbox: {left} rows not delivered"] if left else []
    problems += [f"message {key}: sent and not there" for key in sorted(sent - set(received))]
    problems += [f"message {key}: there {count} times" for key, count in received.items() if count > 1]
    return problems + [f"message {key}: of no row of the outbox" for key in sorted(set(received) - sent)]


def numbers_have_no_gap() -> list[str]:
    """Each series of numbers runs from 1 without a gap."""
    series = defaultdict(set)
    for number in Request.objects.values_list("number", flat=True):
        name, _, serial = number.rpartition("-")
        series[name].add(int(serial))
    return [
        f"numbers {name}: missing {sorted(set(range(1, max(found) + 1)) - found)}"
        for name, found in series.items()
        if len(found) != max(found)
    ]


def orphans() -> list[str]:
    """Rows that can only come of half an operation, and what the database says of itself."""
    subjects = {f"request:{number}" for number in Request.objects.values_list("number", flat=True)}
    entries = Entry.objects.filter(subject__startswith="request:")
    problems = [
        f"{entry.subject}: entry without its case" for entry in entries if entry.subject not in subjects
    ]
    ids = set(ClosedWords.objects.values_list("entry_id", flat=True))
    problems += [
        f"{entry.subject}: {entry.kind} without its words"
        for entry in entries
        if entry.closed and entry.id not in ids
    ]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            problems += [f"sqlite: {text}" for (text,) in cursor.fetchall() if text != "ok"]
    return problems


def counts() -> dict[str, int]:
    return {
        "requests": Request.objects.count(),
        "entries": Entry.objects.count(),
        "duties": Duty.objects.count(),
        "outgoing": Outgoing.objects.count(),
        "messages": Message.objects.count(),
    }


if __name__ == "__main__":
    print(
        json.dumps(
            {"problems": judge(read_journal(Path(sys.argv[1]))), "counts": counts()}, ensure_ascii=False
        )
    )
