"""The page of one report and one period: the figures, what was published, the form; the year's plan beside one."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Community
from hemu.estate.queries import staff_names
from hemu.foundation.due import Period
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import OFFICE_ZONE, parse_moment
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of
from hemu.quality.web.panels import action_panel
from hemu.reports.operations import approve_plan, publish_report
from hemu.reports.operations_export import export_report
from hemu.reports.operations_printing import print_report
from hemu.reports.queries import before, count, period_at, published
from hemu.reports.queries_complaints import has_cause, unexplained
from hemu.reports.queries_figures import groups_of, warnings_of
from hemu.reports.rules import MONTHLY, WEEKLY_COMPLAINTS, YEARLY, Report, subject_of
from hemu.reports.web.asked import chosen_community, chosen_period, chosen_report
from hemu.reports.wording import ASKED, LEADS, TITLES
from hemu.service_requests.queries import communities_of, visible_to
from hemu.service_requests.wording import place_words
from hemu.supervision.wording import ROOTS

WRITTEN = ("text", "measures")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs("report.view")
@require_GET
def report_page(request: HttpRequest, report: str) -> HttpResponse:
    """Show a report (GET: community, period as 2026-10 or 2026-W47)."""
    staff = cast("StaffRequest", request)
    return _page(staff, chosen_report(report), chosen_community(staff))


@needs("report.publish")
@require_POST
def publish(request: HttpRequest, report: str) -> HttpResponse:
    """Publish a report (POST: community, period, text, measures, key)."""
    staff = cast("StaffRequest", request)
    asked, community = chosen_report(report), chosen_community(staff)
    period = chosen_period(staff, asked, community)

    def act() -> dict[str, Any]:
        entry = publish_report(
            report=asked,
            community=community,
            on=period.start,
            by=staff.actor,
            act=staff.actor.act(now=staff.now),
            words=staff.POST.get("text", ""),
            measures=staff.POST.get("measures", ""),
        )
        return {"entry": str(entry.id)}

    return _done(staff, asked, community, act)


@needs("plan.approve")
@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """Approve this year's plan of return visits (POST: community, period, text, key)."""
    staff = cast("StaffRequest", request)
    community, year = chosen_community(staff), staff.now.astimezone(OFFICE_ZONE).year

    def act() -> dict[str, Any]:
        by = staff.actor
        words = staff.POST.get("text", "")
        entry = approve_plan(community=community, year=year, by=by, act=by.act(now=staff.now), words=words)
        return {"entry": str(entry.id)}

    return _done(staff, chosen_report("return-visits"), community, act)


@needs("report.view")
@never_cache
@require_GET
def paper(request: HttpRequest, report: str) -> HttpResponse:
    """Return what was last published for a period as PDF (GET: community, period)."""
    staff = cast("StaffRequest", request)
    asked, community, entry = _last(staff, report)
    made = print_report(asked, community, entry, by=staff.actor, now=staff.now)
    return _file(made, "application/pdf", f"{_stem(asked, community, entry)}.pdf", as_attachment=False)


@needs("report.view")
@never_cache
@require_GET
def sheet(request: HttpRequest, report: str) -> HttpResponse:
    """Return what was last published for a period as xlsx (GET: community, period)."""
    staff = cast("StaffRequest", request)
    asked, community, entry = _last(staff, report)
    made = export_report(asked, community, entry, by=staff.actor, now=staff.now)
    return _file(made, XLSX, f"{_stem(asked, community, entry)}.xlsx", as_attachment=True)


def _last(staff: StaffRequest, report: str) -> tuple[Report, Community, Entry]:
    asked, community = chosen_report(report), chosen_community(staff)
    period = chosen_period(staff, asked, community)
    entries = published(asked.clause, community, period.key)
    if not entries:
        raise Http404(period.key)
    return asked, community, entries[-1]


def _stem(report: Report, community: Community, entry: Entry) -> str:
    return f"{TITLES[report.kind]} {community.name} {entry.facts['period']}"


def _file(made: bytes, kind: str, name: str, *, as_attachment: bool) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(as_attachment, name) or "inline"}
    return HttpResponse(made, content_type=kind, headers=headers)


def _done(staff: StaffRequest, report: Report, community: Community, act: Any) -> HttpResponse:
    body = {name: staff.POST.get(name, "") for name in ("community", "period", *WRITTEN)}
    try:
        once(account=staff.actor.key, key=staff.POST.get("key", ""), body=body, now=staff.now, act=act)
    except RuleViolation as refusal:
        return _page(staff, report, community, refusal)
    asked = {"community": str(community.id), "period": body["period"]}
    return redirect(f"{reverse('report', args=[report.slug])}?{urlencode(asked)}")


