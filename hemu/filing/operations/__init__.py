"""Writing the file: filing, reporting, holding, disposing."""

from hemu.filing.operations.disposing import decide_disposal, propose_disposal
from hemu.filing.operations.filing import file_by_hand, file_item, file_with_committee, report_item
from hemu.filing.operations.holding import hold_item, release_item

__all__ = [
    "decide_disposal",
    "file_by_hand",
    "file_item",
    "file_with_committee",
    "hold_item",
    "propose_disposal",
    "release_item",
    "report_item",
]
