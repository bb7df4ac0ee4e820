"""Every address has a declared need, reviewed here; by it each role is let in or turned away.

A new page without a line in ``NEEDS`` fails.
"""

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hemu.access.models import Account
from hemu.access.permissions import declared_permissions, table_and_rooms_agree
from hemu.access.roles import PERMISSIONS_OF, permissions_of
from hemu.access.tests.house import BEGAN, House, found_house
from hemu.access.web.gate import GateMiddleware
from hemu.infra.web.needs import PUBLIC, SIGNED_IN, TOKEN, needed
from hemu.sop.register import load_register

NEEDS = {
    "home": SIGNED_IN,
    "messages": SIGNED_IN,
    "troubles": "setup.change",
    **dict.fromkeys(("systems", "system_revoke"), "token.keep"),
    "gateway_receipts": PUBLIC,
    "duties": "duty.view",
    **dict.fromkeys(
        (
            "duties_late",
            "duty_wall",
            "duty_wall_office",
            "duty_wall_book",
            "duty_cell",
            "calendar",
            "calendar_feeds",
        ),
        "duty.view",
    ),
    "calendar_feed": PUBLIC,  # guarded by a secret of its own
    "gallery": PUBLIC,
    "readyz": PUBLIC,
    "healthz": PUBLIC,
    "metrics": PUBLIC,  # to this machine, or with a token of its own
    "language": PUBLIC,
    "log_in": PUBLIC,
    "log_in_code": PUBLIC,  # who has given the password
    "factor_enrol": PUBLIC,  # who has given the password, or is logged in
    "log_out": PUBLIC,
    "start": PUBLIC,  # only while nobody has an account, with a code of its own
    **dict.fromkeys(
        (
            "setup",
            "setup_place",
            "setup_another",
            "setup_hours",
            "setup_departments",
            "setup_channels",
            "setup_channel_test",
            "setup_copy_only",
        ),
        "setup.change",
    ),
    "first_entry": PUBLIC,  # guarded by a code of its own
    "first_entry_code": PUBLIC,
    "account": SIGNED_IN,
    "account_password": SIGNED_IN,
    "factor_off": SIGNED_IN,
    "recovery_codes": SIGNED_IN,
    "devices": SIGNED_IN,
    "device_forget": SIGNED_IN,
    "owner": PUBLIC,  # guarded by the token of the link, its files too
    **dict.fromkeys(("owner_upload", "owner_file", "owner_thumb"), PUBLIC),
    "book": PUBLIC,
    "book_community": PUBLIC,
    "book_package": "root.publish",
    "book_publish": "root.publish",
    "request_proof": "request.view",
    **dict.fromkeys(("owner_proof", "my_case_proof"), PUBLIC),  # guarded like the case's own page
    "requests": "request.view",
    "requests_send": "request.step",
    "wall": "wall.view",
    "morning": "wall.view",
    "review": "review.sign",
    "review_found": "review.sign",
    "review_sign": "review.sign",
    "request_export": "request.export",
    "request_views": "request.view",
    "request_view_drop": "request.view",
    "register": "request.register",
    "request": "request.view",
    "request_step": "request.step",
    "request_phone": "estate.reveal",
    "request_praise": "praise.pass_on",
    "request_link": "request.register",
    "request_messages": "request.view",
    "request_message": "request.register",
    "request_callers": "request.register",
    "request_people": "request.register",
    "request_similar": "request.register",
    "request_suggestion": "request.register",
    "request_join": "request.register",
    "field": "field.work",
    "field_worker": PUBLIC,
    "field_job": "field.work",
    "field_step": "field.work",
    "field_month": "field.work",
    "field_month_xlsx": "field.work",
    "photo_code": "request.register",
    "pasted": "request.register",
    "photo_link": PUBLIC,  # guarded by the token of the code
    "photo_upload": PUBLIC,
    "photo_file": PUBLIC,
    "photo_thumb": PUBLIC,
    "file_upload": "file.keep",
    "file": SIGNED_IN,  # and the gate of the thing it belongs to
    "file_thumb": SIGNED_IN,
    "dispatching": "dispatch.view",
    "dispatch_many": "request.step",
    "dispatch_by_rule": "request.step",
    "dispatch_take": "request.step",
    "dispatch_rules": "dispatch.view",
    "dispatch_rule": "dispatch.arrange",
    "rota": "dispatch.view",
    "rota_publish": "dispatch.arrange",
    "hand_over": "dispatch.arrange",
    "danger": "request.register",
    "danger_details": "request.register",
    "return_visits": "return_visit.view",
    "calls": "call.view",
    "call_note": "call.keep",
    "call_return": "call.keep",
    "call_explain": "call.keep",
    "channels": "call.view",
    "channels_check": "channel.check",
    "clauses": "duty.view",
    "clauses_switch": "clause.switch",
    "clauses_state": "clause.switch",
    "clauses_confirm": "clause.switch",
    "clause": "duty.view",
    "clause_begin": "duty.keep",
    "duty": "duty.view",
    "duty_act": "duty.view",
    "digest": "notice.post",
    "notices": "notice.view",
    "notice_new": "notice.post",
    "notice": "notice.view",
    "notice_post": "notice.post",
    "notice_down": "notice.post",
    **dict.fromkeys(
        (
            "archive",
            "archive_item",
            "archive_item_step",
            "archive_home",
            "archive_home_contents",
            "archive_disposal",
        ),
        "archive.view",
    ),
    "archive_new": "archive.keep",
    "archive_disposals": "archive.dispose",
    **dict.fromkeys(("notice_delivery", "notice_print", "notice_word"), "notice.view"),
    **dict.fromkeys(("notice_boxes", "emergency"), "notice.post"),
    **dict.fromkeys(("notice_by_code", "notices_told"), PUBLIC),
    "works": "work.view",
    "work_new": "work.step",
    "work": "work.view",
    "work_step": "work.step",
    **dict.fromkeys(("figures", "figures_sheet", "figure", "evidence"), "figure.view"),
    **dict.fromkeys(("recalls", "recall_note"), "evidence.recall"),
    "committee": "committee.view",
    **dict.fromkeys(("statements", "statement", "statement_step", "statement_quarter"), "statement.view"),
    **dict.fromkeys(("statement_new", "statement_edit", "statement_import"), "statement.keep"),
    **dict.fromkeys(("audits", "audit", "audit_file", "publications"), "statement.view"),
    "audit_step": "audit.keep",
    "publication_new": "publication.deliver",
    **dict.fromkeys(
        (
            "my_statements",
            "my_statement",
            "my_statement_paper",
            "my_statement_quarter",
            "my_publication",
            "my_publication_file",
            "my_audits",
            "my_audit",
            "my_audit_file",
            "my_audit_ledger",
            "my_audit_package",
            "my_published_all",
            "my_published",
            "my_audit_ask",
        ),
        PUBLIC,
    ),
    **dict.fromkeys(("meetings", "meeting", "meeting_calendar"), "meeting.view"),
    **dict.fromkeys(("meeting_plan", "meeting_topic", "meeting_record", "meeting_step"), "meeting.keep"),
    "meeting_consent": "meeting.consent",
    **dict.fromkeys(
        (
            "my_meetings",
            "my_meeting",
            "my_committee_meetings",
            "my_committee_meeting",
            "my_committee_meeting_calendar",
        ),
        PUBLIC,
    ),
    **dict.fromkeys(("committee_owed", "committee_owed_paper"), "committee.view"),
    **dict.fromkeys(("my_committee", "my_committee_owed", "my_committee_owed_paper"), PUBLIC),
    **dict.fromkeys(
        (
            "committee_seat",
            "committee_leave",
            "committee_helper",
            "committee_helper_end",
            "committee_liaison",
        ),
        "committee.keep",
    ),
    **dict.fromkeys(
        (
            "committee_papers",
            "committee_paper",
            "committee_paper_slip",
            "committee_inquiries",
            "committee_inquiry",
            "committee_inquiry_sheet",
        ),
        "correspondence.view",
    ),
    **dict.fromkeys(
        (
            "committee_paper_new",
            "committee_paper_step",
            "committee_inquiry_new",
            "committee_inquiry_step",
        ),
        "correspondence.step",
    ),
    "actions": "action.view",
    "actions_list": "action.view",
    "action_new": "action.step",
    "action": "action.view",
    "action_step": "action.step",
    **dict.fromkeys(("rules", "rules_try", "rules_propose", "rules_change", "rules_decide"), "rules.change"),
    "rules_moved": "duty.view",
    "matters": "matter.view",
    "matter_new": "matter.step",
    "matter": "matter.view",
    "matter_step": "matter.step",
    "reports": "report.view",
    "report": "report.view",
    "report_publish": "report.publish",
    "report_paper": "report.view",
    "report_sheet": "report.view",
    "return_visit_plan": "plan.approve",
    "return_visit": "return_visit.view",
    "return_visit_open": "return_visit.step",
    "return_visit_step": "return_visit.step",
    "ask": PUBLIC,  # guarded by the code of the case
    "pads": "request.register",
    "pad": "request.register",
    "pad_print": "request.register",
    "pad_enter": "request.register",
    "papers": "request.view",
    **dict.fromkeys(("forms", "form_blank", "form_records"), "paper.view"),
    **dict.fromkeys(
        ("documents", "document", "document_step", "document_pdf", "document_picture"), "paper.read"
    ),
    **dict.fromkeys(("document_new", "document_revise"), "paper.draft"),
    "document_approve": "paper.decide",
    "document_issue": "paper.seal",
    **dict.fromkeys(("seal_register", "seal_register_csv"), "paper.read"),
    **dict.fromkeys(
        ("paper_layouts", "paper_sample", "paper_sample_picture", "paper_chain"), "paper.arrange"
    ),
    "paper_check": PUBLIC,
    "paper_blank": "request.view",
    "paper_days": "request.view",
    "paper_case": "request.view",
    "reply_letter": "request.view",
    "letter_template": "paper.template",
    "my": PUBLIC,  # these are guarded by the owners' own session
    "my_log_in": PUBLIC,
    "my_code": PUBLIC,
    "my_log_out": PUBLIC,
    "my_write": PUBLIC,
    "my_case": PUBLIC,
    **dict.fromkeys(("my_case_upload", "my_case_file", "my_case_thumb"), PUBLIC),
    **dict.fromkeys(("my_upload", "my_draft", "my_draft_thumb"), PUBLIC),
    "my_notices": PUBLIC,
    "my_notice": PUBLIC,
    "my_notices_agree": PUBLIC,
    "my_around": PUBLIC,
    **dict.fromkeys(  # and by a seat on a committee
        (
            "my_committee_papers",
            "my_committee_paper",
            "my_committee_paper_pdf",
            "my_committee_file",
            "my_committee_thumb",
            "my_committee_inquiries",
            "my_committee_ask",
            "my_committee_inquiry",
            "my_committee_inquiry_sheet",
        ),
        PUBLIC,
    ),
    "my_me_too": PUBLIC,
    "unmatched": "portal.match",
    "unmatched_match": "portal.match",
    "staff": "staff.view",
    "staff_person": "staff.view",
    **dict.fromkeys(
        (
            "staff_add",
            "staff_list",
            "staff_list_import",
            "staff_list_write",
            "staff_list_discard",
            "staff_list_refused",
            "staff_slips",
            "staff_change",
            "staff_portrait",
            "staff_post",
            "staff_post_end",
            "staff_leave",
            "staff_stay",
            "staff_return",
            "staff_factor_reset",
        ),
        "staff.change",
    ),
    "api_openapi": PUBLIC,
    "api_nothing": PUBLIC,  # 404
    **dict.fromkeys(("api_requests", "api_request", "api_request_step"), TOKEN),
    **dict.fromkeys(("api_duties", "api_entry_proof", "api_communities", "api_homes", "api_home"), TOKEN),
    **dict.fromkeys(
        ("api_rosters", "api_roster", "api_roster_questions", "api_roster_write", "api_files"), TOKEN
    ),
    "roster": "roster.import",
    "roster_import": "roster.import",
    "roster_progress": "roster.import",
    "roster_answers": "roster.import",
    "roster_write": "roster.import",
    "roster_discard": "roster.import",
    "roster_refused": "roster.import",
}
SAMPLES = {
    **dict.fromkeys(("statement", "publication", "books"), "00000000-0000-7000-8000-000000000000"), "quarter": "2026-Q4",
    "meeting": "00000000-0000-7000-8000-000000000000",
    "size": "A4",
    "inquiry": "00000000-0000-7000-8000-000000000000",
    "community": "00000000-0000-7000-8000-000000000000", "member": "00000000-0000-7000-8000-000000000000", "helper": "00000000-0000-7000-8000-000000000000",
    "staff_id": "00000000-0000-7000-8000-000000000000", "post_id": 1, "month": "2026-11", "report": "contacts", "clause": "OC-16", "duty": "00000000-0000-7000-8000-000000000000", "fact": "00000000-0000-7000-8000-000000000000", "recall": "00000000-0000-7000-8000-000000000000", "call": "00000000-0000-7000-8000-000000000000", "matter": "00000000-0000-7000-8000-000000000000", "work": "00000000-0000-7000-8000-000000000000", **dict.fromkeys(("item", "home", "disposal"), "00000000-0000-7000-8000-000000000000"),
    "stamp": "00000000-0000-7000-8000-000000000000", "proposal": "00000000-0000-7000-8000-000000000000",
    "code": "en", "number": "HFHY-2026-00001", "token": "x", "import_id": "00000000-0000-7000-8000-000000000000",
    "kind": "notice", "form": "F-35", "sheet": 1, "document": "00000000-0000-7000-8000-000000000000", "pad": "00000000-0000-7000-8000-000000000000",
    "file": "00000000-0000-7000-8000-000000000000",
    "office": "00000000-0000-7000-8000-000000000000", "secret": "x", "book": "cm-none", "step": "classify", "rest": "no/such", "entry_id": "00000000-0000-7000-8000-000000000000",
    "community_id": "00000000-0000-7000-8000-000000000000", "home_id": "00000000-0000-7000-8000-000000000000",
    "webhook_id": "00000000-0000-7000-8000-000000000000",
    "message": "00000000-0000-7000-8000-000000000000", "device": "00000000-0000-7000-8000-000000000000",
    "view_id": "00000000-0000-7000-8000-000000000000", "system": "00000000-0000-7000-8000-000000000000",
}  # fmt: skip


