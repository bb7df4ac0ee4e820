"""How an office's papers look and who approves them: as it stands, tried on a sample, set from a day on (NT-01)."""

from dataclasses import asdict
from datetime import date
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Office
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day, typed_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.paper_arranging.queries import (
    SAMPLE_FOOT,
    arranged_by,
    chains_of,
    holders_of,
    layouts_of,
    sample_of,
)
from hemu.paper_arranging.wording import WHOSE, chain_said
from hemu.papers.operations import set_layout
from hemu.papers.rules_official import Layout, Official, layout_of
from hemu.papers.typesetting import pictures_official, typeset_official
from hemu.papers.web.forms import PDF, answer
from hemu.papers.web.kinds import kind_word
from hemu.papers.wording import COLOURS, FONTS, SIZES

EVERYWHERE = "company"
VALUES = Layout.__match_args__
PIXELS_AN_INCH = 75


@needs("paper.arrange")
@never_cache
@require_http_methods(["GET", "POST"])
def paper_layouts(request: HttpRequest) -> HttpResponse:
    """Show layout and chains (GET: office, an id or ``company``); try a layout or set it (POST: do, its values, since)."""
    staff = cast("StaffRequest", request)
    office = office_asked(staff, staff.POST.get("office", "") or staff.GET.get("office", ""))
    if staff.method == "GET":
        return _page(staff, office, None)
    typed = {name: staff.POST.get(name, "") for name in (*VALUES, "since")}
    try:
        values = asdict(layout_of(typed))
        if staff.POST.get("do") != "try":
            _set(staff, office, typed)
            return redirect(page_url(office))
    except RuleViolation as refusal:
        return _page(staff, office, typed, refusal)
    return _page(staff, office, typed | values)


def _set(staff: StaffRequest, office: Office | None, typed: dict[str, str]) -> None:
    def act() -> dict[str, Any]:
        row = set_layout(
            office=office,
            since=day_of(typed["since"], staff),
            values={name: typed[name] for name in VALUES},
            by=staff.actor,
            act=staff.actor.act(now=staff.now),
        )
        return {"since": row.since.isoformat()}

    key, body = staff.POST.get("key", ""), typed | {"office": str(office.id) if office else EVERYWHERE}
    once(account=staff.actor.key, key=key, body=body, now=staff.now, act=act)


@needs("paper.arrange")
@never_cache
@require_GET
def paper_sample(request: HttpRequest) -> HttpResponse:
    """Return a sample as PDF (GET: office, the values of a layout)."""
    staff = cast("StaffRequest", request)
    return answer(f"{_('样张')}.pdf", typeset_official(_sample(staff), at=staff.now, foot=SAMPLE_FOOT), PDF)


@needs("paper.arrange")
@never_cache
@require_GET
def paper_sample_picture(request: HttpRequest) -> HttpResponse:
    """Return the sample's page as a picture (GET as `paper_sample`)."""
    staff = cast("StaffRequest", request)
    pages = pictures_official(_sample(staff), at=staff.now, foot=SAMPLE_FOOT, ppi=PIXELS_AN_INCH)
    return HttpResponse(pages[0], content_type="image/png")


def _sample(staff: StaffRequest) -> Official:
    office = office_asked(staff, staff.GET.get("office", ""))
    try:
        layout = layout_of({name: staff.GET.get(name, "") for name in VALUES})
    except RuleViolation as refusal:
        raise Http404(str(refusal)) from refusal
    return sample_of(office, layout, on=office_day(staff.now))


def _page(
    staff: StaffRequest,
    office: Office | None,
    typed: dict[str, str] | None,
    refusal: RuleViolation | None = None,
) -> HttpResponse:
    today = office_day(staff.now)
    standing, coming = layouts_of(office, on=today)
    values = typed if typed and refusal is None else asdict(standing.layout)
    asked = urlencode({name: values[name] for name in VALUES} | {"office": _id(office)})
    context = {
        "place": place_name(office),
        "chosen": _id(office),
        "places": _places(staff),
        "typed": typed or asdict(standing.layout),
        "standing": {"since": standing.since, "whose": WHOSE[standing.whose]},
        "coming": [{"since": each.since, "said": _said(each.layout)} for each in coming],
        "tried": typed is not None and refusal is None,
        "picture": f"{reverse('paper_sample_picture')}?{asked}",
        "sample": f"{reverse('paper_sample')}?{asked}",
        "colours": COLOURS.items(),
        "fonts": FONTS.items(),
        "sizes": SIZES.items(),
        "today": today.isoformat(),
        "chains": _chains(office, today),
        "key": new_id(staff.now).hex,
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(
        staff, "paper_arranging/layouts.html", context, status=status_of(refusal) if refusal else 200
    )


def _said(layout: Layout) -> str:
    parts = (layout.head, layout.word, COLOURS[layout.colour], FONTS[layout.font], SIZES[layout.size])
    return " · ".join(str(each) for each in parts if each)


def _chains(office: Office | None, today: date) -> list[dict[str, Any]]:
    found = chains_of(office, on=today)
    holders = holders_of(office, (now.chain for now, _later in found), on=today) if office else None
    return [
        {
            "kind": kind_word(now.kind.code),
            "turns": chain_said(now.chain, holders),
            "since": now.since,
            "whose": WHOSE[now.whose],
            "coming": [{"since": each.since, "turns": chain_said(each.chain)} for each in later],
            "url": f"{reverse('paper_chain', args=[now.kind.code])}?office={_id(office)}",
        }
        for now, later in found
    ]


# ── whose ────────────────────────────────────────────────────────────────────


def office_asked(staff: StaffRequest, asked: str) -> Office | None:
    """Return the office asked for, None for the whole company; the first of one's own where nothing is asked."""
    offices, everywhere = arranged_by(staff.actor)
    if asked == EVERYWHERE and everywhere:
        return None
    found = next((each for each in offices if str(each.id) == asked or not asked), None)
    if found is None:
        raise Http404(asked)
    return found


def place_name(office: Office | None) -> str:
    """Return whose papers they are, in words."""
    return office.name if office else _("全公司")


def page_url(office: Office | None) -> str:
    """Return the address of the page of an office."""
    return f"{reverse('paper_layouts')}?office={_id(office)}"


def day_of(text: str, staff: StaffRequest) -> date:
    """Return the day typed, today where none is.

    Raises:
        RuleViolation: ``layout.no_day``.
    """
    try:
        return typed_day(text) if text else office_day(staff.now)
    except ValueError as error:
        raise RuleViolation("layout.no_day") from error


def _id(office: Office | None) -> str:
    return str(office.id) if office else EVERYWHERE


def _places(staff: StaffRequest) -> list[tuple[str, str]]:
    offices, everywhere = arranged_by(staff.actor)
    return [(_id(each), place_name(each)) for each in [*([None] if everywhere else []), *offices]]
