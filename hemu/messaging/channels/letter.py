"""What goes into a channel and what comes out of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Letter:
    """One message as a channel sends it; `id` is ours and stays the same however often it is tried."""

    id: UUID
    to: str
    title: str
    text: str
    at: datetime
    provider_id: str = ""


@dataclass(frozen=True)
class Receipt:
    """The other side took it; `provider_id` is its own name for it, where it gives one."""

    provider_id: str = ""


class Refused(Exception):
    """The other side surely did not take it; `again`: it may take it later."""

    def __init__(self, code: str, *, again: bool = False) -> None:
        super().__init__(code)
        self.code, self.again = code, again


class Unsure(Exception):
    """The message went out and no clear answer came back: the other side may have taken it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
