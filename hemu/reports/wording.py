"""The words of reports."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "report.no_words": _("写上几句再发布：发现了什么，怎么改。"),
    "report.too_long": _("最多写 %(limit)s 个字。"),
    "report.not_over": _("这个月还没有过完，过完再报。"),
}
KINDS = {"report.published": _("发布报告"), "plan.approved": _("批准计划")}
FACTS = {"period": _("期间"), "figures": _("数字")}

FIGURES = {
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
}
