"""What the forms of the register say of a corrective action, a home, a community: gathered under the rooms' own gates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils import translation

from hemu.access.actors import Actor
from hemu.estate.models import Community, Home, Person
from hemu.estate.queries import find_home, people_of, staff_names
from hemu.estate.wording import TIES
from hemu.foundation.errors import RuleViolation
from hemu.foundation.redaction import mask_phone
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of
from hemu.papers.rules_forms import Said
from hemu.quality.models import CorrectiveAction
from hemu.quality.queries import action_for
from hemu.quality.queries import rows as all_actions
from hemu.quality.queries import visible_to as visible_actions

CHINESE = "zh-hans"
NEWEST = 30
OWNERS = (("owner", "company"), ("co_owner",))


@dataclass(frozen=True)
class Filling:
    """A record as a form says it.

    Attributes:
        subject: what the read log notes as printed.
        number: under which people know it; printed as the form's 编号.
    """

    community: Community
    said: Said
    subject: str
    number: str = ""


# ── 整改通知书 ────────────────────────────────────────────────────────────────


def action_on_form(number: str, by: Actor | None, now: datetime) -> Filling:
    """Return a corrective action as its notice says it (F-37).

    Raises:
        RuleViolation: ``action.not_found``.
    """
    action = action_for(by, number) if by else all_actions().filter(number=number.strip().upper()).first()
    if action is None:
        raise RuleViolation("action.not_found")
    story = _story(action)
    checked = next((each for each in reversed(story) if each.kind in _CHECKED), None)
    done = next((each for each in reversed(story) if each.kind == "corrective_action.done"), None)
    return Filling(
        action.community,
        Said(
            {
                "受检单位": action.community.name + action.place,
                "检查日期": _day(action.opened_at),
                "检查负责人": action.opened_by.name,
                "检查地点": action.place,
                "检查发现的问题": action.text,
                "整改要求": action.measure,
                "规定时限": action.due_at.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M"),
                "整改责任人": action.responsible.name,
                "整改情况": _told(done),
                "复查结果": _told(checked),
            },
            digest=story[-1].digest if story else "",
        ),
        action.subject,
        action.number,
    )


_CHECKED = {"corrective_action.verified": "通过", "corrective_action.failed": "没有通过"}


def _story(action: CorrectiveAction) -> list[Entry]:
    rows = Entry.objects.filter(subject=action.subject).exclude(kind__startswith="duty.")
    return list(rows.select_related("words_row").order_by("seq"))


def _told(entry: Entry | None) -> str:
    """Return what somebody wrote in an act, with its outcome, who and when."""
    if entry is None:
        return ""
    staff = _staff_of(entry)
    parts = (_CHECKED.get(entry.kind, ""), str(words_of(entry).get("text", "")))
    said = "：".join(filter(None, parts))
    return f"{said}（{staff} {_day(entry.at)}）"


def _staff_of(entry: Entry) -> str:
    key = UUID(entry.actor.removeprefix("staff:")) if entry.actor.startswith("staff:") else None
    return staff_names({key}).get(key, "") if key else ""


def actions_to_print(actor: Actor) -> list[tuple[str, str]]:
    """Return the corrective actions that somebody may print, newest first."""
    found = visible_actions(actor).order_by("-id")[:NEWEST]
    return [(each.number, f"{each.number} {each.text[:30]}") for each in found]


# ── homes ────────────────────────────────────────────────────────────────────


def home_on_form(record: str, by: Actor | None, now: datetime) -> Filling:
    """Return who and where of a home, as the forms of moving in and of visits are headed; phones are masked.

    Args:
        record: ``CODE room``: the community's code, a space, the room as people write it.

    Raises:
        RuleViolation: ``form.no_such_record`` (record), ``home.unknown`` (near).
    """
    code, _space, room = record.strip().partition(" ")
    community = community_of(code, "estate.view", by, record)
    home = find_home(community, room)
    today = office_day(now)
    people = list(people_of(home, on=today))
    owners = [each for kinds in OWNERS for each in people if _tied(each, home, kinds, today)]
    name = "、".join(dict.fromkeys(each.name for each in owners if each.name))
    phone = "、".join(_phones(owners[:1]))
    fields = {
        "业主姓名": name,
        "业户姓名": name,
        "联系电话": phone,
        "房号": home.written,
        "建筑面积": f"{home.area_centi / 100:.2f} ㎡" if home.area_centi else "",
        "接房日期": home.handed_over_on.isoformat() if home.handed_over_on else "",
        "居住情况": {"let": "出租", "vacant": "空置"}.get(home.occupancy, ""),
        "车位号": home.parking,
    }
    others = [each for each in people if each not in owners]
    rows = tuple((each.name, _bond(each, home, today), *(_phones([each]) or [""])[:1], "") for each in others)
    return Filling(community, Said(fields, rows), f"home:{home.id}")


def community_of(code: str, permission: str, by: Actor | None, record: str) -> Community:
    """Return the community that a record names first, by code or name, where somebody holds a permission.

    Raises:
        RuleViolation: ``form.no_such_record`` (record), the same for one that does not exist.
    """
    rows = by.communities(permission) if by else Community.objects.all()
    named = Q(code=code.strip().upper()) | Q(name=code.strip())
    found = rows.select_related("office").filter(named).first()
    if found is None:
        raise RuleViolation("form.no_such_record", record=record[:40])
    return found


def _tied(person: Person, home: Home, kinds: Iterable[str], on: date) -> bool:
    return any(
        tie.home_id == home.id and tie.kind in kinds and (tie.until is None or tie.until >= on)
        for tie in person.ties.all()
    )


def _bond(person: Person, home: Home, on: date) -> str:
    with translation.override(CHINESE):
        return "、".join(str(words) for kind, words in TIES.items() if _tied(person, home, (kind,), on))


def _phones(people: Iterable[Person]) -> list[str]:
    """Return the first number of each, masked."""
    numbers = (sorted(each.phones.all(), key=lambda phone: phone.position)[:1] for each in people)
    return [mask_phone(phone.number) for found in numbers for phone in found]


# ── how many have moved in ───────────────────────────────────────────────────


def occupancy_on_form(code: str, by: Actor | None, now: datetime) -> Filling:
    """Return how many homes of a community are taken over and lived in, building by building (F-32).

    Raises:
        RuleViolation: ``form.no_such_record`` (record).
    """
    community = community_of(code, "estate.view", by, code)
    kinds = Home.Occupancy
    taken = ~Q(occupancy__in=(kinds.NOT_HANDED_OVER, kinds.UNKNOWN)) | Q(handed_over_on__isnull=False)
    month = office_day(now).replace(day=1)
    counted = Home.objects.filter(community=community).values_list("building").order_by("building").annotate(
        total=Count("id"),
        taken=Count("id", filter=taken),
        lived_in=Count("id", filter=Q(occupancy__in=Home.OCCUPIED)),
        let=Count("id", filter=Q(occupancy=kinds.LET)),
        vacant=Count("id", filter=Q(occupancy=kinds.VACANT)),
        new=Count("id", filter=Q(occupancy__in=Home.OCCUPIED, handed_over_on__gte=month)),
    )  # fmt: skip
    found = sorted(counted, key=lambda each: (len(each[0]), each[0]))
    if len(found) > 1:
        found.append(("合计", *(sum(each[at] for each in found) for at in range(1, 7))))
    rows = tuple(_building(*each) for each in found)
    fields = {"统计日期": office_day(now).isoformat(), "统计人": by.name if by else ""}
    return Filling(community, Said(fields, rows), f"community:{community.id}")


def _building(
    name: str, total: int, taken: int, lived_in: int, let: int, vacant: int, new: int
) -> tuple[str, ...]:
    rate = f"{100 * lived_in / total:.1f}%" if total else ""
    return name, str(total), str(taken), str(lived_in), str(let), str(vacant), rate, str(new), ""


def communities_to_print(actor: Actor) -> list[tuple[str, str]]:
    """Return the communities whose homes somebody may count, by name."""
    found = actor.communities("estate.view").order_by("name")[:NEWEST]
    return [(each.code, each.name) for each in found]


def _day(moment: datetime) -> str:
    return moment.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d")
