"""The words of the front desk's refusals."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "register.no_community": _("请选择小区。"),
    "register.no_type": _("请选择类型。"),
    "register.answer_left": _(
        "写了当场答复，却没有办结。答复完了的，按“当场答复，结案”；没有答完的，清空当场答复再登记。"
    ),
    "answer.no_words": _("请写下当场是怎么答复的。"),
    "answer.needs_work": _("维修不能当场答复了事，请登记后派单。"),
}
