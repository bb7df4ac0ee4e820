"""The words of calendars."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "feed.not_found": _("没有这个日历地址，或者已经停用。"),
    "feed.too_many": _("最多同时用 %(limit)s 个日历地址，先停用不用的。"),
}
KINDS = {
    "calendar.opened": pgettext_lazy("entry", "开通日历地址"),
    "calendar.revoked": pgettext_lazy("entry", "停用日历地址"),
}
FACTS = {"feed": _("日历地址"), "office": _("管理处的日历")}
