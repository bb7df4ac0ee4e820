"""Spreadsheets handed in that are no spreadsheets (B7), and those given out whose words look like formulas (B8)."""

import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from hemu.access.tests.house import House
from hemu.estate.models import Home, Staff
from hemu.estate.roster.export import refused_workbook
from hemu.estate.roster.reading import read_sheets
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.spreadsheet import is_risky, write_table
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller, register_request
from hemu.supervision.wording import COLUMNS
from tests.security.city import CALLED, NOW, signed_in
from tests.security.figures import Tried

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "|", "%", "＝", "＋", "－", "＠", " =", "\u200b=")
FORMULAS = [
    f"{sign}{rest}" for sign in SIGNS for rest in ("1+1", 'HYPERLINK("//evil.example")', "cmd|' /C calc'!A0")
]


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}


def faults(content: bytes) -> list[str]:
    """Return what in a workbook could be worked out or fetched rather than read."""
    found = []
    for name, text in parts(content).items():
        found += [
            f"{name}: {mark}"
            for mark in ("<f>", "<f ", "<hyperlink", "externalLink", "vbaProject")
            if mark in text
        ]
    return found


def unquoted(content: bytes) -> list[str]:
    """Return the texts that begin like a formula and whose cell does not say that they are text."""
    whole = parts(content)
    shared = [
        re.sub("<[^>]+>", "", each)
        for each in re.findall(r"<si>(.*?)</si>", whole.get("xl/sharedStrings.xml", ""), re.S)
    ]
    styles = re.search(r"<cellXfs.*?</cellXfs>", whole["xl/styles.xml"], re.S)
    quoted = ["quotePrefix" in each for each in re.findall(r"<xf .*?>", styles[0])] if styles else []
    found: list[str] = []
    for name in (each for each in whole if each.startswith("xl/worksheets/")):
        for attributes, text in re.findall(r"<c ([^>]*)>(.*?)</c>", whole[name], re.S):
            value = re.sub("<[^>]+>", "", text)
            if 't="s"' in attributes:
                value = shared[int(value)]
            style = re.search(r's="(\d+)"', attributes)
            is_text = 't="s"' in attributes or 't="inlineStr"' in attributes
            if is_text and is_risky(value) and not (style and quoted[int(style[1])]):
                found.append(value)
    return found


def test_every_table_that_is_written(tried: Tried) -> None:
    target = io.BytesIO()
    write_table(target, title="表", columns=[("列", 9)] * len(FORMULAS), rows=[FORMULAS])
    refused = refused_workbook(
        [{"sheet": "=1", "row": 1, "header": FORMULAS, "cells": FORMULAS}],
        titles=("=行", "+原因"),
        say=lambda line: "=1",
    )
    for content in (target.getvalue(), refused):
        assert (faults(content), unquoted(content)) == ([], [])
    tried("texts like formulas in columns given out", 4 * len(FORMULAS))


@pytest.mark.walk
def test_every_column_of_the_export(house: House, tried: Tried) -> None:
    desk, text = signed_in("office_director"), FORMULAS[0]
    Staff.objects.update(name=text)
    Home.objects.filter(id=house.home.id).update(written=text)
    for each in FORMULAS[:10]:
        register_request(
            community=house.community, home=None, place=each.strip("\0")[:60], type="complaint", text=each.strip("\0") + "。",
            caller=Caller(None, each.strip("\0"), "19900001234"), act=house.by("frontdesk").act(now=CALLED),
        )  # fmt: skip
    Request.objects.update(home=house.home)
    with clock.standing_at(NOW):
        answer: Any = desk.post("/requests/export/", {"columns": list(COLUMNS), "full_phones": "1"})
    content = b"".join(answer.streaming_content)
    assert (answer.status_code, faults(content), unquoted(content)) == (200, [], [])
    tried("texts like formulas in columns given out", 10 * len(COLUMNS))


# ── handed in ────────────────────────────────────────────────────────────────


