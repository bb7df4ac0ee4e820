"""Is this record unaltered? Of one case for staff; the public page of codes; where a code was published."""

from datetime import date
from typing import Any, cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.attesting.queries import attest, codes_by_day
from hemu.attesting.web.attested import attested_context, code_context
from hemu.attesting.web.packing import package_of
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import PUBLIC, needs
from hemu.ledger.models import Seal
from hemu.ledger.operations import Act, publish_root
from hemu.ledger.queries import last_seal, publications, seal_of_code
from hemu.ledger.rules import read_code
from hemu.ledger.wording import PLACES
from hemu.service_requests.queries import communities_of, request_for, visible_entries

DAYS, PUBLISHED_SHOWN = 7, 10


@needs("request.view")
@never_cache
@require_GET
def proof(request: HttpRequest, number: str) -> HttpResponse:
    """Say whether a case's record is as it was sealed."""
    staff = cast("StaffRequest", request)
    try:
        found = request_for(staff.actor, number)
    except RuleViolation as refusal:
        raise Http404(number) from refusal
    entries = visible_entries(found)
    context = attested_context(request, attest(entries), shown=entries, community=found.community)
    return render(request, "attesting/proof.html", {**context, "number": found.number})


@needs(PUBLIC)
@never_cache
@require_GET
def book(request: HttpRequest, code: str = "") -> HttpResponse:
    """Show the newest code, those of seven days (GET: day) and where one was published; answer for one (GET: code)."""
    community = Community.objects.select_related("office").filter(code=code.upper()).first() if code else None
    if code and community is None:
        raise Http404(code)
    today, asked = office_day(cast("StaffRequest", request).now), request.GET.get("code", "")[:40]
    day = min(_day(request.GET.get("day", "")) or today, today)
    context: dict[str, Any] = {
        "place": {"community": community.name, "office": community.office.name} if community else None,
        "code": code_context(request, last_seal(), community),
        "days": [(each, seal.code if seal else "") for each, seal in codes_by_day(today=day, days=DAYS)],
        "day": day.isoformat(),
        "today": today,
        "published": _published(community.book_id) if community else [],
        "asked": asked,
    }
    status = 200
    if asked:
        try:
            context["found"] = seal_of_code(read_code(asked))
        except RuleViolation as refusal:
            context["refusal"], status = words_for(refusal), status_of(refusal)
    return render(request, "attesting/book.html", context, status=status)


def _day(text: str) -> date | None:
    """Return a day of this product's time; None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 < day.year < 2200 else None


def _published(book_id: str) -> list[dict[str, Any]]:
    return [
        {"code": each.facts["code"], "place": PLACES[each.facts["place"]], "at": each.at}
        for each in publications(book_id)[:PUBLISHED_SHOWN]
    ]


@needs("root.publish")
@never_cache
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    """Write down where the newest code was made public (POST: community, place, seal, key)."""
    staff = cast("StaffRequest", request)
    communities = list(communities_of(staff.actor, "root.publish"))
    refusal = ""
    if request.method == "POST":
        try:
            community = _publish(staff, communities)
            return redirect("book_community", code=community.code)
        except RuleViolation as refused:
            refusal = words_for(refused)
    today = office_day(staff.now)
    context = {
        "today": today.isoformat(),
        "month_begins": today.replace(day=1).isoformat(),
        "code": code_context(request, last_seal(), None),
        "seal": last_seal(),
        "communities": [(str(each.id), each.name) for each in communities],
        "places": list(PLACES.items()),
        "key": new_id(staff.now).hex,
        "refusal": refusal,
        "book_url": reverse("book"),
    }
    return render(request, "attesting/publish.html", context, status=422 if refusal else 200)


def _publish(staff: StaffRequest, communities: list[Community]) -> Community:
    asked = {name: staff.POST.get(name, "") for name in ("community", "place", "seal")}
    community = next((each for each in communities if str(each.id) == asked["community"]), None)
    if community is None:
        raise RuleViolation("root.unknown_place")
    number = int(asked["seal"]) if asked["seal"].isdecimal() and len(asked["seal"]) < 10 else 0
    seal = Seal.objects.filter(number=number).first()
    act = Act(staff.actor.key, at=staff.now, recorded_at=staff.now)

    def write() -> dict[str, Any]:
        entry = publish_root(
            book=community.book_id, seal=seal.number if seal else 0, place=asked["place"], act=act
        )
        return {"entry": str(entry.id)}

    once(account=staff.actor.key, key=staff.POST.get("key", ""), body=asked, now=staff.now, act=write)
    return community


@needs("root.publish")
@never_cache
@require_GET
def package(request: HttpRequest) -> HttpResponse | FileResponse:
    """Give out what a community's book recorded, to be checked elsewhere (GET: community, from, to; both days count)."""
    staff = cast("StaffRequest", request)
    asked = request.GET
    found = communities_of(staff.actor, "root.publish")
    community = next((each for each in found if str(each.id) == asked.get("community")), None)
    since, until = _day(asked.get("from", "")), _day(asked.get("to", ""))
    if community is None or since is None or until is None or since > until:
        return redirect("book_publish")
    return package_of(community, by=staff.actor, since=since, until=until, now=staff.now)
