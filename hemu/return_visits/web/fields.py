"""The forms of a return visit's steps: what to note, each thing with the question to ask beside it."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemu.return_visits.models import ReturnVisit
from hemu.return_visits.wording import ATTITUDES, CHANNELS, RESULTS, SCRIPTS, TIMELINESS

LABELS = {
    "done": gettext_lazy("记下回访"),
    "try": gettext_lazy("没联系上"),
    "promise": gettext_lazy("约定答复"),
    "answer": gettext_lazy("记下答复"),
}
TITLES = {
    "done": gettext_lazy("边问边记"),
    "try": gettext_lazy("没人接、不方便？"),
    "promise": gettext_lazy("还有要答复的？"),
    "answer": gettext_lazy("给业主的答复"),
}
Field = dict[str, Any]


def form_of(step: str, visit: ReturnVisit, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return a step's form, with what was typed where it was refused."""
    fields = _FIELDS[step](visit)
    for field in fields:
        field["value"] = typed.get(field["name"], field.get("value", ""))
    return {"name": step, "label": LABELS[step], "title": TITLES[step], "fields": fields}


def _chips(name: str, label: str, options: Mapping[str, str | Promise], **more: Any) -> Field:
    return {"name": name, "label": label, "kind": "chips", "options": list(options.items()), **more}


def _words(label: str, **more: Any) -> Field:
    return {"name": "words", "label": label, "kind": "textarea", **more}


def _asked(what: str, question: str | Promise) -> str:
    return _("%(what)s：%(question)s") % {"what": what, "question": question}


def _channel() -> Field:
    return _chips("channel", _("方式"), CHANNELS, value="phone", required=True)


def _promised(label: str, **more: Any) -> Field:
    return {"name": "promised_at", "label": label, "kind": "datetime-local", **more}


def _done(visit: ReturnVisit) -> list[Field]:
    script = SCRIPTS[visit.kind]
    results = {code: status.word for code, status in RESULTS.items()}
    return [
        _chips("result", _asked(_("处理情况"), script["result"]), results, required=True),
        _chips("attitude", _asked(_("服务态度"), script["attitude"]), ATTITUDES, required=True),
        _chips("timely", _asked(_("解决时间"), script["timely"]), TIMELINESS, required=True),
        _words(_asked(_("业主怎么说"), script["told"]), required=True),
        _channel(),
        _promised(_("当即答不了的，约定几时答复"), help=_("到时没有答复会逾期。")),
    ]


def _try(visit: ReturnVisit) -> list[Field]:
    return [_channel(), _words(_("备注"))]


def _promise(visit: ReturnVisit) -> list[Field]:
    return [
        _words(_("要答复什么"), required=True),
        _promised(_("几时答复"), required=True),
    ]


def _answer(visit: ReturnVisit) -> list[Field]:
    return [_words(_("答复内容"), required=True), _channel()]


_FIELDS = {"done": _done, "try": _try, "promise": _promise, "answer": _answer}
