"""What the clients know: each case they registered, each step that was acknowledged, in their own order."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Case:
    """One case as its client knows it.

    Attributes:
        marker: stands in the case's words and in every key; no other case has it.
        steps: the steps that were acknowledged, in order.
        pending: what was asked last without an answer, a step or `register`; empty when all was answered.
        calm: made before the first kill, so that others can be compared with it.
    """

    marker: str
    type: str
    number: str = ""
    version: int = 0
    steps: list[str] = field(default_factory=list)
    pending: str = ""
    calm: bool = False


@dataclass
class Journal:
    """The cases of all clients, with what was odd on the way."""

    cases: list[Case] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    repeats: int = 0

    @property
    def acknowledged(self) -> int:
        return sum(bool(case.number) + len(case.steps) for case in self.cases)

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")


def read_journal(path: Path) -> Journal:
    plain = json.loads(path.read_text(encoding="utf-8"))
    return Journal([Case(**case) for case in plain["cases"]], plain["refusals"], plain["repeats"])
