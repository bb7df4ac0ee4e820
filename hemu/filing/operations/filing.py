"""Filing: by itself as some work ends, or by hand what came on paper. Reporting an item to the company (OC-14k)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from hemu.access.actors import Actor
from hemu.attachments.models import KeptFile
from hemu.attachments.operations import name_files
from hemu.estate.models import Community, Home
from hemu.estate.queries import holders, office_rules
from hemu.filing.models import Item, ItemFile, ItemWord
from hemu.filing.queries import item_for
from hemu.filing.queries_sources import ToFile
from hemu.filing.rules import (
    BY_ITSELF,
    LONGEST_NUMBER,
    LONGEST_TITLE,
    class_of,
    dated_of,
    kept_until,
    number_of,
    piece_of,
    title_of,
    years_of,
)
from hemu.foundation.errors import RuleViolation
from hemu.foundation.numbering import plain_number
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.numbers import next_number
from hemu.infra.search import tokens_of
from hemu.infra.transaction import operation
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.messaging.operations import tell

CLAUSE, REPORTED = "OC-14", "OC-14k"
TO = "operations"


@operation
def file_item(*, what: ToFile, subject: str, act: Act, about: Entry | None = None) -> Item:
    """File something as its work ends; rooms above do it in a reaction to their own entry.

    Args:
        subject: on which the entry lies, so that a duty of the same subject knows it (NT-03).
        about: the entry with which the work ended; filing it twice is refused by the database.
    """
    item = _item(what, act)
    item.subject, item.about = subject, about.id if about else None
    item.about_digest = about.digest if about else ""
    return _filed(item, what, act, {"paper": about.facts.get("paper")} if about else {})


@operation
def file_with_committee(
    *, entry: Entry, community: Community, title: str, paper_number: str = "", without_files: bool = False
) -> Item | None:
    """File what passed between office and owners' committee, with the files of its subject not filed yet (OC-14).

    Args:
        entry: with which that piece of work ended.
        without_files: the entry itself is what is kept; otherwise nothing is filed where no file is new.
    """
    filed = ItemFile.objects.filter(file__subject=entry.subject).values("file")
    files = list(KeptFile.objects.filter(subject=entry.subject).exclude(id__in=filed).order_by("id"))
    if not files and not without_files:
        return None
    what = ToFile(
        office=community.office,
        community=community,
        file_class="committee",
        title=title[:LONGEST_TITLE],
        dated=office_day(entry.at),
        files=files,
        paper_number=paper_number,
    )
    act = Act(entry.actor, entry.at, entry.recorded_at, Proof(entry.proof))
    return file_item(what=what, subject=entry.subject, act=act, about=entry)


@operation
def file_by_hand(
    *,
    community: Community,
    file_class: str,
    title: str,
    dated: date | None,
    files: Sequence[str],
    by: Actor,
    act: Act,
    home: Home | None = None,
    paper_number: str = "",
    piece: str = "",
) -> Item:
    """File what came on paper: a letter, a signed sheet, a paper of an owner's.

    Args:
        files: drafts of this person's, at least one.
        paper_number: that the paper itself bears.
        piece: which paper of a home's file it is (`rules.PIECES`); its class is then ``owner``.

    Raises:
        RuleViolation: ``access.denied``, ``archive.unknown_class``, ``archive.by_itself``, ``archive.unknown_piece``,
            ``archive.needs_home``, ``archive.other_home``, ``archive.no_title``, ``archive.too_long``,
            ``archive.no_date``, ``archive.in_future``, ``archive.no_file``, and those of ``name_files``.
    """
    by.require("archive.keep", community.office_id)
    piece = piece_of(piece, has_home=home is not None)
    if class_of("owner" if piece else file_class) in BY_ITSELF:
        raise RuleViolation("archive.by_itself")
    if home is not None and home.community_id != community.id:
        raise RuleViolation("archive.other_home")
    if not files:
        raise RuleViolation("archive.no_file")
    what = ToFile(
        office=community.office,
        community=community,
        file_class="owner" if piece else file_class,
        title=title_of(title),
        dated=dated_of(dated, today=office_day(act.recorded_at)),
        home=home,
        paper_number=plain_number(paper_number) or " ".join(paper_number.split())[:LONGEST_NUMBER],
        piece=piece,
    )
    item = _item(what, act)
    item.subject, item.by_hand = item.own_subject, True
    named = name_files(files=files, by=by.key, subject=item.subject, community=community, now=act.recorded_at)
    kept = KeptFile.objects.in_bulk([each["id"] for each in named or ()])
    rows = [kept[UUID(each["id"])] for each in named or ()]
    return _filed(item, what, act, {"files": named}, rows)


def _item(what: ToFile, act: Act) -> Item:
    """Return the item, not saved yet, with its number and the day until which it must be kept."""
    day = office_day(act.recorded_at)
    scope = what.community.id if what.community else what.office.id
    ordinal = next_number(scope=f"file:{scope.hex}:{what.file_class}", year=day.year)
    head = what.community.code if what.community else what.office.name
    settings = office_rules(what.office, on=act.recorded_at).settings
    return Item(
        id=new_id(act.recorded_at),
        scope=scope,
        office=what.office,
        community=what.community,
        home=what.home,
        file_class=what.file_class,
        number=number_of(head=head, file_class=what.file_class, year=day.year, ordinal=ordinal),
        title=what.title,
        paper_number=what.paper_number,
        piece=what.piece,
        dated=what.dated,
        filed_by=act.actor,
        filed_at=act.recorded_at,
        keep_until=kept_until(day, years_of(settings.retention, what.file_class)),
    )


def _filed(
    item: Item, what: ToFile, act: Act, facts: dict[str, Any], rows: Sequence[KeptFile] | None = None
) -> Item:
    """Save an item with its files and the words by which it is found, and write it into the book."""
    files = what.files if rows is None else rows
    item.save(force_insert=True)
    ItemFile.objects.bulk_create(
        ItemFile(item=item, position=position, file=each, digest=each.digest)
        for position, each in enumerate(files, start=1)
    )
    ItemWord.objects.bulk_create(
        ItemWord(token=token, scope=item.scope, target=item.id)
        for token in tokens_of(f"{item.title} {item.paper_number}")
    )
    said: dict[str, Any] = {
        "item": item.id.hex,
        "file_number": item.number,
        "file_class": item.file_class,
        "keep_until": item.keep_until.isoformat() if item.keep_until else None,
        "about": str(item.about) if item.about else None,
        "digests": [each.digest for each in files] or None,
    }
    append(
        book=item.book_id,
        kind="archive.item.filed",
        subject=item.subject,
        act=act,
        clause=CLAUSE,
        facts=said | facts,
        words={"title": item.title},
    )
    return item


@operation
def report_item(*, item: UUID, by: Actor, act: Act) -> Item:
    """Report an item to the company's operations department (OC-14k), once; those of that department hear of it.

    Raises:
        RuleViolation: ``archive.not_found``, ``access.denied``, ``archive.reported``.
    """
    found = item_for(by, item, "archive.keep", lock=True)
    if found.reported_at:
        raise RuleViolation("archive.reported")
    found.reported_at = act.recorded_at
    found.save(update_fields=["reported_at"])
    append(
        book=found.book_id,
        kind="archive.item.reported",
        subject=found.own_subject,
        act=act,
        clause=REPORTED,
        facts={"item": found.id.hex, "file_number": found.number, "to": TO},
    )
    people = holders(TO, found.office, on=office_day(act.recorded_at))
    tell(
        staff=sorted(set(people) - {by.staff_id}),
        topic="archive.item.reported",
        subject=found.own_subject,
        key=f"archive:{found.id.hex}:reported",
        now=act.recorded_at,
    )
    return found
