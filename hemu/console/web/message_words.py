"""What in-app messages say, put together from their topics and facts when they are read."""

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemu.ledger.models import ClosedWords
from hemu.notices.wording import MESSAGES as NOTICE_MESSAGES
from hemu.papers.wording import MESSAGES
from hemu.reports.web.links import title_of
from hemu.sop.register import load_register

MORNING = gettext_lazy(
    "早会单：新到 %(came)s 件，今天到期 %(due)s 件，逾期 %(late)s 件，催办 %(urged)s 件，危急 %(danger)s 件，表扬 %(praise)s 件。"
)
PLAIN = {
    "request.dispatched": gettext_lazy("有一件诉求派给您，请接单。"),
    "request.danger": gettext_lazy("险情！已派给您，请马上处理。"),
    "request.escalated": gettext_lazy("有一件诉求报给您，请作决定。"),
    "request.pooled": gettext_lazy("有一件诉求派到您部门，谁先接谁办。"),
    "action.given": gettext_lazy("有一项整改由您负责，请看期限。"),
    "request.urged": gettext_lazy("业主催办了。"),
    "request.added": gettext_lazy("业主补充了几句。"),
    "request.appointed": gettext_lazy("业主改了上门时间。"),
    "request.quote_accepted": gettext_lazy("业主同意报价，可以开工。"),
    "request.quote_declined": gettext_lazy("业主不同意报价。"),
    **MESSAGES,
    **NOTICE_MESSAGES,
}


def message_words(topic: str, facts: dict[str, Any]) -> str:
    """Return what an in-app message says, by its topic."""
    if topic in PLAIN:
        return str(PLAIN[topic])
    if topic == "praise.passed_on":
        words = ClosedWords.objects.filter(entry=facts["entry"]).first()
        said = words.words.get("text", "") if words else ""
        return _("业主表扬了您：“%(words)s”") % {"words": said} if said else _("业主表扬了您。")
    if topic == "rules.moved":
        return _("规则改动以后，%(count)s 件还没到期的应办事项换了期限。") % facts
    if topic == "morning.sheet":
        return str(MORNING % facts)
    if topic == "report.published":
        return _("%(title)s %(period)s 已发布。") % {**facts, "title": title_of(facts["kind"])}
    if topic == "duty.urgent":
        late = _("%(clause)s 已逾期，请马上处理。"), _("%(clause)s 快到期，请尽快处理。")
        return late[0 if facts.get("late") else 1] % {"clause": _named(facts.get("clause", ""))}
    return _("有应办事项到期或逾期，请看“应办”。")


def _named(clause: str) -> str:
    """Return what a clause is about, as far as its title's first comma, with its id."""
    known = load_register().clauses.get(clause)
    return f"{re.split('[,，;；(（]', known.title)[0]}（{clause}）" if known else clause
