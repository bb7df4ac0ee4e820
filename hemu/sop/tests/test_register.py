"""The register as carried, and what is refused of another."""

from collections import Counter
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from hemu.foundation.errors import RuleViolation
from hemu.sop.checks import WITH_DUE
from hemu.sop.register import Clause, load_register, read_register

REGISTER = load_register()
ROLES = """
schema = 1
[[role]]
key = "steward"
title = "管家"
"""
CLAUSE = """
[[clause]]
id = "XX-01"
title = "题"
kind = "triggered"
actor = "steward"
trigger = "thing.asked"
due = "+1 day"
evidence = "thing.done"
source = ["000 L1"]
"""
FORM = """
[[form]]
id = "F-01"
name = "单"
clauses = ["XX-01"]
source = ["000 L1 一"]
"""


def test_all_of_it_is_there() -> None:
    assert len(REGISTER.clauses) == 194
    assert (len(REGISTER.roles), len(REGISTER.forms)) == (19, 38)
    assert Counter(clause.kind for clause in REGISTER.clauses.values()) == {
        "recurring": 48,
        "triggered": 40,
        "workflow": 36,
        "record": 21,
        "content": 13,
        "approval": 8,
        "rate": 8,
        "conduct": 7,
        "formula": 6,
        "quota": 5,
        "access": 2,
    }


@pytest.mark.parametrize("clause", list(REGISTER.clauses.values()), ids=list(REGISTER.clauses))
def test_every_clause_is_understood(clause: Clause) -> None:
    assert (clause.due_rule is not None) == (clause.kind in WITH_DUE)
    assert str(clause.trigger_pattern or "") == (clause.trigger or "")
    joined = " | ".join(" + ".join(map(str, way)) for way in clause.evidence_rule.alternatives)
    assert joined == clause.evidence


def test_fields_are_read_as_they_stand() -> None:
    quota = REGISTER.clause("VS-02")
    assert quota.target == (
        {"homes_to": 300, "rate": Decimal("0.04")},
        {"homes_to": 500, "rate": Decimal("0.05")},
        {"homes_to": 800, "rate": Decimal("0.06")},
        {"rate": Decimal("0.07")},
    )
    assert (quota.per, quota.actors, quota.of) == ("community", ("cs_supervisor",), "homes moved into")
    assert REGISTER.clause("RQ-13").per == "office"
    assert REGISTER.clause("OC-03k").actors == ("quality", "operations", "office_director")
    assert REGISTER.clause("RQ-30").ceiling == Decimal("0.05")


def test_a_clause_is_found_however_it_is_cased() -> None:
    assert REGISTER.clause("oc-01K").id == "OC-01k"
    with pytest.raises(RuleViolation, match=r"clause\.unknown"):
        REGISTER.clause("OC-99")


def test_variants_name_what_they_replace() -> None:
    assert [variant.id for variant in REGISTER.variants_of("SV-01")] == ["SV-01q", "SV-01c"]
    assert REGISTER.profiles == {"kerui", "steward_quota", "company_survey", "commercial"}


def test_a_small_register_is_read() -> None:
    found = read_register(ROLES + CLAUSE + FORM)
    assert list(found.clauses) == ["XX-01"]
    assert found.forms["F-01"].clauses == ("XX-01",)


@pytest.mark.parametrize(
    ("old", "new", "item", "field"),
    [
        ("schema = 1", "schema = 2", "register", "schema"),
        ('id = "XX-01"', 'id = "X-1"', "X-1", "id"),
        ('title = "题"', 'title = " "', "XX-01", "title"),
        ('kind = "triggered"', 'kind = "sometimes"', "XX-01", "kind"),
        ('kind = "triggered"', 'kind = "workflow"', "XX-01", "due"),
        ('kind = "triggered"', 'kind = "recurring"', "XX-01", "every"),
        ('kind = "triggered"', 'kind = "rate"', "XX-01", "ceiling"),
        ('kind = "triggered"', 'kind = "quota"', "XX-01", "target"),
        ('actor = "steward"', 'actor = "nobody"', "XX-01", "actor"),
        ('actor = "steward"', 'actors = ["nobody"]', "XX-01", "actors"),
        ('actor = "steward"', 'actor = "steward"\nactors = ["steward"]', "XX-01", "actor"),
        ('actor = "steward"', "", "XX-01", "actor"),
        ('actor = "steward"', 'actor = "steward"\nper = "planet"', "XX-01", "per"),
        ('actor = "steward"', 'actor = "steward"\nevery = "fortnight"', "XX-01", "every"),
        ('actor = "steward"', 'actor = "steward"\nrate = 0.5', "XX-01", "rate"),
        ('actor = "steward"', 'actor = "steward"\nof = "homes"', "XX-01", "of"),
        ('actor = "steward"', 'actor = "steward"\ntarget = 0', "XX-01", "target"),
        ('actor = "steward"', 'actor = "steward"\nvaries = "XX-00"', "XX-01", "varies"),
        ('actor = "steward"', 'actor = "steward"\nassumed = ["every"]', "XX-01", "assumed"),
        ('actor = "steward"', 'actor = "steward"\nprofile = "No Name"', "XX-01", "profile"),
        ('actor = "steward"', 'actor = "steward"\ncolour = "red"', "XX-01", "colour"),
        ('trigger = "thing.asked"', 'trigger = "thing asked"', "XX-01", "trigger"),
        ('trigger = "thing.asked"', "", "XX-01", "trigger"),
        ('due = "+1 day"', 'due = "tomorrow"', "XX-01", "due"),
        ('evidence = "thing.done"', 'evidence = "thing.done & more"', "XX-01", "evidence"),
        ('evidence = "thing.done"', "", "XX-01", "evidence"),
        ('source = ["000 L1"]', 'source = ["page 1"]', "XX-01", "source"),
        ('source = ["000 L1"]', "source = []", "XX-01", "source"),
        ('id = "F-01"', 'id = "F-1"', "F-1", "id"),
        ('clauses = ["XX-01"]', 'clauses = ["XX-02"]', "F-01", "clauses"),
        ('name = "单"', 'name = "单"\nunmarked = false', "F-01", "unmarked"),
        ('key = "steward"', 'key = "Steward"', "Steward", "key"),
    ],
)
def test_each_field_that_does_not_fit_is_named(old: str, new: str, item: str, field: str) -> None:
    text = ROLES + CLAUSE + FORM
    assert old in text
    with pytest.raises(RuleViolation) as refused:
        read_register(text.replace(old, new, 1))
    assert refused.value.code == "register.bad"
    assert (refused.value.params["item"], refused.value.params["field"]) == (item, field)


@pytest.mark.parametrize(("part", "item"), [(CLAUSE, "XX-01"), (FORM, "F-01")])
def test_an_id_given_twice_is_refused(part: str, item: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        read_register(ROLES + CLAUSE + FORM + part)
    assert (refused.value.params["item"], refused.value.params["field"]) == (item, "id")


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("clauses.toml", "2e339d118d831721024e0ff7ccff0ac65694d9ddd26e04f534baceb834cbea58"),
        ("profiles.toml", "277a0900a4da0a50851c5ffedd22de38b9dccf2a1ab5ba43e6edba7e225eaee0"),
    ],
)
def test_the_register_is_carried_unchanged(name: str, digest: str) -> None:
    packaged = Path(__file__).parent.parent.joinpath(name).read_bytes()
    assert sha256(packaged).hexdigest() == digest
