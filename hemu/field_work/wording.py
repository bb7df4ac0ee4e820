"""The words of the phone: refusals, stages, kinds of entries, units."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemu.infra.wording import Status

REFUSALS = {
    "field.not_yours": _("这一件现在由%(name)s在办，不在您手上了。"),
    "field.unknown_step": _("手机上没有“%(step)s”这一步，请到诉求页面办。"),
    "field.unreadable_month": _("月份“%(value)s”看不懂，请写成 2026-11。"),
    "field.unreadable_age": _("发生的时间看不懂。"),
    "field.wish_without_words": _("请写下业主还要办什么。"),
    "signature.missing": _("请业主在屏幕上签字。"),
    "material.unreadable": _("第 %(line)s 行材料看不懂：数量和单价要写成数字，如 2 和 35.50。"),
    "material.too_many": _("材料最多写 %(limit)s 行。"),
}

STAGES = {
    "to_take": Status(_("待接单"), "amber", "ring"),
    "to_appoint": Status(_("待约时间"), "amber", "ring"),
    "to_set_out": Status(_("待出发"), "amber", "half"),
    "on_the_way": Status(_("在路上"), "pine", "half"),
    "at_work": Status(_("在干活"), "pine", "half"),
    "to_price": Status(_("待报价"), "amber", "triangle"),
    "priced": Status(_("等业主同意价格"), "amber", "triangle"),
    "paused": Status(_("已暂停"), "neutral", "pause"),
    "to_sign": Status(_("待业主签字"), "pine", "dot"),
    "done": Status(_("办完了"), "neutral", "square"),
}
STEPS = {
    "accept": _("接单"),
    "appoint": _("约时间"),
    "set_out": _("出发"),
    "arrive": _("到了"),
    "nobody_home": _("家里没人"),
    "quote": _("报价"),
    "accept_quote": _("请业主签字同意价格"),
    "decline_quote": _("业主不要做"),
    "resolve": _("办完"),
    "confirm": _("请业主签字"),
    "pause": _("暂停"),
    "resume": _("继续"),
    "send_back": _("做不了"),
}
UNITS = {
    "piece": pgettext_lazy("unit", "个"),
    "metre": pgettext_lazy("unit", "米"),
    "set": pgettext_lazy("unit", "套"),
    "roll": pgettext_lazy("unit", "卷"),
    "kilogram": pgettext_lazy("unit", "公斤"),
    "litre": pgettext_lazy("unit", "升"),
}
KINDS = {
    "work.priced": pgettext_lazy("entry", "报价明细"),
    "work.materials_used": pgettext_lazy("entry", "用料"),
    "work.wishes_asked": pgettext_lazy("entry", "问过还有什么要办"),
}
FACTS = {
    "labour_fen": _("人工"),
    "materials_fen": _("材料"),
    "lines": _("几样材料"),
    "any": _("还有要办的"),
}
