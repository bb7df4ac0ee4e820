"""The words of meetings with the owners' committee."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemu.infra.wording import Status
from hemu.meetings.rules_planning import What

REFUSALS = {
    "meeting.not_found": _("没有这次会议，或者不在您负责的小区。"),
    "meeting.stale": _("别人刚刚动过这次会议（现在是第 %(version)s 版），请看过再办。"),
    "meeting.in_past": _("这个时间已经过了。"),
    "meeting.too_far": _("最多提前一年安排。"),
    "meeting.no_time": _("写明哪天几点开。"),
    "meeting.no_day": _("写明哪天。"),
    "meeting.no_place": _("写明在哪里开。"),
    "meeting.no_words": _("请写几句。"),
    "meeting.no_title": _("写明议题的题目。"),
    "meeting.no_reason": _("写明为什么延期或取消，业委会看得到。"),
    "meeting.too_long": _("最多写 %(limit)s 个字。"),
    "meeting.unknown_value": _("“%(value)s”不认识，可以是：%(known)s。"),
    "meeting.needs_consent": _(
        "业主已经知道了时间，或者要改到别的季度：须先经公司领导同意，请用“申请延期或取消”。"
    ),
    "meeting.too_many_topics": _("一次会议最多 %(limit)s 个议题。"),
    "meeting.too_many_outcomes": _("一次会议最多 %(limit)s 条决议和建议。"),
    "meeting.no_topics": _("先定下讨论的议题，再通知业主。"),
    "meeting.no_agenda": _("先拟好会议通知，审批、盖章以后再张贴。"),
    "meeting.no_topic": _("这次会议没有这个议题。"),
    "meeting.no_members": _("没有要办的委员：没有选人，或者都已经签到。"),
    "meeting.not_told": _("还没有通知业主。"),
    "meeting.not_open": _("现在不收意见：通知张贴以后十天内、开会以前可以写。"),
    "meeting.still_open": _("业主到 %(until)s 都还可以写，那天再收。"),
    "meeting.needs_sheet": _("请附上签字原件的照片或扫描件。"),
    "meeting.needs_signature": _("请附上签到表的照片。"),
    "meeting.not_begun": _("会议还没有开始。"),
    "meeting.nobody_there": _("还没有委员签到。"),
    "meeting.no_outcome": _("这一条不在以前的会议里，或者已经反馈过。"),
    "meeting.minutes_handed_in": _("纪要已经送审，要改请在文书里改。"),
    "meeting.chair_only": _("纪要由业委会主任审批。"),
    "meeting.not_with_chair": _("纪要现在不在业委会主任手里。"),
    "meeting.other_words": _("纪要刚刚改过，请看过新的再审批。"),
    "meeting.not_approved": _("纪要还没有审阅、审批并盖章，不能公布。"),
}
MEETING_KINDS = {
    "routine": _("季度例会"),
    "special": _("专题会议"),
    "half_year_visit": _("半年度拜访"),
}
MATTERS = {
    "fund": _("维修基金使用、续筹"),
    "facility": _("配套设施新建、改建"),
    "budget": _("年度财务预决算"),
    "year_plan": _("年度工作计划与总结"),
    "quarter": _("季度财务支出和工作简况"),
    "consent": _("须业委会同意的事"),
    "other": _("其他"),
}
OUTCOMES = {"resolution": _("决议"), "suggestion": _("建议")}
RESULTS = {
    "done": Status(_("已落实"), "pine", "dot"),
    "under_way": Status(_("正在落实"), "amber", "half"),
    "not_done": Status(_("没有落实"), "brick", "triangle"),
}
NOT_REPORTED = Status(_("没有反馈"), "brick", "triangle")
TO_REPORT = Status(_("待反馈"), "amber", "ring")
MEETING_STATES = {
    "planned": Status(_("已安排"), "pine", "ring"),
    "asked": Status(_("等领导同意延期"), "amber", "half"),
    "held": Status(_("已召开"), "neutral", "square"),
    "cancelled": Status(_("已取消"), "neutral", "dash"),
}
MINUTES_STATES = {
    "unwritten": Status(_("纪要未送审"), "amber", "ring"),
    "with_leader": Status(_("公司领导审阅中"), "amber", "half"),
    "sent_back": Status(_("退回修改"), "brick", "triangle"),
    "with_chair": Status(_("等业委会主任审批"), "amber", "half"),
    "to_seal": Status(_("待盖章"), "amber", "half"),
    "to_publish": Status(_("待公布"), "amber", "half"),
    "published": Status(_("已公布"), "pine", "dot"),
}
STEPS_OF_MINUTES = (
    ("unwritten", _("写好送审")),
    ("with_leader", _("领导审阅")),
    ("with_chair", _("主任审批")),
    ("to_seal", _("盖章")),
    ("to_publish", _("公布")),
)
SUBJECTS = {
    "meeting": _("业委会会议"),
    "meetings": _("业委会会议"),
    "topic": _("业委会议题"),
    "resolution": _("业委会决议"),
    "suggestion": _("业委会建议"),
}
"""What a duty lies with, by what its subject begins with."""
WHAT = {
    What.REPORTS: _("议题和专题报告交齐"),
    What.APPROVAL: _("会议通知审批、盖章"),
    What.NOTICE: _("张贴通知，把时间和议题告诉全体业主"),
    What.INVITATIONS: _("邀请委员"),
    What.APPLICATIONS: _("要业委会支持的事，申报件送达"),
    What.OPINIONS: _("收齐业主的书面意见"),
    What.MEETING: _("开会"),
    What.CARRIED: _("反馈上次决议、建议的落实"),
    What.MINUTES: _("会后：纪要送领导审阅、主任审批、公布"),
}
KINDS = {
    "committee.meeting.scheduled": pgettext_lazy("entry", "安排会议"),
    "committee.meeting.moved": pgettext_lazy("entry", "会议改期"),
    "committee.meeting.postponement_requested": pgettext_lazy("entry", "申请延期或取消"),
    "committee.meeting.postponement_refused": pgettext_lazy("entry", "领导不同意延期"),
    "committee.meeting.postponed": pgettext_lazy("entry", "领导同意延期或取消"),
    "committee.consent.needed": pgettext_lazy("entry", "须业委会同意"),
    "committee.topic_report.submitted": pgettext_lazy("entry", "提交专题报告"),
    "committee.agenda.published": pgettext_lazy("entry", "会议通知已张贴"),
    "committee.opinion.given": pgettext_lazy("entry", "业主书面意见"),
    "committee.opinion.collected": pgettext_lazy("entry", "意见收齐"),
    "committee.invitation.sent": pgettext_lazy("entry", "邀请委员"),
    "committee.attendance.signed": pgettext_lazy("entry", "委员签到"),
    "committee.meeting.held": pgettext_lazy("entry", "会议召开"),
    "committee.resolution.made": pgettext_lazy("entry", "形成决议"),
    "committee.suggestion.raised": pgettext_lazy("entry", "提出建议"),
    "committee.resolution.reported_back": pgettext_lazy("entry", "反馈决议的落实"),
    "committee.suggestion.reported_back": pgettext_lazy("entry", "反馈建议的落实"),
    "committee.minutes.handed_in": pgettext_lazy("entry", "纪要送审"),
    "committee.minutes.approved": pgettext_lazy("entry", "主任审批纪要"),
    "committee.minutes.returned": pgettext_lazy("entry", "主任退回纪要"),
    "committee.minutes.published": pgettext_lazy("entry", "公布纪要"),
}
FACTS = {
    "put_off_to": _("延期到"),
    "call_off": _("取消"),
    "matter": _("事项"),
    "opinions": _("意见"),
    "topics": _("议题"),
    "present": _("到会"),
    "members": _("委员"),
    "quorum": _("达到法定人数"),
    "result": _("落实"),
    "action": _("整改"),
}
CODES = {
    "paper_kind": {"committee_minutes": _("业委会会议纪要")},
    "channel": {"page": _("手机"), "paper": _("书面")},
    "kind": MEETING_KINDS,
    "matter": MATTERS,
    "result": {code: each.word for code, each in RESULTS.items()},
}
