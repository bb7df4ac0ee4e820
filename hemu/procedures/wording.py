"""The words of the pages about clauses and of what is kept by hand."""

from django.utils.translation import gettext_lazy as _

from hemu.infra.wording import Status

WATCHED = Status(_("已启用"), "pine", "dot")
OFF = Status(_("未启用"), "neutral", "ring")
NOT_HERE = Status(_("不适用"), "neutral", "dash")
STATES = {
    "open": Status(_("待办"), "amber", "ring"),
    "late": Status(_("逾期"), "brick", "triangle"),
    "fulfilled": Status(_("已办"), "pine", "dot"),
    "fulfilled_late": Status(_("办了，逾期"), "amber", "half"),
    "excused": Status(_("同意免办"), "neutral", "dash"),
    "void": Status(_("不用办了"), "neutral", "square"),
}
WORK = {"duties": _("手上的应办事项")}
TOLD = Status(_("已告诉"), "pine", "dot")
TO_BE_TOLD = Status(_("等着告诉"), "amber", "ring")
NOT_TOLD = Status(_("没有告诉"), "brick", "triangle")
NOT_TOLD_WHY = {
    "away": _("那时后台停着；恢复以后一并告诉。"),
    "nobody": _("这个岗位没有人。"),
}
GIVEN = {
    "planned_at": _("计划在什么时候"),
    "promised_at": _("约定在什么时候"),
    "next_meeting_at": _("下一次会议在什么时候"),
}
EVERY = {
    "day": _("每天"),
    "week": _("每周"),
    "month": _("每月"),
    "quarter": _("每季度"),
    "half-year": _("每半年"),
    "year": _("每年"),
}
