"""A month as a workbook: what people wrote goes in as text, never as a formula or a link."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from hemu.field_work.queries_month import Month
from hemu.field_work.wording import UNITS
from hemu.infra.moments import OFFICE_ZONE
from hemu.infra.spreadsheet import is_risky
from hemu.service_requests.wording import TYPES

PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook_of(month: Month, *, name: str) -> bytes:
    """Return the month of a person as xlsx: figures, jobs, materials."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, PLAIN)
    pens = {
        "bold": book.add_format({"bold": True}),
        "money": book.add_format({"num_format": "0.00"}),
        "quoted": book.add_format({"quote_prefix": True}),
    }
    _fill(book.add_worksheet(_("合计")), pens, [_("项目"), _("数")], _figures(month, name), (24, 16))
    _fill(
        book.add_worksheet(_("活")),
        pens,
        [_("办完时间"), _("编号"), _("小区"), _("位置"), _("类型"), _("内容"), _("按时"), _("返修"), _("评分"), _("材料（元）")],
        _jobs(month),
        (18, 18, 14, 14, 10, 48, 8, 8, 8, 12),
    )  # fmt: skip
    _fill(
        book.add_worksheet(_("材料")),
        pens,
        [_("时间"), _("编号"), _("材料"), _("数量"), _("单位"), _("单价（元）"), _("金额（元）")],
        [
            [_time(each.at), each.number, each.name, each.quantity_milli / 1000, str(UNITS[each.unit]),
             each.price_fen / 100, each.amount_fen / 100]
            for each in month.used
        ],
        (18, 18, 28, 10, 8, 12, 12),
    )  # fmt: skip
    book.close()
    return target.getvalue()


def _figures(month: Month, name: str) -> list[list[Any]]:
    return [
        [_("姓名"), name],
        [_("月份"), month.first.isoformat()[:7]],
        [_("办完"), len(month.done)],
        [_("按时"), month.on_time_count],
        [_("返修"), month.rework_count],
        [_("表扬"), len(month.praise)],
        [_("5 分评价"), month.best_count],
        [_("材料（元）"), month.materials_fen / 100],
    ]


def _jobs(month: Month) -> list[list[Any]]:
    yes_no = {True: _("是"), False: _("否")}
    return [
        [
            _time(each.at),
            each.case.number,
            each.case.community.name,
            each.case.home_written or each.case.place,
            str(TYPES[each.case.type]),
            each.case.text,
            yes_no[each.on_time],
            yes_no[each.rework],
            each.score or "",
            each.materials_fen / 100,
        ]
        for each in month.done
    ]


def _time(moment: Any) -> str:
    return str(moment.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M"))


def _fill(
    sheet: Any, pens: Mapping[str, Any], head: list[str], rows: list[list[Any]], widths: tuple[int, ...]
) -> None:
    for column, (word, width) in enumerate(zip(head, widths, strict=True)):
        sheet.write_string(0, column, word, pens["bold"])
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value, pens["quoted"] if is_risky(value) else None)
            else:
                sheet.write_number(number, column, value, pens["money"] if isinstance(value, float) else None)
