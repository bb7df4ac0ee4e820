"""Photos of owners: handed in by link or behind the door, seen by whose they are and by nobody else."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hemu.access.tests.house import House, at
from hemu.attachments.models import KeptFile
from hemu.attachments.operations import keep_file
from hemu.attachments.tests.samples import jpeg
from hemu.estate.models import Home
from hemu.infra import clock
from hemu.ledger.queries import timeline
from hemu.portal.models import OwnWord
from hemu.portal.tests.conftest import NOW, OWNER, STRANGER, Phoned, lives
from hemu.service_requests.models import Request
from hemu.service_requests.operations import make_owner_link, take_step
from hemu.service_requests.tests.desk import CALLED, Desk, entries

NEIGHBOUR = "19900004444"


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("p.jpg", jpeg(), "image/jpeg")


def hand_in(client: Client, url: str) -> str:
    with clock.standing_at(NOW):
        answer = client.post(url, {"file": photo(), "use": "photo"})
    assert answer.status_code == 201
    return str(answer.json()["id"])


def status(client: Client, url: str) -> int:
    with clock.standing_at(NOW):
        return client.get(url).status_code


@pytest.fixture
def case(desk: Desk) -> Request:
    return desk.register("repair_home")


@pytest.fixture
def link(case: Request) -> str:
    return f"/o/{make_owner_link(request=case, now=at(CALLED))}/"


def test_a_photo_by_link_belongs_to_the_reply(house: House, case: Request, link: str) -> None:
    owner, other = Client(), Client()
    file = hand_in(owner, f"{link}files/")
    assert status(owner, f"{link}files/{file}/thumb/") == 200
    with clock.standing_at(NOW):
        page = owner.post(link, {"step": "add", "files": file, "key": "k"})  # a photo may stand for words
    assert page.status_code == 200
    assert [each["id"] for each in entries(case)[-1].facts["files"]] == [file]
    assert f"{link}files/{file}/thumb/" in page.content.decode()
    assert [status(other, f"/o/x/files/{file}/"), status(other, f"/files/{file}/")] == [404, 302]


def test_what_staff_alone_may_read_is_no_owners(house: House, case: Request, link: str) -> None:
    by = house.by("frontdesk")
    row = keep_file(data=jpeg(), use="photo", by=by.key, now=NOW)
    take_step(
        number=case.number,
        step="judge",
        act=by.act(now=NOW),
        by=by,
        values={"valid": "true"},
        files=[str(row.id)],
    )
    assert [each.kind for each in timeline(case.subject)][-1] == "request.judged"
    assert status(Client(), f"{link}files/{row.id}/") == 404
    assert status(Phoned(OWNER).logs_in().client, f"/my/cases/{case.number}/files/{row.id}/") == 404


def test_a_file_of_another_case_is_not_found(desk: Desk, house: House, link: str) -> None:
    neighbour = Home.objects.get(written="1-2-302")
    lives(neighbour, NEIGHBOUR)
    phone = Phoned(NEIGHBOUR).logs_in()
    with clock.standing_at(NOW):
        answer = phone.client.post(
            "/my/write/",
            {"where": str(neighbour.id), "text": "窗户关不上。", "key": "k", "file.photo": photo()},
        )
    assert answer.status_code == 302
    theirs = str(KeptFile.objects.get().id)
    number = Request.objects.latest("id").number
    assert status(phone.client, f"/my/cases/{number}/files/{theirs}/") == 200
    owner = Phoned(OWNER).logs_in().client
    urls = [f"{link}files/{theirs}/", f"/my/cases/{number}/files/{theirs}/", f"/my/files/{theirs}/"]
    assert [status(owner, url) for url in urls] == [404, 404, 404]


def test_photos_sent_ahead_go_with_the_word(house: House) -> None:
    phone = Phoned(OWNER).logs_in()
    file = hand_in(phone.client, "/my/files/")
    assert status(phone.client, f"/my/files/{file}/thumb/") == 200
    stranger = Phoned(STRANGER).logs_in()
    assert status(stranger.client, f"/my/files/{file}/") == 404
    forged = stranger.post(
        "/my/write/", text="偷来的照片。", place="x", key="k", community=str(house.community.id), files=file
    )
    assert (forged.status_code, OwnWord.objects.count()) == (422, 0)
    refused = phone.post("/my/write/", text="漏水。", where="x", key="k", files=file).content.decode()
    assert f"/my/files/{file}/thumb/" in refused  # nothing handed in is lost
    done = phone.post("/my/write/", text="漏水。", where=str(house.home.id), key="n", files=file)
    page = phone.see(done.headers["Location"])
    number = OwnWord.objects.get().request.number
    assert f"/my/cases/{number}/files/{file}/thumb/" in page


@pytest.mark.parametrize("files", ["x", "00000000-0000-7000-8000-000000000000", "x,y"])
def test_ids_of_nothing_are_refused(house: House, files: str) -> None:
    answer: Any = (
        Phoned(OWNER)
        .logs_in()
        .post("/my/write/", text="漏水。", where=str(house.home.id), key="k", files=files)
    )
    assert (answer.status_code, OwnWord.objects.count()) == (422, 0)


def test_nothing_is_handed_in_without_the_door(house: House) -> None:
    client = Client()
    assert client.post("/my/files/", {"file": photo(), "use": "photo"}).status_code == 302
    assert client.post("/o/x/files/", {"file": photo(), "use": "photo"}).status_code == 404
    assert not KeptFile.objects.exists()
