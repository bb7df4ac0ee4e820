"""How an office's papers look and who approves them, from a day on."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from hemu.access.actors import Actor
from hemu.access.roles import PERMISSIONS_OF
from hemu.estate.models import Company, Office
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append
from hemu.papers.models import ApprovalChain, PaperLayout
from hemu.papers.queries import kinds
from hemu.papers.rules_documents import Chain, kind_named, plain_chain
from hemu.papers.rules_official import layout_of

ROLES = frozenset(role for role, held in PERMISSIONS_OF.items() if "paper.decide" in held)
"""Who may stand in a chain."""


@operation
def set_layout(
    *, office: Office | None, since: date, values: Mapping[str, str], by: Actor, act: Act
) -> PaperLayout:
    """Set how papers look from a day on (NT-01); the same day once more takes its place.

    Args:
        office: None: of all offices that have none of their own.
        values: the attributes of ``rules_official.Layout``.

    Raises:
        RuleViolation: ``access.denied``, ``layout.in_past``, and those of ``layout_of``.
    """
    _check(office, since, by, act)
    said = asdict(layout_of(values))
    row, _made = PaperLayout.objects.update_or_create(
        office=office, since=since, defaults={"values": said, "by": by.key, "at": act.recorded_at}
    )
    append(
        book=_book(office),
        kind="paper.layout_set",
        subject="papers",
        act=act,
        clause="NT-01",
        facts={"since": since.isoformat()},
        words=said,
    )
    return row


@operation
def set_chain(
    *, office: Office | None, kind: str, since: date, chain: Chain, by: Actor, act: Act
) -> ApprovalChain:
    """Set who reads and who approves a kind of paper from a day on; what was handed in keeps its chain.

    Raises:
        RuleViolation: ``access.denied``, ``layout.in_past``, ``document.unknown_kind``.
    """
    _check(office, since, by, act)
    turns = plain_chain(chain)
    row, _made = ApprovalChain.objects.update_or_create(
        office=office,
        kind=kind_named(kind, kinds()).code,
        since=since,
        defaults={"turns": turns, "by": by.key, "at": act.recorded_at},
    )
    append(
        book=_book(office),
        kind="paper.chain_set",
        subject="papers",
        act=act,
        clause="NT-02",
        facts={"paper_kind": kind, "since": since.isoformat(), "turns": turns},
    )
    return row


def _check(office: Office | None, since: date, by: Actor, act: Act) -> None:
    if office is None and by.offices_with("paper.arrange") is not None:
        raise RuleViolation("access.denied", permission="paper.arrange")
    by.require("paper.arrange", office.id if office else None)
    if since < office_day(act.recorded_at):
        raise RuleViolation("layout.in_past")


def _book(office: Office | None) -> str:
    return office.book_id if office else Company.objects.values_list("book_id", flat=True).get()
