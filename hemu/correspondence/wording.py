"""The words of papers to the owners' committee and of what it asks."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemu.infra.wording import Status

REFUSALS = {
    "correspondence.not_found": _("没有这份文书，或者不在您负责的小区。"),
    "correspondence.unknown_sort": _("种类“%(sort)s”不认识，可以是：%(known)s。"),
    "correspondence.unknown_matter": _("事项要从规程所列的里面选：%(known)s。"),
    "correspondence.no_day": _("写明这件事打算哪天办。"),
    "correspondence.day_over": _("打算办的日子已经过了。"),
    "correspondence.too_far": _("最多提前两年申报。"),
    "correspondence.no_moment": _("写明这件事是什么时候发生或决定的。"),
    "correspondence.to_come": _("发生的时间还没到。还没有发生的事，用申报。"),
    "correspondence.no_words": _("写上几句。"),
    "correspondence.too_long": _("最多写 %(limit)s 个字。"),
    "correspondence.stale": _("别人刚刚动过这份文书（现在是第 %(version)s 版），请看过再办。"),
    "correspondence.not_planned": _("只有申报才有打算办的日子。"),
    "correspondence.over": _("这份文书已经办完了，不能再改。"),
    "correspondence.not_issued": _("还没有审批盖章，不能送达。"),
    "correspondence.unknown_way": _("送达的方式只能是当面签收或者邮寄。"),
    "correspondence.needs_signature": _("请委员在屏幕上签字，或者附上签好的回执。"),
    "correspondence.needs_number": _("填上邮寄的回执号，或者附上回执。"),
    "correspondence.taken_already": _("这位委员已经签收过了。"),
    "correspondence.unknown_member": _("请从这个小区业委会的委员里选。"),
    "correspondence.unknown_answer": _("答复可以是：同意、不同意、有意见。"),
    "correspondence.chair_answers": _(
        "由业委会主任或副主任在这里代表业委会答复；集体签字的书面答复可以交给管理处录入。"
    ),
    "correspondence.not_taken": _("先签收，再答复。"),
    "inquiry.not_found": _("没有这一件，或者不在您负责的小区。"),
    "inquiry.unknown_sort": _("可以是：%(known)s。"),
    "inquiry.unknown_way": _("来的方式可以是书面、电话或会上。"),
    "inquiry.needs_scan": _("书面来的，请附上原件的扫描件或照片。"),
    "inquiry.no_words": _("写上几句。"),
    "inquiry.too_long": _("最多写 %(limit)s 个字。"),
    "inquiry.impolite": _("这些话对业委会不合适，请换个说法：%(words)s。"),
    "inquiry.unfinished": _("草稿里的“……”还没有填，请写明原因。"),
    "inquiry.stale": _("别人刚刚动过这一件（现在是第 %(version)s 版），请看过再办。"),
    "inquiry.not_yours": _("这一步由管理处主任、公共事务或客户服务主管来办；上报以后由公司领导答复。"),
    "inquiry.goes_up_first": _("管理处解决不了的，先上报，由上面答复。"),
    "inquiry.needs_paper": _("这是上面的决定，请附上写着这个答复的文件。"),
    "inquiry.not_answered": _("还没有答复。"),
}
SUBJECT_WORDS = {"committee_paper": _("报业委会的文书"), "committee_inquiry": _("业委会提的")}
SORTS = {"application": _("申报"), "notification": _("通报")}
MATTERS = {
    "repair_fund": _("动用本体维修基金做大中修"),
    "facility_fund": _("动用公用设施专项维修基金更新设施"),
    "coordination": _("涉及部分业主利益，须业委会协调"),
    "measures": _("出台新的管理措施"),
    "law": _("新物业法规颁布执行"),
    "incident": _("物业重大变故或重大事件"),
    "disagreement": _("个别委员与管理处有重大分歧"),
    "event": _("重要活动"),
    "penalty": _("对个别业主执行违约金"),
    "other": _("其他"),
}
STATES = {
    "written": Status(_("待审批"), "amber", "ring"),
    "approved": Status(_("待盖章"), "amber", "half"),
    "issued": Status(_("待送达"), "amber", "half"),
    "delivered": Status(_("已送达"), "pine", "dot"),
    "answered": Status(_("业委会已答复"), "pine", "square"),
    "dropped": Status(_("不送了"), "neutral", "dash"),
}
WAITS = Status(_("等业委会答复"), "neutral", "half")
TO_TAKE = Status(_("待签收"), "amber", "half")
TO_ANSWER = Status(_("待答复"), "amber", "half")
DELIVERIES = {"hand": _("当面签收"), "post": _("邮寄"), "page": _("在业委会页面上打开")}
COMMITTEE_ANSWERS = {"agreed": _("同意"), "disagreed": _("不同意"), "commented": _("有意见")}
INQUIRY_SORTS = {"question": _("质询"), "suggestion": _("建议"), "demand": _("要求")}
INQUIRY_WAYS = {"page": _("业委会页面"), "paper": _("书面"), "phone": _("电话"), "meeting": _("会上")}
INQUIRY_STATES = {
    "received": Status(_("待研究"), "amber", "ring"),
    "judged": Status(_("待答复"), "amber", "half"),
    "unsolved": Status(_("待上报"), "amber", "triangle"),
    "escalated": Status(_("已上报，待答复"), "amber", "half"),
    "answered": Status(_("已答复"), "pine", "dot"),
    "reopened": Status(_("业委会说没有答复"), "brick", "triangle"),
    "accepted": Status(_("业委会认可"), "pine", "square"),
}
UP_TO = {
    "general_manager": _("总经理"),
    "company": _("公司"),
    "company_leader": _("公司领导"),
    "office_director": _("管理处"),
}
MESSAGES = {
    "correspondence.received": _("业委会有一件质询、建议或要求"),
    "correspondence.reopened": _("业委会说，有一件没有答复"),
    "correspondence.escalated": _("业委会的一件事，管理处解决不了，等您答复"),
    "correspondence.answered": _("业委会答复了一份文书"),
}
KINDS = {
    "committee.application.planned": pgettext_lazy("entry", "拟申报"),
    "committee.application.moved": pgettext_lazy("entry", "事项改期"),
    "committee.application.delivered": pgettext_lazy("entry", "申报送达"),
    "committee.matter.arose": pgettext_lazy("entry", "事项发生"),
    "committee.notification.delivered": pgettext_lazy("entry", "通报送达"),
    "committee.paper.receipted": pgettext_lazy("entry", "签收"),
    "committee.paper.answered": pgettext_lazy("entry", "业委会答复"),
    "committee.paper.dropped": pgettext_lazy("entry", "不送了"),
    "committee.inquiry.received": pgettext_lazy("entry", "业委会提出"),
    "committee.inquiry.judged": pgettext_lazy("entry", "研究"),
    "committee.inquiry.escalated": pgettext_lazy("entry", "上报"),
    "committee.inquiry.answered": pgettext_lazy("entry", "答复业委会"),
    "committee.inquiry.reopened": pgettext_lazy("entry", "业委会说没有答复"),
    "committee.inquiry.accepted": pgettext_lazy("entry", "业委会认可"),
}
FACTS = {
    "matter": _("事项"),
    "emergency": _("突发"),
    "delivery": _("送达方式"),
    "committee_answer": _("答复"),
    "inquiry_sort": _("类别"),
    "inquiry_way": _("怎么来的"),
    "about": _("关于台账里的"),
    "reasonable": _("合理"),
    "solvable": _("管理处能解决"),
    "answered_by": _("谁的答复"),
    "round": _("第几次"),
    "by_helper": _("由帮手代办"),
}
CODES = {
    "paper_kind": SORTS,
    "matter": MATTERS,
    "delivery": DELIVERIES,
    "committee_answer": COMMITTEE_ANSWERS,
    "inquiry_sort": INQUIRY_SORTS,
    "inquiry_way": INQUIRY_WAYS,
    "answered_by": UP_TO,
}
