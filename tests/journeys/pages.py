"""Which pages there are, by the table of addresses itself, so that a new one is not forgotten."""

from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hemu.access.models import Account
from hemu.access.roles import permissions_of
from hemu.adjusting.models import RuleProposal
from hemu.correspondence.models import Inquiry, Letter
from hemu.duties.models import Duty, RulesChange
from hemu.filing.models import Disposal, Item
from hemu.front_desk.operations import make_photo_link
from hemu.infra import clock
from hemu.infra.web.needs import PUBLIC, SIGNED_IN, needed
from hemu.meetings.models import Meeting
from hemu.notices.models import Notice, Work
from hemu.papers.models import Document
from hemu.portal.models import OwnWord
from hemu.quality.models import CorrectiveAction
from hemu.return_visits.models import ReturnVisit
from hemu.service_requests.models import Request
from hemu.service_requests.operations import make_owner_link
from hemu.statements.models import AuditBooks, Statement
from hemu.stewardship.models import Matter

ROLES = ("cs_supervisor", "technician", "office_director", "frontdesk", "steward")
LOOKERS = 2
"""A full page is looked at as the first two of the roles that may open it, elsewhere as the first."""
OTHER_STATES = {
    "cs_supervisor": ["/requests/?state=closed&q=none"],
    "": ["/o/not-a-link/", "/no-such-page/"],
}
ANY = {
    "UUIDConverter": "00000000-0000-7000-8000-000000000000",
    "StringConverter": "en",
    "IntConverter": "1",
    "PathConverter": "nothing",
    "AnythingConverter": "nothing",
}


def numbers(cases: Sequence[Request]) -> list[str]:
    return [case.number for case in cases]


def visits(cases: Sequence[Request]) -> list[str]:
    return list(ReturnVisit.objects.filter(request__in=cases).values_list("number", flat=True))


def unmatched(cases: Sequence[Request]) -> list[str]:
    return list(OwnWord.objects.filter(homeless=True).values_list("request__number", flat=True))


def links(cases: Sequence[Request]) -> list[str]:
    return [make_owner_link(request=case, now=clock.now()) for case in cases]


def people(cases: Sequence[Request]) -> list[str]:
    logins = ("technician", "office_director")
    return [str(each) for each in Account.objects.filter(login__in=logins).values_list("staff_id", flat=True)]


def codes(cases: Sequence[Request]) -> list[str]:
    return [make_photo_link(request=case, now=clock.now()) for case in cases if case.state != "closed"]


def matters(cases: Sequence[Request]) -> list[str]:
    return [str(each) for each in Matter.objects.values_list("id", flat=True)]


def notices(cases: Sequence[Request]) -> list[str]:
    return [str(each) for each in Notice.objects.values_list("document_id", flat=True)[:2]]


def letters(cases: Sequence[Request]) -> list[str]:
    return [str(each) for each in Letter.objects.values_list("document_id", flat=True)[:2]]


def inquiries(cases: Sequence[Request]) -> list[str]:
    return [str(each) for each in Inquiry.objects.values_list("id", flat=True)[:3]]


def statements(cases: Sequence[Request]) -> list[str]:
    return [
        str(each)
        for each in Statement.objects.order_by("-month", "-version").values_list("id", flat=True)[:2]
    ]


def audits(cases: Sequence[Request]) -> list[Any]:
    return list(AuditBooks.objects.order_by("-month").values_list("community", "month")[:1])


def filed(cases: Sequence[Request]) -> list[str]:
    return [str(each) for each in Item.objects.order_by("file_class", "id").values_list("id", flat=True)[:3]]


def homes_filed(cases: Sequence[Request]) -> list[str]:
    return [str(each) for each in Item.objects.filter(home__isnull=False).values_list("home", flat=True)[:1]]


def meetings(cases: Sequence[Request]) -> list[str]:
    return [str(each) for each in Meeting.objects.values_list("id", flat=True)[:2]]


def works(cases: Sequence[Request]) -> list[str]:
    return [str(each) for each in Work.objects.values_list("id", flat=True)]


