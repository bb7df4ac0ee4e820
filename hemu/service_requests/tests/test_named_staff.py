"""A complaint that names a member of staff is neither shown to nor handled by that person (DESIGN §5)."""

from typing import Any

import pytest
from django.urls import reverse

from hemu.access.tests.house import House, at, client, standing_at
from hemu.duties.operations import look_after
from hemu.estate.models import Post
from hemu.foundation.errors import RuleViolation
from hemu.messaging.models import Outgoing
from hemu.messaging.operations import tell
from hemu.service_requests.models import Named, Request
from hemu.service_requests.queries import request_for, visible_to, worked_on_by
from hemu.service_requests.tests.desk import Desk, entries, written

NOW = at("2026-10-01 10:00")
WORDS = "前台态度很差"


_standing = standing_at(NOW, autouse=True)


def naming(desk: Desk, *logins: str, **more: Any) -> Request:
    case = desk.register("complaint", text=WORDS, **more)
    return desk.step(case, "cs_supervisor classify", "2026-09-30 16:10", named=",".join(logins))


def test_the_book_knows_whom_it_names_by_id_alone(desk: Desk, house: House) -> None:
    case = naming(desk, "frontdesk", "technician")
    sorted_ = entries(case)[-1]
    assert sorted_.facts["named"] == [house.by("frontdesk").key, house.by("technician").key]
    assert "independent" not in sorted_.facts
    assert Named.objects.filter(request=case, alone=False).count() == 2


SURFACES = [
    ("the list", "get", reverse("requests"), {}),
    ("the search by words", "get", f"{reverse('requests')}?q=态度", {}),
    ("today", "get", reverse("home"), {}),
    ("the duties", "get", reverse("duties"), {}),
    ("cases of the same story", "post", reverse("request_similar"), {"text": WORDS}),
]


@pytest.mark.parametrize(
    ("method", "path", "values"), [row[1:] for row in SURFACES], ids=[r[0] for r in SURFACES]
)
def test_nothing_shows_it_to_that_person(
    desk: Desk, house: House, method: str, path: str, values: dict[str, str]
) -> None:
    case = naming(desk, "frontdesk", home=None)
    values = values | {"community": str(house.community.id)}
    seen = {
        login: getattr(client(login), method)(path, values if method == "post" else {}).content.decode()
        for login in ("frontdesk", "steward")
    }
    assert case.number in seen["steward"]
    assert case.number not in seen["frontdesk"]
    assert WORDS not in seen["frontdesk"]


def test_it_answers_like_a_case_that_does_not_exist(desk: Desk, house: House) -> None:
    case = naming(desk, "frontdesk")
    frontdesk = client("frontdesk")
    for name in ("request", "request_step", "request_phone", "request_link", "request_messages"):
        path = reverse(name, args=[case.number])
        method = frontdesk.get if name in ("request", "request_messages") else frontdesk.post
        assert method(path, {"step": "reply", "words": "写明。"}).status_code == 404, name
    assert client("steward").get(reverse("request", args=[case.number])).status_code == 200
    with pytest.raises(RuleViolation, match=r"request\.not_found"):
        request_for(house.by("frontdesk"), case.number)
    assert not visible_to(house.by("frontdesk")).exists()


@pytest.mark.parametrize("step", ["reply", "judge", "resolve", "correct", "withdraw"])
def test_no_step_is_that_persons(desk: Desk, house: House, step: str) -> None:
    case = naming(desk, "frontdesk")
    before = written()
    with pytest.raises(RuleViolation, match=r"request\.not_found"):
        desk.step(case, f"frontdesk {step}", "2026-09-30 16:30")
    assert written() == before


@pytest.mark.parametrize("values", [{"to": "technician"}, {"to": "security", "helpers": "technician"}])
def test_it_is_not_dispatched_to_that_person(desk: Desk, values: dict[str, str]) -> None:
    case = naming(desk, "technician")
    before = written()
    with pytest.raises(RuleViolation, match=r"dispatch\.named"):
        desk.step(case, "cs_supervisor dispatch", "2026-09-30 16:20", **values)
    assert written() == before


