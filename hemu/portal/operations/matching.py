"""The desk ties what an unknown number wrote to a home and, where it knows, to a person of it."""

from uuid import UUID

from hemu.estate.models import Home, Person, Phone
from hemu.estate.queries import people_of
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append
from hemu.portal.models import OwnWord
from hemu.service_requests.models import Request


@operation
def match_word(
    *, number: str, home: Home, person: UUID | None, keep_phone: bool, act: Act, by: UUID
) -> Request:
    """Tie a word to a home in one act; the entry says to which home and person, never a name or number.

    Args:
        home: a home of the case's community.
        person: somebody bound to that home today, or None.
        keep_phone: write the number down as the person's: whoever logs in with it sees the home from now on.
        by: the member of staff.

    Raises:
        RuleViolation: ``portal.not_waiting``, ``request.other_community``, ``portal.not_of_home``,
            ``portal.needs_person``.
    """
    words = OwnWord.objects.select_for_update(of=("self",)).select_related("request__community__office")
    word = words.filter(request__number=number, homeless=True, matched_at__isnull=True).first()
    if word is None:
        raise RuleViolation("portal.not_waiting")
    request = Request.objects.select_for_update(of=("self",)).select_related("community").get(pk=word.pk)
    if home.community_id != request.community_id:
        raise RuleViolation("request.other_community")
    found = _of_home(home, person, act) if person else None
    if keep_phone and found is None:
        raise RuleViolation("portal.needs_person")
    if keep_phone and found:
        _keep(found, word.phone, act)
    request.home, request.version = home, request.version + 1
    if found:
        request.person = found
    request.save(update_fields=["home", "person", "version"])
    OwnWord.objects.filter(pk=word.pk).update(matched_at=act.recorded_at, matched_by=by)
    append(
        book=request.community.book_id,
        kind="request.matched",
        subject=request.subject,
        act=act,
        clause="RQ-02",
        facts={"home": str(home.id), "person": str(found.id) if found else None, "phone_kept": keep_phone},
        words={"room": home.written, "name": found.name if found else ""},
    )
    return request


def _of_home(home: Home, person: UUID, act: Act) -> Person:
    found = people_of(home, on=office_day(act.recorded_at)).filter(pk=person).first()
    if found is None:
        raise RuleViolation("portal.not_of_home")
    return found


def _keep(person: Person, phone: str, act: Act) -> None:
    position = person.phones.count()
    Phone.objects.get_or_create(
        person=person, number=phone, defaults={"id": new_id(act.recorded_at), "position": position}
    )
