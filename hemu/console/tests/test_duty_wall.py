"""The wall of duties: who sees which office, what leads where, and that no page counts what it shows."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemu.access.tests.house import House, at, client, found_house, standing_at
from hemu.duties.models import Duty
from hemu.duties.operations import keep_by_hand
from hemu.duties.tests.test_by_hand import photo
from hemu.duty_wall.models import Standing
from hemu.duty_wall.operations import fold
from hemu.duty_wall.rules import CELLS
from hemu.estate.models import Community, Office
from hemu.estate.operations import open_community, open_office
from hemu.infra.identity import new_id
from hemu.ledger.models import Book
from hemu.service_requests.tests.desk import Desk

NOW = at("2026-11-09 09:00")
standing = standing_at(NOW, autouse=True)


@pytest.fixture
def house(db: None) -> House:
    return found_house()


def owed(book: Book, office: Office, clause: str, due: str) -> Duty:
    made = Duty(
        id=new_id(NOW), key=new_id(NOW).hex, clause=clause, book=book, office=office, subject=f"clause:{clause}:x",
        role="steward", start_at=at("2026-11-01 00:00"), due_at=at(due),
    )  # fmt: skip
    made.save(force_insert=True)
    return made


def count() -> None:
    while fold(now=NOW):
        pass


def board(login: str, path: str) -> list[list[str]]:
    """Return the lines of a level: the name, then each cell with its column."""
    whole = client(login).get(path).content.decode()
    page = whole.partition('class="table board"')[2].partition("</table>")[0]
    columns = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page)[1:]
    found = []
    for row in re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", page):
        name = re.search(r">(.*?)</a>", row)
        cells = [re.sub(r"<span.*?</span>|<.*?>", "", each) for each in re.findall(r"<td>(.*?)</td>", row)]
        said = [f"{column} {cell}" for column, cell in zip(columns, cells, strict=True) if cell]
        found.append([name[1] if name else "", *said])
    return found


@pytest.fixture
def some(house: House) -> House:
    owed(house.community.book, house.office, "HO-02", "2026-10-20 18:00")
    owed(house.community.book, house.office, "HO-02", "2026-11-20 18:00")
    owed(house.second.book, house.office, "RP-01", "2026-11-09 18:00")
    owed(house.office.book, house.office, "QA-01", "2026-11-29 18:00")
    owed(house.elsewhere.book, house.other_office, "FE-01", "2026-11-03 18:00")
    company = Book.objects.get(level=Book.Level.COMPANY)
    owed(company, house.office, "QA-01", "2026-11-12 18:00")
    count()
    return house


def test_the_levels(some: House) -> None:
    leader = board("company_leader", "/wall/duties/")
    assert leader == [
        ["听涛管理处", "收费 逾期 1"],
        ["和风管理处", "报告 今天", "接管入伙 逾期 1", "品质 待办"],
        ["公司本身", "品质 待办"],
    ]
    own = [
        ["和风花园", "接管入伙 逾期 1"],
        ["和风二期", "报告 今天"],
        ["管理处本身", "品质 待办"],
    ]
    assert board("office_director", "/wall/duties/") == own
    assert board("company_leader", f"/wall/duties/{some.office.id}/") == own
    assert board("office_director", f"/wall/duties/book/{some.community.book_id}/") == [
        ["HO-02", "10月 逾期 1", "11月 待办"]
    ]


def test_the_order_follows_the_chosen_area(some: House) -> None:
    first = [row[0] for row in board("office_director", "/wall/duties/?area=RP")]
    assert first == ["和风二期", "和风花园", "管理处本身"]


@pytest.mark.parametrize(
    ("login", "status"),
    [("company_leader", 200), ("office_director", 200), ("elsewhere", 404), ("nobody", 403)],
)
def test_who_sees_an_office(some: House, login: str, status: int) -> None:
    book = some.community.book_id
    for path in (
        f"/wall/duties/{some.office.id}/",
        f"/wall/duties/book/{book}/",
        f"/wall/duties/cell/?book={book}&clause=HO-02",
    ):
        assert client(login).get(path).status_code == status


def test_what_the_company_owes_is_seen_by_the_company(some: House) -> None:
    path = f"/wall/duties/book/{Book.objects.get(level=Book.Level.COMPANY).id}/"
    assert [client(login).get(path).status_code for login in ("company_leader", "office_director")] == [
        200,
        404,
    ]


def test_from_a_cell_to_its_evidence(some: House) -> None:
    duty, by = Duty.objects.get(clause="HO-02", due_at=at("2026-10-20 18:00")), some.by("cs_supervisor")
    keep_by_hand(duty=duty.id, by=by, act=by.act(now=NOW), words="送到了。", files=[photo(by.key, now=NOW)])
    count()
    desk = client("office_director")
    page = desk.get(f"/wall/duties/book/{some.community.book_id}/").content.decode()
    links = re.findall(r'href="([^"]*month=2026-10)"', page.replace("&amp;", "&"))
    assert len(links) == 1
    shown = desk.get(links[0]).content.decode()
    assert [word in shown for word in ("办了，逾期", "手工：办了，附凭据", "示例cs_supervisor", "附件 1", "待办")] == [
        True, True, True, True, False,
    ]  # fmt: skip


def test_acts_of_people_are_counted(house: House) -> None:
    desk = Desk(house)
    case = desk.register("complaint", "2026-11-09 09:00")
    desk.step(
        case, "frontdesk classify", "2026-11-09 09:10", trade="cleaning", nature="routine", urgency="urgent"
    )
    count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clause, state, count(*) FROM duties_duty GROUP BY clause, state")
        table = {(clause, state): n for clause, state, n in cursor.fetchall() if state != "void"}
    rows = list(Standing.objects.values_list("clause", "open", "met"))
    kept = {(clause, "open"): is_open for clause, is_open, _ in rows if is_open}
    assert kept | {(clause, "fulfilled"): met for clause, _, met in rows if met} == table


def test_a_level_asks_as_much_of_many_as_of_one(some: House) -> None:
    paths = [
        "/wall/duties/",
        f"/wall/duties/{some.office.id}/",
        f"/wall/duties/book/{some.community.book_id}/",
    ]

    def asked() -> list[int]:
        leader, counts = client("company_leader"), []
        for path in paths:
            leader.get(path)
            with CaptureQueriesContext(connection) as found:
                leader.get(path)
            counts.append(len(found.captured_queries))
        return counts

    before = asked()
    for number in range(3):
        office = open_office(name=f"第{number}处", now=NOW)
        owed(
            open_community(name=f"第{number}区", office=office, now=NOW).book,
            office,
            "HO-02",
            "2026-11-05 18:00",
        )
        owed(
            open_community(name=f"新{number}期", office=some.office, now=NOW).book,
            some.office,
            "HO-02",
            "2026-11-05 18:00",
        )
        owed(some.community.book, some.office, f"OC-0{number + 4}", "2026-11-05 18:00")
    count()
    assert asked() == before


def test_no_level_shows_more_than_two_thousand_cells(house: House) -> None:
    """Every community owes something in all thirteen areas: 153 lines fit, the rest stands on the next page."""
    areas = ["RQ", "RV", "NT", "RP", "VS", "SV", "OC", "IN", "CM", "HO", "QA", "EQ", "FE"]
    books = [Book(id=f"cm-{n}", level="community", parent=house.office.book) for n in range(200)]
    Book.objects.bulk_create(books)
    Community.objects.bulk_create(
        Community(id=new_id(NOW), name=f"第{n:03}区", code=f"L{n}", office=house.office, book=book)
        for n, book in enumerate(books)
    )
    Duty.objects.bulk_create(
        Duty(
            id=new_id(NOW), key=new_id(NOW).hex, clause=f"{area}-01", book=book, office=house.office, subject="x:y",
            role="steward", start_at=NOW, due_at=at("2026-11-20 18:00"),
        )
        for book in books for area in areas
    )  # fmt: skip
    count()
    lines = [board("office_director", f"/wall/duties/?page={n}") for n in (0, 1, 9)]
    assert [len(each) for each in lines] == [153, 49, 49]
    assert sum(len(row) - 1 for row in lines[0]) <= CELLS


def test_a_clause_shows_its_year_and_trend(house: House) -> None:
    for due, state in (
        ("2026-03-02 18:00", "fulfilled"),
        ("2026-03-03 18:00", "open"),
        ("2026-11-20 18:00", "open"),
    ):
        made = owed(house.community.book, house.office, "HO-02", due)
        if state == "fulfilled":
            Duty.objects.filter(id=made.id).update(state=state, fulfilled_at=NOW, ended_by=new_id(NOW))
    owed(house.elsewhere.book, house.other_office, "HO-02", "2026-05-20 18:00")
    count()
    path = f"/clauses/HO-02/?community={house.community.id}"
    page = client("office_director").get(path).content.decode()
    assert re.findall(r"<title>(2026-03：.*?|2026-11：.*?)</title>", page) == [
        "2026-03：逾期 1，按期办了 1", "2026-11：待办 1",
    ]  # fmt: skip
    assert re.findall(r'<text x="\d+" y="-4">(\d+)</text>', page) == ["50"]
    assert board("office_director", path) == [["和风花园", "3月 逾期 1", "11月 待办"]]
    assert [row[0] for row in board("company_leader", path)] == ["和风花园"]
    everywhere = client("company_leader").get(path).content.decode()
    assert re.findall(r"<title>(2026-05：.*?)</title>", everywhere) == [
        "2026-05：逾期 1"
    ]  # of another office
    assert "2026-05：没有" in page
    assert board("office_director", f"{path}&year=2025") == []
