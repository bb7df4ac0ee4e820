"""Files that are not what they say, at every door that takes one (B6)."""

import io
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from hemu.attachments.models import KeptFile
from hemu.attachments.queries import bytes_of
from hemu.attachments.tests import samples
from hemu.infra import clock
from tests.security.city import NOW, City, owner_in, signed_in
from tests.security.figures import Tried

pytestmark = pytest.mark.walk
PICTURE, SCRIPT = samples.jpeg(), samples.SCRIPT


def twice(head: bytes) -> bytes:
    return head + PICTURE


BAD: dict[str, bytes] = {
    "nothing": b"", "a space": b" ", "svg": samples.SVG, "svg with a head": b'<?xml version="1.0"?>' + samples.SVG,
    "html": samples.HTML, "html behind blanks": b" \n\t" * 40 + samples.HTML, "utf-16 html": samples.HTML.decode().encode("utf-16"),
    "gif": samples.GIF, "gif and script": b"GIF89a/*" + SCRIPT, "zip": samples.ZIP, "program": samples.PROGRAM,
    "elf": b"\x7fELF" + bytes(100), "shell": b"#!/bin/sh\nid\n", "php": b"<?php system('id');", "java": b"\xca\xfe\xba\xbe" + bytes(60),
    "eicar": b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "xml": b"<?xml version='1.0'?><a/>",
    "xxe": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg>&e;</svg>', "postscript": b"%!PS-Adobe-3.0\n",
    "flash": b"FWS\x05" + bytes(60), "tiff": samples.picture("TIFF"), "bmp": samples.picture("BMP"), "ico": samples.picture("ICO"),
    "psd": b"8BPS\x00\x01" + bytes(60), "rtf": b"{\\rtf1 x}", "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(60), "gz": b"\x1f\x8b\x08" + bytes(60), "rar": b"Rar!\x1a\x07\x00" + bytes(60),
    "only a jpeg's head": b"\xff\xd8\xff", "a jpeg's head and zeros": b"\xff\xd8\xff\xe0" + bytes(400),
    "a png's head": b"\x89PNG\r\n\x1a\n", "a png's head and script": b"\x89PNG\r\n\x1a\n" + SCRIPT * 9,
    "a bomb": samples.png_claiming(30_000, 30_000), "a wide bomb": samples.png_claiming(2**31 - 1, 1),
    "no width": samples.png_claiming(0, 10), "pdf as photo": samples.PDF, "pdf head alone": b"%PDF-1.7\n", "sound as photo": samples.MP3,
    "video": samples.mp4(handler=b"vide"), "nul": b"\0" * 500, "riff": b"RIFF" + bytes(4) + b"EVIL" + bytes(60),
    "webp head": b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(30), "script in utf-7": b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    **{f"cut at {share} %": PICTURE[: len(PICTURE) * share // 100] for share in (5, 20, 40)},
}  # fmt: skip
GOOD: dict[str, bytes] = {
    "a page in a comment": samples.polyglot(), "a page behind it": PICTURE + samples.HTML, "a zip behind it": PICTURE + samples.ZIP,
    "a program behind it": PICTURE + samples.PROGRAM, "a place": samples.jpeg(), "upside down": samples.jpeg(orientation=3),
}  # fmt: skip
NAMES = (
    "../../../etc/cron.d/x", "..\\..\\x.jpg", "/etc/passwd", "x.jpg\0.html", "x.php", "x.svg", "a" * 300 + ".jpg",
    "gpj.\u202eexe", "<script>alert(1)</script>.jpg", "CON", ".htaccess", "x.jpg;.html", "x\r\nSet-Cookie: a=b.jpg", "'; DROP TABLE x; --",
)  # fmt: skip
TYPES = ("image/jpeg", "text/html", "image/svg+xml", "application/x-php", "")


MARKS = (b"script", b"PK\x03\x04", b"MZ\x00", b"Sample Phone", b"Exif", b"GPS")


def marks_in(shown: bytes) -> list[str]:
    """Return what a picture still tells of where it comes from: the verdict on what is shown."""
    found = [mark.decode("latin-1") for mark in MARKS if mark in shown]
    return found + [str(tag) for tag in Image.open(io.BytesIO(shown)).getexif()]


def doors(city: City) -> list[tuple[Client, str]]:
    things = city.mine.things
    return [
        (signed_in("frontdesk"), "/files/"),
        (Client(), f"/o/{things['owner_link']}/files/"),
        (Client(), f"/p/{things['photo_link']}/files/"),
        (owner_in(city.mine.phone), "/my/files/"),
        (owner_in(city.mine.phone, token="again"), f"/my/cases/{things['request']}/files/"),
    ]


def hand_in(client: Client, url: str, data: bytes, name: str = "a.jpg", type: str = "image/jpeg") -> Any:
    with clock.standing_at(NOW):
        return client.post(url, {"file": SimpleUploadedFile(name, data, type), "use": "photo"})


def store() -> Path:
    files: Any = settings.STORAGES["files"]
    return Path(files["OPTIONS"]["location"])


def left_behind() -> set[str]:
    root = store()
    uploads = Path(tempfile.gettempdir()).glob("*.upload*")
    return {str(each) for each in root.rglob("*") if each.is_file()} | {str(each) for each in uploads}


def test_what_is_no_picture_is_refused_and_leaves_nothing(city: City, tried: Tried) -> None:
    before, rows, cases = left_behind(), KeptFile.objects.count(), 0
    for client, url in doors(city):
        for what, data in BAD.items():
            answer = hand_in(client, url, data)
            assert answer.status_code == 422, (url, what, answer.status_code)
            cases += 1
    assert (left_behind(), KeptFile.objects.count()) == (before, rows)
    tried("files handed in", cases)


def test_what_is_shown_is_drawn_anew(city: City, tried: Tried) -> None:
    client, url = doors(city)[0]
    for what, data in GOOD.items():
        kept = hand_in(client, url, data)
        assert kept.status_code == 201, what
        row = KeptFile.objects.get(id=kept.json()["id"])
        for name in (row.shown_name, row.thumb_name):
            shown = bytes_of(name)
            assert shown
            assert not marks_in(shown)
        with clock.standing_at(NOW):
            answer = client.get(f"/files/{row.id}/")
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    tried("files handed in", len(GOOD))


def test_names_and_types_count_for_nothing(city: City, tried: Tried) -> None:
    client, url = doors(city)[0]
    root = store()
    outside = {each for each in root.parent.iterdir() if each != root}
    for number, name in enumerate(NAMES):
        answer = hand_in(client, url, PICTURE, name, TYPES[number % len(TYPES)])
        assert answer.status_code == 201, name
        row = KeptFile.objects.get(id=answer.json()["id"])
        assert row.media_type == "image/jpeg"
        assert not any(part in str(row.__dict__) for part in ("passwd", "script", ".php", "htaccess", "DROP"))
    assert {each for each in root.parent.iterdir() if each != root} == outside
    tried("files handed in", len(NAMES))
