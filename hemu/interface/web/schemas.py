"""What goes into the interface and what comes out of it; a field that is not named here is refused."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from hemu.interface.web.codes import (
    AskedBody,
    AskedChannel,
    AskedState,
    AskedTrade,
    AskedType,
    Body,
    Channel,
    Cursor,
    Files,
    Limit,
    Moment,
    Text,
    Type,
    Words,
)


class Given(Schema):
    """What a caller sends."""

    model_config = ConfigDict(extra="forbid")


class OutsideGiven(Given):
    """Which outside body sent the case."""

    body: Body
    number: Annotated[Text, Field(max_length=60)] = ""
    due_at: Moment | None = None


class NewRequest(Given):
    """A word of an owner."""

    community: Text = Field(description="小区名称或编码 · name or code of a community of the token")
    type: Type
    text: Words = Field(min_length=1)
    home: Text = Field("", description="1-2-301 · 1栋2单元301")
    place: Annotated[Text, Field(max_length=60)] = ""
    name: Text = ""
    phone: Annotated[Text, Field(max_length=30)] = ""
    anonymous: bool = False
    channel: Channel = "web"
    at: Moment | None = Field(None, description="何时发生，不写是现在 · when it happened, now if left out")
    late_reason: Annotated[Text, Field(max_length=100)] = ""
    outside: OutsideGiven | None = None
    files: Files


class StepGiven(Given):
    """A step: what was seen, what is said, what it sets."""

    expected_version: int = Field(ge=1, le=2**31 - 1, description="看到的版本 · the version that was seen")
    words: Words = ""
    values: dict[Text, Words] = Field({}, max_length=20)
    at: Moment | None = None
    files: Files


class ListAsked(Schema):
    """The filters of a list of cases, those of the page; all of them hold together."""

    q: Text = Field("", description="编号、房号或文字 · a number, a room or words")
    state: AskedState = ""
    type: AskedType = ""
    trade: AskedTrade = ""
    channel: AskedChannel = ""
    body: AskedBody = ""
    community: UUID | None = None
    office: UUID | None = None
    person: UUID | None = None
    building: Text = ""
    since: date | None = None
    until: date | None = None
    late: bool = False
    urged: bool = False
    reopened: bool = False
    major: bool = False
    limit: Limit = 30
    cursor: Cursor = ""


class Made(Schema):
    """Where a case stands after an act."""

    number: str
    state: str
    version: int


class DueLine(Schema):
    clause: str
    due: str | None


class Registered(Made):
    duties: list[DueLine]


class OutsideLine(Schema):
    body: str
    number: str | None
    due: str | None


class RequestLine(Schema):
    """A case as a line of a list."""

    number: str
    community: str
    home: str | None
    state: str
    outcome: str | None
    type: str
    trade: str | None
    nature: str | None
    urgency: str | None
    channel: str
    text: str
    outside: OutsideLine | None
    at: str
    registered_at: str
    version: int


class RequestPage(Schema):
    items: list[RequestLine]
    next: str | None


class CallerLine(Schema):
    name: str
    phone: str = Field(description="按令牌权限掩码 · masked unless the token may see it")


class EntryLine(Schema):
    id: UUID
    kind: str
    at: str
    recorded_at: str
    by: str
    proof: str
    facts: dict[str, Any]
    clause: str | None
    words: dict[str, Any] | None
    hash: str


class DutyLine(Schema):
    clause: str
    due: str | None
    state: str
    late: bool
    owed_by: str
    fulfilled_at: str | None


class RequestDetail(RequestLine):
    place: str | None
    anonymous: bool
    caller: CallerLine
    merged_into: str | None
    timeline: list[EntryLine]
    duties: list[DutyLine]
    steps: list[str] = Field(description="令牌现在可办的步骤 · the steps this token may take now")
