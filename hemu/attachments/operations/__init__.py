"""Writing files: keeping one, naming it in an act, erasing it, sweeping what was never named."""

from hemu.attachments.operations.erasing import erase_file, sweep_drafts
from hemu.attachments.operations.keeping import keep_file, lay_down
from hemu.attachments.operations.naming import Named, append_with_files, name_files, name_new
from hemu.attachments.operations.storing import remove_bytes

__all__ = [
    "Named",
    "append_with_files",
    "erase_file",
    "keep_file",
    "lay_down",
    "name_files",
    "name_new",
    "remove_bytes",
    "sweep_drafts",
]
