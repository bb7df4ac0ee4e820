"""Words that would run, in every field that a page shows: they are shown and nothing runs (B9)."""

from typing import Any

import pytest
from django.template import base as templates
from playwright.sync_api import Browser

from hemu.estate.models import Community, Department, Home, Office, Person, Place, Staff
from hemu.infra import clock
from hemu.portal.models import OwnWord
from hemu.service_requests.models import Request
from hemu.service_requests.operations import make_owner_link
from hemu.supervision.models import NamedView
from tests.journeys.community import Teller, Time, fill
from tests.journeys.conftest import PATIENCE_MILLISECONDS, USUAL, Visit, complaint, let_the_server_end
from tests.journeys.desk import enter
from tests.journeys.pages import walk
from tests.journeys.payloads import MARK, PAYLOADS, RUNS
from tests.security.figures import Tried

pytestmark = pytest.mark.walk
AT_ONCE = 40


def shorter(longest: int) -> list[str]:
    return [each for each in PAYLOADS if len(each) <= longest]


def poison(community: Community, cases: list[Request]) -> int:
    """Write payloads into whatever names or says something; return into how many fields."""
    groups = [PAYLOADS[at : at + AT_ONCE] for at in range(0, len(PAYLOADS), AT_ONCE)]
    for number, case in enumerate(cases):
        case.text = "\n".join(groups[number % len(groups)])
        case.caller_name, case.place = shorter(100)[number], shorter(60)[-1 - number]
        case.save(update_fields=["text", "caller_name", "place"])
    fields = 3 * len(cases)
    for model, field, longest in SINKS:
        for number, row in enumerate(model.objects.order_by("pk")):
            setattr(row, field, shorter(longest)[(number * 7) % len(shorter(longest))][:longest])
            row.save(update_fields=[field])
            fields += 1
    return fields


SINKS = (
    (Person, "name", 100),
    (Staff, "name", 60),
    (Department, "name", 60),
    (Home, "remark", 300),
    (Home, "parking", 100),
    (Office, "name", 100),
    (Community, "name", 100),
    (Place, "name", 60),
    (NamedView, "name", 40),
)


def test_nothing_that_is_written_ever_runs(
    visit: Visit, community: Community, time: Time, tried: Tried
) -> None:
    cases = fill(community, time)
    cases += [each.request for each in OwnWord.objects.select_related("request")]
    cases += more_cases(community, len(PAYLOADS) // AT_ONCE + 1 - len(cases))
    fields = poison(community, cases)
    looked = 0
    for role in ("", "office_director", "technician"):
        page = visit()
        page.on("dialog", lambda dialog: dialog.dismiss())
        if role:
            enter(page, role)
        for address in addresses(role, cases):
            page.goto(address, wait_until="load")
            assert not page.evaluate(f"Boolean(window.{MARK})"), address
            assert page.evaluate("document.baseURI").startswith(str(page.url).split("/")[0]), address
            looked += 1
    tried("payloads of scripts in pages", len(PAYLOADS))
    tried("fields with such payloads", fields)
    tried("pages looked at with them", looked)


def more_cases(community: Community, count: int) -> list[Request]:
    tell = Teller(community)
    return [tell.register("repair_home", "写明。", room="1-1-301") for _ in range(max(0, count))]


def addresses(role: str, cases: list[Request]) -> list[str]:
    """Return the pages at which a role looks, and the owner's page of every case."""
    if role:
        return walk(role, cases)
    return [f"/o/{make_owner_link(request=each, now=clock.now())}/" for each in cases]


def test_what_a_template_let_through_would_be_seen(
    browser: Browser, community: Community, live_server: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: templates that escape nothing. With the policy the console complains, without it the words run."""
    case = Teller(community).register("repair_home", RUNS[1], room="1-1-301")
    options: dict[str, Any] = {**USUAL, "base_url": str(live_server)}
    with browser.new_context(**options) as guarded, browser.new_context(**options, bypass_csp=True) as bare:
        pages = [guarded.new_page(), bare.new_page()]
        for page in pages:
            page.set_default_timeout(PATIENCE_MILLISECONDS)
            page.on("dialog", lambda dialog: dialog.dismiss())
            enter(page, "office_director")
        monkeypatch.setattr(templates, "conditional_escape", lambda value: value)
        with pages[0].expect_console_message(
            lambda message: any("Content Security Policy" in each for each in complaint(message))
        ):
            pages[0].goto(f"/requests/{case.number}/")
        assert not pages[0].evaluate(f"Boolean(window.{MARK})")
        pages[1].goto(f"/requests/{case.number}/")
        pages[1].wait_for_function(f"Boolean(window.{MARK})")
    let_the_server_end()
