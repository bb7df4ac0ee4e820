"""Writing the roster of the owners' committee: members seated and leaving, helpers named, the liaison appointed."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from hemu.access.actors import Actor
from hemu.attachments.operations import append_with_files
from hemu.committee.models import Helper, Liaison, Member
from hemu.committee.rules import Post, check_leaving, check_post, check_term, check_words
from hemu.estate.callers import phone_as_said
from hemu.estate.models import Community, Home, Person
from hemu.estate.models import Post as StaffPost
from hemu.estate.queries import people_of
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.terms import in_force
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append

NAME = 60


@operation
def seat_member(
    *,
    home: Home,
    name: str,
    post: str,
    since: date,
    until: date,
    by: Actor,
    act: Act,
    election: str = "",
    files: Sequence[str] = (),
) -> Member:
    """Enter a member for a term: an owner of the community, found by a home and the name in the roster.

    Args:
        name: as the roster writes it; "" where the home has one person only.
        post: one of ``rules.Post``.
        since, until: the first and the last day of the term.
        election: the record of the election in words: when, by what vote, where it is filed.

    Raises:
        RuleViolation: ``access.denied``, ``committee.unknown_value``, ``committee.term_backwards``,
            ``committee.term_too_long``, ``committee.too_long``, ``committee.unknown_person``,
            ``committee.sits_already``, ``committee.has_chair``, ``file.not_found``.
    """
    community = _locked(home.community, by)
    check_term(since, until)
    member = Member(
        id=new_id(act.recorded_at),
        community=community,
        person=_person(home, name, on=office_day(act.recorded_at)),
        post=check_post(post),
        since=since,
        until=until,
        election=check_words(election),
    )
    _check_free(member)
    member.save(force_insert=True)
    facts = {"post": str(member.post), "since": since.isoformat(), "until": until.isoformat()}
    _append(member, "committee.member.seated", act, facts, {"text": member.election}, files)
    return member


@operation
def end_seat(
    *, member: Member, reason: str, on: date, by: Actor, act: Act, words: str = "", files: Sequence[str] = ()
) -> Entry:
    """Say that a member sits no more from a day on; the term before it stays as it was.

    Raises:
        RuleViolation: ``access.denied``, ``committee.unknown_value``, ``committee.too_long``,
            ``committee.left_already``, ``committee.not_in_term``, ``file.not_found``.
    """
    _locked(member.community, by)
    member.refresh_from_db(fields=["left_on"])
    if member.left_on:
        raise RuleViolation("committee.left_already")
    if not member.since <= on <= member.until:
        raise RuleViolation("committee.not_in_term")
    member.left_on, member.left_why = on, check_leaving(reason)
    member.save(update_fields=["left_on", "left_why"])
    facts = {"leaving": reason, "left_on": on.isoformat()}
    return _append(member, "committee.member.left", act, facts, {"text": check_words(words)}, files)


@operation
def name_helper(
    *, member: Member, name: str, phone: str, by: Actor, act: Act, files: Sequence[str] = ()
) -> Helper:
    """Enter whom a member named to read and write here in their place; the member's signed word is the file.

    Raises:
        RuleViolation: ``access.denied``, ``committee.helper_needs_name``, ``committee.helper_needs_phone``,
            ``committee.helper_already``, ``file.not_found``.
    """
    _locked(member.community, by)
    name, phone = name.strip()[:NAME], phone_as_said(phone)
    if not name:
        raise RuleViolation("committee.helper_needs_name")
    if not phone:
        raise RuleViolation("committee.helper_needs_phone")
    if member.helpers.filter(phone=phone, until__isnull=True).exists():
        raise RuleViolation("committee.helper_already")
    today = office_day(act.recorded_at)
    helper = Helper.objects.create(
        id=new_id(act.recorded_at), member=member, name=name, phone=phone, since=today
    )
    words = {"text": name, "phone": phone}
    _append(member, "committee.helper.named", act, {"helper": f"helper:{helper.id}"}, words, files)
    return helper


@operation
def end_helper(*, helper: Helper, by: Actor, act: Act) -> Entry:
    """Say that a helper helps no more; from this moment the phone opens nothing of the committee's.

    Raises:
        RuleViolation: ``access.denied``, ``committee.helper_ended``.
    """
    _locked(helper.member.community, by)
    helper.refresh_from_db(fields=["until"])
    if helper.until:
        raise RuleViolation("committee.helper_ended")
    helper.until = office_day(act.recorded_at)
    helper.save(update_fields=["until"])
    facts = {"helper": f"helper:{helper.id}"}
    return _append(helper.member, "committee.helper.ended", act, facts, {})


@operation
def appoint_liaison(*, community: Community, staff: UUID, since: date, by: Actor, act: Act) -> Liaison:
    """Say who of the office speaks with the committee from a day on (OC-22).

    Raises:
        RuleViolation: ``access.denied``, ``committee.unknown_colleague``.
    """
    _locked(community, by)
    here = StaffPost.objects.filter(in_force(since), office=community.office_id, staff=staff)
    if not here.exists():
        raise RuleViolation("committee.unknown_colleague")
    liaison = Liaison.objects.create(
        id=new_id(act.recorded_at), community=community, staff_id=staff, since=since
    )
    append(
        book=community.book_id,
        kind="committee.liaison.appointed",
        subject=f"community:{community.id}",
        act=act,
        clause="OC-22",
        facts={"to": f"staff:{staff}", "since": since.isoformat()},
    )
    return liaison


def _locked(community: Community, by: Actor) -> Community:
    """Return a community that nobody else enters members of meanwhile."""
    by.require("committee.keep", community.office_id)
    return Community.objects.select_for_update(of=("self",)).select_related("office").get(id=community.id)


def _person(home: Home, name: str, *, on: date) -> Person:
    people = [each for each in people_of(home, on=on) if not each.is_company]
    named = [each for each in people if each.name == name.strip()] if name.strip() else people
    if len(named) != 1:
        raise RuleViolation("committee.unknown_person")
    return named[0]


def _check_free(member: Member) -> None:
    """Refuse a second seat of one person and a second chair, on any day of the new term."""
    rows = Member.objects.filter(community=member.community, since__lte=member.until)
    rows = rows.filter(until__gte=member.since).exclude(left_on__lte=member.since)
    if rows.filter(person=member.person).exists():
        raise RuleViolation("committee.sits_already")
    if member.post == Post.CHAIR and rows.filter(post=Post.CHAIR).exists():
        raise RuleViolation("committee.has_chair")


def _append(
    member: Member,
    kind: str,
    act: Act,
    facts: Mapping[str, object],
    words: Mapping[str, object],
    files: Sequence[str] = (),
) -> Entry:
    return append_with_files(
        community=member.community,
        kind=kind,
        subject=member.subject,
        act=act,
        facts=facts,
        words=words,
        files=files,
    )
