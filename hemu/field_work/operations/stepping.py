"""Taking a job's step from the phone: what it says beyond the step of the case is written with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hemu.access.actors import Actor
from hemu.attachments.queries import drafts_of
from hemu.duties.rules import is_late_entry
from hemu.estate.models import Staff
from hemu.estate.queries import office_rules
from hemu.field_work.queries import job_for, must_be_mine
from hemu.field_work.rules import SIGNED, STEPS, Material, total_fen
from hemu.foundation.errors import RuleViolation
from hemu.infra.transaction import operation
from hemu.ledger.entries import Proof
from hemu.ledger.operations import Act, append
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller, register_request, take_step
from hemu.service_requests.queries import suggestion_for

SHOWN = ("arrive", "nobody_home", "resolve")
PICTURES = {"before", "after", "slip"}
"""What a picture taken at the door shows is a machine's record."""
LATE_REASON = "现场没有网络，手机连上网后自动送出。"
"""The reason of a step that the phone kept until the next day: words of the book, so in its language."""
OFFER_LABOUR = "人工 %(amount)s 元"
OFFER_LINE = "%(name)s %(quantity)s%(unit)s × %(price)s 元"
OFFER_UNITS = {"piece": "个", "metre": "米", "set": "套", "roll": "卷", "kilogram": "公斤", "litre": "升"}
"""How an offer is written: words of the book."""


@dataclass(frozen=True)
class AtTheDoor:
    """What is said at the door besides the step itself.

    Attributes:
        materials: offered with a price, or used in the work.
        labour_fen: the labour of an offer, 0.01 CNY.
        wishes_asked: whether the owner was asked for what else there is to do; None: nobody says so.
        wish: what that is, in the owner's words; empty for nothing.
    """

    materials: Sequence[Material] = ()
    labour_fen: int = 0
    wishes_asked: bool = False
    wish: str = ""


@dataclass(frozen=True)
class _Asked:
    number: str
    act: Act
    by: Actor
    words: str
    values: dict[str, str]
    door: AtTheDoor
    files: Sequence[str] = ()

    def step(self, name: str, *, words: str | None = None, **values: str) -> Request:
        return take_step(
            number=self.number,
            step=name,
            act=self.act,
            by=self.by,
            words=self.words if words is None else words,
            values={**self.values, **values},
            files=self.files,
        )

    def beforehand(self) -> "_Asked":
        """Return the same act for a step that goes before the one asked for: nothing of its own values or files."""
        late = {name: value for name, value in self.values.items() if name == "late_reason"}
        return replace(self, values=late, files=())


@operation
def take_job_step(
    *,
    number: str,
    step: str,
    act: Act,
    by: Actor,
    words: str = "",
    values: Mapping[str, str] | None = None,
    door: AtTheDoor | None = None,
    files: Sequence[str] = (),
) -> Request:
    """Take one step of a job that is in one's own hands, and return the case as it then stands.

    What belongs to the owner (`SIGNED`) rests on a signature on the glass among the files; the proof is then *own*.

    Args:
        values: what the step sets, as `take_step` has them.
        files: ids of one's own drafts; a picture taken on the spot makes the proof *device*.

    Raises:
        RuleViolation: ``request.not_found``, ``field.not_yours``, ``field.unknown_step``, ``signature.missing``,
            and those of `take_step` and `register_request`.
    """
    if step not in STEPS:
        raise RuleViolation("field.unknown_step", step=step)
    job = job_for(by, number)
    must_be_mine(job, by)
    given = dict(values or {})
    if late := _late_reason(job.case, act):
        given.setdefault("late_reason", late)
    act = replace(act, proof=_proof(step, act, files))
    asked = _Asked(job.case.number, act, by, words, given, door or AtTheDoor(), files)
    return _WRITTEN.get(step, _plain)(asked, step, job.case)


def _late_reason(case: Request, act: Act) -> str:
    time = office_rules(case.community.office, on=act.at).time
    return LATE_REASON if is_late_entry(at=act.at, recorded_at=act.recorded_at, time=time) else ""


def _proof(step: str, act: Act, files: Sequence[str]) -> Proof:
    uses = {each.use for each in drafts_of(act.actor, files)} if files else set()
    if step in SIGNED:
        if "signature" not in uses:
            raise RuleViolation("signature.missing")
        return Proof.OWN
    return Proof.DEVICE if step in SHOWN and uses & PICTURES else act.proof