def package(**replaced: bytes) -> bytes:
    """Return a workbook of one row, some of its parts replaced."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("业主")
        sheet.write_row(0, 0, ["房号", "业主姓名"])
        sheet.write_row(1, 0, ["1-1-101", "示例甲"])
    out = io.BytesIO()
    with zipfile.ZipFile(target) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, replaced.pop(name, old.read(name)))
        for name, content in replaced.items():
            new.writestr(name, content)
    return out.getvalue()


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
HEAD = '<?xml version="1.0"?>'
XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{10 * f"&{a};"}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def strings(doctype: str, entity: str) -> bytes:
    return f"{HEAD}{doctype}<sst {SPACE}><si><t>{entity}</t></si><si><t>业主姓名</t></si><si><t>1-1-101</t></si><si><t>示例甲</t></si></sst>".encode()


def rows(count: int) -> bytes:
    return f'{HEAD}<worksheet {SPACE}><sheetData><row r="{count}"><c r="A{count}"><v>1</v></c></row></sheetData></worksheet>'.encode()


def wide() -> bytes:
    return f'{HEAD}<worksheet {SPACE}><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>'.encode()


def bomb() -> bytes:
    return package(**{"xl/media/zeros.bin": bytes(210_000_000)})


HOSTILE: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "zip bomb": (bomb, ("roster.too_large",)),
    "a million rows": (lambda: package(**{SHEET: rows(1_048_576)}), ("roster.too_large",)),
    "sixteen thousand columns": (lambda: package(**{SHEET: wide()}), ("roster.too_large",)),
    "no zip at all": (lambda: b"PK\x03\x04" + bytes(200), ("roster.unreadable",)),
    "a zip of something else": (lambda: zip_of(**{"../../etc/passwd": b"x"}), ("roster.unreadable",)),
    "cut off": (lambda: package()[:600], ("roster.unreadable",)),
    "sheet is no xml": (lambda: package(**{SHEET: b"\0\1\2"}), ("roster.unreadable", "roster.empty")),
    "nothing": (lambda: b"", ("roster.empty",)),
    "blank": (lambda: b" \r\n\t ", ("roster.empty",)),
    "a page": (lambda: b"<html><table><tr><td>1</table>", ("roster.unreadable",)),
    "a locked book": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ("roster.unreadable",)),
    "a program": (lambda: b"MZ" + bytes(range(256)) * 4, ("roster.unreadable",)),
    "too many bytes": (lambda: b"a" * 30_000_001, ("roster.too_large",)),
}


def zip_of(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_what_is_no_list_is_refused(tried: Tried, name: str) -> None:
    make, codes = HOSTILE[name]
    with pytest.raises(RuleViolation) as refused:
        read_sheets(make(), "a.xlsx")
    assert refused.value.code in codes
    tried("spreadsheets handed in", 1)


@pytest.mark.parametrize(("doctype", "entity"), [(XXE, "&e;"), (LAUGHS, "&i;")])
def test_an_entity_is_never_followed(tried: Tried, doctype: str, entity: str) -> None:
    with suppress(RuleViolation):
        sheets, _notes = read_sheets(package(**{STRINGS: strings(doctype, entity)}), "a.xlsx")
        words = "".join(cell for sheet in sheets for row in sheet.rows for cell in row)
        assert "root:" not in words
        assert words.count("ha") < 20
    tried("spreadsheets handed in", 1)


def test_a_formula_is_read_as_what_it_showed_and_never_worked_out(tried: Tried) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("业主")
        sheet.write_row(0, 0, ["房号", "业主姓名"])
        sheet.write_formula(1, 0, '=WEBSERVICE("http://127.0.0.1/")', None, "1-1-101")
        sheet.write(1, 1, "示例甲")
    sheets, _notes = read_sheets(target.getvalue(), "a.xlsx")
    assert sheets[0].rows[1] == ["1-1-101", "示例甲"]
    tried("spreadsheets handed in", 1)


@pytest.mark.walk
@pytest.mark.parametrize("address", ["/rosters/", "/staff/list/"])
def test_the_pages_refuse_them_in_words(house: House, tried: Tried, address: str) -> None:
    client = signed_in("office_director")
    for name in ("a zip of something else", "cut off", "nothing", "a page", "a program", "a million rows"):
        file = SimpleUploadedFile("../../a.xlsm", HOSTILE[name][0](), "text/html")
        answer = client.post(address, {"community": str(house.community.id), "file": file})
        assert answer.status_code in (302, 422), name
        tried("spreadsheets handed in", 1)
