"""The list of all forms, on its page and by command."""

from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from docx import Document

from hemu.access.tests.house import BEGAN, House, client, found_house
from hemu.foundation.errors import RuleViolation
from hemu.papers.tests.spoken import call


@pytest.fixture
def house(db: None) -> House:
    return found_house()


@pytest.fixture
def desk(house: House) -> Client:
    return client("frontdesk")


def test_the_page_lists_all_of_them(desk: Client) -> None:
    page = desk.get("/papers/forms/").content.decode()
    assert page.count("打印空白") == 38
    assert (page.count("按记录打印"), page.count("填好抬头打印")) == (9, 11)
    assert page.count("系统里还没有这种记录") == 18
    assert "施工人员出入证" in page


def test_a_blank_one_comes_as_pdf_or_for_word(desk: Client, house: House) -> None:
    pdf = desk.get(f"/papers/forms/F-16/?community={house.second.id}")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    word = desk.get("/papers/forms/F-34/?word=1")
    assert "和风管理处" in Document(BytesIO(word.content)).paragraphs[1].text
    for address in ("F-99/", "F-16/?word=1", f"F-16/?community={house.elsewhere.id}"):
        assert desk.get(f"/papers/forms/{address}").status_code == 404
    assert client("hr").get("/papers/forms/").status_code == 403


def test_the_same_by_command(house: House, tmp_path: Path) -> None:
    listed = call("forms", now=BEGAN)
    assert len(listed) == 38
    assert listed[0] == {
        "id": "F-01",
        "name": "内部信息传递单",
        "also": [],
        "clauses": ["IN-02", "IN-03"],
        "records": "none",
        "word": False,
    }
    out = str(tmp_path / "a.pdf")
    assert call("print", "房屋整改工程记录表", "--blank", out, now=BEGAN)["file"] == out
    assert Path(out).read_bytes()[:5] == b"%PDF-"
    for refused, code in (
        (("F-99", "--blank", out), "form.unknown"),
        (("F-01", "--record", "X", out), "form.no_records"),
    ):
        with pytest.raises(RuleViolation) as refusal:
            call("print", *refused, now=BEGAN)
        assert refusal.value.code == code
