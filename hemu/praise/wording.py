"""The words of praise."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "praise.none_here": _("这一件不是表扬，或者已经作废。"),
    "praise.unknown_person": _("请从这个管理处的同事里选。"),
}
KINDS = {"praise.passed_on": _("表扬转给本人")}
