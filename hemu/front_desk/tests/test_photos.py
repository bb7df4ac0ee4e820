"""Pictures from the owner's own phone: the code at the desk, the page behind it, what the owner's link shows."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hemu.access.models import Account
from hemu.access.tests.house import House
from hemu.attachments.models import KeptFile
from hemu.attachments.operations import keep_file
from hemu.attachments.tests import samples
from hemu.foundation.errors import RuleViolation
from hemu.front_desk.models import PhotoLink
from hemu.front_desk.operations import make_photo_link, photo_case
from hemu.infra import clock
from hemu.ledger.queries import words_of
from hemu.service_requests.models import Request
from hemu.service_requests.operations import make_owner_link
from hemu.service_requests.tests.desk import Desk, entries, written


def as_(login: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(login=login))
    return client


def today(desk: Desk) -> Request:
    """Register a case a moment ago: links and pages go by the real clock."""
    when = (clock.now() - timedelta(minutes=1)).isoformat()
    return desk.register(when=when)


def photo(data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", data or samples.jpeg(), content_type="image/jpeg")


def upload(url: str) -> str:
    answer = Client().post(url, {"file": photo(), "use": "photo"})
    assert answer.status_code == 201, answer.content
    return str(json.loads(answer.content)["id"])


def test_by_the_code_pictures_come_into_the_case_and_stand_at_the_desk(desk: Desk) -> None:
    case = today(desk)
    clerk = as_("frontdesk")
    shown = clerk.post(f"/requests/{case.number}/photos/", headers={"HX-Request": "true"})
    page = shown.content.decode()
    link = page.split("http://testserver")[1].split("<")[0]
    poll = page.split('hx-get="')[1].split('"')[0]
    assert ('class="qr"' in page, PhotoLink.objects.count()) == (True, 1)
    assert "等着照片" in clerk.get(poll).content.decode()

    phone = Client().get(link).content.decode()
    assert (case.number in phone, case.text in phone, "19900001234" in phone) == (True, False, False)
    kept = upload(f"{link}files/")
    assert Client().get(f"{link}files/{kept}/thumb/")["Content-Type"] == "image/jpeg"
    sent = Client().post(link, {"files": kept, "words": "水从这里漏", "key": "k"})
    assert (sent.status_code, "收到" in sent.content.decode()) == (200, True)
    last = entries(case)[-1]
    assert (last.kind, last.proof, last.actor) == ("request.added", "own", f"owner:{case.person_id}")
    assert ([each["id"] for each in last.facts["files"]], words_of(last)) == ([kept], {"text": "水从这里漏"})
    arrived = clerk.get(poll).content.decode()
    assert (f"/files/{kept}/thumb/" in arrived, "收到 1 张" in arrived) == (True, True)
    # Once it is the case's, the code shows it no more: it only sends.
    assert Client().get(f"{link}files/{kept}/").status_code == 404


def test_without_script_the_form_carries_the_picture(desk: Desk) -> None:
    case = today(desk)
    link = f"/p/{make_photo_link(request=case, now=clock.now())}/"
    assert Client().post(link, {"file.photo": photo(), "key": "k"}).status_code == 200
    assert entries(case)[-1].facts["files"][0]["use"] == "photo"
    page = as_("frontdesk").post(f"/requests/{case.number}/photos/").content.decode()
    assert ('class="qr"' in page, "<html" in page) == (True, True)


def test_what_the_code_refuses_writes_nothing(desk: Desk) -> None:
    case = today(desk)
    link = f"/p/{make_photo_link(request=case, now=clock.now())}/"
    before = written()
    assert Client().post(link, {"words": " ", "key": "k"}).status_code == 422
    assert Client().post(link, {"file.photo": photo(samples.HTML), "key": "k"}).status_code == 422
    assert Client().post(f"{link}files/", {"file": photo(samples.SVG), "use": "photo"}).status_code == 422
    assert Client().get("/p/wrong/").status_code == 422
    assert Client().post("/p/wrong/files/", {"file": photo(), "use": "photo"}).status_code == 422
    assert (written(), KeptFile.objects.count()) == (before, 0)


def test_a_link_ends_with_its_time_and_with_the_case(desk: Desk) -> None:
    case, now = today(desk), clock.now()
    token = make_photo_link(request=case, now=now)
    assert photo_case(token=token, now=now + timedelta(minutes=29)).number == case.number
    with pytest.raises(RuleViolation, match=r"photo_link\.not_valid"):
        photo_case(token=token, now=now + timedelta(minutes=30))
    make_photo_link(request=case, now=now + timedelta(minutes=31))
    assert PhotoLink.objects.count() == 1  # what has ended is removed on the way
    Request.objects.update(state="closed", outcome="told", closed_at=now)
    case.refresh_from_db()
    with pytest.raises(RuleViolation, match=r"photo_link\.not_valid"):
        photo_case(token=token, now=now)
    with pytest.raises(RuleViolation, match=r"photo_link\.closed"):
        make_photo_link(request=case, now=now)


@pytest.mark.parametrize(("login", "status"), [("technician", 403), ("quality", 403), ("elsewhere", 404)])
def test_who_makes_no_code(desk: Desk, login: str, status: int) -> None:
    case = today(desk)
    assert as_(login).post(f"/requests/{case.number}/photos/").status_code == status
    assert PhotoLink.objects.count() == 0


# ── the owner's own link ─────────────────────────────────────────────────────


def owner_page(case: Request) -> str:
    return f"/o/{make_owner_link(request=case, now=clock.now())}/"


def test_an_owner_sends_pictures_by_the_own_link_and_sees_them(desk: Desk) -> None:
    case = today(desk)
    page = owner_page(case)
    kept = upload(f"{page}files/")
    assert Client().get(f"{page}files/{kept}/").status_code == 200  # a draft of one's own
    answer = Client().post(page, {"step": "add", "files": kept, "reason": "", "key": "k"})
    assert (answer.status_code, f"{page}files/{kept}/thumb/" in answer.content.decode()) == (200, True)
    assert entries(case)[-1].facts["files"][0]["id"] == kept
    assert Client().get(f"{page}files/{kept}/thumb/").status_code == 200


def test_owners_see_what_is_for_them_and_nothing_that_is_for_staff(house: House, desk: Desk) -> None:
    case = today(desk)
    now = (clock.now() - timedelta(seconds=30)).isoformat()
    by = house.by("frontdesk").key

    def kept() -> str:
        return str(keep_file(data=samples.jpeg(), use="photo", by=by, now=clock.now()).id)

    answer, inside, draft = kept(), kept(), kept()
    desk.step(case, "frontdesk reply", now, files=[answer])
    desk.step(case, "frontdesk judge", now, files=[inside], valid="true")  # an entry for staff
    page = owner_page(case)
    shown = Client().get(page).content.decode()
    assert [each in shown for each in (answer, inside, draft)] == [True, False, False]
    found = {each: Client().get(f"{page}files/{each}/").status_code for each in (answer, inside, draft)}
    assert found == {answer: 200, inside: 404, draft: 404}
    assert as_("technician").get(f"/files/{inside}/").status_code == 200


def test_one_owner_s_link_opens_no_file_of_another_case(house: House, desk: Desk) -> None:
    mine, other = today(desk), today(desk)
    by = house.by("frontdesk").key
    file = str(keep_file(data=samples.jpeg(), use="photo", by=by, now=clock.now()).id)
    desk.step(other, "frontdesk reply", (clock.now() - timedelta(seconds=9)).isoformat(), files=[file])
    assert Client().get(f"{owner_page(mine)}files/{file}/").status_code == 404
    assert Client().get(f"{owner_page(other)}files/{file}/").status_code == 200
    assert Client().get(f"/o/wrong/files/{file}/").status_code == 404
    wrong: Any = Client().post("/o/wrong/files/", {"file": photo(), "use": "photo"})
    assert (wrong.status_code, KeptFile.objects.filter(subject="").count()) == (404, 0)
