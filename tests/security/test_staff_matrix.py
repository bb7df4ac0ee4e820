"""Roles × addresses × relation: somebody else's thing answers like one that does not exist (B3).

The addresses come from the table of addresses itself; the roles from the reviewed table of permissions.
"""

from collections.abc import Callable
from datetime import date

import pytest

from hemu.access.models import Account
from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import COMPANY_ROLES
from hemu.access.tests.test_routes import NEEDS
from hemu.estate.models import Post, Staff
from hemu.infra.web.needs import SIGNED_IN
from hemu.service_requests.models import Named, Request
from tests.security import addresses
from tests.security.answers import Answer, ask
from tests.security.city import City, signed_in
from tests.security.figures import Tried

CELLS = "cells: roles × addresses × relation, staff"
OFFICE_ROLES = sorted(set(PERMISSIONS_OF) - set(COMPANY_ROLES))
ALL_ROLES = (*OFFICE_ROLES, *sorted(COMPANY_ROLES))
NOT_HERE = 405


def test_every_address_that_names_a_thing_is_in_the_matrix() -> None:
    assert addresses.unspoken() == set()


def may(role: str, name: str) -> bool:
    return NEEDS[name] == SIGNED_IN or NEEDS[name] in PERMISSIONS_OF[role]


@pytest.mark.walk
def test_what_is_not_yours_answers_like_what_is_not_there(city: City, tried: Tried) -> None:
    cells, wrong, methods = 0, [], methods_of_addresses(city)
    for role in OFFICE_ROLES:
        client = signed_in(role)
        for name in addresses.owned():
            expected = (403,) if not may(role, name) else (302,) if name in SILENT else (404,)
            for address in addresses.of(name, city.theirs, methods[name]):
                nowhere = ask(client, address.method, address.no_url, address.body)
                theirs = ask(client, address.method, address.url, address.body)
                cells += 2
                if (
                    theirs != nowhere
                    or (theirs.wrote and name not in SILENT)
                    or theirs.status not in expected
                ):
                    wrong.append((role, name, address.method, seen(theirs), seen(nowhere)))
    assert not wrong, "\n".join(map(str, wrong))
    tried(CELLS, cells)


def test_ones_own_is_there(city: City, tried: Tried) -> None:
    """The control: with one's own thing each of these addresses answers otherwise, so the matrix compares something."""
    same = []
    for name, methods in methods_of_addresses(city).items():
        client = signed_in(
            next(role for role in (LEADS.get(name, ""), *ALL_ROLES) if role and may(role, name))
        )
        for address in addresses.of(name, city.mine, methods, all_things=False):
            there = ask(client, address.method, address.url, address.body)
            nowhere = ask(client, address.method, address.no_url, address.body)
            if there == nowhere or there.status >= 500:
                same.append((name, address.method, seen(there)))
    assert not same, "\n".join(map(str, same))
    tried(CELLS, 2 * len(addresses.owned()))


LEADS = dict.fromkeys(
    ("request_view_drop", "device_forget", "file", "file_thumb"), "cs_supervisor"
) | dict.fromkeys(
    ("staff_list_import", "staff_list_write", "staff_list_discard", "staff_list_refused"), "office_director"
)
"""Who has the thing where it is one person's own."""


def test_a_post_elsewhere_opens_nothing_there(city: City, tried: Tried) -> None:
    """Who leads one office and works at the other acts at the other as what they are there."""
    lead = city.house.by("office_director")
    Post.objects.create(
        staff_id=lead.staff_id, role="all_staff", office=city.theirs.office, since=date(2025, 1, 1)
    )
    wrong, cells = [], 0
    client = signed_in("office_director")
    for name, methods in methods_of_addresses(city).items():
        for address in addresses.of(name, city.theirs, methods):
            theirs = ask(client, address.method, address.url, address.body)
            nowhere = ask(client, address.method, address.no_url, address.body)
            cells += 2
            if theirs != nowhere or (theirs.wrote and name not in SILENT):
                wrong.append((name, address.method, seen(theirs), seen(nowhere)))
    assert not wrong, "\n".join(map(str, wrong))
    tried(CELLS, cells)


