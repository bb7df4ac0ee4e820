"""The words of dispatching: refusals, rules as sentences, why somebody was chosen."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hemu.dispatching.models import DispatchRule
from hemu.dispatching.rules import Choice, Passed
from hemu.estate.wording import ROLES
from hemu.service_requests.wording import TRADES, TYPES

REFUSALS = {
    "dispatch_rule.buildings": _("楼栋“%(text)s”看不懂，请写成 1-3、5。"),
    "dispatch_rule.no_target": _("请选派给谁：一个人、一个部门或一个岗位，只选一样。"),
    "dispatch_rule.not_found": _("没有这条规则，或者已经停用。"),
    "dispatch_rule.none": _("没有规则说这一件该派给谁，请自己选人派。"),
    "dispatch.no_target": _("请选派给哪个人或哪个部门。"),
    "dispatch.not_sorted": _("还没有分类，先分类再派。"),
    "dispatch.nothing_chosen": _("还没有选要派的诉求。"),
    "dispatch.too_many": _("一次最多派 %(most)s 件。"),
    "hours.unreadable": _("时段“%(text)s”看不懂，请写成 20:00-08:00。"),
    "pool.taken": _("%(name)s 已经先接了这一件。"),
    "pool.not_there": _("这一件已经不在待接单里了。"),
    "rota.unreadable_file": _("%(file)s 不是 UTF-8 文本，请另存为 UTF-8。"),
    "rota.unreadable_cell": _("“%(text)s”不知道是什么班。可以写：%(known)s，或 8:00-20:00；休息就空着。"),
    "rota.unreadable_shift": _("班次“%(text)s”看不懂，请一行写一个，像：早 07:00-15:00。"),
    "rota.unknown_people": _("这些人在这个管理处没有岗位：%(names)s。"),
    "rota.empty": _("值班表是空的，至少排一个人。"),
    "hand_over.nobody": _("请选谁不在。"),
    "hand_over.to_self": _("不能交给自己。"),
    "hand_over.days": _("结束的日子不能早于开始的日子。"),
    "hand_over.not_planned": _("没有这个交接安排，或者已经交接了。"),
    "hand_over.planner_left": _("安排这次交接的人已经不在岗。"),
    "danger.unknown": _("没有这一种险情：%(kind)s。可以是：%(known)s。"),
    "danger.nobody": _("没有任何人能派。请马上打电话叫人。"),
}

DANGERS = {
    "shut_in": _("电梯困人"),
    "gas": _("燃气泄漏"),
    "burst_pipe": _("水管爆裂"),
    "fire": _("起火冒烟"),
    "fall": _("坠落、有人受伤"),
}
DANGER_ICONS = {
    "shut_in": "move-vertical",
    "gas": "wind",
    "burst_pipe": "droplets",
    "fire": "flame",
    "fall": "siren",
}
HOURS = {"office": _("上班时间"), "off": _("下班后")}
PASSED = {
    Passed.OFF_DUTY: _("不在班"),
    Passed.AWAY: _("不在岗"),
    Passed.NOBODY: _("没有人"),
    Passed.NAMED: _("投诉的就是他"),
}
KINDS = {
    "dispatch_rule.set": pgettext_lazy("entry", "定派单规则"),
    "dispatch_rule.ended": pgettext_lazy("entry", "停用派单规则"),
    "dispatching.switched": pgettext_lazy("entry", "改派单方式"),
    "shift_roster.published": pgettext_lazy("entry", "发布值班表"),
    "work.handed_over": pgettext_lazy("entry", "交接工作"),
    "hand_over.planned": pgettext_lazy("entry", "安排交接"),
    "hand_over.taken_back": pgettext_lazy("entry", "收回交接安排"),
}
WORK = {"requests": _("手上的诉求")}
CODES = {"kind": DANGERS, "known": DANGERS}


def conditions(rule: DispatchRule) -> str:
    """Return when a rule holds, in words: ``1–3栋 · 维修 · 下班后``."""
    parts: list[str | Promise] = [
        rule.community.name if rule.community else "",
        gettext("%(buildings)s栋") % {"buildings": buildings_said(rule.buildings)} if rule.buildings else "",
        rule.place,
        TRADES.get(rule.trade, ""),
        TYPES.get(rule.type, ""),
        HOURS.get(rule.hours, rule.hours),
    ]
    return " · ".join(str(part) for part in parts if part) or gettext("其余都")


def buildings_said(buildings: str) -> str:
    """Return ``1,2,3,5`` as ``1–3、5``."""
    numbers = [each for each in buildings.split(",") if each]
    runs: list[str] = []
    plain = [
        (int(each) - place, each) if each.isdecimal() and len(each) < 10 else (None, each)
        for place, each in enumerate(numbers)
    ]
    for key, group in groupby(plain, key=lambda pair: pair[0] if pair[0] is not None else pair[1]):
        run = [each for _key, each in group]
        runs.append(run[0] if len(run) == 1 or isinstance(key, str) else f"{run[0]}–{run[-1]}")
    return "、".join(runs)


def target(rule: DispatchRule) -> str:
    """Return to whom a rule sends, in words."""
    if rule.staff:
        name = rule.staff.name
    elif rule.department:
        name = rule.department.name
    else:
        name = str(ROLES.get(rule.role, rule.role))
    return gettext("%(who)s（在班的人）") % {"who": name} if rule.on_duty else name


def said(choice: Choice, rules: Iterable[DispatchRule], names: Mapping[str, str]) -> str:
    """Return why somebody was chosen, in one line: ``按规则：1–3栋 · 维修 → 张师傅，值班``."""
    by_id = {str(rule.id): rule for rule in rules}
    rule = by_id[choice.rule]
    who = names.get(choice.to, "") or (rule.department.name if rule.department else "")
    line = gettext("按规则：%(when)s → %(who)s") % {"when": conditions(rule), "who": who}
    if choice.on_duty:
        line += gettext("，值班")
    elif choice.department and rule.on_duty:
        line += gettext("，没有人在班，谁先接谁办")
    elif choice.department:
        line += gettext("，谁先接谁办")
    if choice.stands_in_for:
        line += gettext("，代%(name)s") % {"name": names.get(choice.stands_in_for, gettext("不在岗的人"))}
    for passed, why in choice.passed:
        line += gettext("；%(who)s%(why)s") % {"who": target(by_id[passed]), "why": PASSED[why]}
    return line


def alarm_said(rung: str, who: str) -> str:
    """Return why somebody was sent to a danger."""
    if not rung:
        return gettext("险情，值班的先去：%(who)s") % {"who": who}
    if rung == "nobody":
        return gettext("险情，没有任何人能派，已报管理处主任，请马上打电话。")
    if rung == "anyone":
        return gettext("险情，这个专业没有人在班，派给在班的：%(who)s") % {"who": who}
    return gettext("险情，没有人在班，按级报%(role)s：%(who)s") % {"role": ROLES[rung], "who": who}
