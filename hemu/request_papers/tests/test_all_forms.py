"""Every form of the register is printed by exactly one room."""

from hemu.infra.moments import parse_moment
from hemu.papers.queries_forms import all_forms, blank_pdf, records_of, source_of
from hemu.papers.rules_forms import FORMS
from hemu.request_papers.forms.catalogue import FORMS as PRINTED_FROM_CASES


def test_each_form_of_the_register_has_one_printer() -> None:
    codes = {form.id for form in all_forms()}
    assert len(codes) == 38
    assert FORMS.keys() | PRINTED_FROM_CASES.keys() == codes
    assert FORMS.keys() & PRINTED_FROM_CASES.keys() == set()


def test_rooms_that_keep_records_say_so() -> None:
    found = {form.id: form for form in all_forms() if form.id in PRINTED_FROM_CASES}
    assert {records_of(form) for form in found.values()} == {"whole"}
    assert {source_of(form) is None for form in found.values()} == {False}
    made = blank_pdf(found["F-35"], community=None, at=parse_moment("2026-11-22 13:05"))
    assert made.startswith(b"%PDF-")
