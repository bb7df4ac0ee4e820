"""Every example of docs/interface.md, read from the page and called as it stands there, one after the other."""

import argparse
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from string import Template
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from hemu.access.tests.house import House, at
from hemu.estate.models import RosterImport
from hemu.estate.roster.operations import claim, work_on
from hemu.infra.clock import standing_at
from hemu.interface.management.cli import COMMANDS
from hemu.interface.tests.caller import NOW
from hemu.ledger.operations import seal

PAGE = Path(__file__).resolve().parents[3] / "docs" / "interface.md"
API = "/api/v1"
ROSTER = "房号,姓名,电话\n1-2-301,示例新主,19900005678\n".encode()


def examples() -> list[str]:
    """Return the page's indented lines, each command on one."""
    text = PAGE.read_text().replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.startswith("    ")]
    joined = "\n".join(lines)
    return re.sub(r"(-d '[^']*?)\n([^']*')", r"\1 \2", joined).splitlines()


@dataclass
class Reader:
    """Somebody who types in what the page says, and where it says … what was answered before."""

    said: dict[str, str] = field(default_factory=lambda: {"HEMU": API})
    answers: dict[str, Any] = field(default_factory=dict)
    called: list[tuple[str, int]] = field(default_factory=list)

    def do(self, line: str) -> None:
        words = shlex.split(Template(line).safe_substitute(self.said), comments=True)
        if words[0] == "export":
            self._note(words[1].partition("=")[0])
        elif words[0] == "curl":
            self._call(words[1:])
        elif words[:2] == ["hemu", "token"]:
            self._hemu(words[2], [each for each in words[3:] if "[" not in each and "]" not in each])

    def _note(self, name: str) -> None:
        found: dict[str, Callable[[], str]] = {
            "HEMU": lambda: API,
            "TOKEN": lambda: str(self.answers["create"]["token"]),
            "NUMBER": lambda: str(self.answers["POST /requests"]["number"]),
            "COMMUNITY": lambda: str(self.answers["GET /communities"]["items"][0]["id"]),
            "HOME_ID": lambda: str(self.answers["homes"]["items"][0]["id"]),
            "ENTRY": lambda: str(self.answers["case"]["timeline"][0]["id"]),
            "ROSTER": lambda: str(self.answers["POST /rosters"]["id"]),
        }
        self.said[name] = found[name]()

    def _hemu(self, name: str, words: list[str]) -> None:
        command = next(each for each in COMMANDS if (each.group, each.name) == ("token", name))
        parser = argparse.ArgumentParser()
        command.arguments(parser)
        given = parser.parse_args(words)
        given.now = at(NOW)
        self.answers[name] = command.run(given)

    def _call(self, words: list[str]) -> None:
        parser = argparse.ArgumentParser()
        parser.add_argument("url")
        parser.add_argument("-sS", action="store_true")
        parser.add_argument("-H", action="append", default=[])
        parser.add_argument("-F", action="append", default=[])
        parser.add_argument("-d")
        given = parser.parse_args(words)
        headers = dict(each.split(": ", 1) for each in given.H)
        sent: dict[str, Any] = {}
        if given.d:
            sent = {"data": given.d.encode(), "content_type": headers.pop("Content-Type")}
        elif given.F:
            sent = {"data": {name: _value(value) for name, value in (each.split("=", 1) for each in given.F)}}
        method = "post" if sent else "get"
        with standing_at(at(NOW)):
            answer = getattr(Client(), method)(given.url, headers=headers, **sent)
        path = given.url.removeprefix(API).partition("?")[0]
        self.called.append((f"{method.upper()} {path}", answer.status_code))
        assert answer.status_code < 300, (given.url, answer.content.decode())
        name = (
            "homes" if path.endswith("/homes") else "case" if re.fullmatch(r"/requests/[^/]+", path) else ""
        )
        self.answers[name or f"{method.upper()} {path}"] = answer.json()


def _value(said: str) -> Any:
    if said == "@photo.jpg":
        picture = BytesIO()
        Image.new("RGB", (8, 8), "white").save(picture, "JPEG")
        return SimpleUploadedFile("photo.jpg", picture.getvalue(), "image/jpeg")
    return SimpleUploadedFile(said[1:], ROSTER) if said.startswith("@") else said


def test_every_example_does_what_the_page_says(house: House, tmp_path: Path) -> None:
    reader = Reader()
    for line in examples():
        if "token revoke" in line or line.startswith("hemu webhook"):
            continue  # tried in tests of their own: the one takes the token away, the other names a host outside
        reader.do(line)
        _in_the_background(line)
    assert len(reader.called) == 14
    proof = next(answer for name, answer in reader.answers.items() if name.endswith("/proof"))
    assert proof["seal"]["root"]
    assert RosterImport.objects.get().state == "done"
    assert house.home.ties.get(until=None).person.name == "示例新主"


def _in_the_background(line: str) -> None:
    """Do what the worker would do between two lines that somebody types."""
    if "/requests" in line and "-d" in line:
        seal(now=at(NOW))
    if "/rosters" in line and ("-F" in line or "-d" in line):
        row = RosterImport.objects.select_related("community__book").get()
        assert claim(row, at(NOW))
        work_on(row, at(NOW))
