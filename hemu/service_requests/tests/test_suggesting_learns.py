"""The suggestion at work: what the worker learns from the book, and the pages."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hemu.access.actors import Actor, actor_by_login
from hemu.access.models import Account
from hemu.estate.models import Community
from hemu.estate.operations import employ, give_post, open_community, open_office
from hemu.infra import clock
from hemu.ledger.models import ClosedWords
from hemu.ledger.operations import Act
from hemu.service_requests.models import Request, SuggestionCount
from hemu.service_requests.operations import Caller, register_request, take_step
from hemu.service_requests.operations.learning import learn_from_sortings
from hemu.service_requests.queries import suggestion_for

pytestmark = pytest.mark.django_db
HOUR, LATER = timedelta(hours=1), timedelta(hours=2)
SORTING = {"type": "complaint", "trade": "other", "nature": "routine", "urgency": "normal"}
WORDS = "水表装错了"


@pytest.fixture
def community() -> Community:
    office = open_office(name="示例管理处", now=clock.now())
    director = employ(name="示例主任", now=clock.now())
    give_post(staff=director, role="office_director", office=office, since=date(2024, 1, 1))
    Account.objects.create(login="director", staff=director)
    return open_community(name="示例小区", office=office, now=clock.now())


def by() -> Actor:
    return actor_by_login("director", now=clock.now())


def registered(community: Community, text: str = WORDS, type: str = "complaint") -> Request:
    now = clock.now() - HOUR
    return register_request(
        community=community, home=None, type=type, text=text, caller=Caller(), act=Act("outside:command", now, now)
    )  # fmt: skip


def sort(request: Request, step: str = "classify", **values: str) -> None:
    now: datetime = clock.now() - HOUR
    take_step(number=request.number, step=step, by=by(), act=by().act(now=now), version=None,
              words="看错了" if step == "resort" else "", values=SORTING | values)  # fmt: skip


def learn() -> int:
    passed = 0
    while done := learn_from_sortings(now=clock.now()):
        passed += done
    return passed


def counts() -> dict[tuple[str, str, str], int]:
    rows = SuggestionCount.objects.filter(count__gt=0)
    return {(row.axis, row.word, row.value): row.count for row in rows}


ONCE = {
    ("type", "", "complaint"): 1,
    ("trade", "", "other"): 1,
    ("trade", "水表", "other"): 1,
    ("nature", "", "routine"): 1,
    ("urgency", "", "normal"): 1,
}


def test_a_sorting_is_counted_once_however_often_the_worker_looks(community: Community) -> None:
    sort(registered(community))
    assert counts() == {}  # nothing in the write path
    assert learn() > 0
    assert counts() == ONCE
    assert learn() == 0
    assert counts() == ONCE


def test_a_sorting_put_right_takes_back_what_the_old_one_gave(community: Community) -> None:
    request = registered(community)
    sort(request)
    learn()
    sort(request, "resort", trade="repair")
    learn()
    moved = {("trade", "", "repair"): 1, ("trade", "水表", "repair"): 1}
    assert counts() == {key: count for key, count in ONCE.items() if key[0] != "trade"} | moved


def test_what_was_written_a_moment_ago_waits(community: Community) -> None:
    request = registered(community)
    sort(request)
    assert learn_from_sortings(now=clock.now() - HOUR) == 0
    assert counts() == {}


def test_erased_words_teach_nothing(community: Community) -> None:
    request = registered(community)
    sort(request)
    ClosedWords.objects.all().delete()
    learn()
    assert counts() == {}


def test_enough_corrections_change_the_suggestion(community: Community) -> None:
    assert suggestion_for(WORDS).first("trade") == "repair"
    for number in range(25):
        sort(registered(community))
        if number == 4:
            learn()
            assert suggestion_for(WORDS).first("trade") == "repair"
    learn()
    assert suggestion_for(WORDS).first("trade") == "other"


# ── pages ──


@pytest.fixture
def client(community: Community) -> Client:
    client = Client()
    client.force_login(Account.objects.get())
    return client


def chosen(page: str) -> dict[str, str]:
    """Return what a page has checked or selected."""
    radios = re.findall(r'<input type="radio" name="(\w+)" value="(\w*)" checked', page)
    selects = re.findall(r'<select[^>]* name="(\w+)".*?<option value="(\w*)" selected', page, re.DOTALL)
    return dict(radios + selects)


def test_the_form_of_sorting_comes_with_the_suggestion_and_why(client: Client, community: Community) -> None:
    request = registered(community, "消防通道停满了车，很危险", type="complaint")
    page = client.get(reverse("request", args=[request.number])).content.decode()
    found = {axis: chosen(page)[axis] for axis in SORTING}
    assert found == {"type": "complaint", "trade": "security", "nature": "routine", "urgency": "soon"}
    assert "按原话建议“保安”：“消防通道”" in page


def test_a_type_that_was_registered_stays_and_the_other_is_only_mentioned(
    client: Client, community: Community
) -> None:
    request = registered(community, "表扬保安小李", type="other")
    page = client.get(reverse("request", args=[request.number])).content.decode()
    assert chosen(page)["type"] == "other"
    assert "看原话也像“表扬”：“表扬”" in page


def test_what_is_sorted_is_not_suggested_again(client: Client, community: Community) -> None:
    request = registered(community, "消防通道停满了车")
    sort(request, trade="greening")
    page = client.get(reverse("request", args=[request.number])).content.decode()
    assert chosen(page)["trade"] == "greening"
    assert "按原话建议" not in page


def test_words_are_answered_with_types_to_take(client: Client) -> None:
    fragment = client.post(reverse("request_suggestion"), {"text": "我家厨房漏水"}).content.decode()
    assert 'data-choose="type" data-choose-value="repair_home" data-choose-key="F2"' in fragment
    assert "“我家…漏水”" in fragment
    assert client.post(reverse("request_suggestion"), {"text": "嗯"}).content.decode().strip() == ""


def test_the_form_of_registering_chooses_no_type(client: Client) -> None:
    page = client.get(reverse("register")).content.decode()
    assert "type" not in chosen(page)
    assert f'hx-post="{reverse("request_suggestion")}"' in page


def test_only_who_may_register_is_answered(client: Client, community: Community) -> None:
    Client().post(reverse("request_suggestion"), {"text": "漏水"})
    staff = employ(name="示例财务", now=clock.now())
    give_post(staff=staff, role="finance", office=community.office, since=date(2024, 1, 1))
    outsider = Client()
    outsider.force_login(Account.objects.create(login="finance", staff=staff))
    assert outsider.post(reverse("request_suggestion"), {"text": "漏水"}).status_code == 403