def _plain(asked: _Asked, step: str, case: Request) -> Request:
    return asked.step(step)


def _quoted(asked: _Asked, step: str, case: Request) -> Request:
    """Offer a price worked out from its lines; its words say them."""
    door = asked.door
    fen = total_fen(door.materials, labour_fen=door.labour_fen)
    case = asked.step(step, words=_offer(asked.words, door), amount=_yuan(fen))
    _append(asked, case, "work.priced", door, labour_fen=door.labour_fen, amount_fen=fen)
    return case


def _offer(words: str, door: AtTheDoor) -> str:
    labour = [OFFER_LABOUR % {"amount": _yuan(door.labour_fen)}] if door.labour_fen else []
    return "；".join([*([words.strip()] if words.strip() else []), *_lines(door), *labour])


def _lines(door: AtTheDoor) -> list[str]:
    return [
        OFFER_LINE
        % {
            "name": each.name,
            "quantity": _plain_number(each.quantity_milli, 3),
            "unit": OFFER_UNITS[each.unit],
            "price": _yuan(each.price_fen),
        }
        for each in door.materials
    ]


def _yuan(fen: int) -> str:
    return _plain_number(fen, 2)


def _plain_number(value: int, digits: int) -> str:
    whole, rest = divmod(value, 10**digits)
    return f"{whole}.{rest:0{digits}d}".rstrip("0").rstrip(".")


def _resolved(asked: _Asked, step: str, case: Request) -> Request:
    """Record the result, the materials used, and that the owner was asked for what else there is to do."""
    case = asked.step(step)
    if asked.door.materials:
        _append(asked, case, "work.materials_used", asked.door)
    if asked.door.wishes_asked:
        _wishes(asked, case)
    return case


def _append(asked: _Asked, case: Request, kind: str, door: AtTheDoor, **facts: int) -> None:
    append(
        book=case.community.book_id,
        kind=kind,
        subject=case.subject,
        act=asked.act,
        clause="RQ-14",
        facts={
            "lines": [each.facts() for each in door.materials],
            "materials_fen": total_fen(door.materials),
            **facts,
        },
        words={
            "materials": [each.name for each in door.materials],
            "text": "；".join(_lines(door)),
            **_late_words(asked),
        },
    )


def _late_words(asked: _Asked) -> dict[str, str]:
    return {"late_reason": asked.values.get("late_reason", "")}


def _wishes(asked: _Asked, case: Request) -> None:
    wish = asked.door.wish.strip()
    into = _registered(asked, case, wish).number if wish else None
    append(
        book=case.community.book_id,
        kind="work.wishes_asked",
        subject=case.subject,
        act=asked.act,
        clause="RQ-12",
        facts={"any": bool(wish), "into": into},
        words=_late_words(asked),
    )


def _registered(asked: _Asked, case: Request, wish: str) -> Request:
    """Register what the owner asks for besides: a word of its own, first heard by who stands at the door (RQ-12)."""
    return register_request(
        community=case.community,
        home=case.home,
        type=suggestion_for(wish).first("type"),
        text=wish,
        caller=Caller(case.person_id, case.caller_name, case.caller_phone, case.anonymous),
        act=asked.act,
        channel="visit",
        place=case.place,
        first_asked=Staff.objects.get(id=asked.by.staff_id),
        late_reason=asked.values.get("late_reason", ""),
    )


def _cannot(asked: _Asked, step: str, case: Request) -> Request:
    """Give the job back; what is the owner's own matter is judged so first (RQ-20)."""
    if asked.values.get("cause") == "owner_to_handle":
        asked.beforehand().step("judge", owner_to_handle="true")
    return asked.step(step)


def _confirmed(asked: _Asked, step: str, case: Request) -> Request:
    """The owner signs at the door: with the same signature the result is told (RQ-05) and confirmed (RQ-10)."""
    if case.state == "resolved":
        asked.beforehand().step("inform", words="", channel="visit")
    return asked.step(step)


_WRITTEN = {
    "quote": _quoted,
    "resolve": _resolved,
    "send_back": _cannot,
    "confirm": _confirmed,
}
