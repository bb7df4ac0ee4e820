"""Many at once: the same act from many connections, let go together."""

from collections.abc import Callable, Sequence
from threading import Barrier, Event, Thread

from tests.proof.desk import Desk, Refused, Unreachable

PATIENCE_SECONDS = 120
TRIES = 400
BROKEN = "500"
"""The server says that it failed, and would fail again."""


def all_at_once(desks: Sequence[Desk], act: Callable[[int, Desk], str]) -> list[str]:
    """Let each desk do its act at the same moment, again where there was no answer; return what each was told.

    What was refused is told as ``refused: …``.
    """
    told = [""] * len(desks)
    start = Barrier(len(desks))

    def one(number: int, desk: Desk) -> None:
        start.wait(PATIENCE_SECONDS)
        told[number] = until_answered(lambda: act(number, desk))

    threads = [Thread(target=one, args=each) for each in enumerate(desks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def until_answered(act: Callable[[], str]) -> str:
    pause = Event()
    for _ in range(TRIES):
        try:
            return act()
        except Unreachable as trouble:
            if trouble.kind == BROKEN:
                return f"failed: {trouble}"
            pause.wait(0.1)
        except Refused as refusal:
            return f"refused: {refusal}"
    return "no answer"
