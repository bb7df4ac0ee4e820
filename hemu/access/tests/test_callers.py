"""Who calls: a table of what is typed into the one box, and who is offered."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemu.access.tests.house import BEGAN, House, found_house
from hemu.estate.callers import callers_like, phone_as_said
from hemu.estate.models import Community, Home, Person, Phone, Tie
from hemu.infra.identity import new_id
from hemu.infra.prefix import LastFour

TODAY = date(2026, 11, 20)


@pytest.fixture
def house(db: None) -> House:
    house = found_house()
    neighbour = Home.objects.get(written="1-2-302")
    _live(neighbour, "张三", "zs", "19911112222", "tenant")
    _live(neighbour, "张三丰", "zsf", "19911113333", "contact")
    _live(neighbour, "李四", "ls", "19944445555", "owner", until=date(2026, 1, 31))
    _live(house.other_home, "张三", "zs", "19911118888", "owner")
    return house


def _live(home: Home, name: str, initials: str, phone: str, kind: str, until: date | None = None) -> None:
    person = Person.objects.create(id=new_id(BEGAN), name=name, initials=initials)
    Phone.objects.create(id=new_id(BEGAN), person=person, number=phone)
    Tie.objects.create(
        id=new_id(BEGAN), person=person, home=home, kind=kind, since=date(2020, 1, 1), until=until
    )


Offered = Callable[..., tuple[list[str], bool]]


@pytest.fixture
def offered(house: House) -> Offered:
    def find(
        words: str, limit: int = 8, within: Community | None = house.community
    ) -> tuple[list[str], bool]:
        reach = house.by("frontdesk").communities("estate.view")
        found, more = callers_like(reach, words, on=TODAY, limit=limit, within=within)
        lines = [
            f"{each.home.written} {each.person.name if each.person else ''} {each.kind}" for each in found
        ]
        return [line.strip() for line in lines], more

    return find


OWNER = "1-2-301 示例业主 owner"
TENANT, CONTACT = "1-2-302 张三 tenant", "1-2-302 张三丰 contact"


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        # a room in any form: the home, then its people
        ("1-2-301", ["1-2-301", OWNER]),
        ("1栋2单元301", ["1-2-301", OWNER]),
        ("和风花园1-2-301", ["1-2-301", OWNER]),
        ("301", ["1-2-301"]),
        ("1-2-", ["1-2-301", "1-2-302"]),
        ("9-9-901", []),
        # a phone number: whole, its beginning, its end, its middle
        ("19900001234", [OWNER]),
        ("199 0000 1234", [OWNER]),
        ("+86 19900001234", [OWNER]),
        ("1991111", [TENANT, CONTACT]),
        ("1234", [OWNER]),
        ("01234", [OWNER]),
        ("11112", [TENANT]),
        ("234", []),
        ("8888", []),  # of a community out of reach
        ("19944445555", []),  # moved out
        # a name, or its initials
        ("张三", [TENANT, CONTACT]),
        ("张三丰", [CONTACT]),
        ("zs", [TENANT, CONTACT]),
        ("ZSF", [CONTACT]),
        ("李四", []),
        ("%三", []),
        ("__", []),
    ],
)
def test_the_one_box_offers(offered: Offered, words: str, lines: list[str]) -> None:
    assert offered(words) == (lines, False)


def test_one_sign_is_too_little_and_a_cut_list_says_so(offered: Offered) -> None:
    assert offered("张") == ([], True)
    assert offered("张三", limit=1) == ([TENANT], True)


def test_without_a_chosen_community_the_middle_of_a_number_is_not_looked_for(offered: Offered) -> None:
    assert offered("11112", within=None) == ([], False)
    assert offered("2222", within=None) == ([TENANT], False)


@pytest.mark.parametrize(
    ("words", "phone"),
    [("199 0000 1234", "19900001234"), ("0755-26001234", "075526001234"), ("1201", ""), ("3-2-1201", ""), ("王先生", "")],
)  # fmt: skip
def test_a_whole_number_is_told_from_a_room(words: str, phone: str) -> None:
    assert phone_as_said(words) == phone


@pytest.mark.parametrize(("words", "most"), [("1-2-301", 4), ("19900001234", 4), ("张三", 5), ("1234", 5)])
def test_statements(offered: Offered, words: str, most: int) -> None:
    with CaptureQueriesContext(connection) as found:
        offered(words)
    assert len(found) <= most


def test_each_way_is_read_from_an_index(house: House) -> None:
    """Without the indexes each of these would read the whole table."""
    Home.objects.bulk_create(
        Home(id=new_id(BEGAN), community=house.community, building="9", room=str(room), written=f"9-{room}")
        for room in range(1000, 1300)
    )
    phones = Phone.objects.alias(last_four=LastFour("number"))
    rows = [
        (phones.filter(number__begins="1991"), "phone_by_number"),
        (phones.filter(last_four="1234"), "phone_by_last_four"),
        (Person.objects.filter(name__begins="张三"), "person_by_name"),
        (Person.objects.filter(initials__begins="zs"), "person_by_initials"),
        (Home.objects.filter(community=house.community, room="301"), "home_by_room"),
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # five rows are not worth an index to it
            cursor.execute("ANALYZE estate_home")
    assert [name for query, name in rows if name not in query.order_by().explain()] == []
