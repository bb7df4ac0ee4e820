"""The words of refusals about papers of requests."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "paper.unknown_form": _("没有“%(form)s”这张表。现有：%(known)s。"),
    "paper.not_for_type": _("%(number)s 不是这一类诉求，不用《%(form)s》。"),
    "paper.no_visit": _("%(number)s 还没有回访。可以先打印空白的《回访记录》。"),
    "paper.unreadable_day": _("日期“%(value)s”看不懂，请写成 2026-11-30。"),
    "letter.not_answered": _("%(number)s 还没有答复业主。先答复，再出答复函。"),
    "letter.needs_case": _("答复函要写明是哪一件诉求。"),
    "letter.unknown_office": _("没有叫“%(name)s”的管理处。"),
    "letter.too_large": _("模板太大，最多 %(megabytes)s MB。"),
    "letter.unreadable": _("这不是能用的 Word 文件（.docx）。"),
    "letter.not_plain": _("模板里只能放 {{编号}} 这样的空，不能有循环、条件或算式。"),
    "letter.unknown_field": _("模板里有不认识的空：%(fields)s。可以用：%(known)s。"),
    "letter.missing_field": _("模板里还缺：%(fields)s。"),
    "paper.days_reversed": _("止日早于起日，请核对。"),
    "paper.too_long": _("一次最多打印 %(days)s 天。"),
}

KINDS = {
    "letter.template_kept": _("换上自己的答复函模板"),
    "letter.template_dropped": _("改回原来的答复函模板"),
}
