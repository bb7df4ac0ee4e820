"""The pages of staffing: the list, one person, a list brought in, slips; each refusal in words."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemu.access.models import Account
from hemu.access.tests.house import BEGAN, House, found_house
from hemu.estate.models import Post, Staff
from hemu.estate.operations import employ, give_post
from hemu.estate.roster.reading import read_sheets
from hemu.infra import clock
from hemu.ledger.models import Entry
from hemu.sign_in.models import EntryCode
from hemu.staffing.models import StaffImport

pytestmark = pytest.mark.django_db
TODAY = BEGAN.date()
LIST = "姓名,岗位,电话\n测试甲,管家,19900001234\n测试乙,司机,\n"


@pytest.fixture
def house() -> House:
    return found_house()


def client_of(login: str) -> Client:
    client = Client()
    with clock.standing_at(BEGAN):
        client.force_login(Account.objects.get(login=login))
    return client


def ask(client: Client, method: str, page: str, /, *args: Any, **data: Any) -> Any:
    with clock.standing_at(BEGAN):
        return getattr(client, method)(reverse(page, args=args), data)


def body(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_who_sees_whom(house: House) -> None:
    here, company = client_of("cs_supervisor"), client_of("hr")
    page = body(ask(here, "get", "staff"))
    assert "示例technician" in page
    assert "示例general_manager" in page  # those of the company serve every office
    assert "示例elsewhere" not in page
    assert "示例elsewhere" in body(ask(company, "get", "staff"))
    assert ask(here, "get", "staff_person", house.by("elsewhere").staff_id).status_code == 404
    assert reverse("staff_add") not in page


def test_who_has_moved_is_the_other_offices(house: House) -> None:
    """The old office no longer opens the page of who works elsewhere now, and still that of who has left."""
    moved, gone = house.by("technician").staff_id, house.by("steward").staff_id
    over = {"since": TODAY - timedelta(days=30), "until": TODAY - timedelta(days=1)}
    Post.objects.filter(staff__in=(moved, gone)).update(**over)
    Post.objects.create(staff_id=moved, office=house.other_office, role="technician", since=TODAY)
    here = client_of("office_director")
    assert [ask(here, "get", "staff_person", each).status_code for each in (moved, gone)] == [404, 200]
    page = body(ask(here, "get", "staff"))
    assert ("示例technician" in page, "示例steward" in page) == (False, True)
    assert ask(client_of("hr"), "get", "staff_person", moved).status_code == 200


@pytest.mark.parametrize(
    ("asked", "found", "not_found"),
    [
        ({"q": "示例tech"}, "示例technician", "示例steward"),
        ({"role": "steward"}, "示例steward", "示例technician"),
        ({"state": "never_in"}, "示例steward", "示例nobody"),
        ({"state": "no_post"}, "示例nobody", "示例steward"),
        ({"state": "left"}, "没有这样的人", "示例steward"),
        ({"after": "60"}, "没有", "示例steward"),
    ],
)
def test_filters(house: House, asked: dict[str, str], found: str, not_found: str) -> None:
    Account.objects.update(password="!")
    page = body(ask(client_of("hr"), "get", "staff", **asked))
    assert found in page
    assert not_found not in page


def test_three_people_cost_no_more_statements_than_one(house: House) -> None:
    client = client_of("hr")
    with CaptureQueriesContext(connection) as one:
        ask(client, "get", "staff", q="示例technician")
    with CaptureQueriesContext(connection) as many:
        ask(client, "get", "staff")
    assert len(many) == len(one)


def test_a_list_is_previewed_written_and_its_refused_rows_given_back(house: House) -> None:
    client = client_of("office_director")
    file = SimpleUploadedFile("员工.csv", LIST.encode("gb18030"))
    answer = ask(client, "post", "staff_list", file=file)
    row = StaffImport.objects.get()
    assert answer.headers["Location"] == reverse("staff_list_import", args=[row.id])
    page = body(ask(client, "get", "staff_list_import", row.id))
    assert all(words in page for words in ("测试甲", "ceshijia", "199****1234"))
    assert "司机" in body(ask(client, "get", "staff_list_import", row.id, show="refused"))
    assert not Staff.objects.filter(name="测试甲").exists()
    content = ask(client, "get", "staff_list_refused", row.id).content
    assert "司机" in str(read_sheets(content)[0][0].rows)
    seen = dict(re.findall(r'name="(created|updated|refused|leaving)" value="(\d+)"', page))
    assert seen == {"created": "1", "updated": "0", "refused": "1", "leaving": "0"}
    assert ask(client, "post", "staff_list_write", row.id, **seen).status_code == 302
    assert Post.objects.get(staff__name="测试甲").office == house.office
    row.refresh_from_db()
    assert (row.state, row.content) == ("done", None)
    assert "员工表已写入" in body(ask(client, "get", "staff_list_import", row.id))
    assert ask(client, "post", "staff_list_write", row.id, **seen).status_code == 422
    assert "司机" in str(read_sheets(ask(client, "get", "staff_list_refused", row.id).content)[0][0].rows)
    assert ask(client_of("hr"), "get", "staff_list_import", row.id).status_code == 404


@pytest.mark.parametrize("content", [b"", b"\x00\x01", "天气,心情\n晴,好\n".encode()])
def test_a_file_that_is_no_list_is_refused_in_words(house: House, content: bytes) -> None:
    answer = ask(client_of("hr"), "post", "staff_list", file=SimpleUploadedFile("x.csv", content))
    assert (answer.status_code, StaffImport.objects.count()) == (422, 0)
    assert 'aria-invalid="true"' in body(answer)


def test_slips_are_made_for_who_was_never_in_and_shown_once(house: House) -> None:
    Account.objects.exclude(login__in=["steward", "elsewhere", "finance"]).update(password="argon2$x")
    answer = ask(client_of("office_director"), "post", "staff_slips")
    page = body(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    (code,) = re.findall(r'<span class="mono strong nowrap">([0-9A-Z-]{14})<', page)
    assert "示例steward" in page
    assert "示例finance" not in page  # of the company: not the director's
    assert EntryCode.objects.get().account.login == "steward"
    assert code.replace("-", "") not in str(list(Entry.objects.values())) + str(
        list(EntryCode.objects.values())
    )
    client = Client()
    with clock.standing_at(BEGAN):
        data = {"code": code, "password": "a word of my own", "again": "a word of my own"}
        assert client.post("/enter/", data).status_code == 302


def test_taking_in_on_the_page(house: House) -> None:
    client = client_of("office_director")
    assert ask(client, "get", "staff_add").status_code == 200
    data = {"name": "测试丙", "role": "technician", "office": str(house.office.id), "trade": "repair",
            "since": "2026-01-05", "community": str(house.community.id), "buildings": "1-2栋"}  # fmt: skip
    assert ask(client, "post", "staff_add", **{**data, "since": "明天"}).status_code == 422
    assert ask(client, "post", "staff_add", **{**data, "role": "hr", "office": ""}).status_code == 422
    answer = ask(client, "post", "staff_add", **data)
    made = Staff.objects.get(name="测试丙")
    assert answer.headers["Location"] == reverse("staff_person", args=[made.id])
    assert Post.objects.get(staff=made).department == house.department
    page = body(ask(client, "get", "staff_person", made.id))
    assert all(words in page for words in ("工程部", "和风花园 1、2", "入职", "任岗位"))


def test_one_person_from_post_to_leaving(house: House) -> None:
    client, who = client_of("office_director"), house.by("steward").staff_id
    assert ask(client, "get", "staff_person", who).status_code == 200
    post = {"role": "frontdesk", "office": str(house.office.id), "since": "2026-01-05"}
    assert ask(client, "post", "staff_post", who, **post).status_code == 302
    assert ask(client, "post", "staff_post", who, **post).status_code == 422
    held = Post.objects.get(staff=who, role="frontdesk")
    assert ask(client, "post", "staff_post_end", who, held.id, until="2026-01-31").status_code == 302
    assert ask(client, "post", "staff_change", who, name="测试丁", phone="199 0000 9999").status_code == 302
    assert Staff.objects.get(id=who).phone == "19900009999"
    assert ask(client, "post", "staff_leave", who, on="2026-02-01", reason="搬家").status_code == 302
    assert "2026-02-01 离职" in body(ask(client, "get", "staff_person", who))
    assert ask(client, "post", "staff_stay", who).status_code == 302
    assert ask(client, "post", "staff_leave", who, on="2026-01-05").status_code == 302
    assert "已离职" in body(ask(client, "get", "staff_person", who))
    assert ask(client, "post", "staff_return", who, **post).status_code == 302
    assert ask(client, "post", "staff_factor_reset", who).status_code == 422


def test_ones_own_page_offers_no_change(house: House) -> None:
    client, me = client_of("office_director"), house.by("office_director").staff_id
    page = body(ask(client, "get", "staff_person", me))
    assert "这是您自己" in page
    assert reverse("staff_leave", args=[me]) not in page
    assert ask(client, "post", "staff_leave", me, on="2026-01-05").status_code == 422


def test_the_list_asks_for_as_much_with_three(house: House) -> None:
    client = client_of("hr")
    office = Post.objects.get(staff=house.by("technician").staff_id).office

    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as found:
            page = body(
                ask(client, "get", "staff", role="technician", office=str(office.id if office else ""))
            )
        return page.count("示例technician") + page.count("测试工"), len(found)

    ask(client, "get", "staff")
    one = asked()
    for number in range(2):
        member = employ(name=f"测试工{number}", now=BEGAN)
        give_post(staff=member, role="technician", office=office, since=TODAY)
    three = asked()
    assert (one[0] > 0, three[0], three[1]) == (True, one[0] * 3, one[1])
