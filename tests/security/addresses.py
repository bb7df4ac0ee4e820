"""Every address that names a thing: which thing, and what a form posts there. A new one without a line here fails."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from hemu.access.tests.test_routes import NEEDS, ROUTES, SAMPLES
from hemu.infra.web.needs import PUBLIC, TOKEN
from tests.security.city import NO_ID, Side

NOTICE = {"document": "notice"}
FILED = {"item": "item"}
HOME = {"home": "home"}
CASE = {"number": "request"}
MEMBER = {"staff_id": "staff"}
PAPER = {"document": "paper"}
ROSTER = {"import_id": "roster"}
LISTED = {"import_id": "staff_import"}
THINGS: dict[str, dict[str, str]] = {
    "request": CASE,
    "request_proof": CASE,
    "request_step": CASE,
    "request_phone": CASE,
    "request_link": CASE,
    "request_messages": CASE,
    "request_message": CASE | {"message": "message"},
    "request_praise": CASE,
    "request_join": CASE,
    "photo_code": CASE,
    "dispatch_by_rule": CASE,
    "dispatch_take": CASE,
    "danger_details": CASE,
    "field_job": CASE,
    "field_step": CASE,
    "paper_case": CASE | {"form": "=F-04"},
    "reply_letter": CASE,
    "return_visit_open": CASE,
    "return_visit": {"number": "return_visit"},
    "return_visit_step": {"number": "return_visit"},
    "unmatched_match": {"number": "unmatched"},
    "call_return": {"call": "call"},
    "call_explain": {"call": "call"},
    "duty": {"duty": "duty"},
    "duty_act": {"duty": "duty"},
    "clauses_confirm": {"fact": "fact"},
    "recall_note": {"recall": "recall"},
    "action": {"number": "action"},
    "action_step": {"number": "action"},
    "duty_wall_office": {"office": "office"},
    "duty_wall_book": {"book": "book"},
    "rules_change": {"proposal": "proposal"},
    "rules_decide": {"proposal": "proposal"},
    "rules_moved": {"stamp": "stamp"},
    "matter": {"matter": "found"},
    "matter_step": {"matter": "found"},
    **dict.fromkeys(("notice", "notice_post", "notice_down"), NOTICE),
    **dict.fromkeys(("notice_delivery", "notice_boxes", "notice_word"), NOTICE),
    "notice_print": NOTICE | {"size": "=A4"},
    **{key: {"member": "member"} for key in ("committee_leave", "committee_helper")},
    "committee_helper_end": {"helper": "helper"},
    **{f"committee_paper{each}": {"document": "letter"} for each in ("", "_step", "_slip")},
    **{f"committee_inquiry{each}": {"inquiry": "inquiry"} for each in ("", "_step", "_sheet")},
    **{key: {"statement": "statement"} for key in ("statement", "statement_edit", "statement_step")},
    **{key: {"community": "community", "month": "=2026-12"} for key in ("audit", "audit_step")},
    "audit_file": {"community": "community", "month": "=2026-12", "file": "voucher_file"},
    "archive_item": FILED,
    "archive_item_step": FILED,
    "archive_home": HOME,
    "archive_home_contents": HOME,
    "archive_disposal": {"disposal": "disposal"},
    **{key: {"meeting": "meeting"} for key in ("meeting", "meeting_calendar", "meeting_record")},
    **{key: {"meeting": "meeting"} for key in ("meeting_step", "meeting_consent")},
    "work": {"work": "work"},
    "work_step": {"work": "work"},
    "pad": {"pad": "pad"},
    **dict.fromkeys(
        (
            "document",
            "document_revise",
            "document_step",
            "document_pdf",
            "document_approve",
            "document_issue",
        ),
        PAPER,
    ),
    "document_picture": PAPER | {"sheet": "=1"},
    "pad_print": {"pad": "pad"},
    "file": {"file": "file"},
    "file_thumb": {"file": "file"},
    "request_view_drop": {"view_id": "view"},
    "device_forget": {"device": "device"},
    "system_revoke": {"system": "system"},
    "staff_person": MEMBER,
    **dict.fromkeys(
        ("staff_change", "staff_portrait", "staff_post", "staff_leave", "staff_stay", "staff_return"), MEMBER
    ),
    "staff_post_end": MEMBER | {"post_id": "post"},
    "staff_factor_reset": MEMBER,
    **dict.fromkeys(
        ("staff_list_import", "staff_list_write", "staff_list_discard", "staff_list_refused"), LISTED
    ),
    **dict.fromkeys(
        (
            "roster_import",
            "roster_progress",
            "roster_answers",
            "roster_write",
            "roster_discard",
            "roster_refused",
        ),
        ROSTER,
    ),
}
OTHERS = dict.fromkeys(("file", "file_thumb"), ({"file": "draft"}, {"file": "face"}))
"""Things of another kind under the same address."""
NO_THING = {"calendar_feed", "api_nothing", "language", "paper_blank", "form_blank", "paper_check", "paper_chain", "form_records", "field_month_xlsx", "first_entry_code", "clause", "clause_begin", "figure"} | {
    "report", "report_publish", "report_paper", "report_sheet", "book_community", "notice_by_code"
}  # fmt: skip
"""What stands in these addresses names nothing that anybody owns."""
OWNERS = {
    name for name, need in NEEDS.items() if need == PUBLIC and ROUTES[name].pattern.converters
} - NO_THING
"""Addresses guarded by a link or by the owners' own session: `test_owners.py`."""
BODIES = {
    "request_step": {"step": "urge", "words": "看过了。"},
    "field_step": {"step": "accept", "words": "看过了。"},
    "return_visit_step": {"step": "unreachable", "words": "看过了。"},
    "call_return": {"about": "看过了。", "reached": "1"},
    "call_explain": {"about": "看过了。"},
    "duty_act": {"act": "keep", "words": "看过了。"},
    "statement_edit": {
        "of": "2026-08",
        "item": "电费",
        "category": "expense",
        "month": "1",
        "budget": "",
        "year": "",
    },
    "statement_step": {"step": "hand_in"},
    "audit_step": {"step": "lay_open"},
    "committee_leave": {"leaving": "resigned", "left_on": "2026-10-10"},
    "committee_paper_step": {"step": "move", "planned_on": "2026-12-10", "words": "写明。", "version": "1"},
    "committee_inquiry_step": {"step": "judge", "judgement": "solve", "version": "1"},
    "committee_helper": {"name": "示例", "phone": "19900008888"},
    "meeting_step": {"step": "invite"},
    "meeting_consent": {"agree": "1", "words": "看过了。"},
    "notice_post": {"place": "公告栏"},
    "notice_down": {"posting": "1"},
    "archive_item_step": {"step": "hold", "reason": "看过了。"},
    "archive_disposal": {"answer": "refuse", "reason": "看过了。"},
    "notice_boxes": {"homes": "1-2-301"},
    "work_step": {"step": "finish", "version": "1", "words": "看过了。"},
    "recall_note": {"answer": "confirmed", "words": "看过了。"},
    "document_revise": {"title": "改", "body": "改过。", "version": "1"},
    "document_step": {"step": "submit"},
    "document_issue": {"mode": "mark", "copies": "1"},
    "document_approve": {"answer": "refuse", "reason": "看过了。"},
    "action_step": {"step": "assign", "version": "1", "words": "看过了。", "to": "=staff"},
    "matter_step": {"step": "tell", "version": "1", "words": "看过了。"},
    "request_message": {"act": "take_back"},
    "request_praise": {"staff": "=staff"},
    "photo_code": {"since": NO_ID},
    "request_join": {"text": "还是不亮。", "join": "add", "type": "repair_home"},
    "danger_details": {"text": "写明。"},
    "unmatched_match": {"home_words": "1-2-301"},
    "staff_change": {"name": "示例改名", "phone": ""},
}
NO_NUMBER = 9_999


