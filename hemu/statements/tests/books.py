"""Accountants' spreadsheets as offices keep them, made for tests."""

import io
from collections.abc import Callable
from typing import Any

import xlsxwriter


def made(build: Callable[[Any], None]) -> bytes:
    """Return a workbook."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    build(book)
    book.close()
    return target.getvalue()


def classic(book: Any) -> None:
    """Merged two-row heading, sections, a subtotal as formula, 其中, brackets, full-width digits, a balance."""
    sheet = book.add_worksheet("2026年11月")
    sheet.merge_range(0, 0, 0, 6, "和风花园2026年11月财务收支表")
    sheet.write(1, 6, "单位：元")
    for column, word in ((0, "序号"), (1, "项目"), (6, "备注")):
        sheet.merge_range(2, column, 3, column, word)
    sheet.merge_range(2, 2, 2, 3, "本月")
    sheet.merge_range(2, 4, 2, 5, "本年累计")
    _write(sheet, 3, [("", "", "预算", "实际", "预算", "实际")])
    _write(
        sheet,
        4,
        [
            ("一", "收入"),
            (1, "物业服务费", 100000, "９８，５００.5０", None, 1080000),
            (2, "停车费", 20000, "￥21,000", None, 230000),
            (),
            (3, "退费", None, "（500.00）", None, "(500)"),
            ("", "收入合计", 120000, ("=D6", 119000.5)),
            ("二", "支出"),
            (1, "人员费用", 60000, 60000, None, 660000, "加了一名保安"),
            (2, "水电费", 20000, "30000", None, 220000),
            ("", "其中：公共照明", None, 8000),
            (3, "维修费", 5000, "-", None, 10000),
            ("", "支出合计", 85000, 90000),
            ("", "上月结余", None, 10000),
            ("", "本月结余", None, 29000.5),
            ("", "期末余额", None, 39000.5),
            ("", "制表人：示例"),
        ],
    )


def side_by_side(book: Any) -> None:
    """Income and expense beside each other, in 万元."""
    sheet = book.add_worksheet("Sheet1")
    rows = [
        ("收支公示（单位：万元）",),
        ("收入项目", "金额", "支出项目", "金额"),
        ("物业费", 12.35, "工资", 8.2),
        ("车位", 2.1, "电费", 1.15),
        ("合计", 14.45, "合计", 9.36),
    ]
    _write(sheet, 0, rows)


def nested(book: Any) -> None:
    """Numbered parents above their parts, one of them wrong, a year's budget; the other month lies in front."""
    _write(book.add_worksheet("10月"), 0, [("科目", "本月"), ("一、收入",), ("1、物业费", 1)])
    rows = [
        ("科目", "年度预算", "本月发生额", "本年累计"),
        ("一、收入", None, 50000),
        ("1、物业费", None, 45000),
        ("2、广告", None, 5000),
        ("二、支出", None, 31000),
        ("（一）人员费用", None, 20000),
        ("1、工资", None, 15000),
        ("2、社保", None, 4000),
        ("（二）能耗", None, 11000),
        ("电费", 120000, 9000),
        ("水费", None, 2000),
    ]
    _write(book.add_worksheet("11月"), 0, rows)


def two_columns(book: Any) -> None:
    """A day book: income and expense as columns; one amount that is none."""
    rows = [("日期", "摘要", "收入", "支出", "备注"), ("11-1", "物业费", 100), ("11-2", "电费", None, 40), ("11-3", "水费", None, "见附件")]  # fmt: skip
    _write(book.add_worksheet("流水"), 0, rows)


def _write(sheet: Any, first: int, rows: list[tuple[Any, ...]]) -> None:
    for number, row in enumerate(rows, start=first):
        for column, value in enumerate(row):
            if isinstance(value, tuple):
                sheet.write_formula(number, column, value[0], None, value[1])
            elif value not in (None, ""):
                sheet.write(number, column, value)
