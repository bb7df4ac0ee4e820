"""Forms of the register filled from what other rooms keep, under the gates of those rooms."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from hemu.access.models import ReadLog
from hemu.access.tests.house import House, at, client, found_house
from hemu.estate.models import Home, Person, Phone, Tie
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.identity import new_id
from hemu.papers.queries_forms import all_forms, records_of
from hemu.papers.tests.spoken import call
from hemu.quality.models import CorrectiveAction
from hemu.quality.operations import open_action, take_step
from hemu.record_papers.queries import home_on_form, occupancy_on_form
from hemu.reports.operations import publish_report
from hemu.reports.rules import report_by_slug

NOW = at("2026-11-23 10:00")


@pytest.fixture
def house(db: None) -> House:
    return found_house()


def asked(client: Client, form: str, **data: str) -> Any:
    with clock.standing_at(NOW):
        return client.get(f"/papers/forms/{form}/records/", data)


def words_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def acted(house: House) -> CorrectiveAction:
    """Return an action that somebody put right and somebody else found in order."""
    by = house.by("cs_supervisor")
    action = open_action(
        by=by, act=by.act(now=NOW), to=house.by("security").key, words="东门没人值守。", kind="order",
        do_by=at("2026-12-01 17:30"), community=house.community, place="东门",
    )  # fmt: skip
    plan = {"whys": "门卫离岗\n没有人顶班", "figure": "complaints", "before": "6"}
    for login, name, words, values in (
        ("security", "plan", "排班加一人。", plan),
        ("security", "do", "班表已经换了。", {}),
        ("cs_supervisor", "verify", "连看三天都在岗。", {}),
    ):
        who = house.by(login)
        act = who.act(now=NOW)
        take_step(number=action.number, step=name, by=who, act=act, words=words, values=values)
    action.refresh_from_db()
    return action


def test_which_forms_records_fill() -> None:
    found: dict[str, list[str]] = {}
    for form in all_forms():
        found.setdefault(records_of(form), []).append(form.id)
    assert found["whole"] == ["F-04", "F-11", "F-12", "F-25", "F-32", "F-33", "F-35", "F-36", "F-37"]
    assert found["head"] == [
        "F-06", "F-13", "F-14", "F-15", "F-16", "F-22", "F-23", "F-24", "F-26", "F-27", "F-28",
    ]  # fmt: skip
    assert len(found["none"]) == 18


def test_a_notice_to_put_right_says_what_was_found_done_and_checked(house: House) -> None:
    action, desk = acted(house), client("cs_supervisor")
    assert action.number in asked(desk, "F-37").content.decode()
    said = words_of(asked(desk, "F-37", record=action.number).content)
    for words in ("东门没人值守", "排班加一人", "班表已经换了", "通过：连看三天都在岗", action.number):
        assert words in said
    word = Document(BytesIO(asked(desk, "F-37", record=action.number, word="1").content))
    cells = [cell.text for table in word.tables for cell in table.rows[0].cells]
    assert cells[cells.index("整改要求") + 1] == "排班加一人。"
    assert list(ReadLog.objects.values_list("subject", "what")) == [(action.subject, "print")] * 2


def test_what_one_may_not_see_is_not_printed(house: House) -> None:
    action = acted(house)
    assert asked(client("elsewhere"), "F-37", record=action.number).status_code == 422
    for form, record in (
        ("F-25", f"{house.community.code} 1-2-301"),
        ("F-32", house.community.code),
        ("F-33", f"{house.community.code} 2026-10"),
    ):
        refused = asked(client("elsewhere"), form, record=record)
        assert (refused.status_code, "没有这一件" in refused.content.decode()) == (422, True)
    assert asked(client("hr"), "F-25").status_code == 403
    assert not ReadLog.objects.exists()
    assert asked(client("frontdesk"), "F-01").status_code == 404  # no room keeps any
    assert asked(client("frontdesk"), "F-35").status_code == 404  # it has a page of its own


def test_a_home_heads_the_forms_of_moving_in(house: House) -> None:
    tenant = Person.objects.create(id=new_id(NOW), name="示例租户")
    Phone.objects.create(id=new_id(NOW), person=tenant, number="19900005678")
    Tie.objects.create(id=new_id(NOW), person=tenant, home=house.home, kind="tenant", since=date(2026, 1, 1))
    Home.objects.filter(id=house.home.id).update(area_centi=8_950, occupancy="let", parking="B1-012")
    record = f"{house.community.code} 1栋2单元301"
    found = home_on_form(record, house.by("frontdesk"), NOW)
    assert found.said.fields == {
        "业主姓名": "示例业主", "业户姓名": "示例业主", "联系电话": "199****1234", "房号": "1-2-301",
        "建筑面积": "89.50 ㎡", "接房日期": "", "居住情况": "出租", "车位号": "B1-012",
    }  # fmt: skip
    assert found.said.rows == (("示例租户", "租户", "199****5678", ""),)
    desk = client("frontdesk")
    said = words_of(asked(desk, "F-16", room="1-2-301", community=str(house.community.id)).content)
    assert "示例业主" in said
    assert "19900001234" not in said
    missing = asked(desk, "F-16", room="9-9-901", community=str(house.community.id))
    assert (missing.status_code, "9-9-901" in missing.content.decode()) == (422, True)


def test_how_many_have_moved_in_building_by_building(house: House) -> None:
    Home.objects.filter(id=house.home.id).update(occupancy="let", handed_over_on=date(2026, 11, 2))
    other = Home.objects.get(community=house.community, room="302")
    Home.objects.filter(id=other.id).update(building="10", occupancy="not_handed_over")
    found = occupancy_on_form(house.community.code, None, NOW)
    assert found.said.rows == (
        ("1", "1", "1", "1", "1", "0", "100.0%", "1", ""),
        ("10", "1", "0", "0", "0", "0", "0.0%", "0", ""),
        ("合计", "2", "1", "1", "1", "0", "50.0%", "1", ""),
    )


def test_a_published_month_prints_as_its_form(house: House) -> None:
    by, desk = house.by("cs_supervisor"), client("cs_supervisor")
    assert "还没有可以打印的记录" in asked(desk, "F-33").content.decode()
    publish_report(
        report=report_by_slug("contacts"), community=house.community, on=at("2026-10-09 10:00"), by=by,
        act=by.act(now=NOW), words="投诉集中在电梯。",
    )  # fmt: skip
    record = f"{house.community.code} 2026-10"
    assert "和风花园 2026-10" in asked(desk, "F-33").content.decode()
    assert "投诉集中在电梯" in words_of(asked(desk, "F-33", record=record).content)
    early = asked(desk, "F-33", record=f"{house.community.code} 2026-09")
    assert (early.status_code, "还没有发布" in early.content.decode()) == (422, True)


def test_the_same_by_command(house: House, tmp_path: Path) -> None:
    action = acted(house)
    for record, out in ((action.number, "a.pdf"), (action.number, "a.docx")):
        made = call("print", "F-37", "--record", record, str(tmp_path / out), now=NOW)
        assert made["bytes"] == (tmp_path / out).stat().st_size > 0
    home = f"{house.community.code} 1-2-301"
    call("print", "F-24", "--record", home, str(tmp_path / "b.pdf"), "--by", "frontdesk", now=NOW)
    for arguments, code in (
        (("F-37", "--record", "QA-1", str(tmp_path / "c.pdf")), "action.not_found"),
        (("F-24", "--record", home, str(tmp_path / "c.docx")), "form.not_in_word"),
        (("F-24", "--record", home, str(tmp_path / "c.pdf"), "--by", "elsewhere"), "form.no_such_record"),
    ):
        with pytest.raises(RuleViolation) as refusal:
            call("print", *arguments, now=NOW)
        assert refusal.value.code == code
