"""What the demonstration's supervisor does at the end of each working day: the stock-take, the week's report, and praise
passed on."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from hemu.access.actors import Actor
from hemu.duties.models import Duty
from hemu.estate.models import Community
from hemu.infra import clock
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.praise.operations import pass_on_praise
from hemu.praise.queries import praises_of
from hemu.reports.operations import publish_report
from hemu.reports.rules import REPORTS, WEEKLY_COMPLAINTS
from hemu.service_requests.models import Request
from hemu.supervision.operations_review import review_case, sign_review
from hemu.supervision.queries_morning import is_working_day
from hemu.supervision.queries_review import stock

AT_HOUR = 17
LONGEST_DAYS = 30
SAID = [
    ("supplier", "清运公司答应明早到场，主管盯着清完。"),
    ("handover", "交接漏了，今天补派，客服明天中午前回复业主。"),
    ("staffing", "今晚加一班巡查，明天把记录发给业主。"),
    ("owner", "业主周末才在家，已约周六上午。"),
]

Act = tuple[datetime, int, Callable[[], None]]


def office_days(
    community: Community, actors: Mapping[str, Actor], *, first: datetime, now: datetime
) -> Iterator[Act]:
    """Yield the acts of each working day's end from ``first`` to before today, as (when, order, act)."""
    at = max(first, now - timedelta(days=LONGEST_DAYS)).astimezone(OFFICE_ZONE)
    at = at.replace(hour=AT_HOUR, minute=10, second=0, microsecond=0)
    order = 1_000_000
    while at.date() < office_day(now):
        if is_working_day(community.office, at):
            order += 1
            yield at, order, lambda at=at: _end_of_day(community, actors, at)  # type: ignore[misc]
        at += timedelta(days=1)


def _end_of_day(community: Community, actors: Mapping[str, Actor], at: datetime) -> None:
    supervisor = actors["cs_supervisor"]
    with clock.standing_at(at):
        act = supervisor.act(now=clock.now())
        found = stock(supervisor, community.office, now=at)
        for number, complaint in enumerate(found):
            case = complaint.case
            root, measure = SAID[number % len(SAID)] if complaint.late else ("on_track", "")
            to = f"staff:{case.handler_id}" if case.handler_id else actors["steward"].key
            review_case(number=case.number, by=supervisor, act=act, to=to, root=root, measure=measure)
        if found:
            sign_review(office=community.office, by=supervisor, act=act)
        _report_week(community, supervisor, at)
        for case in Request.objects.filter(community=community, type="praise"):
            if not praises_of(case):
                praised = actors["steward"].staff_id
                pass_on_praise(number=case.number, staff_id=praised, by=supervisor, act=act)


def _report_week(community: Community, supervisor: Actor, at: datetime) -> None:
    """Publish the week's complaints on the day on which that is due."""
    duty = Duty.objects.filter(
        book=community.book_id, clause=WEEKLY_COMPLAINTS, state=Duty.State.OPEN
    ).first()
    if duty is None or duty.due_at is None or office_day(duty.due_at) != office_day(at):
        return
    publish_report(
        report=REPORTS["complaints-week"],
        community=community,
        on=at,
        by=supervisor,
        act=supervisor.act(now=clock.now()),
        words="保洁外包和夜间巡查占了多数，两件是交接时漏派。",
        measures="外包单位每天报到岗人数；夜班巡查加一次，由秩序主管周一检查；交接班当面点清未结的单子。",
    )
