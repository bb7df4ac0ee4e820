"""A community whose committee has a chair and a member, its clauses watched, and a month's figures."""

from datetime import date
from typing import Any

import pytest

from hemu.access.tests.house import House, at, found_house
from hemu.attachments.operations import keep_file
from hemu.attachments.tests.samples import jpeg
from hemu.committee.models import Member
from hemu.estate.models import CommunityFact, Person
from hemu.estate.operations import switch_clauses
from hemu.infra.identity import new_id
from hemu.papers.models import Document
from hemu.portal.tests.conftest import lives
from hemu.statements.models import Statement
from hemu.statements.operations import hand_in, keep_statement, send_statement
from hemu.statements.rules import Figures, Line

CHAIR, OTHER_OWNER = "19900001234", "19900005678"


class Money:
    """A house with a committee of two: `chair` is the house's owner, `second` another."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.community = house.community
        self.second = Person(id=new_id(at("2026-01-05 09:00")), name="示例委员", initials="slwy")
        self.second.save(force_insert=True)
        self.chair_seat = self._seat(house.owner, "chair")
        self.second_seat = self._seat(self.second, "member")
        self.plain_owner = lives(house.home, OTHER_OWNER)

    def _seat(self, person: Person, post: str) -> Member:
        return Member.objects.create(
            id=new_id(at("2026-01-05 09:00")), community=self.community, person=person, post=post,
            since=date(2025, 1, 1), until=date(2029, 12, 31),
        )  # fmt: skip

    def watch(self, *clauses: str) -> None:
        """Switch clauses on from January, in a community that has a committee."""
        now = at("2026-01-05 09:00")
        CommunityFact.objects.create(
            id=new_id(now), community=self.community, fact="committee_in_office", since=date(2026, 1, 1), on=True,
            stated_by="staff:1", confirmed_by="staff:2",
        )  # fmt: skip
        switch_clauses(community=self.community, what=list(clauses), since=date(2026, 1, 1), on=True, now=now)

    def keep(
        self, month: str = "2026-11", *, power: int = 30_000, now: str = "2026-12-02 09:00", **more: Any
    ) -> Statement:
        by = self.house.by("finance")
        lines = (Line("income", "物业费", 9_000_000), Line("expense", "电费", power * 100))
        figures = Figures(month, lines, **more)
        return keep_statement(community=self.community, figures=figures, by=by, act=by.act(now=at(now)))

    def handed_in(self, month: str = "2026-11", now: str = "2026-12-02 10:00", **more: Any) -> Statement:
        by = self.house.by("finance")
        kept = self.keep(month, now=now, **more)
        return hand_in(statement=kept.id, by=by, act=by.act(now=at(now)))

    def sent(self, month: str = "2026-11", now: str = "2026-12-03 10:00", **more: Any) -> Statement:
        by = self.house.by("office_director")
        row = self.handed_in(month, now=now, **more)
        return send_statement(statement=row.id, by=by, act=by.act(now=at(now)))

    def sent_before(self, month: str, **more: Any) -> Statement:
        """Return a statement as it stands long after it was sent, without setting its paper."""
        now = at("2026-12-01 08:00")
        row = self.keep(month, now="2026-12-01 08:00", **more)
        row.document = Document.objects.create(
            id=new_id(now), kind="statement", office=self.house.office, community=self.community, title=month,
            state="issued", number=f"示财〔2026〕{month}号", code=month.replace("-", ""), drafted_at=now, changed_at=now,
            drafted_by_id=self.house.by("finance").staff_id,
        )  # fmt: skip
        row.delivered_at, row.how = now, "page"
        row.save()
        return row

    def scan(self, login: str, now: str = "2026-12-02 09:00") -> list[str]:
        kept = keep_file(data=jpeg(), use="paper", by=self.house.by(login).key, now=at(now))
        return [str(kept.id)]


@pytest.fixture
def money(db: None) -> Money:
    return Money(found_house())
