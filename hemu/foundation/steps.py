"""Step tables: who may take which step in which state. Everything the table does not say is refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from hemu.foundation.errors import RuleViolation


@dataclass(frozen=True)
class Step:
    """One row: the step ``name`` leads from any of ``from_states`` to ``to_state`` (``None``: stays)."""

    name: str
    from_states: frozenset[str]
    to_state: str | None
    roles: frozenset[str]
    clause: str
    extras: Mapping[str, object] = field(default_factory=dict, hash=False)

    def lands_on(self, state: str) -> str:
        """Return the state after the step is taken in ``state``."""
        return state if self.to_state is None else self.to_state


def step(
    name: str,
    from_states: Iterable[str],
    to_state: str | None,
    roles: Iterable[str],
    clause: str,
    **extras: object,
) -> Step:
    """Write one row of a table; ``extras`` are the room's own (entry kind, proof, words it asks for …)."""
    states = frozenset(from_states)
    return Step(name, states, to_state, frozenset(roles), clause, MappingProxyType(dict(extras)))


class StepTable:
    """A frozen table of steps.

    A name may have several rows as long as no state has two of them.

    Args:
        rows: the steps, in the order in which buttons are shown.
        start: the state in which a thing is born.
    """

    __slots__ = ("_by_place", "rows", "start")

    def __init__(self, rows: Iterable[Step], *, start: str) -> None:
        self.rows = tuple(rows)
        self.start = start
        self._by_place: dict[tuple[str, str], Step] = {}
        for row in self.rows:
            for state in row.from_states:
                if (row.name, state) in self._by_place:
                    raise ValueError(f"two rows for step {row.name!r} in state {state!r}")
                self._by_place[row.name, state] = row

    @property
    def states(self) -> frozenset[str]:
        """All states the table speaks of."""
        targets = {row.to_state for row in self.rows if row.to_state is not None}
        return frozenset({self.start, *targets}.union(*(row.from_states for row in self.rows)))

    def allowed(self, state: str, roles: Iterable[str]) -> list[Step]:
        """Return the steps that somebody with ``roles`` may take in ``state``, in table order."""
        held = frozenset(roles)
        return [row for row in self.rows if state in row.from_states and row.roles & held]

    def find(self, name: str, state: str) -> Step:
        """Return the row for a step in a state.

        Raises:
            RuleViolation: ``step.unknown`` (step, known) if no state has it; ``step.not_allowed``
                (step, state, allowed: the steps the state does have).
        """
        row = self._by_place.get((name, state))
        if row is not None:
            return row
        known = list(dict.fromkeys(each.name for each in self.rows))
        if name not in known:
            raise RuleViolation("step.unknown", step=name, known=known)
        allowed = [each for each in known if (each, state) in self._by_place]
        raise RuleViolation("step.not_allowed", step=name, state=str(state), allowed=allowed)

    def fold(self, names: Iterable[str], *, state: str | None = None) -> str:
        """Return the state after ``names`` are taken in order from ``state`` (default: the start).

        Raises:
            RuleViolation: as ``find``, at the first step that the table refuses.
        """
        now = self.start if state is None else state
        for name in names:
            now = self.find(name, now).lands_on(now)
        return now

    def diagram(self) -> str:
        """Return the table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        for row in self.rows:
            for state in sorted(row.from_states):
                lines.append(f"    {state} --> {row.lands_on(state)}: {row.name}")
        ends = self.states - {state for row in self.rows for state in row.from_states}
        lines.extend(f"    {state} --> [*]" for state in sorted(ends))
        return "\n".join(lines) + "\n"
