"""The words of the owners' committee's roster."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "committee.not_found": _("没有这位委员，或者不在您负责的小区。"),
    "committee.unknown_value": _("“%(field)s”不能是“%(value)s”，可以是：%(known)s。"),
    "committee.term_backwards": _("任期的最后一天不能在第一天以前。"),
    "committee.term_too_long": _("一届任期不会超过 %(years)s 年，请看看日期。"),
    "committee.no_term": _("任期从哪天到哪天，请填上。"),
    "committee.too_long": _("最多写 %(limit)s 个字。"),
    "committee.unknown_person": _("在这一户的登记里找不到这个人，请看看房号和姓名。"),
    "committee.unknown_colleague": _("请从这个管理处的同事里选。"),
    "committee.sits_already": _("这位业主在这段时间里已经是委员了。"),
    "committee.has_chair": _("这段时间里已经有一位主任了；换人时先给前一位记上离任。"),
    "committee.left_already": _("这位委员已经离任了。"),
    "committee.not_in_term": _("离任的日子要在任期里面。"),
    "committee.helper_needs_name": _("帮手叫什么，请填上。"),
    "committee.helper_needs_phone": _("帮手用哪个手机号登录，请填上。"),
    "committee.helper_already": _("这个手机号已经是这位委员的帮手了。"),
    "committee.helper_ended": _("这位帮手已经停了。"),
}
POSTS = {"chair": _("主任"), "vice": _("副主任"), "member": _("委员")}
LEAVINGS = {
    "term_over": _("任期届满"),
    "resigned": _("辞任"),
    "recalled": _("被罢免"),
    "moved_away": _("不再是业主"),
    "other": _("其他"),
}
KINDS = {
    "committee.member.seated": pgettext_lazy("entry", "业委会委员就任"),
    "committee.member.left": pgettext_lazy("entry", "业委会委员离任"),
    "committee.helper.named": pgettext_lazy("entry", "委员请了帮手"),
    "committee.helper.ended": pgettext_lazy("entry", "帮手停了"),
    "committee.liaison.appointed": pgettext_lazy("entry", "指定业委会联系人"),
}
FACTS = {"post": _("职务"), "leaving": _("为什么"), "left_on": _("离任")}
CODES = {"post": POSTS, "leaving": LEAVINGS}
