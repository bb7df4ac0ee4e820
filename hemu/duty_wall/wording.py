"""The words of the wall of duties."""

from django.utils.translation import gettext_lazy as _

from hemu.duty_wall.rules import State
from hemu.infra.wording import Status

AREAS = {
    "RQ": _("诉求"),
    "RV": _("回访"),
    "NT": _("通知"),
    "RP": _("报告"),
    "VS": _("走访"),
    "SV": _("问卷"),
    "OC": _("业委会"),
    "IN": _("内部"),
    "CM": _("沟通活动"),
    "HO": _("接管入伙"),
    "QA": _("品质"),
    "EQ": _("巡检"),
    "FE": _("收费"),
}
"""The areas of the register, by the letters of their clauses, in the order of a wall's columns."""
STATES = {
    State.LATE: Status(_("逾期"), "brick", "triangle"),
    State.TODAY: Status(_("今天"), "amber", "ring"),
    State.MET_LATE: Status(_("补办"), "amber", "half"),
    State.AHEAD: Status(_("待办"), "neutral", "ring"),
    State.MET: Status(_("已办"), "pine", "dot"),
}
LEGEND = {
    State.LATE: _("还没办，已过期限"),
    State.TODAY: _("今天之内要办"),
    State.MET_LATE: _("逾期以后才办"),
    State.AHEAD: _("还没到期，或者没有期限"),
    State.MET: _("都按期办了"),
}
