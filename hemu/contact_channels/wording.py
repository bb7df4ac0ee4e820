"""The words of calls and channels."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemu.service_requests.wording import CHANNELS

REFUSALS = {
    "call.rings": _("响了几声，写 1 到 %(most)s 的数。"),
    "call.about_nothing": _("写上来电为什么事，或者写上登记的编号。"),
    "call.not_found": _("没有这一通来电。"),
    "call.returned_already": _("这一通已经有人接或回拨过了。"),
    "call.not_taken": _("这一通没有接到；回拨打通了，再写为什么事。"),
    "call.explained_already": _("这一通已经写了为什么事。"),
    "call.unreadable": _("第 %(line)s 行看不懂：%(text)s。"),
    "call.no_such_column": _("表里少一列：%(column)s。"),
    "call.no_such_file": _("读不了这个文件：%(file)s。"),
    "channel.not_checked": _("还有渠道没有检查：%(channels)s。"),
    "channel.unknown_finding": _("“%(finding)s”不认识，可以是：%(known)s。"),
    "channel.needs_measure": _("有问题的渠道，写上怎么改、谁来跟。"),
    "channel.too_long": _("最多写 %(limit)s 个字。"),
}
FOUND = {
    "good": _("畅通、有人跟、及时"),
    "closed": _("不畅通"),
    "unattended": _("没有专人跟"),
    "slow": _("处理不及时"),
    "absent": _("没有这个渠道"),
}
KINDS = {
    "call.answered": pgettext_lazy("entry", "接听来电"),
    "call.missed": pgettext_lazy("entry", "漏接来电"),
    "call.explained": pgettext_lazy("entry", "补记来电事由"),
    "call.returned": pgettext_lazy("entry", "回拨"),
    "channel.checked": pgettext_lazy("entry", "检查渠道"),
}
FACTS = {
    "rings": _("响了几声"),
    "in_time": _("三声内"),
    "known": _("号码认得"),
    "minutes": _("过了几分钟"),
    "reached": _("打通了"),
}
CODES = {"channels": CHANNELS, "finding": FOUND}
