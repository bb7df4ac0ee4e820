"""Writing papers: drafted, decided, issued under the seal; how offices arrange that."""

from hemu.papers.operations.approving import decide
from hemu.papers.operations.arranging import set_chain, set_layout
from hemu.papers.operations.drafting import draft_paper, revise_paper, submit_paper, void_paper
from hemu.papers.operations.issuing import issue_paper

__all__ = [
    "decide",
    "draft_paper",
    "issue_paper",
    "revise_paper",
    "set_chain",
    "set_layout",
    "submit_paper",
    "void_paper",
]
