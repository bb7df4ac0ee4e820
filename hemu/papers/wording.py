"""The words of refusals about papers."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "paper.nothing": _("没有可以打印的。"),
    "paper.too_many": _("一次最多打印 %(most)s 张，请选短一点的时间。"),
}
