"""One person's page: posts with their days, mending, leaving, ways in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hemu.access.models import Account
from hemu.access.web.gate import StaffRequest
from hemu.attachments.queries import portrait_of
from hemu.estate.models import Post, Staff
from hemu.estate.wording import ROLES
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.ledger.catalogue import words_of_rooms
from hemu.ledger.models import Entry
from hemu.sign_in.operations_factor import remove_factor
from hemu.sign_in.queries import has_factor
from hemu.staffing.operations import change_person, end_post, give_posts, leave, stay, take_back
from hemu.staffing.operations_hand_over import hand_over
from hemu.staffing.queries import (
    authority_of,
    leaving_of,
    member_for,
    offices_of,
    open_posts,
    open_work_of,
)
from hemu.staffing.rules import Authority
from hemu.staffing.web.people import line_of, status_of_person
from hemu.staffing.web.post_form import day_from, post_fields, post_from
from hemu.staffing.web.words import Names

ACTS = 30
Do = Callable[[StaffRequest, Staff, Authority], None]


@needs("staff.view")
@require_GET
def show(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Show one member of staff."""
    staff = cast("StaffRequest", request)
    return _page(staff, _member(staff, staff_id))


def _member(request: StaffRequest, staff_id: UUID) -> Staff:
    try:
        return member_for(request.actor, staff_id, today=office_day(request.now))
    except RuleViolation as unknown:
        raise Http404 from unknown


def _page(
    request: StaffRequest, member: Staff, refusal: RuleViolation | None = None, refused: str = ""
) -> HttpResponse:
    today = office_day(request.now)
    account = Account.objects.filter(staff=member).first()
    posts = [_line(post, today) for post in _posts(member)]
    current = [post for post in posts if not post["over"]]
    authority = authority_of(request.actor)
    own = member.id == request.actor.staff_id
    covered = all(authority.covers(office) for office in offices_of(member, today=today))
    may = request.actor.may("staff.change") and covered
    context: dict[str, Any] = {
        "person": member,
        "login": account.login if account else "",
        "status": status_of_person(member, bool(current), account, today),
        "posts": posts,
        "own": own,
        "may_mend": may and not member.has_left(today),
        "may_change": may and not own,
        "left": member.has_left(today),
        "leaving": leaving_of(member),
        "factor": bool(account and has_factor(account)),
        "never_in": bool(account and not account.has_usable_password()),
        "refusal": words_for(refusal) if refusal else "",
        "refused": refused,
        "today": today,
        "acts": _acts(member),
        "face": portrait_of(member.key),
    }
    if context["may_change"]:
        context |= {"post": post_fields(request), "work": _work(member), "others": _others(request, member)}
    return render(request, "staffing/person.html", context, status=status_of(refusal) if refusal else 200)


def _posts(member: Staff) -> list[Post]:
    rows = Post.objects.filter(staff=member).select_related("office", "department")
    return list(rows.prefetch_related("beats__community").order_by("-since", "-id"))


def _line(post: Post, today: Any) -> dict[str, Any]:
    beats = [f"{beat.community.name} {'、'.join(beat.buildings)}".strip() for beat in post.beats.all()]
    over = post.until is not None and post.until < today
    return {**line_of(post, today), "beats": "；".join(beats), "over": over, "office_id": post.office_id}


def _work(member: Staff) -> list[dict[str, Any]]:
    words = words_of_rooms("WORK")
    return [
        {"words": words.get(name, name), "count": count} for name, count in open_work_of(member.id).items()
    ]


def _others(request: StaffRequest, member: Staff) -> list[tuple[str, str]]:
    """Return who may take over: those at work at the same offices, or in the company."""
    today = office_day(request.now)
    offices = offices_of(member, today=today)
    held = open_posts(today).filter(office__in=[each for each in offices if each], since__lte=today)
    rows = Staff.objects.filter(id__in=held.values("staff"), left_on__isnull=True).exclude(id=member.id)
    return [(str(row.id), row.name) for row in rows.order_by("initials", "name")[:300]]


def _acts(member: Staff) -> list[dict[str, Any]]:
    kinds = words_of_rooms("KINDS")
    rows = list(Entry.objects.filter(subject=member.key).order_by("-seq")[:ACTS])
    actors = {row.actor.removeprefix("staff:") for row in rows if row.actor.startswith("staff:")}
    names = {
        f"staff:{key}": name for key, name in Staff.objects.filter(id__in=actors).values_list("id", "name")
    }
    places = Names() if rows else None
    return [
        {"what": kinds.get(row.kind, row.kind), "by": names.get(row.actor, ""), "at": row.recorded_at,
         "more": _more(row.facts, places)}
        for row in rows
    ]  # fmt: skip


