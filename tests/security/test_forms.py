"""Fields that nobody offered change nothing (B5)."""

from typing import Any

import pytest
from django.forms.models import model_to_dict

from hemu.infra import clock
from hemu.ledger.models import Entry
from hemu.messaging.models import Outgoing
from hemu.service_requests.models import Request
from tests.security.city import NOW, City, owner_in, signed_in
from tests.security.figures import Tried

EXTRA: dict[str, str] = {
    "id": "00000000-0000-7000-8000-0000000000aa", "pk": "7", "state": "closed", "outcome": "confirmed", "limit": "none",
    "confirmed_by_owner": "1", "own_matter": "1", "major": "1", "closed_at": "2020-01-01 00:00", "score": "5",
    "registered_at": "2020-01-01 00:00", "recorded_at": "2020-01-01 00:00", "happened_at": "2020-01-01 00:00",
    "number": "HFHY-2026-00777", "version_now": "99", "by": "staff:1", "actor": "staff:1", "author": "1",
    "proof": "own", "clause": "XX-01", "book": "1", "book_id": "1", "office": "1", "office_id": "1",
    "community_id": "1", "handler": "elsewhere", "handler_id": "1", "first_asked": "1", "department": "1",
    "urged_count": "9", "seconded_count": "9", "reopened_count": "9", "quote_fen": "1", "quote_accepted_at": "2026-01-01",
    "paid": "1", "merged_into": "1", "links_since": "2020-01-01", "role": "general_manager", "permission": "setup.change",
    "is_active": "1", "is_superuser": "1", "login": "root", "staff": "1", "staff_id": "1", "independent": "1",
    "tries_count": "0", "informed_at": "2026-01-01 00:00", "replied_at": "2026-01-01 00:00", "resume_at": "2030-01-01",
}  # fmt: skip
MOVING = {"id", "number", "registered_at", "happened_at"}
"""What two cases told one after the other differ in anyhow."""


def facts_of(case: Request) -> list[tuple[Any, ...]]:
    entries = Entry.objects.filter(subject=case.subject).order_by("seq")
    return [
        (each.kind, each.actor, each.at, each.recorded_at, each.proof, each.clause, sorted(each.facts))
        for each in entries
    ]


def told(case: Request) -> tuple[Any, ...]:
    row = {name: value for name, value in model_to_dict(case).items() if name not in MOVING}
    return row, facts_of(case), Outgoing.objects.filter(subject=case.subject).count()


WAYS: dict[str, tuple[str, dict[str, str]]] = {
    "the desk": (
        "/requests/register/",
        {"type": "complaint", "text": "灯不亮。", "home_words": "1-2-301", "name": "示例"},
    ),
    "an owner": ("/my/write/", {"where": "public", "place": "东门", "text": "灯不亮。"}),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_new_word_is_as_the_form_says(city: City, tried: Tried, way: str) -> None:
    address, fields = WAYS[way]
    client = signed_in("frontdesk") if way == "the desk" else owner_in(city.mine.phone)
    fields = fields | ({"community": str(city.mine.community.id)} if way == "the desk" else {})
    made: list[Request] = []
    known = set(Request.objects.values_list("pk", flat=True))
    for more in ({}, {name: value for name, value in EXTRA.items() if name not in fields}):
        with clock.standing_at(NOW):
            answer = client.post(address, {**more, **fields, "key": f"k{len(made)}"})
        assert answer.status_code == 302, answer.status_code
        made.append(Request.objects.exclude(pk__in=known).get())
        known.add(made[-1].pk)
    plain, stuffed = made
    assert plain.pk != stuffed.pk
    assert told(stuffed) == told(plain)
    assert str(stuffed.pk) != EXTRA["id"]
    assert stuffed.number != EXTRA["number"]
    tried("fields that nobody offered", len(EXTRA))


TOGETHER = 8
"""So many fields more in one form."""
MOVED_BY_STEPS = {"state", "version", "trade", "nature", "urgency", "type", "limit", "first_asked"}
STEPS = {
    "frontdesk": ("/requests/{number}/step/", {"step": "classify", "type": "repair_home", "trade": "repair",
                  "nature": "routine", "urgency": "normal", "words": "写明。"}),
    "owner": ("/my/cases/{number}/", {"step": "add", "reason": "还有一件。"}),
}  # fmt: skip


@pytest.mark.parametrize("who", STEPS)
def test_a_step_sets_what_the_step_sets(city: City, tried: Tried, who: str) -> None:
    """A step that names more than it sets is refused and changes nothing, or passes over what it does not know."""
    address, fields = STEPS[who]
    client = owner_in(city.mine.phone) if who == "owner" else signed_in(who)
    case = Request.objects.get(number=city.mine.things["request"])
    url = address.format(number=case.number)
    names = [name for name in EXTRA if name not in fields]
    for start in range(0, len(names), TOGETHER):
        more = {name: EXTRA[name] for name in names[start : start + TOGETHER]}
        before = model_to_dict(Request.objects.get(pk=case.pk))
        with clock.standing_at(NOW):
            body = {**more, **fields, "key": f"s{start}", "version": str(before["version"])}
            answer = client.post(url, body)
        assert answer.status_code in (200, 302, 409, 422), (more, answer.status_code)
        after = model_to_dict(Request.objects.get(pk=case.pk))
        changed = {each for each in after if after[each] != before[each]}
        assert changed <= MOVED_BY_STEPS, (more, changed)
        assert not [name for name in more if name in changed and str(after[name]) == EXTRA[name]]
    kinds = set(Entry.objects.filter(subject=case.subject).values_list("proof", flat=True))
    assert kinds <= ({"word", "own"} if who == "owner" else {"word"})
    tried("fields that nobody offered", len(EXTRA))
