"""Whether a record is as it was when it was sealed, and which codes were published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hemu.foundation.merkle import GENESIS, chain_head, root
from hemu.infra.moments import OFFICE_ZONE
from hemu.ledger.models import Entry, Leaf, Seal
from hemu.ledger.queries import is_true, leaves_of, seal_at


@dataclass(frozen=True)
class Line:
    """An entry and the seal that vouches for it; None while it waits. ``sound``: it is as it was sealed."""

    entry: Entry
    seal: Seal | None
    sound: bool


@dataclass(frozen=True)
class Attested:
    """What can be said of a record: of each entry, and whether the seals from its oldest to the newest are chained.

    Attributes:
        newest: the newest seal; its code vouches for all that is sealed here.
    """

    lines: tuple[Line, ...]
    chained: bool
    newest: Seal | None

    @property
    def altered(self) -> bool:
        """Tell whether anything is not as it was sealed."""
        return not self.chained or not all(line.sound for line in self.lines)

    @property
    def sealed_count(self) -> int:
        """Return how many entries a seal vouches for."""
        return sum(line.seal is not None for line in self.lines)

    @property
    def waiting_count(self) -> int:
        """Return how many entries wait for their seal."""
        return len(self.lines) - self.sealed_count

    @property
    def since(self) -> datetime | None:
        """Return when the last of the sealed entries was sealed: since then none of them was altered."""
        return max((line.seal.sealed_at for line in self.lines if line.seal), default=None)


def attest(entries: Sequence[Entry]) -> Attested:
    """Work out anew every hash of some entries and of the seals they lie in, and the chain to the newest seal.

    Args:
        entries: with their words where they have any (`ledger.queries.timeline`).

    Statements: two for each seal the entries lie in, and four.
    """
    seqs = [entry.seq for entry in entries]
    leaves = {leaf.entry_seq: leaf for leaf in Leaf.objects.select_related("seal").filter(entry_seq__in=seqs)}
    trees = {leaf.seal_id: _tree(leaf.seal) for leaf in leaves.values()}
    lines = []
    for entry in entries:
        leaf = leaves.get(entry.seq)
        if leaf is None:
            lines.append(Line(entry, None, is_true(entry)))
            continue
        data = trees[leaf.seal_id]
        held = leaf.position < len(data) and data[leaf.position].hex() == entry.digest
        lines.append(Line(entry, leaf.seal, held and is_true(entry)))
    newest = Seal.objects.order_by("-number").first()
    return Attested(tuple(lines), _chained(min(trees, default=0)), newest)


def _tree(seal: Seal) -> list[bytes]:
    """Return a seal's leaves; none where they do not give its root."""
    leaves = leaves_of(seal.number)
    return leaves if root(leaves).hex() == seal.root else []


def _chained(first: int) -> bool:
    """Tell whether each seal from ``first`` on names the head before it and has the head that follows from it."""
    previous = None if first > 1 else GENESIS.hex()
    for number, seal in enumerate(Seal.objects.filter(number__gte=first).order_by("number"), max(first, 1)):
        try:
            head = chain_head(
                bytes.fromhex(seal.previous), bytes.fromhex(seal.root), seal.size, seal.sealed_at
            )
        except ValueError:  # somebody wrote over it
            return False
        if seal.number != number or seal.head != head.hex() or previous not in (None, seal.previous):
            return False
        previous = seal.head
    return True


def codes_by_day(*, today: date, days: int) -> list[tuple[date, Seal | None]]:
    """Return the seal that stood at the end of each of the last ``days``, today first.

    A day on which nothing was written repeats the code of the day before.
    """
    found = [today - timedelta(days=number) for number in range(days)]
    return [(day, seal_at(datetime.combine(day + timedelta(days=1), time(), OFFICE_ZONE))) for day in found]
