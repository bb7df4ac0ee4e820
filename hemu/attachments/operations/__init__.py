"""Writing files: keeping one, naming it in an act, erasing it, sweeping what was never named."""

from hemu.attachments.operations.erasing import erase_file, sweep_drafts
from hemu.attachments.operations.keeping import keep_file
from hemu.attachments.operations.naming import Named, name_files

__all__ = ["Named", "erase_file", "keep_file", "name_files", "sweep_drafts"]
