"""The words of corrective actions."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemu.infra.wording import Status

REFUSALS = {
    "action.not_found": _("没有这一项整改，或者不在您负责的范围。"),
    "action.not_yours": _("这一步由责任人来办，或者由主管、主任、品质来办。"),
    "action.own_work": _("自己负责或自己做的，不能自己复查。可以请：%(who)s。"),
    "action.no_words": _("写上几句：看到了什么，办了什么，为什么。"),
    "action.too_long": _("最多写 %(limit)s 个字。"),
    "action.no_why": _("至少写一个为什么：一行一个，一层一层往下问。"),
    "action.too_many_whys": _("最多写 %(limit)s 个为什么，一行一个。"),
    "action.unknown_value": _("“%(field)s”不能是“%(value)s”，可以是：%(known)s。"),
    "action.no_figure": _("“%(value)s”不是数。写成 12 或 93.5。"),
    "action.unnamed_figure": _("用别的指标来看，要写明是什么指标。"),
    "action.no_deadline": _("期限写成 2026-11-30，或者 2026-11-30 17:30。"),
    "action.deadline_past": _("期限要在以后。"),
    "action.too_late_to_extend": _("已经过了期限，不能再延；照实办完，逾期的标记会留着。"),
    "action.not_later": _("新的期限要比原来的晚。"),
    "action.unknown_person": _("选一位责任人：这个管理处在岗的，投诉里点到名的人除外。"),
    "action.nobody_left": _("%(number)s 没有人可以接，请先给管理处配一位主管或主任。"),
    "action.stale": _("别人刚刚动过这一项（现在是第 %(version)s 版），请看过再办。"),
}
KINDS = {
    "corrective_action.opened": pgettext_lazy("entry", "开出整改"),
    "corrective_action.planned": pgettext_lazy("entry", "定原因和措施"),
    "corrective_action.assigned": pgettext_lazy("entry", "换责任人"),
    "corrective_action.extended": pgettext_lazy("entry", "延期"),
    "corrective_action.done": pgettext_lazy("entry", "整改做完"),
    "corrective_action.verified": pgettext_lazy("entry", "复查通过"),
    "corrective_action.failed": pgettext_lazy("entry", "复查没过，重来"),
    "corrective_action.effect_confirmed": pgettext_lazy("entry", "看到效果"),
    "corrective_action.reopened": pgettext_lazy("entry", "没有效果，重开"),
    "corrective_action.voided": pgettext_lazy("entry", "撤回整改"),
}
FINDINGS = {
    "service": _("服务"),
    "repair": _("维修与设备"),
    "cleaning": _("保洁"),
    "greening": _("绿化"),
    "order": _("秩序"),
    "fire": _("火险隐患"),
    "safety": _("其他安全隐患"),
    "records": _("记录与资料"),
    "other": _("其他"),
}
SOURCES = {
    "request": _("投诉与诉求"),
    "return_visit": _("回访"),
    "issue": _("发现的问题"),
    "report": _("报告"),
    "visit": _("走访"),
    "survey": _("问卷"),
    "inspection": _("检查"),
    "committee": _("业委会"),
    "other": _("其他"),
}
FIGURES = {
    "RQ-17": _("报修及时率"),
    "RQ-29": _("投诉处理率"),
    "RQ-30": _("返修率"),
    "RV-01": _("投诉回访率"),
    "complaints": _("投诉件数"),
    "satisfaction": _("满意率"),
    "score": _("检查得分"),
    "other": _("别的指标"),
}
UNITS = {"RQ-17": "%", "RQ-29": "%", "RQ-30": "%", "RV-01": "%", "satisfaction": "%"}
ROUNDS = {"month": _("按月"), "quarter": _("按季"), "half_year": _("按半年")}
STATES = {
    "opened": Status(_("待定措施"), "amber", "ring"),
    "planned": Status(_("整改中"), "amber", "half"),
    "done": Status(_("待复查"), "amber", "dot"),
    "verified": Status(_("待看效果"), "pine", "half"),
    "ended": Status(_("已了结"), "pine", "dot"),
    "void": Status(_("已撤回"), "neutral", "dash"),
}
COLUMNS = {
    "plan": (_("计划"), _("找原因、定措施")),
    "do": (_("执行"), _("照措施去做")),
    "check": (_("检查"), _("别人来复查")),
    "act": (_("处置"), _("下一期看效果")),
}
SHOWN = {
    "open": _("没了结的"),
    "mine": _("我负责的"),
    "late": _("逾期"),
    "check": _("等复查"),
    "effect": _("该看效果了"),
    "over": _("已了结"),
    "all": _("全部"),
}
STEPS = {
    "plan": _("定措施"),
    "do": _("做完了"),
    "verify": _("复查通过"),
    "fail": _("没过，重来"),
    "confirm": _("有效果，了结"),
    "reopen": _("没效果，重开"),
    "extend": _("延期"),
    "assign": _("换责任人"),
    "void": _("撤回"),
}
ASKED = {
    "plan": _("怎么改，以后怎么不再发生"),
    "do": _("做了什么，凭据是什么"),
    "verify": _("到现场看了什么，怎么判定的"),
    "fail": _("哪里没过"),
    "confirm": _("怎么看出有效果；要不要写进制度、教给别处"),
    "reopen": _("为什么重开"),
    "extend": _("为什么延期"),
    "assign": _("为什么换人"),
    "void": _("为什么撤回"),
}
FACTS = {
    "source": _("来源"),
    "do_by": _("期限"),
    "whys": _("问了几个为什么"),
    "figure": _("看哪个指标"),
    "before": _("整改前"),
    "after": _("整改后"),
    "round": _("多久看一次"),
    "independent": _("由未经手的人来办"),
}
CODES = {"source": SOURCES, "figure": FIGURES, "round": ROUNDS}
WORK = {"actions": _("手上的整改")}
