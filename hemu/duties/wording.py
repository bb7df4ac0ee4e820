"""The words of duties: refusals, kinds of entries, packages of clauses, facts of a community."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "duty.not_found": _("没有这件应办事项，或者不在您负责的范围。"),
    "duty.not_yours": _("这件事由别的岗位来办；主管和主任可以代办。"),
    "duty.not_open": _("这件事已经办过，或者不用办了。"),
    "duty.kept_by_room": _("这件事不用手工记：办了那件事，这里自然消去。"),
    "duty.begun_by_room": _("这一条的开始由系统自己记，不用手工记。"),
    "duty.needs_file": _("手工记的，一定要有凭据：拍张照片，或者放上文件。"),
    "duty.no_words": _("写上几句：办了什么，或者为什么。"),
    "duty.too_long": _("最多写 %(limit)s 个字。"),
    "duty.not_planned": _("只有手工记下、有计划日期的事可以改期或取消。"),
    "duty.not_fulfilled": _("还没有凭据，用不着撤销。"),
    "duty.own_evidence": _("自己交的凭据不能自己撤销，请另一个人来。"),
    "duty.not_put_off": _("%(clause)s 不能延期，也不能免办：规程没有写可以。"),
    "duty.not_excused": _("%(clause)s 只许延期，没有写可以取消。"),
    "duty.leaders_only": _("要公司领导事先同意（%(clause)s）。"),
    "duty.due_already": _("期限已经过了。延期和免办都要事先同意。"),
    "duty.not_later": _("延到的日子要在原来的期限以后，最多一年。"),
    "duty.span": _("两个日期要先后相接，最多隔 %(limit)s 天。"),
    "clause.not_watched": _("%(clause)s 在这个小区还没有启用，或者不适用。"),
    "clause.no_day": _("日期写成 2026-11-23，时间写成 2026-11-23 19:00。"),
    "clause.none_named": _("选上要启用或停用的条款。"),
    "clause.in_past": _("只能从今天起启用或停用，以前的日子不追算。"),
    "fact.unknown": _("“%(fact)s”不认识，可以是：%(known)s。"),
    "fact.not_found": _("没有这一项，或者不在您负责的小区。"),
    "fact.own_word": _("自己说的不能自己确认，请另一个人来。"),
    "fact.confirmed_already": _("这一项已经确认过了。"),
    "fact.stated_already": _("这一项还等着另一个人确认。"),
}
KINDS = {
    "duty.begun_by_hand": pgettext_lazy("entry", "手工：事情发生或定下"),
    "duty.kept_by_hand": pgettext_lazy("entry", "手工：办了，附凭据"),
    "duty.moved": pgettext_lazy("entry", "改期"),
    "duty.called_off": pgettext_lazy("entry", "取消"),
    "duty.postponed": pgettext_lazy("entry", "同意延期"),
    "duty.excused": pgettext_lazy("entry", "同意免办"),
    "duty.annulled": pgettext_lazy("entry", "撤销凭据"),
    "clause.switched": pgettext_lazy("entry", "启用或停用条款"),
    "community.fact_stated": pgettext_lazy("entry", "小区情况，待确认"),
    "community.fact_confirmed": pgettext_lazy("entry", "小区情况已确认"),
}
FACTS = {
    "planned_at": _("计划时间"),
    "next_meeting_at": _("下一次会议"),
    "moved_from": _("原定"),
    "moved_to": _("改到"),
    "allowed_by": _("依据"),
    "fact": _("小区情况"),
    "since": _("起"),
    "on": _("启用"),
}
PACKAGES = {
    "desk": _("前台诉求与回访"),
    "notices": _("通知与报告"),
    "visits": _("走访与问卷"),
    "committee": _("业主委员会"),
    "internal": _("内部沟通"),
    "programme": _("沟通计划与活动"),
    "takeover": _("接管与入伙"),
    "quality": _("品质与整改"),
    "rounds": _("巡检与交接班"),
    "billing": _("账单与催缴"),
}
COMMUNITY_FACTS = {
    "committee_in_office": _("有业委会在任"),
    "has_unsold_or_not_moved_in": _("有未售或未入住的房屋"),
    "in_takeover": _("正在接管"),
    "has_move_in": _("正在集中入伙"),
    "has_plant_rooms": _("有设备机房"),
    "outsourced": _("有外包服务"),
    "bills_by_us": _("由我们开账单收费"),
}
