"""The words of return visits: refusals, states, codes, kinds of entries, and what to ask an owner."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hemu.infra.wording import Status

REFUSALS = {
    "return_visit.not_found": _("没有编号为 %(number)s 的回访，或者不在您负责的小区。"),
    "return_visit.stale": _("别人刚刚动过这一次回访（现在是第 %(version)s 版），请看过再办。"),
    "return_visit.not_independent": _("这件事您经手过，请由没有经手的人回访。可以请：%(who)s。"),
    "return_visit.not_asked": _("还没有记下“%(field)s”，可以是：%(known)s。"),
    "return_visit.try_again": _(
        "要在不同的日子联系过 %(needed)s 次（已 %(tries)s 次），才能记为联系不上。请改天再打。"
    ),
    "return_visit.promise_in_past": _("答应的答复时间已经过去，请选以后的时间。"),
    "return_visit.before_work": _("回访时间早于办完的时间，请核对。"),
    "return_visit.nothing_done": _("这一件还没有办完，或者已撤回、作废，没有可以回访的。"),
}

STATES = {
    "open": Status(_("待回访"), "amber", "ring"),
    "unreachable": Status(_("联系不上"), "neutral", "dash"),
    "done": Status(_("已回访"), "pine", "dot"),
    "promised": Status(_("待答复"), "amber", "half"),
    "answered": Status(_("已答复"), "pine", "square"),
    "void": Status(_("不再需要"), "neutral", "square"),
}
STEPS = {
    "done": _("记下回访"),
    "try": _("没联系上"),
    "unreachable": _("联系不上"),
    "promise": _("约定答复"),
    "answer": _("记下答复"),
}
CLASSES = {
    "repair": _("维修回访"),
    "complaint": _("投诉回访"),
    "ordered": _("特约服务回访"),
    "other": _("其他回访"),
}
RESULTS = {
    "satisfied": Status(_("满意"), "pine", "dot"),
    "partly": Status(_("部分解决"), "amber", "half"),
    "unsatisfied": Status(_("不满意"), "brick", "triangle"),
}
ATTITUDES = {"good": _("好"), "fair": _("一般"), "poor": _("差"), "unsaid": _("没说")}
TIMELINESS = {"in_time": _("及时"), "late": _("不及时"), "unsaid": _("没说")}
CHANNELS = {"phone": _("电话"), "visit": _("上门"), "walk_in": _("来访"), "chat": _("群聊")}
KINDS = {
    "return_visit.opened": _("发起回访"),
    "return_visit.tried": _("回访没联系上"),
    "return_visit.unreachable": _("回访联系不上"),
    "return_visit.done": _("回访"),
    "return_visit.answer_promised": _("约定答复"),
    "return_visit.answered": _("回访答复"),
}
FACTS = {
    "visit": _("回访编号"),
    "way": _("方式"),
    "class": _("回访类别"),
    "result": _("业主评价"),
    "attitude": _("服务态度"),
    "timely": _("解决时间"),
    "independent": _("由未经手的人来办"),
}
CODES: dict[str, dict[str, str | Promise]] = {
    "step": dict(STEPS),
    "allowed": dict(STEPS),
    "state": {code: status.word for code, status in STATES.items()},
    "way": dict(CHANNELS),
    "class": dict(CLASSES),
    "result": {code: status.word for code, status in RESULTS.items()},
    "attitude": dict(ATTITUDES),
    "timely": dict(TIMELINESS),
}

_ASKED: dict[str, str | Promise] = {
    "opening": _("您好，我是管理处的%(name)s，想听听您对这件事的意见，占用您一分钟，方便吗？"),
    "result": _("这件事现在解决了吗？您满意吗？"),
    "attitude": _("我们的同事态度怎么样？"),
    "timely": _("处理得及时吗？"),
    "told": _("还有什么要说的，或希望我们改进的？照业主的原话记。"),
    "closing": _("谢谢您。当即答不了的，约好时间再回复；没有解决好的，马上转回去办。"),
}
SCRIPTS: dict[str, dict[str, str | Promise]] = {
    "repair": {
        **_ASKED,
        "opening": _("您好，我是管理处的%(name)s，您家报修的事师傅已经办过，想问问您用着怎么样，方便吗？"),
        "result": _("现在修好了吗？试用过正常吗？"),
        "attitude": _("师傅有没有礼貌、亮明身份、收拾干净？"),
        "timely": _("师傅是按约好的时间来的吗？修得及时吗？"),
    },
    "complaint": {
        **_ASKED,
        "opening": _("您好，我是管理处的%(name)s，您反映的事我们处理过了，想听听您怎么看，方便吗？"),
        "result": _("您反映的问题解决了吗？处理结果您认可吗？"),
        "attitude": _("接待和处理的同事态度怎么样？"),
        "timely": _("从您反映到处理，您觉得及时吗？"),
    },
    "ordered": {
        **_ASKED,
        "attitude": _("服务人员的礼仪、态度、技能怎么样？"),
        "timely": _("服务来得及时吗？还需要我们提供什么？"),
    },
    "other": {**_ASKED},
}
"""What to ask, by class (RV-02, RV-06): the way in, a question beside each thing to note, the way out."""
