"""Writing notices: drafted as papers, posted with a photo once sealed, taken down with a photo when they expire."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from hemu.access.actors import Actor
from hemu.attachments.operations import append_with_files
from hemu.estate.models import Community, Home
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE, iso_utc, office_day
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.notices.models import Notice, NoticeRead, Posting, Work
from hemu.notices.operations_works import shown
from hemu.notices.queries_notices import audience_of, notice_for
from hemu.notices.queries_works import corrected_title
from hemu.notices.rules_notices import (
    BROADCAST,
    check_channels,
    check_hanging,
    check_kind,
    check_place,
    check_roles,
)
from hemu.notices.rules_works import CLAUSE_OF
from hemu.papers.models import Document
from hemu.papers.operations import draft_paper

PAPER_KIND = "notice"


@operation
def draft_notice(
    *,
    community: Community,
    kind: str,
    title: str,
    body: str,
    since: date | None,
    until: date | None,
    by: Actor,
    act: Act,
    channels: Collection[str] = ("board",),
    places: Sequence[str] = (),
    audience: Sequence[str] = (),
    roles: Collection[str] = (),
    work: Work | None = None,
    replaces: Document | None = None,
    subject: str = "",
    original: str = "",
    permission: str = "paper.draft",
) -> Notice:
    """Begin a notice: a paper of its own, to be approved and sealed as any other (NT-01, NT-02, NT-04).

    Args:
        since, until: the days on which it hangs, both included.
        audience, roles: as `audience_of` and ``ROLES`` take them; empty: all homes, whoever is bound to them.
        work: the planned works that it tells of; what is owed for them is then kept by its posting.
        subject: of the duty that its posting keeps, where that is not the works'.
        original: what it said before names and rooms were taken out; read beside it by who approves.
        replaces: the issued notice of which it is the corrected issue.
        permission: under which it is drafted; of what follows from a step of works, the step's.

    Raises:
        RuleViolation: ``notice.unknown_kind``, ``notice.no_channel``, ``notice.unknown_channel``, ``notice.no_days``,
            ``notice.days_over``, ``notice.hangs_too_long``, ``notice.unknown_building``, ``notice.unknown_role``,
            ``notice.other_work``, ``notice.replaced`` (there is a correction already) and those of `draft_paper`.
    """
    kind, said = check_kind(kind), check_channels(channels)
    since, until = check_hanging(since, until, today=office_day(act.recorded_at))
    _check_bound(community, kind, work, replaces)
    whom = audience_of(community, audience, check_roles(roles))
    days = {"since": since, "until": until}
    content = {"title": title, "body": body, "places": list(places), "channels": said, **days}
    whose: dict[str, Any] = {"office": community.office, "community": community, "replaces": replaces}
    paper = draft_paper(kind=PAPER_KIND, by=by, act=act, content=content, permission=permission, **whose)
    notice = Notice.objects.create(
        document=paper,
        community=community,
        kind=kind,
        channel=BROADCAST if BROADCAST in said else "",
        work=work,
        subject=subject or (work.subject if work else f"notice:{paper.id.hex}"),
        original=original,
        **asdict(whom),
        **days,
    )
    write(notice, "notice.drafted", act, {"channel": notice.channel or None}, words={"text": paper.title})
    return notice


def _check_bound(community: Community, kind: str, work: Work | None, replaces: Document | None) -> None:
    if work is not None and (work.community_id != community.id or work.kind != kind):
        raise RuleViolation("notice.other_work")
    if replaces is None:
        return
    if not Notice.objects.filter(document=replaces, community=community).exists():
        raise RuleViolation("notice.not_found")
    if Document.objects.filter(replaces=replaces).exclude(state="void").exists():
        raise RuleViolation("notice.replaced")


@operation
def correct_notice(
    *,
    document: UUID,
    body: str,
    by: Actor,
    act: Act,
    title: str = "",
    until: date | None = None,
    permission: str = "paper.draft",
) -> Notice:
    """Begin the correction of an issued notice: a new issue that names the old, for the same homes by the same ways.

    Args:
        title: empty: 更正 and the old one's.
        until: the last day on which it hangs; None: as the old one, or today where that is over.

    Raises:
        RuleViolation: ``notice.not_found`` and those of `draft_notice`.
    """
    old, today = notice_for(by, document), office_day(act.recorded_at)
    paper = old.document
    content = paper.versions.get(number=paper.version).content
    return draft_notice(
        community=old.community,
        kind=old.kind,
        title=title or corrected_title(paper.title),
        body=body,
        since=today,
        until=until or max(old.until, today),
        by=by,
        act=act,
        channels=content["channels"],
        places=content["places"],
        audience=old.audience.parts,
        roles=old.roles,
        work=old.work,
        replaces=paper,
        subject=old.subject,
        permission=permission,
    )


@operation
def post_notice(*, document: UUID, place: str, by: Actor, act: Act, files: Sequence[str]) -> Posting:
    """Post a sealed notice at one place, shown by a photo; the first place keeps what is owed, and tells when it expires.

    Raises:
        RuleViolation: ``notice.not_found``, ``access.denied``, ``notice.not_issued``, ``notice.days_over``,
            ``notice.withdrawn``, ``notice.no_place``, ``notice.place_taken``, ``notice.too_many_places``,
            ``notice.needs_photo``, ``file.not_found``.
    """
    notice = _locked(document, by)
    if notice.document.state != "issued":
        raise RuleViolation("notice.not_issued")
    if notice.withdrawn_at:
        raise RuleViolation("notice.withdrawn")
    if office_day(act.recorded_at) > notice.until:
        raise RuleViolation("notice.days_over")
    place = check_place(place, [each.place for each in notice.postings.all()])
    act = shown(act, files, refusal="notice.needs_photo")
    posting = Posting.objects.create(notice=notice, place=place, posted_at=act.at, posted_by_id=by.staff_id)
    first = notice.posted_at is None
    if first:
        notice.posted_at, notice.published_at = act.at, notice.published_at or act.at
        notice.save(update_fields=["posted_at", "published_at"])
    write(
        notice,
        "notice.posted" if first else "notice.posted_further",
        act,
        {"hangs_until": iso_utc(expires_at(notice))} if first else {},
        words={"text": place},
        files=files,
    )
    return posting


@operation
def take_down(*, posting: int, document: UUID, by: Actor, act: Act, files: Sequence[str]) -> Entry:
    """Take a notice down at one place, shown by a photo; with its last place it is withdrawn (NT-03).

    Raises:
        RuleViolation: ``notice.not_found``, ``access.denied``, ``notice.not_there``, ``notice.needs_photo``,
            ``file.not_found``.
    """
    notice = _locked(document, by)
    hanging = {each.id: each for each in notice.postings.filter(taken_at__isnull=True)}
    if posting not in hanging:
        raise RuleViolation("notice.not_there")
    row = hanging[posting]
    act = shown(act, files, refusal="notice.needs_photo")
    row.taken_at, row.taken_by_id = act.at, by.staff_id
    row.save(update_fields=["taken_at", "taken_by"])
    last = len(hanging) == 1
    if last:
        notice.withdrawn_at = act.at
        notice.save(update_fields=["withdrawn_at"])
    kind = "notice.withdrawn" if last else "notice.taken_down"
    return write(notice, kind, act, {}, words={"text": row.place}, files=files)


@operation
def read_notice(*, notice: Notice, homes: Collection[Home], now: datetime) -> None:
    """Keep that a household opened a notice; only the first time counts."""
    rows = [
        NoticeRead(notice=notice, home=home, at=now)
        for home in homes
        if home.community_id == notice.community_id
    ]
    NoticeRead.objects.bulk_create(rows, ignore_conflicts=True)


def expires_at(notice: Notice) -> datetime:
    """Return the end of the last day on which a notice hangs."""
    return datetime.combine(notice.until + timedelta(days=1), time(), OFFICE_ZONE)


def _locked(document: UUID, by: Actor) -> Notice:
    Document.objects.select_for_update().filter(id=document).first()
    return notice_for(by, document, "notice.post")


def write(
    notice: Notice,
    kind: str,
    act: Act,
    facts: Mapping[str, Any],
    *,
    words: Mapping[str, str],
    files: Sequence[str] = (),
) -> Entry:
    """Append an entry about a notice where what it keeps is owed."""
    subject, community = notice.subject, notice.community
    said = {"kind": notice.kind, "paper": str(notice.document_id), **facts}
    return append_with_files(
        community=community,
        kind=kind,
        subject=subject,
        act=act,
        clause=CLAUSE_OF.get(notice.kind, "NT-08"),
        facts={name: value for name, value in said.items() if value is not None},
        words=dict(words),
        files=files,
    )
