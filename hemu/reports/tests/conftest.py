import pytest

from hemu.access.tests.house import House, at, found_house, standing_at
from hemu.duties.models import Duty
from hemu.infra.moments import iso_local
from hemu.ledger.models import Entry
from hemu.reports.operations import publish_report
from hemu.reports.rules import report_by_slug
from hemu.return_visits.tests.conftest import Visitors

OCTOBER = "2026-10-09 10:00"


@pytest.fixture
def house(db: None) -> House:
    return found_house()


@pytest.fixture
def desk(house: House) -> Visitors:
    return Visitors(house)


standing = standing_at(at(OCTOBER))


def owed(clause: str) -> list[tuple[str, str | None, str]]:
    """Return the duties of a clause as (period, due, state), those due first first."""
    rows = Duty.objects.filter(clause=clause).order_by("due_at")
    return [(each.subject.rpartition(":")[2], iso_local(each.due_at), _state(each)) for each in rows]


def _state(duty: Duty) -> str:
    return f"{duty.state}, late" if duty.is_late else str(duty.state)


def publish(
    house: House,
    slug: str,
    on: str,
    *,
    now: str,
    login: str = "cs_supervisor",
    words: str = "都满意。",
    measures: str = "每周一查一次。",
) -> Entry:
    by = house.by(login)
    return publish_report(
        report=report_by_slug(slug),
        community=house.community,
        on=at(on),
        by=by,
        act=by.act(now=at(now)),
        words=words,
        measures=measures,
    )
