"""The list of what is to be called again, and the form that notes what came of it."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.figures.models import Recall
from hemu.figures.operations import note_recall
from hemu.figures.queries import recalls_of, recalls_to_make
from hemu.figures.rules import OUTCOMES
from hemu.figures.wording import OUTCOMES as OUTCOME_WORDS
from hemu.figures.wording import STATES
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.ledger.catalogue import words_of_rooms
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of

MOST, DONE = 50, 20
SAID = ("text", "result", "reply", "told", "remark")


@needs("evidence.recall")
@require_GET
def recalls(request: HttpRequest) -> HttpResponse:
    """Show what this person may call again, and what was noted last."""
    return _page(cast("StaffRequest", request))


@needs("evidence.recall")
@require_POST
def note(request: HttpRequest, recall: UUID) -> HttpResponse:
    """Note what came of one (POST: answer, words, key) and show the list again."""
    staff = cast("StaffRequest", request)
    if not recalls_of(staff.actor, "evidence.recall").filter(id=recall).exists():
        raise Http404(str(recall))
    typed = {name: staff.POST.get(name, "") for name in ("answer", "words")}
    try:
        once(
            account=staff.actor.key,
            key=staff.POST.get("key", ""),
            body=typed | {"recall": str(recall)},
            now=staff.now,
            act=lambda: _noted(staff, recall, typed),
        )
    except RuleViolation as refusal:
        return _page(staff, refusal, typed | {"recall": str(recall)})
    return redirect("recalls")


def _noted(staff: StaffRequest, recall: UUID, typed: Mapping[str, str]) -> dict[str, str]:
    by = staff.actor
    act = by.act(now=staff.now)
    entry = note_recall(recall=recall, answer=typed["answer"], by=by, act=act, words=typed["words"])
    return {"entry": str(entry.id)}


def _page(
    staff: StaffRequest, refusal: RuleViolation | None = None, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    waiting = list(recalls_to_make(staff.actor)[: MOST + 1])
    rows = recalls_of(staff.actor, "evidence.recall").filter(noted_at__isnull=False)
    noted = list(rows.order_by("-noted_at")[:DONE])
    entries = {
        each.id: each for each in Entry.objects.filter(id__in=[each.entry for each in [*waiting, *noted]])
    }
    context = {
        "rows": [_row(each, entries[each.entry], typed or {}) for each in waiting[:MOST]],
        "more": len(waiting) > MOST,
        "noted": [_row(each, entries[each.entry], {}) for each in noted],
        "answers": [(code, OUTCOME_WORDS[code]) for code in OUTCOMES],
        "evidence_url": reverse("evidence"),
        "key": new_id(staff.now).hex,
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(staff, "figures/recalls.html", context, status=status_of(refusal) if refusal else 200)


def _row(each: Recall, entry: Entry, typed: Mapping[str, str]) -> dict[str, Any]:
    words = words_of(entry)
    kind, _colon, number = each.subject.partition(":")
    again = typed.get("recall") == str(each.id)
    return {
        "id": each.id,
        "url": reverse("request", args=[number]) if kind == "request" else "",
        "number": number if kind in ("request", "corrective_action") else "",
        "what": words_of_rooms("KINDS")[entry.kind],
        "words": str(next((words[name] for name in SAID if words.get(name)), "")),
        "at": entry.at,
        "giver": each.giver.name,
        "office": each.office.name,
        "month": each.month,
        "status": STATES[each.state],
        "tries": each.tries,
        "noted_by": each.noted_by.name if each.noted_by else "",
        "noted_at": each.noted_at,
        "open": again,
        "answer": typed.get("answer", "") if again else "",
        "typed": typed.get("words", "") if again else "",
        "form_url": reverse("recall_note", args=[each.id]),
    }
