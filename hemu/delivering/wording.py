"""The words of notices on their way: refusals, entries, messages."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "delivery.not_out": _("还没有发布，先审批、盖章、发出。"),
    "delivery.unknown_home": _("这份通知不是给“%(home)s”的，或者没有这一户。"),
    "delivery.nobody_left": _("没有要投的了：都送到了，或者已经投过。"),
    "delivery.unknown_size": _("可以打印：A3、A4 张贴版，A5 信箱版。"),
    "broadcast.no_time": _("写明主任几点在电话里同意的。"),
    "broadcast.in_future": _("同意的时间还没有到，请核对。"),
    "broadcast.too_old": _("同意已经过了 %(hours)s 小时，请再打一次电话。"),
    "broadcast.nobody": _("写明是谁同意的：管理处主任；没有主任的，公司领导。"),
    "broadcast.not_heard": _("没有听到主任同意，不能广播。请先打电话。"),
}
KINDS = {
    "notice.published": pgettext_lazy("entry", "发布通知"),
    "notice.delivered": pgettext_lazy("entry", "投进信箱"),
    "notice.consented": pgettext_lazy("entry", "主任电话同意广播"),
    "messages.agreed": pgettext_lazy("entry", "同意收活动短信"),
    "messages.declined": pgettext_lazy("entry", "不再收活动短信"),
}
FACTS = {
    "homes": _("户数"),
    "phones": _("有手机号的户数"),
    "send_at": _("短信发出"),
    "consented_by": _("谁同意"),
    "consented_at": _("几点同意"),
}
TITLE = _("%(office)s的通知")
ONE = _("【%(office)s】通知：%(title)s。")
SEVERAL = _("【%(office)s】有 %(n)s 份通知：%(titles)s。")
EMERGENCY = _("【%(office)s】紧急通知：%(title)s。%(body)s")
LINK = _(" 看全文：%(link)s")
"""What an owner is told, in Chinese whatever the language of the screen."""
