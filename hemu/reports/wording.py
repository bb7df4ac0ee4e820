"""The words of reports."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hemu.service_requests.wording import CHANNELS, TRADES, TYPES
from hemu.supervision.wording import ROOTS

REFUSALS = {
    "report.unknown": _("没有叫“%(report)s”的报告，可以是：%(known)s。"),
    "report.no_words": _("写上几句再发布：发现了什么，怎么改。"),
    "report.no_measures": _("写上怎么改：谁来办，什么时候办好。"),
    "report.too_long": _("最多写 %(limit)s 个字。"),
    "report.unknown_period": _("“%(period)s”看不懂，月份写成 2026-10，周写成 2026-W47。"),
    "report.not_published": _("%(period)s 的这份报告还没有发布。"),
    "report.not_over": _("这个月还没有过完，过完再报。"),
    "report.not_begun": _("这一周还没有到。"),
    "report.late_without_cause": _(
        "还有 %(count)s 件逾期的投诉没有说明原因：%(numbers)s。先到投诉盘点里说明，再发布。"
    ),
}
KINDS = {"report.published": _("发布报告"), "plan.approved": _("批准计划")}
FACTS = {"period": _("期间"), "figures": _("数字"), "since": _("从"), "until": _("到")}

TITLES = {
    "contact_statistics": _("来电来访月统计"),
    "complaint_weekly": _("投诉周报"),
    "complaint_monthly": _("投诉月分析"),
    "repair_return_visits": _("回访月报"),
}
LEADS = {
    "contact_statistics": _("这个月接到的来电、来访按类别统计，看投诉集中在哪里。"),
    "complaint_weekly": _("每周例会：没有按时办完的投诉是什么原因、怎么解决，报公司。"),
    "complaint_monthly": _("这个月的投诉从哪里来、为什么、办得怎样；做好预警，通报各部门。"),
    "repair_return_visits": _("家庭维修的回访，当月发现了什么，怎么改。"),
}
ASKED = {
    "contact_statistics": {"text": _("投诉热点和原因")},
    "complaint_weekly": {
        "text": _("没有按时办完的，原因是什么"),
        "measures": _("怎么解决：谁来办，什么时候办好"),
    },
    "complaint_monthly": {"text": _("分析和预警"), "measures": _("改进措施：哪个部门，什么时候办好")},
    "repair_return_visits": {"text": _("发现的问题和怎么改")},
}

FIGURES: Mapping[str, str | Promise] = {
    "opened": _("应回访"),
    "done": _("已回访"),
    "in_time": _("按时回访"),
    "unreachable": _("联系不上"),
    "waiting": _("还没回访"),
    "satisfied": _("满意"),
    "partly": _("部分解决"),
    "unsatisfied": _("不满意"),
    "attitude_poor": _("态度差"),
    "not_in_time": _("修得不及时"),
    "not_independent": _("经手人自己回访"),
    "contacts": _("来电来访"),
    "joined": _("邻居也反映"),
    "complaints": _("投诉"),
    "suggestions": _("意见建议"),
    "closed": _("已结案"),
    "open": _("还没办完"),
    "late": _("没有按时办完"),
    "valid": _("有效"),
    "invalid": _("无效"),
    "major": _("重大"),
    "urged": _("业主催过"),
    "reopened": _("重新办理"),
    "repeated": _("同一户投诉两次以上"),
}
DONE_OF_COMPLAINTS = _("已办完")
GROUPS = {
    "by_type": _("按类别"),
    "by_channel": _("按方式"),
    "by_trade": _("按专业"),
    "by_building": _("按楼栋"),
    "by_root": _("按原因"),
    "complaints_by_trade": _("投诉按专业"),
    "complaints_by_building": _("投诉按楼栋"),
}
PUBLIC_PLACE = _("公共区域")
OTHER_SERVICES = _("其他服务")


CODES: dict[str, Mapping[str, str | Promise]] = {"by_channel": CHANNELS, "by_root": ROOTS}


def code_words(group: str, code: str) -> str | Promise:
    """Return the words of a code within a group of figures; a building says itself."""
    if group == "by_type":
        return OTHER_SERVICES if code == "other" else TYPES.get(code, code)
    if group.endswith("by_building"):
        return PUBLIC_PLACE if code == "public" else _("%(building)s 栋") % {"building": code}
    known: Mapping[str, str | Promise] = CODES.get(group, TRADES)
    return known.get(code, code)