def test_nor_taken_out_of_the_pool(desk: Desk) -> None:
    case = desk.go(
        naming(desk, "technician"), ("cs_supervisor dispatch", "2026-09-30 16:20", {"department": "工程部"})
    )
    with pytest.raises(RuleViolation, match=r"request\.not_found"):
        desk.step(case, "technician accept", "2026-09-30 16:30")


def test_who_handles_it_hands_it_on_before_being_named(desk: Desk, house: House) -> None:
    case = desk.go(
        desk.register("complaint"),
        ("frontdesk classify", "2026-09-30 16:05"),
        ("cs_supervisor dispatch", "2026-09-30 16:10", {"to": "technician", "helpers": "security"}),
    )
    for login in ("technician", "security"):
        with pytest.raises(RuleViolation, match=r"named\.handles"):
            desk.step(case, "cs_supervisor correct", "2026-09-30 16:20", named=login)
    desk.step(case, "cs_supervisor transfer", "2026-09-30 16:30", to="steward")
    desk.step(case, "cs_supervisor correct", "2026-09-30 16:40", named="technician")
    assert not visible_to(house.by("technician")).filter(pk=case.pk).exists()
    desk.step(case, "cs_supervisor correct", "2026-09-30 16:50", named="-")
    assert visible_to(house.by("technician")).filter(pk=case.pk).exists()


def test_no_message_of_it_reaches_that_person(desk: Desk, house: House) -> None:
    case = naming(desk, "cs_supervisor")
    people = [house.by(login).staff_id for login in ("cs_supervisor", "office_director")]
    told = tell(staff=people, topic="duty.urgent", subject=case.subject, key="k", now=NOW)
    rows = Outgoing.objects.filter(topic="duty.urgent").values_list("staff_id", flat=True)
    assert (told, list(rows)) == (1, [house.by("office_director").staff_id])
    desk.step(case, "steward escalate", "2026-09-30 16:30", role="cs_supervisor")
    assert not Outgoing.objects.filter(topic="request.escalated").exists()


def test_a_rung_of_that_person_alone_is_passed_over(desk: Desk, house: House) -> None:
    case = naming(desk, "cs_supervisor")
    look_after(now=at("2026-10-01 16:05"))  # the 24 hours of a complaint are over
    told = Outgoing.objects.filter(topic="duty.urgent", subject=case.subject).values_list(
        "staff_id", flat=True
    )
    assert house.by("cs_supervisor").staff_id not in told
    assert house.by("office_director").staff_id in told


def test_where_nobody_else_is_there_it_stays_and_says_so(desk: Desk, house: House) -> None:
    Post.objects.exclude(staff=house.by("office_director").staff_id).update(
        until=at("2026-09-01 00:00").date()
    )
    case = desk.register("complaint")
    case = desk.step(case, "office_director classify", "2026-09-30 16:10", named="office_director")
    assert entries(case)[-1].facts["independent"] is False
    assert visible_to(house.by("office_director")).filter(pk=case.pk).exists()
    html = client("office_director").get(reverse("request", args=[case.number])).content.decode()
    assert "没有别人可办，不独立" in html
    desk.step(case, "office_director reply", "2026-09-30 16:30")


def test_helpers_see_the_case_among_theirs(desk: Desk, house: House) -> None:
    case = desk.go(
        desk.register("repair_home"),
        ("frontdesk classify", "2026-09-30 16:05"),
        ("cs_supervisor dispatch", "2026-09-30 16:10", {"to": "technician", "helpers": "security, steward"}),
    )
    assert entries(case)[-1].facts["helpers"] == [house.by(each).key for each in ("security", "steward")]
    for login, found in (("technician", 1), ("security", 1), ("steward", 1), ("frontdesk", 0)):
        assert Request.objects.filter(worked_on_by(house.by(login).staff_id)).count() == found, login
    told = Outgoing.objects.filter(topic="request.dispatched").values_list("staff_id", flat=True)
    assert set(told) == {house.by(each).staff_id for each in ("technician", "security", "steward")}
    with pytest.raises(RuleViolation, match=r"accept\.others"):
        desk.step(case, "security accept", "2026-09-30 16:20")
    desk.step(case, "technician accept", "2026-09-30 16:20")
