"""The kinds of entries about papers. What was approved is named by its digest; words lie in the closed part."""

from hemu.ledger.entries import Kind

_VERSION = {"paper_kind": str, "paper_version": int, "paper_digest": str}
_DECIDED = {**_VERSION, "approval_act": str, "role": str, "independent": bool, "second_factor": bool}
_NUMBERED = {**_VERSION, "paper_number": str}


def _kind(name: str, facts: dict[str, type], *optional: str) -> Kind:
    return Kind(name, facts, frozenset(facts) - {*optional, "files"})


KINDS = (
    _kind("paper.drafted", _VERSION),
    _kind("paper.revised", _VERSION),
    _kind("paper.submitted", _VERSION),
    _kind("paper.agreed", _DECIDED),
    _kind("paper.refused", _DECIDED),
    _kind("paper.approved", {**_NUMBERED, "independent": bool}),
    _kind("paper.issued", {**_NUMBERED, "seal_mode": str, "file_digest": str, "copies": int, "files": list}),
    _kind("paper.voided", {**_VERSION, "paper_number": str}, "paper_number"),
    _kind("paper.layout_set", {"paper_kind": str, "since": str}, "paper_kind"),
    _kind("paper.chain_set", {"paper_kind": str, "since": str, "turns": list}),
)
