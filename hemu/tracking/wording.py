"""The words of asking for a case by number and code."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "tracking.not_found": _("编号和查询码对不上。请照着给您的那张条子再输一次。"),
    "tracking.wait": _("试得太多了，请过 %(seconds)s 秒再试。"),
}
