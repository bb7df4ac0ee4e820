"""The words of issues found and property kept."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemu.infra.wording import Status

REFUSALS = {
    "matter.not_found": _("没有这一件，或者不在您负责的小区。"),
    "matter.not_yours": _("这一步要由管家、客服主管或管理处主任来办。"),
    "matter.no_words": _("写上几句：看到了什么，说了什么，怎么办的。"),
    "matter.too_long": _("最多写 %(limit)s 个字。"),
    "matter.unknown_value": _("“%(field)s”不能是“%(value)s”，可以是：%(known)s。"),
    "matter.unknown_kind": _("“%(kind)s”不认识，可以是：%(known)s。"),
    "matter.needs_home": _("代管的财物要写明是哪一户的。"),
    "matter.stale": _("别人刚刚动过这一件（现在是第 %(version)s 版），请看过再办。"),
}
THINGS = {
    "key": _("钥匙"),
    "parcel": _("包裹"),
    "papers": _("证件资料"),
    "material": _("材料物品"),
    "vehicle": _("车辆"),
    "other": _("其他"),
}
TOLD_TO = {"owner": _("业主"), "committee": _("业委会"), "neighbours": _("相邻各户")}
TOLD_BY = {
    "phone": _("电话"),
    "visit": _("上门"),
    "message": _("短信或微信"),
    "notice": _("告示"),
    "meeting": _("开会"),
    "letter": _("函件"),
}
PROBLEMS = {"lost": _("丢失"), "damaged": _("损坏"), "unfit": _("不适用")}
REMEDIES = {
    "found": _("找到了"),
    "repaired": _("修好了"),
    "replaced": _("换了新的"),
    "compensated": _("赔偿了"),
    "accepted": _("业主不追究"),
}
HANDED_TO = {
    "owner": _("业主本人"),
    "family": _("家人"),
    "entrusted": _("业主委托的人"),
    "other": _("其他人"),
}
STATES = {
    "found": Status(_("待沟通"), "amber", "ring"),
    "told": Status(_("已沟通"), "pine", "half"),
    "kept": Status(_("保管中"), "pine", "dot"),
    "problem": Status(_("待报告业主"), "brick", "triangle"),
    "reported": Status(_("已报告，待解决"), "amber", "half"),
    "ended": Status(_("已了结"), "neutral", "square"),
}
STEPS = {
    "communicate": _("记下沟通"),
    "solve": _("解决了"),
    "give_back": _("交还"),
    "find_problem": _("出了问题"),
    "report": _("已报告业主"),
    "settle": _("解决了"),
}
ASKED = {
    "communicate": _("说了什么，商定怎么办"),
    "solve": _("怎么解决的"),
    "give_back": _("谁取走的，怎么核对的身份"),
    "find_problem": _("出了什么问题，什么时候发现的"),
    "report": _("怎么说的，业主怎么讲"),
    "settle": _("怎么解决的"),
}
FIELDS = {
    "told_to": (_("同谁沟通"), TOLD_TO),
    "told_by": (_("方式"), TOLD_BY),
    "problem": (_("什么问题"), PROBLEMS),
    "remedy": (_("结果"), REMEDIES),
    "handed_to": (_("交给谁"), HANDED_TO),
    "thing": (_("是什么"), THINGS),
}
KINDS = {
    "issue.found": pgettext_lazy("entry", "发现问题"),
    "issue.communicated": pgettext_lazy("entry", "与业主沟通"),
    "issue.solved": pgettext_lazy("entry", "问题解决"),
    "owner_property.received": pgettext_lazy("entry", "收下保管"),
    "owner_property.problem_found": pgettext_lazy("entry", "财物出了问题"),
    "owner_property.reported": pgettext_lazy("entry", "报告业主"),
    "owner_property.settled": pgettext_lazy("entry", "问题解决"),
    "owner_property.returned": pgettext_lazy("entry", "交还业主"),
}
FACTS = {name: label for name, (label, _known) in FIELDS.items()}
CODES = {name: codes for name, (_said, codes) in FIELDS.items()} | {
    "step": STEPS,
    "allowed": STEPS,
    "state": {code: status.word for code, status in STATES.items()},
}
