"""The index works out what is kept from source alone: here from small houses of a few lines."""

from hemu.sop.index import Row, kept_clauses
from hemu.sop.sources import Sources, read_module, read_sources

ENTRIES = """
KINDS = [kind("request.registered"), kind("request.resolved", ["type", "repair_home"]), kind("request.closed")]
"""
RULES = 'STEPS = [step("resolve", "RQ-18", kind="request.resolved"), step("close", kind="request.closed")]'
REGISTERING = """
from hemu.ledger.operations import append
def register(): append("request.registered", type="complaint")
"""
STEPPING = """
from hemu.ledger.operations import append
from hemu.requests.rules import STEPS
def take(): append(STEPS)
"""
PACKAGE = """
from hemu.requests.operations.registering import register
from hemu.requests.operations.stepping import take
"""
WHOLE = {
    "hemu.requests.entries": ENTRIES,
    "hemu.requests.rules": RULES,
    "hemu.requests.operations": PACKAGE,
    "hemu.requests.operations.registering": REGISTERING,
    "hemu.requests.operations.stepping": STEPPING,
    "hemu.requests.web.desk": "from hemu.requests.operations import register",
    "hemu.requests.management.cli": "from hemu.requests.operations import take",
}


def rows(files: dict[str, str], tests: dict[str, str] | None = None) -> dict[str, Row]:
    sources = Sources({name: read_module(name, text) for name, text in files.items()}, tests or {})
    return {row.clause: row for row in kept_clauses(sources)}


def test_a_clause_is_kept_from_trigger_to_evidence() -> None:
    row = rows(WHOLE, {"hemu/requests/tests/test_steps.py": 'due = "+24 hours"', "tests/test_other.py": ""})[
        "RQ-18"
    ]
    assert row.as_json() == {
        "clause": "RQ-18",
        "kept": True,
        "by": "requests",
        "evidence": "request.resolved",
        "rules": ["hemu.requests.rules"],
        "operations": ["hemu.requests.operations.stepping"],
        "tests": ["hemu/requests/tests/test_steps.py"],
        "screens": ["hemu.requests.management.cli"],
        "missing": [],
    }
    assert row.as_line().startswith("✓ RQ-18")


def test_any_of_several_ways_is_enough() -> None:
    assert rows(WHOLE)["IN-06"].kept
    assert rows(WHOLE)["RQ-26"].missing == ("request.escalated: not declared", "request.judged: not declared")


def test_what_nobody_declares_writes_or_reaches_is_not_kept() -> None:
    def without(name: str) -> tuple[str, ...]:
        return rows({key: text for key, text in WHOLE.items() if key != name})["RQ-18"].missing

    assert without("hemu.requests.entries") == (
        "request.resolved: not declared",
        "request.registered: not declared",
    )
    assert without("hemu.requests.rules") == ("request.resolved: no operation",)
    assert without("hemu.requests.operations.stepping") == ("request.resolved: no operation",)
    assert without("hemu.requests.management.cli") == ("request.resolved: not within reach",)
    assert without("hemu.requests.web.desk") == ("request.registered: not within reach",)


def test_a_fact_that_no_entry_can_carry_is_missed() -> None:
    assert rows(WHOLE)["RQ-20"].missing[0] == "request.closed[reason=owner_to_handle]: no such fact"
    assert rows(WHOLE)["RQ-10"].missing == ("request.owner_confirmed: not declared",)


def test_an_operation_that_appends_nothing_keeps_nothing() -> None:
    silent = STEPPING.replace("from hemu.ledger.operations import append", "")
    assert rows(WHOLE | {"hemu.requests.operations.stepping": silent})["RQ-18"].missing == (
        "request.resolved: no operation",
    )


def test_demonstration_data_is_nobodys_screen() -> None:
    files = {key: text for key, text in WHOLE.items() if "management" not in key}
    files["hemu.requests.management.demo"] = WHOLE["hemu.requests.management.cli"]
    assert not rows(files)["RQ-18"].kept


def test_kinds_may_be_built_on_a_fixed_beginning() -> None:
    built = 'def kind(name): return f"request.{name}"\nKINDS = [kind("registered"), kind("resolved")]\nTYPES = "complaint type"'
    files = WHOLE | {"hemu.requests.entries": built}
    assert rows(files)["RQ-05"].missing == ("request.owner_informed: not declared",)
    assert rows(files)["RQ-06"].missing == ("request.replied: not declared",)
    assert rows(files)["RQ-01"].kept


def test_the_product_is_read_as_it_stands() -> None:
    sources = read_sources()
    assert "hemu/sop/tests/test_index.py" in sources.tests
    found = {row.clause: row for row in kept_clauses(sources)}
    assert len(found) == 194
    assert found["VS-02"].rules == ("hemu.sop.quota",)
    assert not found["EQ-05"].kept
    assert {found["EQ-05"].by, found["IN-05"].by, found["IN-07"].by} <= {"hand", ""}
    assert (found["IN-05"].by, found["IN-07"].by) == ("hand", "")


NOT_YET = {"RQ-11", "RQ-16", "RQ-23"}
"""Mailboxes, incidents and the handbook of answers come with rooms of their own."""


def test_every_clause_of_requests_and_return_visits_is_kept() -> None:
    found = {row.clause: row.missing for row in kept_clauses() if row.clause[:2] in ("RQ", "RV")}
    assert len(found) == 39
    assert {clause for clause, missing in found.items() if missing} == NOT_YET