def papers(cases: Sequence[Request]) -> list[str]:
    return [str(each) for each in Document.objects.values_list("id", flat=True)[:3]]


def issued_codes(cases: Sequence[Request]) -> list[str]:
    found = Document.objects.filter(state="issued").values_list("code", flat=True)[:1]
    return [*filter(None, found), "not-a-code"]


def notice_codes(cases: Sequence[Request]) -> list[str]:
    found = Document.objects.filter(state="issued", kind="notice").values_list("code", flat=True)[:2]
    return [*filter(None, found)]


def actions(cases: Sequence[Request]) -> list[str]:
    return list(CorrectiveAction.objects.values_list("number", flat=True))


def by_hand(cases: Sequence[Request]) -> list[str]:
    return [
        str(each)
        for each in Duty.objects.filter(subject__startswith="clause:").values_list("id", flat=True)[:3]
    ]


EXAMPLES: dict[str, Callable[[Sequence[Request]], list[Any]]] = {
    "request": numbers,
    "request_proof": lambda cases: numbers(cases[:1]),
    "book_community": lambda cases: [case.community.code for case in cases[:1]],
    "owner_proof": lambda cases: links(cases[:1]),
    "my_case_proof": lambda cases: [],  # the same page behind the owners' own door
    "owner": links,
    "return_visit": visits,
    "first_entry_code": lambda cases: ["not-a-code"],
    "request_messages": numbers,
    "unmatched_match": unmatched,
    "my_notice": lambda cases: [],
    **dict.fromkeys(("statement", "statement_edit"), statements),
    "audit": audits,
    **dict.fromkeys(
        (
            "audit_file",
            "my_statement",
            "my_statement_paper",
            "my_statement_quarter",
            "my_publication",
            "my_publication_file",
            "my_audit",
            "my_audit_file",
            "my_audit_ledger",
            "my_audit_package",
            "my_published",
        ),
        lambda cases: [],
    ),
    **dict.fromkeys(
        ("my_committee_owed", "my_committee_owed_paper", "committee_owed_paper"), lambda cases: []
    ),
    "my_case": lambda cases: [],  # looked at behind the owners' own door: test_owner.py
    "report": lambda cases: ["complaints-week", "return-visits"],
    "matter": matters,
    "work": works,
    "committee_paper": letters,
    "committee_inquiry": inquiries,
    **dict.fromkeys(("committee_paper_slip", "committee_inquiry_sheet"), lambda cases: []),
    # behind the owners' own door
    **dict.fromkeys(("my_committee_paper", "my_committee_paper_pdf"), lambda cases: []),
    **dict.fromkeys(("my_committee_inquiry", "my_committee_inquiry_sheet"), lambda cases: []),
    **dict.fromkeys(("my_committee_file", "my_committee_thumb"), lambda cases: []),
    "archive_item": filed,
    "archive_home": homes_filed,
    "archive_home_contents": lambda cases: [],
    "archive_disposal": lambda cases: [str(each) for each in Disposal.objects.values_list("id", flat=True)],
    **dict.fromkeys(("notice", "notice_delivery"), notices),
    "notice_by_code": notice_codes,
    "notices_told": lambda cases: [],  # the same page, by the link of a message
    **dict.fromkeys(("meeting", "meeting_record"), meetings),
    **dict.fromkeys(("my_meeting", "my_committee_meeting"), lambda cases: []),  # behind the owners' own door
    **dict.fromkeys(("meeting_calendar", "my_committee_meeting_calendar"), lambda cases: []),  # for programs
    **dict.fromkeys(("document", "document_revise", "document_approve"), papers),
    "paper_check": issued_codes,
    "form_records": lambda cases: ["F-37", "F-16"],
    "paper_chain": lambda cases: ["notice"],
    "action": actions,
    "figure": lambda cases: ["RQ-17", "RQ-29"],
    "figures_sheet": lambda cases: [],
    "clause": lambda cases: ["OC-16", "RQ-11"],
    "duty": by_hand,
    "calendar_feed": lambda cases: [],  # for programs
    "duty_wall_office": lambda cases: [str(each.community.office_id) for each in cases[:1]],
    "duty_wall_book": lambda cases: [each.community.book_id for each in cases[:1]],
    "rules_change": lambda cases: [
        str(each) for each in RuleProposal.objects.values_list("id", flat=True)[:2]
    ],
    "rules_moved": lambda cases: [
        str(each) for each in RulesChange.objects.values_list("stamp", flat=True)[:1]
    ],
    "field_job": numbers,
    "field_month_xlsx": lambda cases: [],
    **dict.fromkeys(("owner_file", "owner_thumb", "my_case_file", "my_case_thumb"), lambda cases: []),
    **dict.fromkeys(("my_draft", "my_draft_thumb"), lambda cases: []),
    "staff_person": people,
    "staff_list_import": lambda cases: [],  # looked at where a house is set up: test_setting_up.py
    "staff_list_refused": lambda cases: [],
    "photo_link": codes,
    **dict.fromkeys(("file", "file_thumb", "photo_code", "photo_file", "photo_thumb"), lambda cases: []),
    "roster_import": lambda cases: [],  # looked at where a roster is read: test_roster.py
    "roster_progress": lambda cases: [],
    "roster_refused": lambda cases: [],
    "language": lambda cases: [],
    "api_nothing": lambda cases: [],  # for programs
    # papers, not pages
    **dict.fromkeys(
        (
            "paper_blank",
            "form_blank",
            "document_pdf",
            "document_picture",
            "paper_sample",
            "paper_sample_picture",
            "seal_register_csv",
            "notice_print",
            "notice_word",
            "paper_case",
            "reply_letter",
            "pad",
            "pad_print",
            "report_paper",
            "report_sheet",
        ),
        lambda cases: [],
    ),
}
"""For a page of one thing: of which things, given the cases that are told."""


