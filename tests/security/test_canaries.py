"""Phones, names and rooms put out as canaries: on which pages they sing, and that no log, error or address has them (P2, P3)."""

import io
import logging
import re
import zipfile
from collections.abc import Iterator

import pytest
from django.test import Client

from hemu.access.tests.test_routes import ROUTES
from hemu.infra import clock
from hemu.ledger.models import Entry
from hemu.supervision.wording import COLUMNS
from tests.security import addresses
from tests.security.city import NOW, City, owner_in, signed_in
from tests.security.figures import Tried

pytestmark = pytest.mark.walk
IN_FULL = {"return_visit", "request_phone"}
"""Where a number is shown in full to who may see it, each look recorded: calling back, and asking for it."""
MAY_SEE = {"frontdesk", "office_director"}
SET_TYPE = (
    "paper_case",
    "paper_blank",
    "form_blank",
    "document_pdf",
    "document_picture",
    "seal_register_csv",
    "paper_days",
    "pad_print",
    "reply_letter",
    "letter_template",
)
"""Papers, no pages."""
ROLES = ("technician", "frontdesk", "office_director", "committee_chair")


def pages(city: City) -> Iterator[tuple[str, str, str]]:
    """Yield (name, method, address) of everything that answers with a page."""
    for name in sorted(ROUTES):
        if name in SET_TYPE or name in ("log_out", "gallery", "field_month_xlsx"):
            continue
        yield name, "post" if name == "request_phone" else "get", addresses.own(name, city.mine.things)


def look(client: Client, method: str, url: str) -> str:
    with clock.standing_at(NOW):
        answer = getattr(client, method)(url)
    return "" if answer.streaming else answer.content.decode("utf-8", "replace")


def test_a_number_in_full_stands_only_where_it_may(
    city: City, tried: Tried, caplog: pytest.LogCaptureFixture
) -> None:
    mine, theirs = city.mine.phone, city.theirs
    seen: set[tuple[str, str]] = set()
    strange, spoken, cells = [], [], 0
    with caplog.at_level(logging.DEBUG):
        for role in ROLES:
            client = signed_in(role)
            for name, method, url in pages(city):
                text = look(client, method, url)
                cells += 1
                if mine in text:
                    seen.add((role, name))
                if theirs.phone in text or theirs.owner.name in text:
                    strange.append((role, name))
                spoken += [
                    (name, each)
                    for each in addresses_in(text)
                    if city.mine.owner.name in each or mine in each
                ]
    assert seen == {(role, name) for role in MAY_SEE for name in IN_FULL}
    assert strange == []
    assert [each for each in spoken if not each[1].startswith("tel:")] == []
    assert canaries_in(caplog.text, city) == []
    tried("pages looked at for canaries", cells)


def addresses_in(text: str) -> list[str]:
    return re.findall(r'(?:href|src|action|hx-get|hx-post)="([^"]*)"', text)


def canaries_in(text: str, city: City) -> list[str]:
    canaries = [
        city.mine.phone,
        city.theirs.phone,
        city.mine.owner.name,
        city.theirs.owner.name,
        "19900009999",
    ]
    return [each for each in canaries if each in text]


def test_neighbours_and_passers_by_hear_nothing(city: City, tried: Tried) -> None:
    cells = 0
    for client in (Client(), owner_in(city.theirs.phone), owner_in("19900007009")):
        for _name, method, url in pages(city):
            if url.startswith(("/o/", "/p/")):
                continue  # who holds the link is the owner
            text = look(client, method, url)
            assert city.mine.phone not in text, url
            assert city.mine.owner.name not in text, url
            cells += 1
    tried("pages looked at for canaries", cells)


def test_the_book_and_the_logs_name_nobody(
    city: City, tried: Tried, caplog: pytest.LogCaptureFixture
) -> None:
    """What is written by a form, found or refused, lies in erasable rows and nowhere else."""
    with caplog.at_level(logging.DEBUG), clock.standing_at(NOW):
        desk = signed_in("frontdesk")
        fields = {"community": str(city.mine.community.id), "type": "complaint", "text": "金丝雀唱歌。", "name": "示例金丝雀",
                  "phone": "19900004321", "home_words": "1-2-301", "key": "canary"}  # fmt: skip
        assert desk.post("/requests/register/", fields).status_code == 302
        assert desk.post("/requests/register/", {**fields, "type": "", "key": "b"}).status_code == 422
        desk.post("/requests/callers/", {"home_words": "19900004321"})
        desk.get("/requests/", {"q": "19900004321"})
        desk.get("/no-such-page/", {"phone": "19900004321"})
        Client().post("/log-in/", {"login": "19900004321", "password": "示例金丝雀"})
        Client().post("/ask/", {"number": "19900004321", "code": "示例金丝雀"})
    found = [each for each in ("19900004321", "金丝雀") if each in caplog.text]
    assert found == []
    for entry in Entry.objects.all():
        facts = str(entry.facts) + entry.subject + entry.actor
        assert canaries_in(facts + caplog.text, city) == []
        assert not any(each in facts for each in ("19900004321", "金丝雀", "1-2-301", "1-1-101"))
    tried("entries looked at for canaries", Entry.objects.count())


def sheet_of(role: str, full: bool) -> str:
    """Return all words of the cases that a role takes away as a workbook, "" where it may not."""
    form = {"columns": list(COLUMNS), **({"full_phones": "1"} if full else {})}
    with clock.standing_at(NOW):
        answer = signed_in(role).post("/requests/export/", form)
        if answer.status_code != 200:
            return ""
        content = answer.getvalue()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(
            book.read(name).decode() for name in book.namelist() if name.endswith((".xml", ".rels"))
        )


EXPORTED = {"office_director": True, "cs_supervisor": True, "quality": False, "operations": False}
"""Who may take cases away as a workbook: with numbers in full, or masked whatever is asked."""


def test_a_workbook_holds_no_more_than_the_role_may_see(city: City, tried: Tried) -> None:
    for role, may_reveal in EXPORTED.items():
        masked, full = sheet_of(role, False), sheet_of(role, True)
        assert city.mine.things["request"] in masked, role
        assert city.mine.phone not in masked, role
        assert (city.mine.phone in full) is may_reveal, role
        if "quality" != role != "operations":  # a post of the company sees every office
            for canary in (city.theirs.phone, city.theirs.owner.name, city.theirs.things["request"]):
                assert canary not in masked + full, (role, canary)
    for role in ("frontdesk", "technician", "finance", "committee_chair"):
        assert sheet_of(role, True) == "", role
    tried("workbooks looked at for canaries", 2 * len(EXPORTED) + 4)


def test_what_is_measured_names_nobody(city: City, tried: Tried) -> None:
    desk = signed_in("frontdesk")
    for url in (
        "/",
        f"/requests/{city.mine.things['request']}/",
        f"/requests/?q={city.mine.phone}",
        "/no-such/",
    ):
        look(desk, "get", url)
    with clock.standing_at(NOW):
        answer = Client(REMOTE_ADDR="127.0.0.1").get("/metrics")
    told = answer.content.decode()
    assert (answer.status_code, canaries_in(told, city)) == (200, [])
    things = [each for each in (*city.mine.things.values(), *city.theirs.things.values()) if len(each) > 6]
    assert [each for each in things if each in told] == []
    tried("pages looked at for canaries", 1)
