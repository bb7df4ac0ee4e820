"""The words of refusals about papers."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "paper.nothing": _("没有可以打印的。"),
    "paper.too_many": _("一次最多打印 %(most)s 张，请选短一点的时间。"),
    "paper.unwritable": _("写不了这个文件：%(file)s。"),
    "form.unknown": _("没有“%(form)s”这张表。全部表格见“表格清单”。"),
    "form.not_in_word": _("《%(form)s》是手写的表，没有 Word 版；请打印空白的。"),
    "form.no_records": _("《%(form)s》还没有记录可以套打，请打印空白的。"),
}
