"""Communities, homes, and the people bound to them."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.params import functions

from hemu.access.operations import log_read
from hemu.access.web.bearer import TokenRequest
from hemu.estate.models import Home, Tie
from hemu.foundation.redaction import mask_phone
from hemu.infra.moments import office_day
from hemu.interface.queries import communities_with_places, home_with_people, homes_of
from hemu.interface.web.codes import Cursor, Limit, Text
from hemu.interface.web.paging import id_after, page_of
from hemu.interface.web.serving import Need

router = Router(tags=["places"])
FULL = functions.Query(False)


class CommunityLine(Schema):
    id: UUID
    name: str
    code: str
    office: str
    places: list[str]


class CommunityList(Schema):
    items: list[CommunityLine]


class HomesAsked(Schema):
    """Which homes of a community."""

    building: Text = ""
    limit: Limit = 100
    cursor: Cursor = ""


class HomeLine(Schema):
    id: UUID
    written: str
    building: str
    unit: str
    room: str
    floor: int | None
    occupancy: str


class HomePage(Schema):
    items: list[HomeLine]
    next: str | None


class PersonLine(Schema):
    id: UUID
    name: str
    tie: str
    since: str | None
    phones: list[str]


class HomeDetail(HomeLine):
    community: str
    people: list[PersonLine]


@router.get(
    "/communities",
    response=CommunityList,
    auth=Need("estate.view"),
    url_name="api_communities",
    operation_id="list_communities",
)
def communities(request: HttpRequest) -> Any:
    """令牌管的小区和公共位置 · the communities of the token and their public places."""
    found = communities_with_places(cast("TokenRequest", request).actor)
    return {
        "items": [
            {
                "id": each.id,
                "name": each.name,
                "code": each.code,
                "office": each.office.name,
                "places": [place.name for place in each.places.all()],
            }
            for each in found
        ]
    }


@router.get(
    "/communities/{uuid:community_id}/homes",
    response=HomePage,
    auth=Need("estate.view"),
    url_name="api_homes",
    operation_id="list_homes",
)
def homes(request: HttpRequest, community_id: UUID, asked: Query[HomesAsked]) -> Any:
    """一个小区的房屋 · the homes of a community."""
    rows = homes_of(cast("TokenRequest", request).actor, community_id)
    if asked.building:
        rows = rows.filter(building=asked.building)
    if asked.cursor:
        rows = rows.filter(id__gt=id_after(asked.cursor))
    page, following = page_of(list(rows[: asked.limit + 1]), asked.limit)
    return {"items": [_home(each) for each in page], "next": following}


def _home(home: Home) -> dict[str, Any]:
    return {name: getattr(home, name) for name in HomeLine.model_fields}


@router.get(
    "/homes/{uuid:home_id}",
    response=HomeDetail,
    auth=Need("estate.view"),
    url_name="api_home",
    operation_id="show_home",
)
def home(request: HttpRequest, home_id: UUID, full_phones: bool = FULL) -> Any:
    """一套房和现在的人；full_phones 要“看全号”权限，并留查阅记录 · a home and who is bound to it now."""
    caller = cast("TokenRequest", request)
    found = home_with_people(caller.actor, home_id, on=office_day(caller.now))
    if full_phones:
        caller.actor.require("estate.reveal", found.community.office_id)
        log_read(by=caller.actor, subject=f"home:{found.id}", what="phone", now=caller.now)
    people = [_person(tie, full=full_phones) for tie in found.ties.all()]
    return {**_home(found), "community": found.community.name, "people": people}


def _person(tie: Tie, *, full: bool) -> dict[str, Any]:
    phones = sorted(tie.person.phones.all(), key=lambda phone: (phone.position, phone.id))
    return {
        "id": tie.person_id,
        "name": tie.person.name,
        "tie": str(tie.kind),
        "since": tie.since.isoformat() if tie.since else None,
        "phones": [each.number if full else mask_phone(each.number) for each in phones],
    }
