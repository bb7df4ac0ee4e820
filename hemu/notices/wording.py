"""The words of planned works and notices."""

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
    "notice.not_found": _("没有这份通知，或者不在您负责的小区。"),
    "notice.unknown_kind": _("“%(kind)s”不认识，可以是：%(known)s。"),
    "notice.unknown_channel": _("“%(channel)s”不认识，可以是：%(known)s。"),
    "notice.no_channel": _("至少选一个发布的渠道。"),
    "notice.no_days": _("写明从哪天贴到哪天。"),
    "notice.days_over": _("张贴的日子已经过了，或者写反了。"),
    "notice.hangs_too_long": _("一份通知最多贴一年。"),
    "notice.unknown_building": _("这个小区没有“%(building)s”：写栋（3）、单元（3-2）或者一户（3-2-1201）。"),
    "notice.unknown_role": _("“%(role)s”不认识，可以是：%(known)s。"),
    "notice.replaced": _("这一期已经有更正了。"),
    "notice.published": _("已经发给业主，不能再改。有错请发更正：新的一期，写明更正哪一期。"),
    "notice.needs_sealed_sheet": _(
        "停水、停热、停气的通知，法律不认电子签章：请盖实体公章，扫描后按“扫描件”发出。"
    ),
    "notice.other_work": _("这项作业不是这个小区或这个种类的。"),
    "notice.not_issued": _("还没有审批盖章，不能张贴。"),
    "notice.withdrawn": _("已经撤下来了。要再贴，请发新的一期。"),
    "notice.no_place": _("写明贴在哪里。"),
    "notice.place_taken": _("那里已经贴过这份通知。"),
    "notice.too_many_places": _("一份通知最多记 %(limit)s 处。"),
    "notice.needs_photo": _("请在现场拍一张照片。"),
    "notice.not_there": _("那里没有贴着这份通知，或者已经撤下。"),
    "digest.not_over": _("这个月还没有过完。"),
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
NOTICE_KINDS = {
    **KIND_WORDS,
    "event": _("活动"),
    "fire_and_law": _("消防与法规"),
    "annual_plan": _("年度计划"),
    "survey_measures": _("问卷整改"),
    "complaint_digest": _("投诉处理公布"),
    "hotlines": _("服务电话"),
    "emergency": _("紧急"),
    "external": _("外来文件"),
    "general": _("一般"),
}
CHANNELS = {
    "board": _("公告栏"),
    "door": _("单元门"),
    "letter_box": _("信箱"),
    "app": _("业主入口"),
    "message": _("短信"),
    "screen": _("电子屏"),
    "group": _("业主群"),
    "broadcast": _("广播"),
}
NOTICE_STATES = {
    "written": Status(_("待审批"), "amber", "ring"),
    "approved": Status(_("待盖章"), "amber", "half"),
    "issued": Status(_("待张贴"), "amber", "half"),
    "published": Status(_("已发布"), "pine", "dot"),
    "ended": Status(_("已过期"), "neutral", "square"),
    "posted": Status(_("张贴中"), "pine", "dot"),
    "expired": Status(_("该撤下了"), "brick", "triangle"),
    "withdrawn": Status(_("已撤下"), "neutral", "square"),
    "void": Status(_("作废"), "neutral", "square"),
}
ROLE_WORDS = {"owner": _("只给业主"), "tenant": _("只给租户")}
MESSAGES = {"paper.to_correct": _("作业变了，通知的更正已拟好，请核对后报批")}
TIME_WORDS = {"starts": _("从"), "ends": _("到")}
KINDS = {
    "operation.planned": pgettext_lazy("entry", "安排作业"),
    "operation.moved": pgettext_lazy("entry", "改期"),
    "operation.overrun": pgettext_lazy("entry", "延长"),
    "operation.finished": pgettext_lazy("entry", "作业结束"),
    "operation.called_off": pgettext_lazy("entry", "不做了"),
    "notice.drafted": pgettext_lazy("entry", "拟通知"),
    "notice.approved": pgettext_lazy("entry", "通知获批"),
    "notice.posted": pgettext_lazy("entry", "张贴通知"),
    "notice.posted_further": pgettext_lazy("entry", "又贴一处"),
    "notice.taken_down": pgettext_lazy("entry", "撤下一处"),
    "notice.withdrawn": pgettext_lazy("entry", "通知全部撤下"),
    "sign.placed": pgettext_lazy("entry", "立警示牌"),
}
FACTS = {"planned_at": _("开始"), "until": _("结束"), "kind": _("种类"), "hangs_until": _("贴到")}
CODES = {"kind": NOTICE_KINDS, "channel": CHANNELS}
