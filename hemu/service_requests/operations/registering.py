"""Registering a word of an owner (RQ-01, RQ-02)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from hemu.attachments.operations import name_files
from hemu.duties.queries import remember_office
from hemu.duties.rules import is_late_entry
from hemu.estate.models import Community, Home, Staff
from hemu.estate.queries import office_rules
from hemu.foundation.errors import RuleViolation
from hemu.foundation.merkle import canonical_json
from hemu.foundation.numbering import format_number
from hemu.infra.identity import new_id
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.infra.numbers import last_of_next
from hemu.infra.prepared import insert
from hemu.infra.transaction import operation, remember
from hemu.ledger.operations import Act, append
from hemu.service_requests.models import Request
from hemu.service_requests.operations.naming import hide_from_named
from hemu.service_requests.operations.outside import Outside, due_by, fields_of
from hemu.service_requests.rules import CHANNELS, TYPES, State, one_of

TEXT_LENGTH = 10_000


@dataclass(frozen=True)
class Caller:
    """Whose matter it is: as known to the estate, and as named in the call; and who spoke on their behalf, if another.

    Who is concerned is answered and revisited; with ``answer_speaker`` who spoke is.
    """

    person_id: UUID | None = None
    name: str = ""
    phone: str = ""
    anonymous: bool = False
    speaker: str = ""
    speaker_phone: str = ""
    answer_speaker: bool = False

    @classmethod
    def of(cls, request: Request) -> "Caller":
        """Return who called about a case."""
        return cls(
            request.person_id,
            request.caller_name,
            request.caller_phone,
            request.anonymous,
            request.speaker_name,
            request.speaker_phone,
            request.answer_speaker,
        )


@operation
def register_request(
    *,
    community: Community,
    home: Home | None,
    type: str,
    text: str,
    caller: Caller,
    act: Act,
    channel: str = "phone",
    place: str = "",
    first_asked: Staff | None = None,
    split_from: Request | None = None,
    late_reason: str = "",
    number: str = "",
    outside: Outside | None = None,
    files: Sequence[str] = (),
    named: Sequence[str] = (),
) -> Request:
    """Register one matter under the next number of its community and year (RQ-01).

    Args:
        home: the home it is about; None where it is about a public place or not known.
        text: the owner's words, 1 to 10,000 characters.
        act: `at` is the time of the call; the number's year is that of the entry.
        place: a public place, or the room as it was said where it is in no roster.
        late_reason: why it is entered only now; staff must say so where it counts as 补录.
        files: ids of the actor's drafts that come with the words.
        first_asked: who answered first and stays responsible to the owner (RQ-12).
        number: one of the series that was reserved before, on a paper pad; the caller has it locked.
        outside: which outside body sent it.
        named: logins of the staff whom a complaint names; for them the case does not exist.

    Raises:
        RuleViolation: ``behalf.anonymous``, ``behalf.no_phone``, ``access.unknown_login``, ``request.no_words``, ``request.too_long``, ``request.unknown_value``,
            ``request.other_community``, ``entry.late_needs_reason``, ``outside.duplicate``, ``outside.duplicate_elsewhere``, ``file.not_found``, ``file.too_many``, and those of `ledger.append`.
    """
    canonical_json(
        [text, place, caller.name, caller.phone, caller.speaker, caller.speaker_phone, late_reason]
    )  # before any row is written
    _check(community, home, act, late_reason.strip(), split_from)
    request = Request(
        id=new_id(act.recorded_at),
        number=number or format_number(community.code, *take_numbers(community, act.recorded_at)),
        community=community,
        state=State.RECEIVED,
        type=one_of("type", type, TYPES),
        channel=one_of("channel", channel, CHANNELS),
        **_of_home(home),
        place=place.strip()[:60],
        text=_words(text),
        happened_at=act.at,
        registered_at=act.recorded_at,
        first_asked=first_asked,
        **_named(caller),
        **fields_of(outside, community=community, by=act.actor),
    )
    insert(request)
    named_too = hide_from_named(request, named, act)
    _append(request, act, split_from, late_reason, _kept(request, files, act) | named_too)
    return request


def _of_home(home: Home | None) -> dict[str, Any]:
    return {"home": home, "home_written": home.written if home else ""}


def _read_rules(community: Community, act: Act) -> None:
    """Read the office's rules before the number's row is locked."""
    remember_office(community.book_id, community.office)
    office_rules(community.office, on=act.at)


def _named(caller: Caller) -> dict[str, Any]:
    """Return the fields that name the caller and who spoke for them; of an anonymous one nothing but that."""
    speaker, speaker_phone = caller.speaker.strip()[:100], caller.speaker_phone.strip()[:30]
    if caller.anonymous:
        if speaker or speaker_phone:
            raise RuleViolation("behalf.anonymous")
        return {"anonymous": True}
    if caller.answer_speaker and not speaker_phone:
        raise RuleViolation("behalf.no_phone")
    return {
        "person_id": caller.person_id,
        "caller_name": caller.name.strip()[:100],
        "caller_phone": caller.phone.strip()[:30],
        "speaker_name": speaker,
        "speaker_phone": speaker_phone,
        "answer_speaker": caller.answer_speaker,
    }


def _kept(request: Request, files: Sequence[str], act: Act) -> dict[str, Any]:
    kept = name_files(
        files=files,
        by=act.actor,
        subject=request.subject,
        community=request.community,
        now=act.recorded_at,
    )
    return {"files": kept}


def _behalf(request: Request) -> str | None:
    """Return who is answered where somebody spoke for another: ``concerned`` or ``speaker``."""
    if request.speaker_name or request.speaker_phone:
        return "speaker" if request.answer_speaker else "concerned"
    return None


def _append(
    request: Request,
    act: Act,
    split_from: Request | None,
    late_reason: str,
    more: dict[str, Any],
) -> None:
    remember(("request", request.number), request)
    append(
        book=request.community.book_id,
        kind="request.registered",
        subject=request.subject,
        act=act,
        clause="RQ-01",
        facts={
            "number": request.number,
            "type": request.type,
            "channel": request.channel,
            "home": str(request.home_id) if request.home_id else None,
            "person": str(request.person_id) if request.person_id else None,
            "anonymous": request.anonymous,
            "split_from": split_from.number if split_from else None,
            "body": request.outside_body or None,
            "due_by": due_by(request),
            "behalf": _behalf(request),
            **more,
        },
        words={
            "text": request.text,
            "name": request.caller_name,
            "phone": request.caller_phone,
            "room": request.home.written if request.home else "",
            "place": request.place,
            "late_reason": late_reason.strip(),
            "outside_number": request.outside_number,
            **_spoken_by(request),
        },
    )


def _spoken_by(request: Request) -> dict[str, str]:
    said = {"speaker": request.speaker_name, "speaker_phone": request.speaker_phone}
    return said if any(said.values()) else {}


def _words(text: str) -> str:
    text = text.strip()
    if not text:
        raise RuleViolation("request.no_words")
    if len(text) > TEXT_LENGTH:
        raise RuleViolation("request.too_long", limit=TEXT_LENGTH)
    return text


def _check(
    community: Community, home: Home | None, act: Act, late_reason: str, split_from: Request | None
) -> None:
    if home and home.community_id != community.id:
        raise RuleViolation("request.other_community")
    if not late_reason and act.actor.startswith("staff:") and split_from is None and _is_late(community, act):
        raise RuleViolation("entry.late_needs_reason")
    _read_rules(community, act)


def _is_late(community: Community, act: Act) -> bool:
    if office_day(act.at) == office_day(act.recorded_at):
        return False
    time = office_rules(community.office, on=act.at).time
    return is_late_entry(at=act.at, recorded_at=act.recorded_at, time=time)


def take_numbers(community: Community, now: datetime, count: int = 1) -> tuple[int, int]:
    """Take the next numbers of a community, and return the year and the last serial taken."""
    year = now.astimezone(OFFICE_ZONE).year
    return year, last_of_next(count, scope=f"request:{community.id.hex}", year=year)
