"""What each step of the table does to a case beyond its state, by the step's name."""

from collections.abc import Callable

from hemu.service_requests.operations import ending, handling, outside, sending, visiting, voicing
from hemu.service_requests.operations.asked import Asked, Effect

EFFECTS: dict[str, Callable[[Asked], Effect]] = {
    "classify": handling.classify,
    "dispatch": sending.dispatch,
    "transfer": sending.transfer,
    "accept": handling.accept,
    "resolve": handling.resolve,
    "reply": handling.reply,
    "inform": handling.inform,
    "confirm": ending.confirm,
    "close": ending.close,
    "send_back": ending.send_back,
    "pause": handling.pause,
    "resume": visiting.happened,
    "judge": handling.judge,
    "escalate": handling.escalate,
    "refer": handling.refer,
    "try_contact": handling.try_contact,
    "outside": outside.note,
    "correct": ending.correct,
    "resort": handling.resort,
    "split": ending.split,
    "merge": ending.merge,
    "withdraw": ending.withdraw,
    "void": ending.void,
    "reopen": ending.reopen,
    "appoint": visiting.appoint,
    "set_out": visiting.happened,
    "arrive": visiting.happened,
    "nobody_home": visiting.nobody_home,
    "quote": visiting.quote,
    "accept_quote": visiting.accept_quote,
    "decline_quote": visiting.decline_quote,
    "add": voicing.add,
    "urge": voicing.urge,
    "second": voicing.second,
    "partly": voicing.partly,
    "rate": voicing.rate,
}
