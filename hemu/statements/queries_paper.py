"""What the paper of a statement says; papers are Chinese."""

from typing import Any

from hemu.statements.models import Statement
from hemu.statements.queries import Checked
from hemu.statements.rules import CATEGORIES, EXPENSE, INCOME, Figures, month_after
from hemu.statements.rules_checks import Problem

SIDES = {INCOME: "收入", EXPENSE: "支出"}
MOST_NAMED = 40
_SAID = {
    "over_budget": "超出预算 {percent}%",
    "under_budget": "比预算少 {percent}%",
    "jump_up": "比前 {months} 个月的平均数多 {difference} 元",
    "jump_down": "比前 {months} 个月的平均数少 {difference} 元",
    "new_item": "是新的项目",
    "missing": "上月有、本月没有",
}


def paper_content(statement: Statement, looked: Checked) -> dict[str, Any]:
    """Return the title, the words and the table of a statement's paper."""
    year, month = statement.month.split("-")
    figures = looked.figures
    corrected = f"（更正，第 {statement.version} 稿）" if statement.replaces_id else ""
    return {
        "title": f"{statement.community.name}{year}年{int(month)}月财务收支报表{corrected}",
        "to": "业主委员会",
        "body": "\n".join([*_opening(statement, figures), *_odd(looked)]),
        "table": _table(figures),
    }


def _opening(statement: Statement, figures: Figures) -> list[str]:
    year, month = statement.month.split("-")
    said = [
        f"现将{year}年{int(month)}月财务收支情况报上：本月收入 {yuan(figures.income)} 元，支出 {yuan(figures.expense)} 元，"
        f"{'结余' if figures.surplus >= 0 else '超支'} {yuan(abs(figures.surplus))} 元。"
    ]
    if figures.opening is not None and figures.closing is not None:
        said.append(f"期初余额 {yuan(figures.opening)} 元，期末余额 {yuan(figures.closing)} 元。")
    if any(line.year is not None for line in figures.lines):
        income, expense = figures.year_total(INCOME), figures.year_total(EXPENSE)
        said.append(
            f"本年累计收入 {yuan(income)} 元，支出 {yuan(expense)} 元，相抵 {yuan(income - expense)} 元。"
        )
    if statement.replaces is not None and statement.replaces.document is not None:
        said.append(f"本件更正 {statement.replaces.document.number}，以本件为准。")
    said.append(f"{int(month_after(statement.month)[-2:])}月10日至15日摆出账目、凭证，接受质询和审计。")
    return said


def _odd(looked: Checked) -> list[str]:
    named = [each for each in looked.warnings if each.code in _SAID][:MOST_NAMED]
    if not named:
        return []
    return ["需要说明的项目：", *(_sentence(each, looked.figures) for each in named)]


def _sentence(problem: Problem, figures: Figures) -> str:
    params = {
        name: yuan(value) if name == "difference" and isinstance(value, int) else value
        for name, value in problem.params.items()
    }
    why = figures.explanations.get(problem.key, "")
    item = problem.key.partition(":")[2]
    return f"{item}：{_SAID[problem.code].format(**params)}。{f'说明：{why}' if why else '（没有说明）'}"


def _table(figures: Figures) -> list[list[str]]:
    heading = "本月预算（元）" if figures.budget_for == "month" else "全年预算（元）"
    rows = [["项目", heading, "本月（元）", "本年累计（元）"]]
    for side in CATEGORIES:
        lines = [line for line in figures.lines if line.category == side]
        rows += [
            [f"{SIDES[side]}　{line.item}", yuan(line.budget), yuan(line.month), yuan(line.year)]
            for line in lines
        ]
        rows.append([f"{SIDES[side]}合计", "", yuan(figures.total(side)), yuan(figures.year_total(side))])
    rows.append(["期初余额", "", yuan(figures.opening), ""])
    rows.append(["期末余额", "", yuan(figures.closing), ""])
    return rows


def yuan(amount: int | None) -> str:
    """Return an amount of 分 as papers write it: 12,345.60; nothing for nothing."""
    if amount is None:
        return ""
    return f"{'-' if amount < 0 else ''}{abs(amount) // 100:,}.{abs(amount) % 100:02}"
