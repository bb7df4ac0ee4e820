"""The figures of a community's month, and the list behind one of them."""

from io import BytesIO
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hemu.access.operations import log_read
from hemu.access.queries_kept import kept_from
from hemu.access.web.gate import StaffRequest
from hemu.duties.models import Duty
from hemu.figures.operations_export import write_sheet
from hemu.figures.queries import Figure, figure_of, figures_of
from hemu.figures.rules import per_mille, share_words
from hemu.figures.web.asked import beside, chosen_community, chosen_month
from hemu.figures.wording import STANDS
from hemu.infra.web.needs import needs
from hemu.service_requests.queries import communities_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 500


@needs("figure.view")
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Show what is attained against what is required (GET: community, month)."""
    staff = cast("StaffRequest", request)
    community = chosen_community(staff)
    month = chosen_month(staff, community)
    found = figures_of(community, month, now=staff.now, hidden=kept_from(staff.actor.staff_id))
    kept = {"community": str(community.id)}
    context = {
        "community": str(community.id),
        "community_name": community.name,
        "communities": [(str(each.id), each.name) for each in communities_of(staff.actor, "figure.view")],
        "month": month.key,
        "rows": [_row(each, kept | {"month": month.key}) for each in found],
        **beside("figures", month, staff.now, **kept),
        "sheet_url": f"{reverse('figures_sheet')}?{urlencode(kept | {'month': month.key})}",
        "evidence_url": f"{reverse('evidence')}?{urlencode({'office': str(community.office_id), 'month': month.key})}",
    }
    return render(staff, "figures/figures.html", context)


def _row(each: Figure, asked: dict[str, str]) -> dict[str, Any]:
    frozen = each.frozen
    ceiling = each.clause.ceiling is not None
    return {
        "clause": each.clause.id,
        "title": each.clause.title,
        "url": f"{reverse('figure', args=[each.clause.id])}?{urlencode(asked)}",
        "by_hand": each.by_hand,
        "required": each.required,
        "ceiling": ceiling,
        "met": frozen.met if frozen else each.met,
        "cohort": frozen.cohort if frozen else each.cohort,
        "share": share_words(
            per_mille(frozen.met, frozen.cohort, ceiling=ceiling) if frozen else each.tenths
        ),
        "stands": STANDS[each.stands],
        "frozen_at": frozen.frozen_at if frozen else None,
        "now": f"{each.met} / {each.cohort}" if each.changed else "",
    }


@needs("figure.view")
@require_GET
def figure(request: HttpRequest, clause: str) -> HttpResponse:
    """Show the list behind one figure (GET: community, month)."""
    staff = cast("StaffRequest", request)
    community = chosen_community(staff)
    month = chosen_month(staff, community)
    hidden = kept_from(staff.actor.staff_id)
    found = figure_of(community, clause.upper(), month, now=staff.now, hidden=hidden)
    if found is None:
        raise Http404(clause)
    asked = {"community": str(community.id), "month": month.key}
    frozen = found.frozen.members if found.frozen else {"met": [], "unmet": []}
    then = dict.fromkeys(frozen["met"], True) | dict.fromkeys(frozen["unmet"], False)
    shown = then or found.members
    context = {
        "row": _row(found, asked),
        "community_name": community.name,
        "month": month.key,
        "unmet": _lines([each for each, has in shown.items() if not has]),
        "met": _lines([each for each, has in shown.items() if has]),
        "changes": _changes(then, found.members) if found.frozen else [],
        "entry": found.frozen.entry if found.frozen else None,
        "list_url": f"{reverse('figures')}?{urlencode(asked)}",
    }
    return render(staff, "figures/figure.html", context)


def _lines(subjects: list[str]) -> list[dict[str, str]]:
    """Return subjects as the list shows them, at most five hundred."""
    subjects = sorted(subjects)[:MOST]
    by_hand = [each for each in subjects if each.startswith("clause:")]
    duties = dict(Duty.objects.filter(subject__in=by_hand).values_list("subject", "id"))
    return [
        {"name": _name(each), "url": reverse("duty", args=[duties[each]]) if each in duties else _url(each)}
        for each in subjects
    ]


def _name(subject: str) -> str:
    return subject.rpartition(":")[2]


def _url(subject: str) -> str:
    kind, _colon, number = subject.partition(":")
    return reverse("request", args=[number]) if kind == "request" else ""


def _changes(then: dict[str, bool], now: dict[str, bool]) -> list[dict[str, Any]]:
    """Return what would be counted otherwise now than when the month was closed."""
    differing = [each for each in sorted(set(then) | set(now)) if then.get(each) != now.get(each)]
    return [
        line | {"then": then.get(each), "now": now.get(each)}
        for each, line in zip(differing[:MOST], _lines(differing), strict=True)
    ]


@needs("figure.view")
@never_cache
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """Return a month's figures with the lists behind them as xlsx (GET: community, month)."""
    staff = cast("StaffRequest", request)
    community = chosen_community(staff)
    month = chosen_month(staff, community)
    hidden = kept_from(staff.actor.staff_id)
    target = BytesIO()
    found = figures_of(community, month, now=staff.now, hidden=hidden, lists=True)
    write_sheet(target, found, month=month)
    log_read(by=staff.actor, subject=f"figures:{community.id.hex}:{month.key}", what="export", now=staff.now)
    name = f"{community.name} {month.key}.xlsx"
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return HttpResponse(target.getvalue(), content_type=XLSX, headers=headers)
