"""Who works here: the list, and taking in one more."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hemu.access.models import Account
from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Office, Post, Staff
from hemu.estate.wording import ROLES
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.infra.wording import Status
from hemu.staffing.operations import take_in
from hemu.staffing.queries import authority_of, open_posts, staff_seen_by
from hemu.staffing.web.post_form import post_fields, post_from
from hemu.staffing.wording import STATES, WHOLE_COMPANY

PAGE = 60
LOOKS = {
    "at_work": ("pine", "dot"),
    "never_in": ("amber", "half"),
    "leaving": ("amber", "triangle"),
    "left": ("neutral", "dash"),
    "no_post": ("neutral", "ring"),
}


@needs("staff.view")
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """List the staff (GET: q, role, office, state, after)."""
    staff = cast("StaffRequest", request)
    today = office_day(staff.now)
    chosen = {name: request.GET.get(name, "").strip() for name in ("q", "role", "office", "state", "after")}
    rows = _filtered(staff, chosen, today)
    found = list(rows.order_by("initials", "name", "id")[_start(chosen) : _start(chosen) + PAGE + 1])
    context: dict[str, Any] = {
        **{f"chosen_{name}": value for name, value in chosen.items()},
        "rows": _rows(found[:PAGE], today),
        "roles": list(ROLES.items())[:-3],
        "offices": [(str(each.id), each.name) for each in _offices(staff)],
        "states": list(STATES.items()),
        "filtered": any(chosen[name] for name in ("q", "role", "office", "state")),
        "may_change": staff.actor.may("staff.change"),
        "waiting": _waiting(staff, today),
        **_pager(request, chosen, len(found)),
    }
    return render(request, "staffing/people.html", context)


def _start(chosen: dict[str, str]) -> int:
    text = chosen["after"]
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _pager(request: HttpRequest, chosen: dict[str, str], found: int) -> dict[str, str]:
    start = _start(chosen)

    def page(at: int) -> str:
        query = request.GET.copy()
        query["after"] = str(at)
        return f"?{query.urlencode()}"

    return {
        "newer": page(max(0, start - PAGE)) if start else "",
        "older": page(start + PAGE) if found > PAGE else "",
    }


def _offices(staff: StaffRequest) -> Any:
    held = staff.actor.offices_with("staff.view")
    return (
        Office.objects.order_by("name")
        if held is None
        else Office.objects.filter(id__in=held).order_by("name")
    )


def _filtered(staff: StaffRequest, chosen: dict[str, str], today: date) -> Any:
    rows = staff_seen_by(staff.actor, today=today)
    if words := chosen["q"]:
        rows = rows.filter(
            Q(name__contains=words)
            | Q(initials__startswith=words.lower())
            | Q(phone__contains=words)
            | Q(account__login__startswith=words.lower())
        )
    held = open_posts(today)
    if chosen["role"] in ROLES:
        rows = rows.filter(id__in=held.filter(role=chosen["role"]).values("staff"))
    if chosen["office"] in {str(each.id) for each in _offices(staff)}:
        rows = rows.filter(id__in=held.filter(office_id=UUID(chosen["office"])).values("staff"))
    return _by_state(rows, chosen["state"], today)


def _by_state(rows: Any, state: str, today: date) -> Any:
    gone = Q(left_on__lte=today)
    posted = Q(id__in=open_posts(today).values("staff"))
    if state == "left":
        return rows.filter(gone)
    if state == "leaving":
        return rows.filter(left_on__gt=today)
    if state == "never_in":
        return rows.filter(posted, left_on__isnull=True, account__password__startswith="!")
    if state == "no_post":
        return rows.filter(~posted, left_on__isnull=True)
    if state == "at_work":
        return rows.filter(posted).exclude(gone)
    return rows.exclude(gone)


def _waiting(staff: StaffRequest, today: date) -> int:
    if not staff.actor.may("staff.change"):
        return 0
    rows: int = _by_state(staff_seen_by(staff.actor, today=today), "never_in", today)[:100].count()
    return rows


def _rows(found: list[Staff], today: date) -> list[dict[str, Any]]:
    posts: dict[UUID, list[dict[str, Any]]] = {}
    held = open_posts(today).filter(staff__in=found).select_related("office", "department").order_by("id")
    for post in held:
        posts.setdefault(post.staff_id, []).append(line_of(post, today))
    accounts = {row.staff_id: row for row in Account.objects.filter(staff__in=found)}
    return [
        {
            "url": reverse("staff_person", args=[row.id]),
            "name": row.name,
            "phone": row.phone,
            "login": accounts[row.id].login if row.id in accounts else "",
            "posts": posts.get(row.id, []),
            "status": status_of_person(row, bool(posts.get(row.id)), accounts.get(row.id), today),
            "left_on": row.left_on,
        }
        for row in found
    ]


def line_of(post: Post, today: date) -> dict[str, Any]:
    """Return a post's line: role, where, department, days."""
    return {
        "id": post.id,
        "role": ROLES.get(post.role, post.role),
        "office": post.office.name if post.office else WHOLE_COMPANY,
        "department": post.department.name if post.department else "",
        "since": post.since,
        "until": post.until,
        "to_come": post.since > today,
    }


def status_of_person(row: Staff, posted: bool, account: Account | None, today: date) -> Status:
    """Return how somebody stands: left, leaving, never in, without a post, at work."""
    if row.has_left(today):
        state = "left"
    elif row.left_on is not None:
        state = "leaving"
    elif not posted:
        state = "no_post"
    else:
        state = "at_work" if account and account.has_usable_password() else "never_in"
    tone, shape = LOOKS[state]
    return Status(STATES[state], tone, shape)  # type: ignore[arg-type]


@needs("staff.change")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Show the form (GET) or take somebody in (POST: name, phone, login and a post's fields)."""
    staff = cast("StaffRequest", request)
    refusal = None
    if request.method == "POST":
        try:
            made = take_in(
                name=request.POST.get("name", "")[:60],
                phone="".join(filter(str.isdigit, request.POST.get("phone", "")))[:20],
                login=request.POST.get("login", "")[:40],
                posts=[post_from(request.POST, staff)],
                by=authority_of(staff.actor),
                act=staff.actor.act(now=staff.now),
            )
        except RuleViolation as no:
            refusal = no
        else:
            return redirect("staff_person", made.id)
    context = {
        "typed": request.POST,
        "refusal": words_for(refusal) if refusal else "",
        "post": post_fields(staff),
        "title": _("录入员工"),
    }
    return render(request, "staffing/add.html", context, status=status_of(refusal) if refusal else 200)