def _page(
    staff: StaffRequest, report: Report, community: Community, refusal: RuleViolation | None = None
) -> HttpResponse:
    period = chosen_period(staff, report, community)
    entries = published(report.clause, community, period.key)
    may_publish = staff.now >= (period.end if report.every == "month" else period.start)
    figures = count(report, community, period, now=staff.now).figures
    context = {
        "report": report,
        "title": TITLES[report.kind],
        "lead": LEADS[report.kind],
        "community": str(community.id),
        "community_name": community.name,
        "communities": [(str(each.id), each.name) for each in communities_of(staff.actor, "report.view")],
        "period": period.key,
        "first_day": period.first_day,
        "last_day": period.last_day,
        **_beside(staff, report, community, period),
        **_shown(staff, report, figures),
        "late": _late(staff, report, community, period),
        "ready": may_publish,
        "may_publish": may_publish and staff.actor.may("report.publish", community.office_id),
        "asked": [(name, ASKED[report.kind][name], staff.POST.get(name, "")) for name in report.asks],
        "published": [_published(staff, report, each) for each in entries],
        "changed": bool(entries) and entries[-1].facts["figures"] != figures,
        "paper_url": _url("report_paper", report, community, period) if entries else "",
        "sheet_url": _url("report_sheet", report, community, period) if entries else "",
        **(_plans(staff, community) if report.clause == MONTHLY else {}),
        "actions": action_panel(
            staff,
            community=community,
            source="report",
            about=subject_of(report.clause, community.id.hex, period.key),
        ),
        "key": new_id(staff.now).hex,
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(staff, "reports/report.html", context, status=status_of(refusal) if refusal else 200)


def _url(name: str, report: Report, community: Community, period: Period) -> str:
    asked = {"community": str(community.id), "period": period.key}
    return f"{reverse(name, args=[report.slug])}?{urlencode(asked)}"


def _beside(staff: StaffRequest, report: Report, community: Community, period: Period) -> dict[str, str]:
    """Return the pages of the period before and, where it has begun, of the one after."""
    after = period_at(community, report.every, period.end)
    return {
        "before_url": _url("report", report, community, before(community, report.every, period)),
        "after_url": _url("report", report, community, after) if after.start <= staff.now else "",
    }


def _shown(staff: StaffRequest, report: Report, figures: dict[str, Any]) -> dict[str, Any]:
    """Return figures as the page shows them; cases that are kept from this person are not named."""
    numbers = figures.get("worst", [])
    cases = {each.number: each for each in visible_to(staff.actor).filter(number__in=numbers)}
    return {
        "groups": groups_of(report, figures),
        "warnings": warnings_of(figures),
        "worst": [
            {"number": number, "url": reverse("request", args=[number]), "words": cases[number].text,
             "place": place_words(cases[number])}
            for number in numbers if number in cases
        ],
    }  # fmt: skip


def _late(staff: StaffRequest, report: Report, community: Community, period: Period) -> list[dict[str, Any]]:
    """Return the late complaints of the week's report, each with the cause that a stock-take found, or without."""
    if report.clause != WEEKLY_COMPLAINTS:
        return []
    until = min(staff.now, period.end)
    found = unexplained(staff.actor, community, until=until, now=staff.now)
    names = staff_names({UUID(finding.to[6:]) for _case, finding in found if finding})
    may_review = staff.actor.may("review.sign", community.office_id)
    asked = {"office": str(community.office_id)}
    return [
        {
            "number": case.number,
            "url": reverse("request", args=[case.number]),
            "words": case.text,
            "place": place_words(case),
            "root": ROOTS[finding.root] if finding and has_cause(finding) else "",
            "measure": finding.measure if finding else "",
            "who": names.get(UUID(finding.to[6:]), _("已离职员工")) if finding else "",
            "review_url": f"{reverse('review')}?{urlencode(asked | {'number': case.number})}"
            if may_review
            else "",
        }
        for case, finding in found
    ]


def _published(staff: StaffRequest, report: Report, entry: Entry) -> dict[str, Any]:
    names, words = staff_names({UUID(entry.actor[6:])}), words_of(entry)
    until = entry.facts.get("until")
    return {
        "by": names.get(UUID(entry.actor[6:]), _("已离职员工")),
        "at": entry.at,
        "said": [(ASKED[report.kind][name], words[name]) for name in report.asks if words.get(name)],
        "since": parse_moment(entry.facts["since"]) if until else None,
        "until": parse_moment(until) if until else None,
        **_shown(staff, report, entry.facts["figures"]),
    }


def _plans(staff: StaffRequest, community: Community) -> dict[str, Any]:
    year = staff.now.astimezone(OFFICE_ZONE).year
    entries = published(YEARLY, community, str(year))
    names = staff_names({UUID(each.actor[6:]) for each in entries})
    return {
        "year": year,
        "may_approve": staff.actor.may("plan.approve", community.office_id),
        "plans": [
            {
                "by": names.get(UUID(each.actor[6:]), _("已离职员工")),
                "at": each.at,
                "words": words_of(each).get("text", ""),
            }
            for each in entries
        ],
    }
