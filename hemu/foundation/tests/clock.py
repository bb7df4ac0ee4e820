"""What the tests of time share: one office by the default hours, and moments written short."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from hemu.foundation.calendar import WorkCalendar
from hemu.foundation.hours import OfficeTime

ZONE = ZoneInfo("Asia/Shanghai")
HOURS: Mapping[str, object] = {
    "office": ["08:30-12:00", "13:30-17:30"],
    "frontdesk_on_duty": ["08:00-20:00"],
    "technician_shifts": ["08:00-20:00", "20:00-08:00"],
}


def office(overrides: Mapping[date, bool] | None = None, **hours: object) -> OfficeTime:
    return OfficeTime.of({**HOURS, **hours}, calendar=WorkCalendar(overrides or {}), tz=ZONE)


def between(first: str, last: str) -> st.SearchStrategy[datetime]:
    naive = st.datetimes(datetime.fromisoformat(first), datetime.fromisoformat(last))
    return naive.map(lambda moment: moment.replace(tzinfo=ZONE))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)
