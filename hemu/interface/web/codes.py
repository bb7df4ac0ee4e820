"""The types of the interface's values that are codes, texts and pages."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja.params.functions import Header
from pydantic import AfterValidator, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from hemu.attachments.rules import MOST_IN_ONE_ACT, USES
from hemu.infra.moments import OFFICE_ZONE
from hemu.service_requests.rules import CHANNELS, OUTSIDE_BODIES, STEPS, TRADES, TYPES
from hemu.supervision.rules import KNOWN


class OneOf:
    """A text that is one of the known codes."""

    def __init__(self, known: Iterable[str]) -> None:
        self.known = [str(each) for each in known]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(self.known)


NO_NUL = r"^[^\x00]*$"
"""No database holds the character NUL."""


def _of_our_time(moment: datetime) -> datetime:
    if not 2000 <= moment.year < 2200:
        raise ValueError("2000–2199")
    return moment if moment.tzinfo else moment.replace(tzinfo=OFFICE_ZONE)


Text = Annotated[str, Field(max_length=100, pattern=NO_NUL)]
Words = Annotated[str, Field(max_length=10_000, pattern=NO_NUL)]
Key = Annotated[
    str,
    Field(min_length=1, max_length=255, pattern=r"^[!-~]+$", description="同一把钥匙只做一次 · once a key"),
]
KEY = Header(alias="Idempotency-Key")
Moment = Annotated[datetime, AfterValidator(_of_our_time)]
"""Without an offset it is the office's local time."""
Sold = Annotated[str, OneOf(("sold", "spelling"))]
Type = Annotated[str, OneOf(TYPES)]
Channel = Annotated[str, OneOf(CHANNELS)]
Body = Annotated[str, OneOf(OUTSIDE_BODIES)]
AskedType = Annotated[str, OneOf(("", *TYPES))]
AskedTrade = Annotated[str, OneOf(("", *TRADES))]
AskedChannel = Annotated[str, OneOf(("", *CHANNELS))]
AskedBody = Annotated[str, OneOf(("", *KNOWN["body"]))]
AskedState = Annotated[str, OneOf(("", *KNOWN["state"]))]
FileUse = Annotated[str, OneOf(each for each in USES if each != "signature")]
"""A signature is somebody's own: no system brings one (DESIGN §6)."""
Files = Annotated[
    list[UUID],
    Field(
        default=[],
        max_length=MOST_IN_ONE_ACT,
        description="先交到 /files 的文件 · ids of files handed in at /files before",
    ),
]
StepName = Annotated[str, OneOf(dict.fromkeys(row.name for row in STEPS.rows))]
Limit = Annotated[int, Field(ge=1, le=100)]
Cursor = Annotated[
    str, Field(max_length=300, description="上一页给出的 next · the `next` of the page before")
]