known_pages: set[tuple[str, str]] = set()
"""Names of addresses and roles that were once answered with a page: they need not be asked again."""


def walk(role: str, cases: Sequence[Request] = (), *, among: int = 1) -> list[str]:
    """Return the addresses of the pages at which a role looks, being among the first who may; "" is not logged in."""
    client = Client()
    if role:
        client.force_login(Account.objects.get(login=role))
    addresses = []
    for pattern in table():
        known = (str(pattern.name), role)
        for address in of(pattern, cases) if role in lookers(pattern)[:among] else []:
            if known in known_pages or is_page(client, address):
                known_pages.add(known)
                addresses.append(address)
    return addresses + OTHER_STATES.get(role, [])


def lookers(pattern: URLPattern) -> Sequence[str]:
    need = needed(pattern.callback)
    if need == PUBLIC:
        return ("",)
    return [role for role in ROLES if need == SIGNED_IN or need in permissions_of(frozenset({role}))]


def of(pattern: URLPattern, cases: Sequence[Request]) -> list[str]:
    name = str(pattern.name)
    if name in EXAMPLES:
        return [
            reverse(name, args=value if isinstance(value, tuple) else [value])
            for value in EXAMPLES[name](cases)
        ]
    return [] if pattern.pattern.converters else [reverse(name)]


def table(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Yield every address of the product."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from table(each)
        else:
            yield each


def is_page(client: Client, address: str) -> bool:
    """Say whether an address answers with a whole page: not a form's target, a piece of a page or a file."""
    answer = client.get(address)
    is_text = answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming
    return answer.status_code == HTTPStatus.OK and is_text and b"<html" in answer.content[:400]


def forgotten() -> list[str]:
    """Return the names of what may be got of one thing and has no example: nobody would look at it."""
    open_ones = [each for each in table() if each.pattern.converters and each.name not in EXAMPLES]
    return [str(each.name) for each in open_ones if lookers(each) and answers_get(each)]


def answers_get(pattern: URLPattern) -> bool:
    client, role = Client(), lookers(pattern)[0]
    if role:
        client.force_login(Account.objects.get(login=role))
    values = [ANY[type(each).__name__] for each in pattern.pattern.converters.values()]
    return client.get(reverse(str(pattern.name), args=values)).status_code != HTTPStatus.METHOD_NOT_ALLOWED
