"""Writing from the phone at the door: one act there may be several entries in the book."""

from hemu.field_work.operations.stepping import AtTheDoor, take_job_step

__all__ = ["AtTheDoor", "take_job_step"]