def test_seeing_elsewhere_is_not_acting_there(city: City, tried: Tried) -> None:
    """Who leads one office and only looks on at the other changes nothing there, and no number is revealed."""
    lead = city.house.by("office_director")
    Post.objects.create(
        staff_id=lead.staff_id, role="company_office", office=city.theirs.office, since=date(2025, 1, 1)
    )
    wrong, cells = [], 0
    client = signed_in("office_director")
    for name, methods in methods_of_addresses(city).items():
        if NEEDS[name] in PERMISSIONS_OF["company_office"] or NEEDS[name] == SIGNED_IN:
            continue
        for address in addresses.of(name, city.theirs, methods):
            theirs = ask(client, address.method, address.url, address.body)
            cells += 1
            if theirs.wrote or city.theirs.phone in theirs.body or theirs.status in (200, 201, 302):
                wrong.append((name, address.method, seen(theirs)))
    assert not wrong, "\n".join(map(str, wrong))
    tried(CELLS, cells)


def test_who_is_named_in_a_complaint_has_no_such_case(city: City, tried: Tried) -> None:
    wrong, cells = [], 0
    methods = methods_of_addresses(city)
    for role in ("technician", "frontdesk", "office_director"):
        case = Request.objects.get(number=city.mine.things["request"])
        Named.objects.create(request=case, staff_id=city.house.by(role).staff_id)
        client = signed_in(role)
        for name in (each for each, things in addresses.THINGS.items() if things.get("number") == "request"):
            if not may(role, name):
                continue
            for address in addresses.of(name, city.mine, methods[name]):
                hidden = ask(client, address.method, address.url, address.body)
                nowhere = ask(client, address.method, address.no_url, address.body)
                cells += 2
                if hidden != nowhere or hidden.wrote:
                    wrong.append((role, name, address.method, seen(hidden), seen(nowhere)))
    assert not wrong, "\n".join(map(str, wrong))
    tried(CELLS, cells)


def _leaves(city: City, login: str) -> None:
    Staff.objects.filter(id=city.house.by(login).staff_id).update(left_on=date(2026, 9, 30))


def _is_blocked(city: City, login: str) -> None:
    Account.objects.filter(login=login).update(is_active=False)


def _has_no_post_any_more(city: City, login: str) -> None:
    Post.objects.filter(staff_id=city.house.by(login).staff_id).update(until=date(2026, 9, 29))


@pytest.mark.parametrize(
    ("ends", "status"), [(_leaves, 302), (_is_blocked, 302), (_has_no_post_any_more, 403)]
)
def test_who_is_gone_opens_nothing(
    city: City, tried: Tried, ends: Callable[[City, str], None], status: int
) -> None:
    methods, wrong, cells = methods_of_addresses(city), [], 0
    client = signed_in("office_director")
    ends(city, "office_director")
    for name in addresses.owned():
        for address in addresses.of(name, city.mine, methods[name]):
            answer = ask(client, address.method, address.url, address.body)
            cells += 1
            late = NEEDS[name] == SIGNED_IN and status == 403
            if answer.status not in ((302, 404) if late else (status,)) or city.mine.phone in answer.body:
                wrong.append((name, address.method, seen(answer)))
    assert not wrong, "\n".join(map(str, wrong))
    tried(CELLS, cells)


SILENT = ("device_forget",)
"""Forgetting what is not there is done already."""


def methods_of_addresses(city: City) -> dict[str, list[str]]:
    """Return which methods each address knows, as somebody is told who may use it."""
    found = {}
    for name in addresses.owned():
        client = signed_in(next(role for role in ALL_ROLES if may(role, name)))
        each_way = list(addresses.of(name, city.mine, ["get", "post"], all_things=False))
        found[name] = [
            each.method for each in each_way if ask(client, each.method, each.no_url).status != NOT_HERE
        ]
    return found


def seen(answer: Answer) -> tuple[int, int, tuple[str, ...], str]:
    return answer.status, answer.statements, answer.wrote, answer.body[-300:] if answer.status == 200 else ""
