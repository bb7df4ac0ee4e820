"""The small forms of setting up: names, one more community, hours and the rules of the door, departments."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Community, Company, Department, Office
from hemu.estate.operations import COMPANY_NAME, OFFICE_NAME
from hemu.estate.queries import office_rules
from hemu.estate.wording import ROLES
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.setting_up.operations import carry_trade, name_house, open_another, set_profile
from hemu.setting_up.web.overview import PERMISSION, chosen_community
from hemu.staffing.wording import TRADES

SIGNING = (
    "general_manager",
    "company_leader",
    "office_director",
    "cs_supervisor",
    "hr",
    "finance",
    "quality",
)
DEPARTMENTS = {
    "repair": _("工程部"),
    "security": _("秩序部"),
    "cleaning": _("保洁部"),
    "greening": _("绿化部"),
}
Do = Callable[[StaffRequest, Community], None]


def _form(
    request: HttpRequest, template: str, context: Callable[[StaffRequest, Community], dict[str, Any]], do: Do
) -> HttpResponse:
    """Show a form about the chosen community (GET), or do what it asks and go back to the steps (POST)."""
    staff = cast("StaffRequest", request)
    community = chosen_community(staff)
    if community is None:
        return redirect("setup_another")
    refusal = None
    if request.method == "POST":
        try:
            do(staff, community)
        except RuleViolation as no:
            refusal = no
            community.refresh_from_db()
        else:
            return back(community)
    shared = {
        "community": community, "typed": request.POST, "back_url": back_url(community),
        "refusal": words_for(refusal) if refusal else "",
    }  # fmt: skip
    status = status_of(refusal) if refusal else 200
    return render(request, template, shared | context(staff, community), status=status)


def back_url(community: Community) -> str:
    return f"{reverse('setup')}?{urlencode({'community': str(community.id)})}"


def back(community: Community) -> HttpResponse:
    return redirect(back_url(community))


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """Name company, office and community (POST: company, office, name)."""

    def context(staff: StaffRequest, community: Community) -> dict[str, Any]:
        company = Company.objects.values_list("name", flat=True).first() or ""
        return {
            "company_name": "" if company == COMPANY_NAME else company,
            "office_name": "" if community.office.name == OFFICE_NAME else community.office.name,
            "community_name": community.name,
            "whole": staff.actor.offices_with(PERMISSION) is None,
        }

    def do(staff: StaffRequest, community: Community) -> None:
        whole = staff.actor.offices_with(PERMISSION) is None
        name_house(
            community=community,
            company=request.POST.get("company", "") if whole else "",
            office=request.POST.get("office", ""),
            name=request.POST.get("name", ""),
            act=staff.actor.act(now=staff.now),
        )

    return _form(request, "setting_up/place.html", context, do)


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def another(request: HttpRequest) -> HttpResponse:
    """Open one more community (POST: name, office, new_office); a new office takes a post of the whole company."""
    staff = cast("StaffRequest", request)
    held = staff.actor.offices_with(PERMISSION)
    offices = (
        Office.objects.order_by("name")
        if held is None
        else Office.objects.filter(id__in=held).order_by("name")
    )
    refusal = ""
    if request.method == "POST":
        office = next((each for each in offices if str(each.id) == request.POST.get("office")), None)
        try:
            made = open_another(
                name=request.POST.get("name", ""),
                office=office,
                new_office=request.POST.get("new_office", "") if held is None else "",
                act=staff.actor.act(now=staff.now),
            )
        except RuleViolation as no:
            refusal = words_for(no)
        else:
            return back(made)
    context = {
        "offices": [(str(each.id), each.name) for each in offices],
        "whole": held is None,
        "typed": request.POST,
        "refusal": refusal,
    }
    return render(request, "setting_up/another.html", context, status=422 if refusal else 200)


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def hours(request: HttpRequest) -> HttpResponse:
    """Set the hours and who needs one-time codes, from today on (POST: office, frontdesk, shifts, quiet, roles, from, grace)."""

    def context(staff: StaffRequest, community: Community) -> dict[str, Any]:
        settings = office_rules(community.office, on=staff.now).settings
        now = settings.hours
        return {
            "hours": {
                "office": ", ".join(now["office"]),
                "frontdesk": ", ".join(now["frontdesk_on_duty"]),
                "shifts": ", ".join(now["technician_shifts"]),
                "quiet": now["quiet"],
            },
            "roles": [(role, ROLES[role]) for role in SIGNING],
            "chosen": list(settings.sign_in["second_factor_roles"]),
            "begins": settings.sign_in["second_factor_from"],
            "grace": settings.sign_in["second_factor_grace_days"],
        }

    def do(staff: StaffRequest, community: Community) -> None:
        since = office_day(staff.now)
        values = {**_hours(request.POST), **_door(request.POST, request.POST.getlist("roles"), since)}
        set_profile(office=community.office, values=values, since=since, act=staff.actor.act(now=staff.now))

    return _form(request, "setting_up/hours.html", context, do)


def _hours(posted: Mapping[str, str]) -> dict[str, object]:
    def spans(name: str) -> list[str]:
        text = posted.get(name, "").replace("，", ",").replace("、", ",").replace("：", ":").replace("–", "-")
        found = [span.strip().replace(" ", "") for span in text.split(",") if span.strip()]
        if not found:
            raise RuleViolation("setup.hours_unreadable")
        return found

    return {
        "hours.office": spans("office"),
        "hours.frontdesk_on_duty": spans("frontdesk"),
        "hours.technician_shifts": spans("shifts"),
        "hours.quiet": spans("quiet")[0],
    }


def _door(posted: Mapping[str, str], roles: list[str], today: date) -> dict[str, object]:
    grace = posted.get("grace", "")
    return {
        "sign_in.second_factor_roles": [role for role in roles if role in ROLES],
        "sign_in.second_factor_from": (posted.get("from") or today.isoformat()) if roles else "",
        "sign_in.second_factor_grace_days": int(grace) if grace.isdecimal() and len(grace) < 4 else 14,
    }


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def departments(request: HttpRequest) -> HttpResponse:
    """Say which department carries which trade (POST: one field for each trade, the department's name)."""

    def context(staff: StaffRequest, community: Community) -> dict[str, Any]:
        rows = Department.objects.filter(office=community.office).order_by("name")
        carrying: dict[str, list[str]] = {}
        for row in rows:
            carrying.setdefault(row.trade, []).append(row.name)
        return {
            "trades": [
                {
                    "trade": trade,
                    "words": TRADES[trade],
                    "names": carrying.get(trade, []),
                    "proposed": "" if carrying.get(trade) else name,
                }
                for trade, name in DEPARTMENTS.items()
            ],
            "known": [row.name for row in rows],
        }

    def do(staff: StaffRequest, community: Community) -> None:
        act = staff.actor.act(now=staff.now)
        for trade in DEPARTMENTS:
            if name := request.POST.get(trade, "").strip():
                carry_trade(office=community.office, name=name, trade=trade, act=act)

    return _form(request, "setting_up/departments.html", context, do)
