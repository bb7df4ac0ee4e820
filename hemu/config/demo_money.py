"""The demonstration's money: statements of four months, one of them with a jump; books and vouchers of the next window."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from hemu.access.actors import Actor
from hemu.attachments.operations import keep_file
from hemu.config.demo_pictures import drawn
from hemu.estate.models import Community
from hemu.infra import clock
from hemu.infra.moments import office_day
from hemu.statements.operations import hand_in, keep_statement, publish_statement, send_statement
from hemu.statements.operations_audit import add_voucher, lay_open
from hemu.statements.operations_publications import deliver_publication
from hemu.statements.queries_audit import current_month
from hemu.statements.rules import Figures, Line, month_before, month_of, quarter_of

Act = tuple[datetime, int, Callable[[], None]]
BEFORE = timedelta(days=9)
INCOME = {"物业服务费": 31_250_000, "停车费": 4_860_000, "广告和场地": 620_000}
EXPENSE = {
    "人员费用": 18_400_000, "公共水电费": 5_120_000, "电梯维保": 1_380_000, "绿化养护": 960_000, "保洁": 2_350_000,
    "设备维修": 1_150_000, "办公费": 240_000,
}  # fmt: skip
WORK = ((0, 0), (-420_000, 180_000), (310_000, -90_000), (-150_000, 2_680_000))
"""分 by which income, and the water and power of the shared parts, differ from the usual, month by month."""
WHY = {"expense:公共水电费": "地下车库消防主管爆管，抢修期间跑水，另有三天应急发电；保险理赔已在办。"}
VOUCHERS = (
    ("book", "总账和明细账", "", None),
    ("voucher", "公共水电费发票", "expense:公共水电费", 7_800_000),
    ("voucher", "电梯维保发票", "expense:电梯维保", 1_380_000),
)


def money_reported(community: Community, actors: Mapping[str, Actor], *, now: datetime) -> Iterator[Act]:
    """Yield the acts: nine days ago the statements, six days ago a publication, two days ago the books laid open."""
    months = [month_of(office_day(now - BEFORE))]
    while len(months) <= len(WORK):
        months.insert(0, month_before(months[0]))
    for number, month in enumerate(months[:-1]):
        at = now - BEFORE + timedelta(minutes=10 * number)
        yield at, 3_200_000 + number, partial(_sent, community, actors, month, number, at)
    yield now - timedelta(days=6), 3_200_010, partial(_published, community, actors, now - timedelta(days=6))
    yield now - timedelta(days=2), 3_200_011, partial(_laid_open, community, actors, now - timedelta(days=2))


def _sent(community: Community, actors: Mapping[str, Actor], month: str, number: int, at: datetime) -> None:
    finance, director = actors["finance"], actors["office_director"]
    more, work = WORK[number]
    income = [
        Line("income", item, usual + (more if item == "物业服务费" else 0), usual)
        for item, usual in INCOME.items()
    ]
    expense = [
        Line("expense", item, usual + (work if item == "公共水电费" else 0), usual)
        for item, usual in EXPENSE.items()
    ]
    with clock.standing_at(at):
        figures = Figures(
            month, (*income, *expense), opening=68_420_000 if number == 0 else None,
            explanations=WHY if number == len(WORK) - 1 else {},
        )  # fmt: skip
        row = keep_statement(community=community, figures=figures, by=finance, act=finance.act(now=at))
        hand_in(statement=row.id, by=finance, act=finance.act(now=at))
        send_statement(statement=row.id, by=director, act=director.act(now=at))
        if number == len(WORK) - 2:
            publish_statement(statement=row.id, by=director, act=director.act(now=at))


def _published(community: Community, actors: Mapping[str, Actor], at: datetime) -> None:
    director = actors["office_director"]
    with clock.standing_at(at):
        file = keep_file(data=drawn("slip"), use="paper", by=director.key, now=at)
        deliver_publication(
            community=community, quarter=quarter_of(office_day(at)), title="社区报（本季度）", how="page",
            files=[str(file.id)], by=director, act=director.act(now=at),
        )  # fmt: skip


def _laid_open(community: Community, actors: Mapping[str, Actor], at: datetime) -> None:
    finance, month = actors["finance"], current_month(at)
    with clock.standing_at(at):
        for kind, title, line, amount in VOUCHERS:
            file = keep_file(data=drawn("slip"), use="paper", by=finance.key, now=at)
            add_voucher(
                community=community, month=month, kind=kind, title=title, line=line, amount=amount,
                files=[str(file.id)], by=finance, act=finance.act(now=at),
            )  # fmt: skip
        lay_open(community=community, month=month, by=finance, act=finance.act(now=at))
