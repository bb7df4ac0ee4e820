"""The words of planned works."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemu.infra.wording import Status

REFUSALS = {
    "redact.too_long": _("文件太大，最多 %(limit)s MB。"),
    "redact.unreadable": _("读不了这个文件，要 UTF-8 的文本：%(file)s。"),
    "work.not_found": _("没有这项作业，或者不在您负责的小区。"),
    "work.not_yours": _("作业由管家、客服、工程和管理处主任来安排。"),
    "work.no_words": _("写上几句：做什么，为什么，影响谁。"),
    "work.too_long": _("最多写 %(limit)s 个字。"),
    "work.no_place": _("写明在哪里。"),
    "work.unknown_kind": _("“%(kind)s”不认识，可以是：%(known)s。"),
    "work.ends_first": _("结束的时间要晚于开始的时间。"),
    "work.over": _("结束的时间已经过了。"),
    "work.too_far": _("最多提前两年安排。"),
    "work.needs_times": _("写明时间。"),
    "work.needs_photo": _("请在现场拍一张照片：没有照片，看不出牌子立着。"),
    "work.not_begun": _("还没有开始。要改时间，请用“改期”。"),
    "work.no_overrun": _("新的结束时间要晚于原来的，也晚于现在。"),
    "work.stale": _("别人刚刚动过这项作业（现在是第 %(version)s 版），请看过再办。"),
}
KIND_WORDS = {
    "outage": _("停水停电"),
    "pest_control": _("消杀喷药"),
    "disruptive_work": _("有影响的维修"),
    "renewal": _("公共设施改造"),
}
STATES = {
    "planned": Status(_("已安排"), "pine", "ring"),
    "finished": Status(_("已结束"), "neutral", "square"),
    "called_off": Status(_("不做了"), "neutral", "square"),
}
RUNNING = Status(_("进行中"), "amber", "half")
OVER_TIME = Status(_("该结束了"), "brick", "triangle")
STEPS = {
    "place_sign": _("已立警示牌"),
    "move": _("改期"),
    "run_over": _("要延长"),
    "finish": _("已结束"),
    "call_off": _("不做了"),
}
ASKED = {
    "place_sign": _("立在哪里"),
    "move": _("为什么改期"),
    "run_over": _("为什么延长"),
    "finish": _("结果怎么样，恢复了没有"),
    "call_off": _("为什么不做了"),
}
TIME_WORDS = {"starts": _("从"), "ends": _("到")}
KINDS = {
    "operation.planned": pgettext_lazy("entry", "安排作业"),
    "operation.moved": pgettext_lazy("entry", "改期"),
    "operation.overrun": pgettext_lazy("entry", "延长"),
    "operation.finished": pgettext_lazy("entry", "作业结束"),
    "operation.called_off": pgettext_lazy("entry", "不做了"),
    "sign.placed": pgettext_lazy("entry", "立警示牌"),
}
FACTS = {"planned_at": _("开始"), "until": _("结束"), "kind": _("种类")}
CODES = {"kind": KIND_WORDS}
