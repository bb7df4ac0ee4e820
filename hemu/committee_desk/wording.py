"""The words of the committee's own pages."""

from django.utils.translation import gettext_lazy as _

from hemu.infra.wording import Status

STANDINGS = {
    "in_time": Status(_("按时"), "pine", "dot"),
    "late": Status(_("逾期办结"), "amber", "half"),
    "missing": Status(_("逾期未办"), "brick", "triangle"),
    "ahead": Status(_("未到期"), "neutral", "ring"),
    "excused": Status(_("准予不办"), "neutral", "dash"),
}
NEWS_TITLE = _("业委会有新的内容")
NEWS_TEXT = _("【%(office)s】业委会页面上有新的内容等您看。")
NEWS_LINK = _("请登录查看：%(link)s")
