"""Who reads and who approves one kind of paper: changed from a day on; those of one step decide together (NT-02)."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Office
from hemu.estate.wording import ROLES
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.paper_arranging.queries import ChainSet, chains_of
from hemu.paper_arranging.web.layouts import day_of, office_asked, page_url, place_name
from hemu.papers.operations import set_chain
from hemu.papers.operations.arranging import ROLES as MAY_DECIDE
from hemu.papers.rules_documents import APPROVE, MOST_TURNS, Chain, chain_of
from hemu.papers.web.kinds import kind_word
from hemu.papers.wording import ACTS

SPARE, MOST_ROWS = 2, 12
STEPS = tuple(str(number) for number in range(1, MOST_TURNS + 1))


@needs("paper.arrange")
@never_cache
@require_http_methods(["GET", "POST"])
def paper_chain(request: HttpRequest, kind: str) -> HttpResponse:
    """Show who decides over a kind of paper (GET: office), or set it (POST: step-N, act-N, role-N, since)."""
    staff = cast("StaffRequest", request)
    office = office_asked(staff, staff.POST.get("office", "") or staff.GET.get("office", ""))
    found = _standing(office, kind, staff)
    if staff.method == "GET":
        return _page(staff, office, found, _rows(found.chain), "")
    typed = [
        {name: staff.POST.get(f"{name}-{number}", "") for name in ("step", "act", "role")}
        for number in range(MOST_ROWS)
    ]
    try:
        _set(staff, office, kind, _chain(typed))
    except RuleViolation as refusal:
        return _page(staff, office, found, [row for row in typed if row["role"]], words_for(refusal), refusal)
    return redirect(f"{page_url(office)}#chains")


def _standing(office: Office | None, kind: str, staff: StaffRequest) -> ChainSet:
    for now, _later in chains_of(office, on=office_day(staff.now)):
        if now.kind.code == kind:
            return now
    raise Http404(kind)


def _chain(typed: list[dict[str, str]]) -> Chain:
    rows = [row for row in typed if row["role"]]
    turns = [[row for row in rows if row["step"] == step] for step in STEPS]
    return chain_of(turns, roles=MAY_DECIDE)


def _set(staff: StaffRequest, office: Office | None, kind: str, chain: Chain) -> None:
    def act() -> dict[str, Any]:
        row = set_chain(
            office=office,
            kind=kind,
            since=day_of(staff.POST.get("since", ""), staff),
            chain=chain,
            by=staff.actor,
            act=staff.actor.act(now=staff.now),
        )
        return {"since": row.since.isoformat()}

    body = {name: text for name, text in staff.POST.items() if name not in ("csrfmiddlewaretoken", "key")}
    once(
        account=staff.actor.key,
        key=staff.POST.get("key", ""),
        body=body | {"kind": kind},
        now=staff.now,
        act=act,
    )


def _rows(chain: Chain) -> list[dict[str, str]]:
    return [
        {"step": str(step), "act": each.act, "role": each.role}
        for step, turn in enumerate(chain, start=1)
        for each in turn
    ]


def _page(
    staff: StaffRequest,
    office: Office | None,
    found: ChainSet,
    rows: list[dict[str, str]],
    said: str,
    refusal: RuleViolation | None = None,
) -> HttpResponse:
    last = max((row["step"] for row in rows if row["step"] in STEPS), default="0")
    spare: Mapping[str, str] = {"step": str(min(int(last) + 1, MOST_TURNS)), "act": APPROVE, "role": ""}
    context = {
        "kind": kind_word(found.kind.code),
        "place": place_name(office),
        "chosen": str(office.id) if office else "company",
        "back": page_url(office),
        "rows": [*rows, *[spare] * SPARE][:MOST_ROWS],
        "steps": [(step, step) for step in STEPS],
        "acts": ACTS.items(),
        "roles": [(role, words) for role, words in ROLES.items() if role in MAY_DECIDE],
        "since": staff.POST.get("since", "") or office_day(staff.now).isoformat(),
        "today": office_day(staff.now).isoformat(),
        "key": new_id(staff.now).hex,
        "refusal": said,
    }
    return render(staff, "paper_arranging/chain.html", context, status=status_of(refusal) if refusal else 200)