def _more(facts: dict[str, Any], places: Names | None) -> str:
    parts = [str(ROLES[facts["role"]])] if facts.get("role") in ROLES else []
    if facts.get("office") and places:
        parts.append(places.office(UUID(facts["office"])))
    parts += [str(facts[name]) for name in ("since", "on", "until") if facts.get(name)]
    return " · ".join(parts)


def do_for(request: HttpRequest, staff_id: UUID, name: str, do: Do) -> HttpResponse:
    staff = cast("StaffRequest", request)
    member = _member(staff, staff_id)
    try:
        do(staff, member, authority_of(staff.actor))
    except RuleViolation as refusal:
        member.refresh_from_db()
        return _page(staff, member, refusal, name)
    return redirect("staff_person", staff_id)


@needs("staff.change")
@require_POST
def change(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Mend name and phone (POST: name, phone)."""

    def do(staff: StaffRequest, member: Staff, by: Authority) -> None:
        phone = "".join(filter(str.isdigit, request.POST.get("phone", "")))[:20]
        act = staff.actor.act(now=staff.now)
        change_person(staff=member, name=request.POST.get("name", ""), phone=phone, by=by, act=act)

    return do_for(request, staff_id, "change", do)


@needs("staff.change")
@require_POST
def add_post(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Give one more post (POST: a post's fields)."""

    def do(staff: StaffRequest, member: Staff, by: Authority) -> None:
        post = post_from(request.POST, staff)
        give_posts(staff=member, posts=[post], by=by, act=staff.actor.act(now=staff.now))

    return do_for(request, staff_id, "post", do)


@needs("staff.change")
@require_POST
def end(request: HttpRequest, staff_id: UUID, post_id: int) -> HttpResponse:
    """End a post (POST: until, its last day; none: it ends at once)."""

    def do(staff: StaffRequest, member: Staff, by: Authority) -> None:
        post = Post.objects.select_related("office", "staff").filter(id=post_id, staff=member).first()
        if post is None:
            raise RuleViolation("staff.not_found")
        until = day_from(request.POST.get("until", "")) or office_day(staff.now) - timedelta(days=1)
        end_post(post=post, until=until, by=by, act=staff.actor.act(now=staff.now))

    return do_for(request, staff_id, f"end{post_id}", do)


@needs("staff.change")
@require_POST
def go(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Let somebody go (POST: on, to, reason); where the day has come, the open work goes over at once."""

    def do(staff: StaffRequest, member: Staff, by: Authority) -> None:
        act = staff.actor.act(now=staff.now)
        on = day_from(request.POST.get("on", "")) or office_day(staff.now)
        to = next((key for key, _ in _others(staff, member) if key == request.POST.get("to", "")), None)
        heir = Staff.objects.get(id=to) if to else None
        row = leave(staff=member, on=on, to=heir, reason=request.POST.get("reason", ""), by=by, act=act)
        if row.done_at:
            hand_over(leaving=row, act=act)

    return do_for(request, staff_id, "leave", do)


@needs("staff.change")
@require_POST
def remain(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Take a leaving back whose day has not come."""

    def do(staff: StaffRequest, member: Staff, by: Authority) -> None:
        stay(staff=member, by=by, act=staff.actor.act(now=staff.now))

    return do_for(request, staff_id, "stay", do)


@needs("staff.change")
@require_POST
def come_back(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Take somebody in again who left (POST: a post's fields)."""

    def do(staff: StaffRequest, member: Staff, by: Authority) -> None:
        post = post_from(request.POST, staff)
        take_back(staff=member, posts=[post], by=by, act=staff.actor.act(now=staff.now))

    return do_for(request, staff_id, "return", do)


@needs("staff.change")
@require_POST
def reset(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Reset somebody's second factor, as when the phone is lost: a recorded act."""

    def do(staff: StaffRequest, member: Staff, by: Authority) -> None:
        by.require(offices_of(member, today=office_day(staff.now)), of=member.id)
        account = Account.objects.select_related("staff").filter(staff=member).first()
        if account is None:
            raise RuleViolation("factor.none")
        remove_factor(account=account, act=staff.actor.act(now=staff.now), kind="factor.reset")

    return do_for(request, staff_id, "factor", do)
