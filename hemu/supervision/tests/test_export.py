"""The list as a spreadsheet: what stands in it, and what is written down of it."""

import io
import zipfile
from typing import Any

import pytest
from python_calamine import load_workbook

from hemu.access.models import ReadLog
from hemu.access.tests.house import House, at, client, standing_at
from hemu.infra.spreadsheet import write_table
from hemu.service_requests.operations import Caller
from hemu.service_requests.tests.desk import Desk
from hemu.supervision import queries_export
from hemu.supervision.models import ExportChoice
from hemu.supervision.tests.browser import page

NOW = "2026-10-08 10:00"


_standing = standing_at(at(NOW), autouse=True)


def sheet(content: bytes) -> list[list[Any]]:
    return load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def export(login: str, **form: Any) -> Any:
    return client(login).post("/requests/export/", form)


def test_a_table_is_text_whatever_it_begins_with() -> None:
    target = io.BytesIO()
    risky = ["=1+1", "+86", "-2", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://evil.example")', "普通"]
    assert write_table(target, title="甲[乙]", columns=[("话", 10)], rows=[[each] for each in risky]) == 8
    raw = target.getvalue()
    assert [row[0].strip() for row in sheet(raw)][1:] == [each.strip() for each in risky]
    book = load_workbook(io.BytesIO(raw))
    assert book.sheet_names == ["甲乙"]
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
        assert b"quotePrefix" in parts.read("xl/styles.xml")
        assert not any("hyperlink" in name for name in parts.namelist())


def test_what_is_exported_and_written_down(house: House, desk: Desk) -> None:
    case = desk.register("complaint", "2026-09-30 16:00", text="=cmd 请回电 19900001234")
    desk.register("inquiry", "2026-09-30 16:10")
    answer = export(
        "cs_supervisor", columns=["phone", "number", "text", "late"], type="complaint", q="请回电"
    )
    assert answer.headers["Content-Type"].endswith("sheet")
    assert sheet(b"".join(answer.streaming_content)) == [
        ["编号", "原话", "逾期", "电话"],
        [case.number, "=cmd 请回电 199****1234", "1", "199****1234"],
    ]
    staff = house.by("cs_supervisor").staff_id
    log = [(each.staff_id, each.subject, each.what) for each in ReadLog.objects.all()]
    assert log == [(staff, "requests?type=complaint", "export")]
    assert ExportChoice.objects.get(staff=staff).columns == ["number", "text", "late", "phone"]
    assert 'value="late" checked' in page("cs_supervisor", "/requests/export/")
    assert 'value="handler" checked' not in page("cs_supervisor", "/requests/export/")


def test_phones_in_full_are_for_those_who_may_and_each_is_noted(house: House, desk: Desk) -> None:
    case = desk.register("complaint", "2026-09-30 16:00")
    form = {"columns": ["phone", "number"], "full_phones": "1"}
    phones = {
        login: sheet(b"".join(export(login, **form).streaming_content))[1][1]
        for login in ("cs_supervisor", "operations", "department_head")
    }
    assert phones == {
        "cs_supervisor": "19900001234", "operations": "199****1234", "department_head": "199****1234",
    }  # fmt: skip
    looked = ReadLog.objects.filter(what="phone").values_list("staff_id", "subject")
    assert list(looked) == [(house.by("cs_supervisor").staff_id, case.subject)]


def test_what_is_not_exported(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert export("frontdesk", columns=["number"]).status_code == 403
    for _ in range(3):
        desk.register("inquiry", "2026-10-08 09:30", caller=Caller())
    words = {
        "至少选一栏": export("cs_supervisor"),
        "一件也没有": export("cs_supervisor", columns=["number"], type="praise"),
    }
    monkeypatch.setattr(queries_export, "AT_MOST", 2)
    words["一次最多导出 2 件"] = export("cs_supervisor", columns=["number"])
    assert all((a.status_code, w in a.content.decode()) == (422, True) for w, a in words.items())
    assert ReadLog.objects.count() == 0
    assert export("elsewhere", columns=["number"]).status_code == 422  # nothing of the other office
