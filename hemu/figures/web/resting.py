"""On what the evidence of an office's month rests: on word, entered late, not independent; by person and community."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hemu.access.queries_kept import kept_from
from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Community
from hemu.estate.queries import staff_names
from hemu.figures.models import Draw
from hemu.figures.queries import Shares, offices_seen, recalls_of, recalls_to_make, rests_on
from hemu.figures.rules import per_mille, share_words
from hemu.figures.web.asked import beside, chosen_office, office_month
from hemu.infra.web.needs import needs
from hemu.ledger.rules import root_code


@needs("figure.view")
@require_GET
def evidence(request: HttpRequest) -> HttpResponse:
    """Show the shares of a month (GET: office, month), and what became of what was called again."""
    staff = cast("StaffRequest", request)
    office = chosen_office(staff)
    month = office_month(staff, office)
    found = rests_on(office, month, hidden=kept_from(staff.actor.staff_id))
    names = staff_names({UUID(actor[6:]) for actor in found.people})
    books = dict(Community.objects.filter(office=office).values_list("book_id", "name"))
    people = [
        _row(names.get(UUID(actor[6:]), _("已离职员工")), shares) for actor, shares in found.people.items()
    ]
    places = [_row(books.get(book, office.name), shares) for book, shares in found.books.items()]
    draw = Draw.objects.filter(month=month.key).first()
    outcomes = list(
        recalls_of(staff.actor).filter(office=office, month=month.key).values_list("state", flat=True)
    )
    tables: list[dict[str, Any]] = [
        {"title": _("按人"), "head": _("谁"), "rows": sorted(people, key=_worst)},
        {"title": _("按小区"), "head": _("小区"), "rows": sorted(places, key=_worst)},
    ]
    context = {
        "office": {"name": office.name},
        "office_id": str(office.id),
        "offices": [(str(each.id), each.name) for each in offices_seen(staff.actor)],
        "month": month.key,
        **beside("evidence", month, staff.now, office=str(office.id)),
        "tables": tables,
        "empty": not found.people,
        "draw": {"code": root_code(draw.root), "seal": draw.seal, "at": draw.drawn_at} if draw else None,
        "drawn": len(outcomes),
        "denied": outcomes.count("denied"),
        "confirmed": outcomes.count("confirmed"),
        "recalls_url": reverse("recalls") if staff.actor.may("evidence.recall") else "",
        "waiting": recalls_to_make(staff.actor)[:100].count() if staff.actor.may("evidence.recall") else 0,
        "figures_url": f"{reverse('figures')}?{urlencode({'month': month.key})}",
    }
    return render(staff, "figures/evidence.html", context)


def _row(name: str, shares: Shares) -> dict[str, Any]:
    def part(count: int) -> dict[str, Any]:
        return {"count": count, "share": share_words(per_mille(count, shares.count, ceiling=True))}

    row: dict[str, Any] = {"name": name, "count": shares.count}
    return row | {"word": part(shares.word), "late": part(shares.late), "dependent": part(shares.dependent)}


def _worst(row: dict[str, Any]) -> tuple[int, str]:
    return -row["word"]["count"], row["name"]
