"""The words of refusals about papers of requests."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "paper.unknown_form": _("没有“%(form)s”这张表。现有：%(known)s。"),
    "paper.not_for_type": _("%(number)s 不是这一类诉求，不用《%(form)s》。"),
    "paper.no_visit": _("%(number)s 还没有回访。可以先打印空白的《回访记录》。"),
    "paper.unreadable_day": _("日期“%(value)s”看不懂，请写成 2026-11-30。"),
    "paper.unwritable": _("写不了这个文件：%(file)s。"),
    "paper.days_reversed": _("止日早于起日，请核对。"),
    "paper.too_long": _("一次最多打印 %(days)s 天。"),
}
