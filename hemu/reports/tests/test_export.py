"""A published report as a spreadsheet: the frozen figures, the words as text whatever sign they begin with."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from hemu.access.models import Account, ReadLog
from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at
from hemu.infra import clock
from hemu.reports.operations_export import export_report
from hemu.reports.rules import report_by_slug
from hemu.reports.tests.conftest import OCTOBER, publish
from hemu.return_visits.tests.conftest import Visitors

SHEET = "/reports/return-visits/sheet/"


def cells(made: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_index(0).to_python()


def test_what_the_sheet_holds(house: House, desk: Visitors) -> None:
    desk.repaired()
    entry = publish(house, "return-visits", "2026-09-15 10:00", now=OCTOBER, words="=HYPERLINK(1)")
    report = report_by_slug("return-visits")
    rows = cells(export_report(report, house.community, entry, by=None, now=at(OCTOBER)))
    assert (rows[0], rows[1], ["期间", "2026-09", "", ""] in rows) == (
        ["栏目", "内容", "数", "上月"], ["报告", "回访月报", "", ""], True,
    )  # fmt: skip
    assert ["数字", "应回访", 1.0, ""] in rows
    assert rows[-1] == ["发现的问题和怎么改", "=HYPERLINK(1)", "", ""]


@pytest.mark.usefixtures("standing")
def test_who_takes_it_along_is_written_down(house: House, desk: Visitors) -> None:
    desk.repaired()
    asked = {"community": str(house.community.id), "period": "2026-09"}

    def get(login: str) -> int:
        browser = Client()
        browser.force_login(Account.objects.get(login=login))
        return browser.get(SHEET, asked).status_code

    assert get("cs_supervisor") == 404  # nothing is published yet
    publish(house, "return-visits", "2026-09-15 10:00", now=OCTOBER)
    for role, held in PERMISSIONS_OF.items():
        assert get(role) == (200 if "report.view" in held else 403)
    seen = ReadLog.objects.filter(what="export", staff=house.by("steward").staff_id)
    assert [(each.subject[:12], each.read_at) for each in seen] == [("report:RV-07", clock.now())]
