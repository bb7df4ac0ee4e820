"""Letting a notice go out: by message to those it is for, home by home; into letter boxes by hand; who agreed to more."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from hemu.access.actors import Actor
from hemu.attachments.queries import drafts_of
from hemu.delivering.entries import LETTER_BOX
from hemu.delivering.models import Agreement, Delivery, Dropped, Told
from hemu.delivering.queries import homes_left
from hemu.delivering.rules import BEGINS, CLOSES, Sending, cannot_wait, sending_of
from hemu.estate.models import Community, Home, Person, Tie
from hemu.estate.queries import office_rules
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE, iso_utc, office_day
from hemu.infra.transaction import operation
from hemu.infra.troubles import Pieces
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.messaging.channels import ready_channels
from hemu.messaging.models import Outgoing
from hemu.messaging.operations import tell_everybody
from hemu.messaging.operations.telling_everybody import RESIDENTS
from hemu.messaging.rules import Channel, Place, State
from hemu.notices.models import Notice
from hemu.notices.operations_notices import write
from hemu.notices.operations_works import shown
from hemu.notices.queries_notices import homes_for, notice_for, reach_of
from hemu.notices.rules_notices import NEEDS_CONSENT

TOPIC = "delivery.notices"
AT_ONCE = 2_000
"""Homes of one transaction: a fraction of a second, so that the front desk never waits."""
EVENTS = "events"


@operation
def publish(*, notice: Notice, channels: Collection[str], act: Act) -> Entry:
    """Write that owners can read a notice from now on, and lay down when its messages go out.

    Args:
        channels: of ``BY_PHONE`` those that it was drafted for.
    """
    today = office_day(act.recorded_at)
    reach = reach_of(notice.community, notice.audience, on=today)
    facts: dict[str, Any] = {"homes": reach["homes"], "phones": reach["phones"]}
    if "message" in channels:
        sending = _sending(notice, now=act.recorded_at)
        Delivery.objects.create(
            notice=notice, send_at=sending.at, bundled=sending.bundled, begin_at=sending.at - BEGINS
        )
        facts["send_at"] = iso_utc(sending.at)
    return write(notice, "notice.published", act, facts, words={})


def _sending(notice: Notice, *, now: datetime) -> Sending:
    settings = office_rules(notice.community.office, on=now).settings
    works_begin = notice.work.starts_at if notice.work else None
    return sending_of(
        now=now,
        earliest=datetime.combine(notice.since, time(), OFFICE_ZONE),
        soon=cannot_wait(now=now, works_begin=works_begin, corrects=notice.document.replaces_id is not None),
        emergency=notice.kind == "emergency",
        slots=settings.messages["notices_at"],
        quiet=str(settings.hours["quiet"]),
        zone=OFFICE_ZONE,
    )


def lay_ready(*, now: datetime) -> int:
    """Write the messages of the notices whose time comes, some homes in each transaction; return how many slices."""
    pieces = Pieces("notice", now)
    rows = Delivery.objects.filter(finished_at__isnull=True, begin_at__lte=now).order_by("begin_at")
    rows = rows.exclude(notice__in=[UUID(each) for each in pieces.resting()])
    return sum(
        pieces.do(each.hex, partial(_slice, each, now=now), about=f"paper:{each.hex}")
        for each in rows.values_list("notice_id", flat=True)[:20]
    )


@operation
def _slice(notice: UUID, *, now: datetime) -> int:
    """Lay the messages of the next homes ready; done twice or by two workers at once it comes to the same.

    Where no gateway for text messages is set up nobody is told, and the homes are left for the letter box.
    """
    rows = Delivery.objects.select_for_update(of=("self",)).select_related(
        "notice__document", "notice__community"
    )
    row = rows.get(notice=notice)
    if row.finished_at:
        return 0
    homes = homes_for(row.notice.community, row.notice.audience, on=office_day(now)).order_by("id")
    if row.after:
        homes = homes.filter(id__gt=row.after)
    last = homes.values_list("id", flat=True)[AT_ONCE - 1 : AT_ONCE].first()
    if Channel.SMS in ready_channels() and not _is_over(row.notice, now):
        _tell(row, homes.filter(id__lte=last) if last else homes, now)
    row.after, row.finished_at = last, None if last else now
    row.save(update_fields=["after", "finished_at"])
    return 1


def _is_over(notice: Notice, now: datetime) -> bool:
    """Tell whether nobody need be told any more: it is void, taken down or over."""
    ended = notice.document.state == "void" or notice.withdrawn_at is not None
    return ended or office_day(now) > notice.until


def _tell(row: Delivery, homes: QuerySet[Home], now: datetime) -> None:
    notice = row.notice
    kinds = notice.audience.ties or RESIDENTS
    bundle = row.bundled and now < row.send_at - CLOSES
    key = _bundle(notice.community, row.send_at) if bundle else f"notice:{notice.document_id.hex}"
    agreed = Person.objects.filter(agreement__isnull=False) if notice.kind in NEEDS_CONSENT else None
    tell_everybody(
        community=notice.community_id,
        kinds=kinds,
        on=office_day(now),
        topic=TOPIC,
        subject=f"delivery:{key}",
        key=key,
        now=now,
        not_before=max(now, row.send_at),
        facts={},
        homes=homes,
        people=agreed,
        place=Place.DANGER if notice.kind == "emergency" else None,
    )
    _note_who(notice, homes, kinds, key, on=office_day(now))


def _bundle(community: Community, at: datetime) -> str:
    return f"notices:{community.id.hex}:{int(at.timestamp()):x}"


def _note_who(notice: Notice, homes: QuerySet[Home], kinds: Collection[str], key: str, *, on: date) -> None:
    """Write which message speaks of the notice to which home; one that has gone out already speaks of nothing new.

    From each tie to its message by the unique key: asked by the subject as well, SQLite reads every message of the
    bundle for each tie.
    """
    told, out, tie = (model._meta.db_table for model in (Told, Outgoing, Tie))
    inner, given = homes.order_by().values("id").query.get_compiler(connection=connection).as_sql()
    pk = Notice._meta.pk.get_db_prep_value(notice.document_id, connection)
    day = on if connection.vendor == "postgresql" else str(on)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {told} (notice_id, home_id, message_id)"
            f" SELECT {'CAST(%s AS uuid)' if connection.vendor == 'postgresql' else '%s'}, tie.home_id, out.id"
            f" FROM {tie} AS tie JOIN {out} AS out"
            " ON out.key = %s || replace(CAST(tie.person_id AS text), '-', '')"
            f" WHERE tie.home_id IN ({inner}) AND tie.kind IN ({', '.join(['%s'] * len(kinds))})"
            " AND (tie.since IS NULL OR tie.since <= %s) AND (tie.until IS NULL OR tie.until >= %s)"
            " AND out.state = %s AND out.tries = 0"
            " ON CONFLICT DO NOTHING",
            [pk, f"{key}:", *given, *map(str, kinds), day, day, State.WAITING],
        )


@operation
def drop_in_boxes(
    *, document: UUID, by: Actor, act: Act, homes: Collection[str] = (), files: Sequence[str] = ()
) -> int:
    """Write that slips lie in letter boxes; return in how many that was not known of.

    Args:
        homes: as written; none: all that nothing else has reached.
        files: photos, if any were taken: the entry then rests on more than a word.

    Raises:
        RuleViolation: ``notice.not_found``, ``delivery.not_out`` (owners cannot read it yet),
            ``delivery.unknown_home`` (home), ``delivery.nobody_left``, ``file.not_found``.
    """
    notice = notice_for(by, document, "notice.post")
    if notice.published_at is None:
        raise RuleViolation("delivery.not_out")
    today = office_day(act.recorded_at)
    found = _boxes(notice, homes, on=today)
    before = Dropped.objects.filter(notice=notice).count()
    Dropped.objects.bulk_create(
        [Dropped(notice=notice, home_id=home, at=act.at, by_id=by.staff_id) for home in found],
        ignore_conflicts=True,
    )
    count = Dropped.objects.filter(notice=notice).count() - before
    if not count:
        raise RuleViolation("delivery.nobody_left")
    if drafts_of(act.actor, files):
        act = shown(act, files, refusal="notice.needs_photo")
    write(notice, "notice.delivered", act, {"channel": LETTER_BOX, "homes": count}, words={}, files=files)
    return count


def _boxes(notice: Notice, homes: Collection[str], *, on: date) -> list[UUID]:
    if not homes:
        return list(homes_left(notice, on=on).values_list("id", flat=True))
    rows = homes_for(notice.community, notice.audience, on=on).filter(written__in=homes)
    found = dict(rows.values_list("written", "id"))
    if missing := sorted(set(homes) - set(found)):
        raise RuleViolation("delivery.unknown_home", home=missing[0])
    return list(found.values())


@operation
def agree_to_messages(*, people: Collection[Person], community: Community, agree: bool, act: Act) -> None:
    """Keep that somebody wants messages about events and greetings, or wants them no more (DESIGN §5)."""
    for person in people:
        if agree is Agreement.objects.filter(person=person).exists():
            continue
        if agree:
            Agreement.objects.create(person=person, agreed_at=act.at)
        else:
            Agreement.objects.filter(person=person).delete()
        append(
            book=community.book_id,
            kind="messages.agreed" if agree else "messages.declined",
            subject=f"person:{person.id.hex}",
            act=act,
            clause="NT-09",
            facts={"topic": EVENTS},
        )