@dataclass(frozen=True)
class Address:
    """One address about one thing, with the same about a thing that does not exist."""

    name: str
    method: str
    url: str
    no_url: str
    body: dict[str, str]


def owned() -> list[str]:
    """Return the names of the staff's addresses that name a thing."""
    return sorted(name for name in ROUTES if name in THINGS)


def unspoken() -> set[str]:
    """Return the names of addresses with something in them of which nothing is said here."""
    of_people = (name for name in ROUTES if NEEDS[name] != TOKEN)  # those of tokens: `test_api.py`
    named = {name for name in of_people if ROUTES[name].pattern.converters}
    return named - set(THINGS) - NO_THING - OWNERS


def of(name: str, side: Side, methods: Sequence[str], *, all_things: bool = True) -> Iterator[Address]:
    """Yield an address of a side's thing, once for each method; of all the things it could be asked for, or of one."""
    for things in [THINGS[name], *(OTHERS.get(name, ()) if all_things else ())]:
        there, nowhere = {}, {}
        for argument, thing in things.items():
            value = thing[1:] if thing.startswith("=") else side.things[thing]
            there[argument] = value
            nowhere[argument] = value if thing.startswith("=") else none_like(value)
        body = {
            field: side.things[value[1:]] if value.startswith("=") else value
            for field, value in BODIES.get(name, {}).items()
        }
        for method in methods:
            yield Address(name, method, reverse(name, kwargs=there), reverse(name, kwargs=nowhere), body)


OF_OWNERS = {"document": "notice", "file": "file", "token": "owner_link", "number": "request"}


def own(name: str, things: dict[str, str]) -> str:
    """Return a route's address of one's own thing, where it names one, else a sample."""
    named = OF_OWNERS | THINGS.get(name, {})
    values = {}
    for argument in ROUTES[name].pattern.converters:
        thing = named.get(argument, argument)
        values[argument] = (
            thing[1:] if thing.startswith("=") else things.get(thing, SAMPLES.get(argument, ""))
        )
    return reverse(name, kwargs=values)


def none_like(value: str) -> str:
    """Return what looks the same and names nothing."""
    if value.isdecimal():
        return str(NO_NUMBER)
    try:
        UUID(value)
    except ValueError:
        head, dash, _serial = value.rpartition("-")
        return f"{head}{dash}{NO_NUMBER:05}"
    return NO_ID
