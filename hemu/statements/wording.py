"""The words of statements, the audit window and publications."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hemu.committee.queries import Item
from hemu.estate.models import Community
from hemu.infra.wording import Status
from hemu.statements.models import AuditBooks, Publication, Statement
from hemu.statements.rules import month_before
from hemu.statements.rules_audit import Window, window_at

REFUSALS = {
    "statement.not_found": _("没有这份报表，或者不在您负责的小区。"),
    "statement.bad_month": _("月份写成 2026-11 这样。"),
    "statement.bad_quarter": _("季度写成 2026-Q4 这样。"),
    "statement.not_begun": _("这个月还没有开始。"),
    "statement.too_many_lines": _("一份报表最多 %(limit)s 项。"),
    "statement.item_too_long": _("项目名称最多 %(limit)s 个字。"),
    "statement.words_too_long": _("最多写 %(limit)s 个字。"),
    "statement.unknown_category": _("项目要么是收入，要么是支出。"),
    "statement.too_much": _("金额太大了，请看看是不是单位错了。"),
    "statement.unreadable_amount": _("“%(text)s”不是金额。可以写 1234.50、-200 或者 1.2万。"),
    "statement.unknown_how": _("送达的方式：本页面、当面、邮寄。"),
    "statement.no_table": _("没有认出收支表：要有一列“项目”和一列“本月”（或“金额”）。"),
    "statement.no_file": _("请选一份 Excel 表格。"),
    "statement.handed_in": _("已经送审，不能再改。退回以后，或者报送以后做更正。"),
    "statement.not_handed_in": _("还没有送审。"),
    "statement.stale": _("别人刚刚改过这份报表，请看过再改。"),
    "statement.has_errors": _("还有 %(count)s 处错误，改好才能送审。"),
    "statement.nobody_in_office": _("名册里没有在任的委员，没有人可以报送。请先登记委员。"),
    "statement.needs_scan": _("当面或邮寄送达，要附签收单的扫描件或照片。"),
    "statement.unknown_member": _("请选是哪位委员签收的，要是在任的委员。"),
    "statement.paper_changed": _("文书的内容和这份报表不一样了，请重新送审。"),
    "statement.delivered_already": _("已经报送过了。"),
    "statement.not_delivered": _("还没有报送给业委会。"),
    "statement.receipted_already": _("这位委员已经有回执了。"),
    "statement.published_already": _("已经向业主公布过了。"),
    "audit.not_found": _("没有这个查账窗口。"),
    "audit.not_yet_open": _("查账每月 10 日 0 点开始，现在还没有到。"),
    "audit.over": _("这个月的查账已经结束（15 日 24 点），账目不再开放。"),
    "audit.not_laid": _("财务还没有把账目、凭证摆出来。"),
    "audit.no_title": _("写明是什么。"),
    "audit.title_too_long": _("最多写 %(limit)s 个字。"),
    "audit.unknown_kind": _("要么是账簿，要么是凭证。"),
    "audit.no_file": _("请附上账簿或凭证的照片或 PDF。"),
    "audit.too_many": _("一个月最多摆出 %(limit)s 件。"),
    "audit.nothing_to_lay_open": _("还没有放进账簿和凭证，没有什么可以摆出。"),
    "audit.laid_already": _("已经摆出了。补充的直接加进来就行。"),
    "audit.not_owner": _("只有这个小区的业主可以申请查账。"),
    "audit.ask_not_found": _("没有这份申请，或者不在您负责的小区。"),
    "audit.decided_already": _("这份申请已经答复过了。"),
    "audit.no_reason": _("不同意要写明理由。"),
    "publication.no_file": _("请附上刊物的照片或 PDF，或者签收单。"),
    "publication.not_found": _("没有这份刊物。"),
}
PROBLEMS = {
    "no_lines": _("还没有一项收入或支出。"),
    "no_item": _("第 %(line)s 行没有写项目名称。"),
    "no_category": _("没有认出是收入还是支出，请选一个。"),
    "no_amount": _("没有本月的金额，或者表里的金额读不懂。"),
    "twice": _("同一个项目写了两次，请合并或改名。"),
    "sum_off": _("%(category)s合计写的是 %(stated)s，各项加起来是 %(sum)s。"),
    "carry_off": _("期初余额 %(opening)s，和上月的期末余额 %(closing)s 对不上。"),
    "balance_off": _("期末余额写的是 %(closing)s，按期初加收入减支出应是 %(worked_out)s。"),
    "year_off": _("本年累计写的是 %(year)s，上月累计加本月是 %(worked_out)s。"),
    "no_opening": _("没有期初余额，没法和上月核对。"),
    "nothing_before": _("没有 %(month)s 的报表，期初余额没法核对。"),
    "over_budget": _("超出预算 %(percent)s%%：预算 %(budget)s，实际 %(actual)s。"),
    "under_budget": _("比预算少 %(percent)s%%：预算 %(budget)s，实际 %(actual)s。"),
    "jump_up": _("比前 %(months)s 个月的平均 %(usual)s 多了 %(difference)s。"),
    "jump_down": _("比前 %(months)s 个月的平均 %(usual)s 少了 %(difference)s。"),
    "new_item": _("前几个月没有这一项，本月 %(amount)s。"),
    "missing": _("上月有 %(amount)s，本月没有这一项。"),
}
"""What is wrong or odd; amounts stand as money."""
REMARKS = {
    "unreadable": _("“%(text)s”不是金额，没有读进来。"),
    "part": _("“%(item)s”是其中的一部分，没有另外加。"),
    "left_out": _("“%(item)s”没有金额，没有读进来。"),
    "subtotal_off": _("“%(item)s”写的是 %(stated)s，下面各项加起来是 %(sum)s。"),
}
"""What was seen while a sheet was read."""
SIDES = {"income": pgettext_lazy("money", "收入"), "expense": pgettext_lazy("money", "支出")}
HOWS = {"page": _("委员页面"), "hand": _("当面签收"), "post": _("邮寄")}
VOUCHER_KINDS = {"book": _("账簿"), "voucher": _("凭证")}
READERS = {"member": _("委员"), "owner": _("业主（经申请）"), "staff": _("物业公司")}
LOOKED_AT = {
    "page": _("看了目录"),
    "file": _("看了一件"),
    "ledger": _("看了台账"),
    "package": _("取了核验包"),
}
STATES = {
    "none": Status(_("还没有做"), "neutral", "ring"),
    "draft": Status(_("草稿"), "neutral", "ring"),
    "refused": Status(_("退回修改"), "brick", "triangle"),
    "handed_in": Status(_("待审批"), "amber", "half"),
    "approved": Status(_("已批准，待报送"), "amber", "dot"),
    "delivered": Status(_("已报送"), "pine", "dot"),
    "corrected": Status(_("已被更正"), "neutral", "square"),
}
WINDOWS = {
    Window.BEFORE: Status(_("还没有开放"), "neutral", "ring"),
    Window.OPEN: Status(_("正在开放"), "pine", "dot"),
    Window.OVER: Status(_("已经结束"), "neutral", "square"),
}
CODES = {"paper_kind": {"statement": _("财务收支报表")}}
KINDS = {
    "committee.finance_statement.drafted": _("编制财务报表"),
    "committee.finance_statement.handed_in": _("财务报表送审"),
    "committee.finance_statement.delivered": _("财务报表报送业委会"),
    "committee.finance_statement.receipted": _("委员签收财务报表"),
    "committee.finance_statement.published": _("财务报表向业主公布"),
    "committee.audit_books.added": _("放进账簿、凭证"),
    "committee.audit_books.laid_open": _("摆出账目、凭证供查"),
    "committee.audit_access.asked": _("业主申请查账"),
    "committee.audit_access.decided": _("答复查账申请"),
    "committee.publication.delivered": _("向业委会送社区刊物"),
    "committee.publication.receipted": _("委员签收社区刊物"),
}
FACTS = {
    "period": _("期间"),
    "version": _("第几稿"),
    "income": _("收入（分）"),
    "expense": _("支出（分）"),
    "opening": _("期初（分）"),
    "closing": _("期末（分）"),
    "warnings": _("要说明的"),
    "explained": _("已说明的"),
    "paper_number": _("文号"),
    "how": _("怎样送达"),
    "helper": _("由协助人"),
    "books": _("账目的月份"),
    "amount": _("金额（分）"),
    "items": _("件数"),
    "granted": _("同意"),
}


def money(amount: int | None) -> str:
    """Return an amount of 分 to the cent: ¥12,345.60."""
    if amount is None:
        return "—"
    return f"{'−' if amount < 0 else ''}¥{abs(amount) // 100:,}.{abs(amount) % 100:02}"


def counted(amount: int | None) -> tuple[str, str]:
    """Return an amount as people say it, number and unit: 12.3 万元, 860 元; ten thousands are counted in Chinese alone."""
    if amount is None:
        return "—", ""
    yuan = round(amount / 100)
    if abs(yuan) < 10_000 or not (get_language() or "zh").startswith("zh"):
        return f"{yuan:,}", gettext("元")
    return f"{yuan / 10_000:,.1f}".removesuffix(".0"), gettext("万元")


def spoken(amount: int | None) -> str:
    """Return the same in one piece."""
    return " ".join(filter(None, counted(amount)))


def month_words(month: str) -> str:
    """Return a month as people say it: 2026年11月."""
    year, number = month.split("-")
    return gettext("%(year)s年%(month)s月") % {"year": year, "month": int(number)}


def quarter_words(quarter: str) -> str:
    """Return a quarter as people say it."""
    year, number = quarter.split("-Q")
    return gettext("%(year)s年第%(quarter)s季度") % {"year": year, "quarter": number}


MONEY = frozenset(
    {
        "stated",
        "sum",
        "opening",
        "closing",
        "worked_out",
        "year",
        "budget",
        "actual",
        "usual",
        "difference",
        "amount",
    }
)


def sentence(code: str, params: dict[str, Any]) -> str:
    """Return a problem in words."""
    said = {name: money(value) if name in MONEY else value for name, value in params.items()}
    if "category" in said:
        said["category"] = SIDES[said["category"]]
    if "month" in said:
        said["month"] = month_words(said["month"])
    return str(PROBLEMS[code]) % said


def remark(code: str, params: dict[str, str]) -> str:
    """Return what was seen while a sheet was read, in words."""
    said = {name: money(int(value)) if name in ("stated", "sum") else value for name, value in params.items()}
    return str(REMARKS[code]) % said


def received_item(thing: Statement | Publication, *, read: bool) -> Item:
    """Return a statement or a publication as one line of a member's page."""
    state = gettext("已看") if read else gettext("还没有看")
    if isinstance(thing, Publication):
        url = reverse("my_publication", args=[thing.id])
        return Item(gettext("社区刊物"), thing.title, url, thing.delivered_at, None, state)
    title = gettext("%(month)s财务收支报表") % {"month": month_words(thing.month)}
    return Item(
        gettext("财务报表"), title, reverse("my_statement", args=[thing.id]), thing.delivered_at, None, state
    )


def audit_item(
    community: Community,
    month: str,
    books: AuditBooks | None,
    *,
    opens: datetime,
    closes: datetime,
    now: datetime,
) -> Item:
    """Return how a window stands as one line of a member's page."""
    stands = window_at(month, now=now)
    laid = books is not None and books.laid_at is not None
    title = gettext("查%(month)s的账") % {"month": month_words(month_before(month))}
    state = str(WINDOWS[stands].word)
    if stands is Window.OPEN and not laid:
        state = gettext("已到日子，账目还没有摆出")
    url = reverse("my_audit", args=[books.id]) if books is not None and laid else reverse("my_audits")
    late = stands is Window.OPEN and not laid
    return Item(
        gettext("查账"), title, url, opens, closes if stands is Window.OPEN else None, state, late=late
    )