def routes(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[URLPattern]:
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns)
        else:
            yield each


ROUTES = {str(route.name): route for route in routes()}


def test_each_route_declares_what_was_reviewed() -> None:
    assert {name: needed(route.callback) for name, route in ROUTES.items()} == NEEDS
    assert len(ROUTES) == len(list(routes()))  # no two share a name
    assert set(NEEDS.values()) - {PUBLIC, SIGNED_IN, TOKEN} <= declared_permissions()


def test_the_table_speaks_of_every_role_and_permission() -> None:
    assert set(PERMISSIONS_OF) == set(load_register().roles)
    assert table_and_rooms_agree() == []
    assert permissions_of(frozenset()) == frozenset()


@pytest.fixture
def house(db: None) -> House:
    return found_house()


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_the_gate_lets_in_whom_the_table_lets(house: House, name: str) -> None:
    view, need = ROUTES[name].callback, NEEDS[name]
    found: dict[str, int | None] = {}
    expected: dict[str, int | None] = {}
    for role in [*PERMISSIONS_OF, "nobody", "anonymous"]:
        may = (
            need == PUBLIC
            or (role != "anonymous" and need == SIGNED_IN)
            or need in PERMISSIONS_OF.get(role, ())
        )
        if need == TOKEN:  # no session opens what a token does
            expected[role] = HTTPStatus.UNAUTHORIZED
            found[role] = _at_the_gate(view, role)
            continue
        expected[role] = None if may else HTTPStatus.FOUND if role == "anonymous" else HTTPStatus.FORBIDDEN
        found[role] = _at_the_gate(view, role)
    assert found == expected


