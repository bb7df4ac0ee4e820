"""The words of changed rules: refusals, settings, values as people say them."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hemu.foundation.due_language import After, Before, Day, Due, Inside, parse
from hemu.foundation.errors import RuleViolation
from hemu.infra.wording import Status
from hemu.sop.register import load_register

REFUSALS = {
    "rules.same": _("现在就是这样，不用改。"),
    "rules.in_past": _("只能从今天起改，以前的不追改。"),
    "rules.waits_already": _("这一项同一天的改动还等着另一个人确认。"),
    "rules.not_found": _("没有这项改动，或者不在您负责的范围。"),
    "rules.ended": _("这项改动已经确认或收回了。"),
    "rules.day_passed": _("说好开始的日子已经过了，请重新提出。"),
    "rules.own_word": _("自己提出的不能自己确认，请另一个人来。"),
    "profile.unknown_setting": _("没有“%(setting)s”这一项。"),
    "rules.bad_value": _("“%(value)s”看不懂。只写新的数，或者照现在的样子写：%(now)s。"),
    "office.unknown": _("没有叫“%(name)s”的管理处。现有：%(known)s。"),
}
KINDS = {
    "rules.change_proposed": pgettext_lazy("entry", "提出改规则"),
    "rules.change_confirmed": pgettext_lazy("entry", "确认改规则"),
    "rules.change_withdrawn": pgettext_lazy("entry", "收回改规则"),
}
FACTS = {"was": _("原来"), "key": _("哪一项"), "value": _("改成")}
STATES = {
    "waiting": Status(_("等人确认"), "amber", "ring"),
    "confirmed": Status(_("已确认"), "pine", "dot"),
    "withdrawn": Status(_("已收回"), "neutral", "dash"),
}
SETTINGS: Mapping[str, str | Promise] = {
    "unconfirmed.tries": _("业主没有回音，试几次"),
    "unconfirmed.after_days": _("业主没有回音，几天以后结束"),
    "unconfirmed.owner_may_reopen_days": _("结束以后，业主几天内可以重新打开"),
    "pause.longest_days": _("暂停最多几天"),
    "messages.take_back_seconds": _("消息几秒内可以收回"),
    "word_evidence.recall_share": _("凭口头的，抽多大一份回电"),
    "word_evidence.recall_at_least": _("凭口头的，每人每月至少抽几件"),
    "survey.small_group": _("少于几户不显示"),
    "supervision.morning_at": _("早会单几点发"),
    "retention.committee": _("档案：与业委会往来，保存几年（0 是永久）"),
    "retention.owner": _("档案：业主档案，保存几年（0 是永久）"),
    "retention.notices": _("档案：通知通告，保存几年（0 是永久）"),
    "retention.correspondence": _("档案：往来函件，保存几年（0 是永久）"),
    "retention.minutes": _("档案：会议纪要，保存几年（0 是永久）"),
    "retention.reports": _("档案：报告和计划，保存几年（0 是永久）"),
    "retention.forms": _("档案：单据，保存几年（0 是永久）"),
    "retention.bills": _("档案：费用单，保存几年（0 是永久）"),
    "retention.cases": _("档案：诉求的签字单据，保存几年（0 是永久）"),
    "retention.office": _("档案：其他，保存几年（0 是永久）"),
    "hours.period_ends": _("期限算到一天结束还是下班"),
    "hours.quiet": _("夜里几点到几点不打扰"),
    "hours.visits_until": _("走访不晚于几点"),
    "limits.danger or person shut in": _("公共维修：险情、困人"),
    "limits.water, power, lift, gate": _("公共维修：水、电、电梯、门禁"),
    "limits.light, door, drain": _("公共维修：灯、门、下水"),
    "limits.contractor's work": _("公共维修：要请外单位的"),
}
"""The settings that the page offers besides the due times of clauses, in this order."""
UNITS: Mapping[str, str | Promise] = {
    "minute": _("%(n)s 分钟"),
    "hour": _("%(n)s 小时"),
    "day": _("%(n)s 天"),
    "working day": _("%(n)s 个工作日"),
    "month": _("%(n)s 个月"),
}
PERIODS: Mapping[tuple[str, bool], str | Promise] = {
    ("day", False): _("当天"),
    ("week", False): _("当周"),
    ("month", False): _("当月"),
    ("quarter", False): _("当季"),
    ("half-year", False): _("当半年"),
    ("year", False): _("当年"),
    ("month", True): _("次月"),
    ("quarter", True): _("次季"),
    ("half-year", True): _("下个半年"),
    ("year", True): _("次年"),
    ("week", True): _("次周"),
}
DAYS = {"last day": _("最后一天"), "last working day": _("最后一个工作日"), "end": _("结束")}


def named(key: str) -> str:
    """Return what a setting is called; of a clause's due time, what the clause asks."""
    if not key:
        return gettext("工作日安排")
    if key in SETTINGS:
        return str(SETTINGS[key])
    clause = load_register().clauses.get(key[:5]) or load_register().clauses.get(key[:6])
    return f"{key} {re.split('[,，;；:：(（]', clause.title)[0]}" if clause else key


def said(key: str, value: Any) -> str:
    """Return a setting's value in words."""
    if not key:
        return gettext("上班") if value else gettext("休息")
    if isinstance(value, str):
        return _due_said(value) or value
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(value)


def _due_said(text: str) -> str:
    try:
        due = parse(text)
    except RuleViolation:
        return ""
    return _due_words(due)


def _due_words(due: Due) -> str:
    if isinstance(due, After):
        span = str(UNITS[due.unit]) % {"n": due.count}
        return (
            gettext("%(span)s内（在班时间）") % {"span": span}
            if due.on_duty
            else gettext("%(span)s内") % {"span": span}
        )
    if isinstance(due, Before):
        return gettext("提前 %(span)s") % {"span": str(UNITS[due.unit]) % {"n": due.count}}
    if isinstance(due, Inside) and (due.period, due.next) in PERIODS:
        month = gettext("第 %(n)s 个月") % {"n": due.month} if due.month else ""
        return f"{PERIODS[due.period, due.next]}{month}{_day_words(due.last)}"
    return ""


def _day_words(day: Day) -> str:
    return gettext("第 %(n)s 天") % {"n": day.number} if day.name == "day" else str(DAYS[day.name])
