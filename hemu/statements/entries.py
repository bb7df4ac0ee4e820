"""The kinds of entries about the money: monthly statements, the audit window, publications of a quarter.

Facts are totals in 分, months and ids; items, explanations and titles lie in the closed part.
"""

from collections.abc import Mapping

from hemu.ledger.entries import Audience, Kind, Proof
from hemu.statements.rules import HOWS
from hemu.statements.rules_audit import KINDS as VOUCHER_KINDS

_STATEMENT = {"period": str, "version": int, "statement": str}
_TOTALS = {"income": int, "expense": int, "opening": int, "closing": int, "warnings": int, "explained": int}
_FILES = {"files": list}
_WINDOW = {"period": str, "books": str}


def _kind(
    name: str,
    facts: Mapping[str, type],
    *required: str,
    audience: Audience = Audience.COMMITTEE,
    least_proof: Proof = Proof.WORD,
    values: Mapping[str, frozenset[str]] | None = None,
) -> Kind:
    return Kind(name, facts, frozenset(required), least_proof, audience, values=values or {})


KINDS = (
    _kind("committee.finance_statement.drafted", {**_STATEMENT, **_TOTALS, "source": str}, *_STATEMENT,
          audience=Audience.STAFF),
    _kind("committee.finance_statement.handed_in", {**_STATEMENT, **_TOTALS, "paper": str}, *_STATEMENT, "paper",
          audience=Audience.STAFF),
    _kind("committee.finance_statement.delivered",
          {**_STATEMENT, **_TOTALS, **_FILES, "paper": str, "paper_number": str, "file_digest": str, "how": str,
           "corrects": str},
          *_STATEMENT, "how", "file_digest", values={"how": frozenset(HOWS)}),
    _kind("committee.finance_statement.receipted", {**_STATEMENT, **_FILES, "how": str, "helper": bool}, *_STATEMENT,
          "how", values={"how": frozenset(HOWS)}),
    _kind("committee.finance_statement.published", _STATEMENT, *_STATEMENT, audience=Audience.OWNER),
    _kind("committee.audit_books.added", {**_WINDOW, **_FILES, "item": str, "kind": str, "amount": int}, *_WINDOW,
          "item", "files", values={"kind": frozenset(VOUCHER_KINDS)}),
    _kind("committee.audit_books.laid_open", {**_WINDOW, "items": int, "digest": str}, *_WINDOW, "items", "digest"),
    _kind("committee.audit_access.asked", {**_WINDOW, **_FILES, "ask": str}, *_WINDOW, "ask"),
    _kind("committee.audit_access.decided", {**_WINDOW, "ask": str, "granted": bool}, *_WINDOW, "ask", "granted"),
    _kind("committee.publication.delivered", {"period": str, "publication": str, "how": str, **_FILES}, "period",
          "publication", "how", values={"how": frozenset(HOWS)}),
    _kind("committee.publication.receipted", {"period": str, "publication": str, "how": str, "helper": bool, **_FILES},
          "period", "publication", "how", values={"how": frozenset(HOWS)}),
)  # fmt: skip
