"""Handing files in and seeing them: by page, by form without script; who sees which."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemu.access.models import Account
from hemu.access.tests.house import House
from hemu.attachments.models import KeptFile
from hemu.attachments.queries import bytes_of
from hemu.attachments.tests import samples
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import Desk, entries

UPLOAD = "/files/"


def as_(login: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(login=login))
    return client


def sent(data: bytes, name: str = "photo.jpg", type: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type=type)


def upload(client: Client, data: bytes, use: str = "photo", **more: str) -> dict[str, Any]:
    answer = client.post(UPLOAD, {"file": sent(data, **more), "use": use})
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = json.loads(answer.content)
    return found


def test_an_upload_answers_with_its_draft(house: House) -> None:
    client = as_("frontdesk")
    found = upload(client, samples.jpeg())
    row = KeptFile.objects.get()
    assert found == {"id": str(row.id), "kind": "picture", "use": "photo"}
    shown = client.get(f"/files/{row.id}/")
    assert shown.content == bytes_of(row.shown_name) != bytes_of(row.original_name)
    assert {name: shown[name] for name in HEADERS} == HEADERS
    assert shown["Content-Disposition"] == f'inline; filename="photo-{row.id.hex[-8:]}.jpg"'
    assert client.get(f"/files/{row.id}/thumb/").content == bytes_of(row.thumb_name)


HEADERS = {
    "Content-Type": "image/jpeg",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=3600",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize(
    ("data", "name", "type", "code"),
    [
        (samples.HTML, "photo.jpg", "image/jpeg", "file.unknown_type"),
        (samples.SVG, "photo.svg", "image/svg+xml", "file.unknown_type"),
        (samples.SVG, "photo.png", "image/png", "file.unknown_type"),
        (b"", "photo.jpg", "image/jpeg", "file.empty"),
        (samples.jpeg()[:300], "photo.jpg", "image/jpeg", "file.broken"),
        (samples.png_claiming(30_000, 30_000), "photo.png", "image/png", "file.too_many_pixels"),
    ],
)
def test_a_hostile_upload_is_refused_in_words(
    house: House, data: bytes, name: str, type: str, code: str
) -> None:
    answer = as_("frontdesk").post(UPLOAD, {"file": sent(data, name, type), "use": "photo"})
    said = json.loads(answer.content)
    assert (answer.status_code, said["error"], said["message"] != code) == (422, code, True)
    assert KeptFile.objects.count() == 0


def test_a_form_without_a_file_and_one_that_is_too_long_are_refused(house: House, settings: Any) -> None:
    client = as_("frontdesk")
    assert json.loads(client.post(UPLOAD, {"use": "photo"}).content)["error"] == "file.none_chosen"
    settings.UPLOAD_MOST_BYTES = 1_000
    assert client.post(UPLOAD, {"file": sent(bytes(2_000)), "use": "photo"}).status_code == 400


@pytest.mark.parametrize("login", ["hr", "nobody", "committee_chair"])
def test_who_has_no_case_to_handle_hands_nothing_in(house: House, login: str) -> None:
    answer = as_(login).post(UPLOAD, {"file": sent(samples.jpeg()), "use": "photo"})
    assert (answer.status_code, KeptFile.objects.count()) == (403, 0)


def test_a_draft_is_seen_by_its_uploader_alone_and_a_named_file_by_who_sees_the_case(
    house: House, desk: Desk
) -> None:
    row = upload(as_("frontdesk"), samples.jpeg())["id"]
    url = f"/files/{row}/"

    def seen() -> dict[str, int]:
        logins = ("frontdesk", "technician", "quality", "elsewhere", "finance", "nobody")
        return {login: as_(login).get(url).status_code for login in logins}

    assert seen() == {"frontdesk": 200, "technician": 404, "quality": 404, "elsewhere": 404, "finance": 404,
                      "nobody": 404}  # fmt: skip
    desk.register(files=[row])
    assert seen() == {"frontdesk": 200, "technician": 200, "quality": 200, "elsewhere": 404, "finance": 404,
                      "nobody": 404}  # fmt: skip
    assert Client().get(url).status_code == 302
    assert as_("frontdesk").get("/files/00000000-0000-7000-8000-000000000000/").status_code == 404


@pytest.mark.parametrize(
    ("range", "status", "length", "part"),
    [
        ("bytes=0-1", 206, 2, "bytes 0-1/{}"),
        ("bytes=60-", 206, 8, "bytes 60-67/{}"),
        ("bytes=-8", 206, 8, "bytes 60-67/{}"),
        ("bytes=0-9999", 206, 68, "bytes 0-67/{}"),
        ("bytes=70-80", 416, 0, "bytes */{}"),
        ("bytes=-", 200, 68, ""),
        ("bytes=" + "9" * 5_000 + "-", 200, 68, ""),
        ("lines=1-2", 200, 68, ""),
    ],
)
def test_sound_is_played_in_parts(house: House, range: str, status: int, length: int, part: str) -> None:
    client = as_("frontdesk")
    note = upload(client, samples.OGG[:68].ljust(68), "voice")["id"]
    answer = client.get(f"/files/{note}/", headers={"range": range})
    assert (answer.status_code, len(answer.content)) == (status, length)
    assert answer.headers.get("Content-Range", "") == part.format(68)
    assert answer["Content-Type"] == "audio/ogg"


def test_a_paper_is_saved_and_never_opened_in_place(house: House) -> None:
    client = as_("frontdesk")
    paper = upload(client, samples.PDF, "paper")["id"]
    answer = client.get(f"/files/{paper}/")
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


# ── in the forms of a case ───────────────────────────────────────────────────


def word(house: House, **more: Any) -> dict[str, Any]:
    values = {"community": str(house.community.id), "type": "complaint", "text": "楼道的灯不亮。"}
    return {**values, "channel": "phone", "key": "k1", **more}


def test_registering_by_page_with_pictures_sent_ahead_and_in_the_form(house: House) -> None:
    client = as_("frontdesk")
    ahead = upload(client, samples.jpeg())["id"]
    fields = word(house, **{"files": ahead, "file.photo": sent(samples.picture("PNG"))})
    assert client.post("/requests/register/", fields).status_code == 302
    case = Request.objects.get()
    assert [each["use"] for each in entries(case)[0].facts["files"]] == ["photo", "photo"]
    page = client.get(f"/requests/{case.number}/").content.decode()
    assert page.count('class="files-picture"') == 2
    # Sent a second time, under the same key: the same case, and the file in the form is no other.
    again = word(house, **{"files": ahead, "file.photo": sent(samples.picture("PNG"))})
    assert client.post("/requests/register/", again).status_code == 302
    assert Request.objects.count() == 1


def test_a_refused_form_still_has_its_pictures(house: House) -> None:
    client = as_("frontdesk")
    ahead = upload(client, samples.jpeg())["id"]
    refused = client.post("/requests/register/", word(house, files=ahead, text=""))
    assert (refused.status_code, f'value="{ahead}"' in refused.content.decode()) == (422, True)
    assert f'src="/files/{ahead}/thumb/"' in refused.content.decode()


def test_a_step_by_page_takes_its_pictures_and_a_refused_one_keeps_them(house: House, desk: Desk) -> None:
    case = desk.register()
    client = as_("frontdesk")
    url = f"/requests/{case.number}/step/"
    ahead = upload(client, samples.jpeg())["id"]
    refused = client.post(url, {"step": "reply", "words": "", "files": ahead, "key": "k2"})
    assert (refused.status_code, f'src="/files/{ahead}/thumb/"' in refused.content.decode()) == (422, True)
    assert client.post(url, {"step": "reply", "words": "好", "files": ahead, "key": "k3"}).status_code == 302
    assert [each["id"] for entry in entries(case) for each in entry.facts.get("files", ())] == [ahead]
    broken = client.post(url, {"step": "reply", "words": "好", "file.photo": sent(samples.HTML), "key": "k4"})
    assert (broken.status_code, "这个文件不能收" in broken.content.decode()) == (422, True)


def test_an_erased_file_is_said_to_be_erased(house: House, desk: Desk) -> None:
    client = as_("frontdesk")
    ahead = upload(client, samples.jpeg())["id"]
    case = desk.register(files=[ahead])
    KeptFile.objects.all().delete()
    assert "附件已删除" in client.get(f"/requests/{case.number}/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_files_cost_a_page_one_question(
    house: House, desk: Desk, count: int, django_assert_num_queries: Any
) -> None:
    client = as_("frontdesk")
    files = [upload(client, samples.jpeg())["id"] for _ in range(count)]
    case = desk.register(files=files)
    bare = desk.register()
    client.get(f"/requests/{bare.number}/")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/requests/{bare.number}/")
    with django_assert_num_queries(len(asked) + 1):
        client.get(f"/requests/{case.number}/")
