"""The words of what may be printed from records."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "form.no_such_record": _("没有这一件，或者不在您负责的范围：%(record)s。"),
    "form.not_published": _("%(period)s 的月统计还没有发布，发布以后才能打印。"),
}
