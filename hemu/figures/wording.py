"""The words of figures, and of evidence that is called again."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemu.infra.wording import Status

REFUSALS = {
    "figure.unknown_month": _("月份写成 2026-10。"),
    "recall.not_found": _("没有这一件，或者不在您负责的范围。"),
    "recall.own_evidence": _("自己给的凭据，要由别人再问一遍。"),
    "recall.settled": _("这一件已经问过，有结果了。"),
    "recall.no_words": _("写上几句：问了谁，怎么说的。"),
    "recall.too_long": _("最多写 %(limit)s 个字。"),
    "recall.unknown_outcome": _("结果可以是：%(known)s。"),
    "recall.no_root": _("%(month)s 还没有封存，封存以后才能抽。"),
}
KINDS = {"evidence.recalled": pgettext_lazy("entry", "再问一遍")}
OUTCOMES = {"confirmed": _("属实"), "denied": _("不属实"), "not_reached": _("没联系上")}
STATES = {
    "waiting": Status(_("等着再问"), "amber", "ring"),
    "confirmed": Status(_("属实"), "pine", "dot"),
    "denied": Status(_("不属实，已撤销"), "brick", "triangle"),
    "not_reached": Status(_("没联系上，再问"), "amber", "half"),
}
STANDS = {
    "attained": Status(_("达到"), "pine", "dot"),
    "missed": Status(_("没达到"), "brick", "triangle"),
    "running": Status(_("还在算"), "amber", "half"),
    "nothing": Status(_("没有"), "neutral", "dash"),
}
FACTS = {"answer": _("怎么说"), "met": _("做到"), "cohort": _("应做"), "digest": _("清单摘要")}
CODES = {"answer": OUTCOMES}