def _at_the_gate(view: object, login: str) -> int | None:
    request = RequestFactory().get("/somewhere/?a=1")
    request.user = AnonymousUser() if login == "anonymous" else Account.objects.get(login=login)
    request.now = BEGAN  # type: ignore[attr-defined]
    try:
        answer = GateMiddleware(lambda request: HttpResponse()).process_view(request, view, [], {})
    except PermissionDenied:
        return HTTPStatus.FORBIDDEN
    if answer is not None and answer.status_code == HTTPStatus.UNAUTHORIZED:
        return answer.status_code
    if answer is not None:
        assert answer.headers["Location"] == "/log-in/?next=%2Fsomewhere%2F%3Fa%3D1"
        return answer.status_code
    return None


def test_a_view_that_declares_nothing_is_never_served() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    with pytest.raises(ImproperlyConfigured):
        GateMiddleware(lambda request: HttpResponse()).process_view(HttpRequest(), view, [], {})


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("login", ["anonymous", "finance", "committee_chair", "office_director"])
def test_every_address_answers_without_falling_over(house: House, login: str, method: str) -> None:
    """Ask each address, with an object that does not exist: what is refused is refused, nothing is a server error."""
    client = Client(raise_request_exception=True)
    if login != "anonymous":
        client.force_login(Account.objects.get(login=login))
    for name, route in ROUTES.items():
        if name == "log_out":
            continue
        address = reverse(name, kwargs={each: SAMPLES[each] for each in route.pattern.converters})
        status = getattr(client, method)(address).status_code
        need = NEEDS[name]
        if need == PUBLIC:
            assert status < 500 or name == "readyz", (name, status)
        elif need == TOKEN:
            assert status == HTTPStatus.UNAUTHORIZED, (name, status)
        elif login == "anonymous":
            assert status == HTTPStatus.FOUND, (name, status)
        elif need == SIGNED_IN or need in PERMISSIONS_OF[login]:
            assert status in (200, 302, 404, 405, 409, 422), (name, status)
        else:
            assert status == HTTPStatus.FORBIDDEN, (name, status)


def test_scope(house: House) -> None:
    def seen(login: str, permission: str = "request.view") -> set[str]:
        return set(house.by(login).communities(permission).values_list("name", flat=True))

    everywhere = {"和风花园", "和风二期", "听涛苑"}
    assert seen("frontdesk") == seen("technician") == {"和风花园", "和风二期"}
    assert seen("elsewhere") == {"听涛苑"}
    assert seen("general_manager") == seen("quality") == everywhere
    assert seen("hr") == seen("nobody") == seen("finance") == seen("committee_chair") == set()
    assert seen("finance", "estate.view") == everywhere
    assert seen("technician", "request.register") == set()
    assert house.by("frontdesk").may("request.view", house.office.id)
    assert not house.by("frontdesk").may("request.view", house.other_office.id)
