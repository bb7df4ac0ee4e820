"""The words of pads: refusals, states, kinds of entries."""

from django.utils.translation import gettext_lazy as _

from hemu.infra.wording import Status

REFUSALS = {
    "pad.count": _("一次可以预留 1 到 %(most)s 个编号。"),
    "pad.not_found": _("没有这一本纸单，或者不在您负责的小区。"),
    "pad.unknown_number": _("“%(number)s”不是预留在纸单上的编号。请看纸单左上角，写全或只写最后的数字。"),
    "pad.other_community": _("%(number)s 是%(community)s的纸单，不能录在别的小区。"),
    "pad.already_used": _("%(number)s 已经录过了。"),
    "pad.returned": _("%(number)s 已经退回，不能再用。"),
    "pad.needs_reason": _("请写明原因：为什么记在纸上，或为什么退回。"),
    "pad.before_reserved": _("来电时间早于 %(number)s 预留的时间，请核对。"),
    "pad.nothing_to_return": _("请选要退回的编号。"),
    "pad.not_open": _("这些编号不在这一本里，或已经录入、退回：%(numbers)s。"),
    "pad.unreadable_time": _("时间“%(value)s”看不懂，日期写成 2026-11-30，时间写成 09:30。"),
}
STATES = {
    "open": Status(_("未用"), "amber", "ring"),
    "used": Status(_("已补录"), "pine", "dot"),
    "returned": Status(_("已退回"), "neutral", "square"),
}
KINDS = {
    "pad.reserved": _("预留纸单编号"),
    "pad.used": _("纸单补录"),
    "pad.returned": _("退回纸单编号"),
}
