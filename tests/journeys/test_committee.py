"""A quarter in the life of an owners' committee, in the order of the procedures, and the wall at its end."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from hemu.access.actors import actor_by_login
from hemu.access.models import Account
from hemu.committee.operations import seat_member
from hemu.duties.operations import confirm, state, switch
from hemu.estate.models import Community, Home
from hemu.estate.operations import employ, give_post
from hemu.infra import clock
from hemu.infra.identity import new_id
from hemu.infra.moments import OFFICE_ZONE
from hemu.ledger.queries import verify
from hemu.portal.models import OwnerSession
from hemu.portal.rules import token_digest
from hemu.statements.tests.books import classic, made
from tests.journeys.community import PASSWORD, Time
from tests.journeys.conftest import Visit
from tests.journeys.desk import PHONE, enter, follow
from tests.journeys.test_files import picture

CHAIR, OWNER = "19900001000", "19900001002"
QUESTION = "电费为什么比九月多了一半？"
SINCE, UNTIL = date(2026, 1, 1), date(2028, 12, 31)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


def seated(community: Community) -> None:
    """Let three owners sit, a leader and quality work at the company, and the committee's clauses be watched."""
    now = clock.now()
    for login, name in (("company_leader", "示例公司领导"), ("quality", "示例品质"), ("finance", "示例会计")):
        staff = employ(name=name, now=now)
        give_post(staff=staff, role=login, office=None, since=SINCE)
        account = Account(login=login, staff=staff)
        account.set_password(PASSWORD)
        account.save()
    director, quality = (actor_by_login(each, now=now) for each in ("office_director", "quality"))
    known: dict[str, Any] = {"by": director, "act": director.act(now=now)}
    for home, post in zip(Home.objects.order_by("written"), ("chair", "vice", "member"), strict=True):
        seat_member(home=home, name="", post=post, since=SINCE, until=UNTIL, **known)
    since = now.date()
    stated = state(community=community, fact="committee_in_office", since=since, on=True, **known)
    confirm(stated=stated.id, by=quality, act=quality.act(now=now))
    switch(community=community, what=["committee"], since=since, on=True, **known)


def at_the_owners_door(page: Page, phone: str) -> Page:
    """Be logged in by phone already."""
    now = clock.now()
    OwnerSession.objects.create(
        id=new_id(now), digest=token_digest(phone), phone=phone, made_at=now, ends_at=at("2027-12-31")
    )
    page.goto("/healthz")
    page.context.add_cookies([{"name": "owner", "value": phone, "url": page.url}])
    return page


def approve(page: Page, url: str) -> None:
    """Approve a paper in one look and one tap."""
    page.goto(url + "approve/")
    follow(page, page.get_by_role("button", name="同意", exact=True))


def send_paper(director: Page, approver: Page) -> None:
    """Send the paper that is open to be approved, have it approved, and issue it."""
    url = director.url
    follow(director, director.get_by_role("button", name="送审"))
    approve(approver, url)
    director.goto(url)
    follow(director, director.get_by_role("button", name="用章，发出"))


def reported(finance: Page, director: Page, chair: Page | None, time: Time) -> None:
    """The accountant's sheet is read, checked, approved and sent before the 5th; the chair opens or signs it (OC-04)."""
    time.at = at("2026-11-04 10:00")
    finance.goto("/committee/statements/import/")
    finance.get_by_label("哪个月").fill("2026-10")
    finance.locator("input[type=file]").set_input_files(
        {"name": "十月.xlsx", "mimeType": "application/octet-stream", "buffer": made(classic)}
    )
    follow(finance, finance.get_by_role("button", name="读进来"))
    expect(finance.get_by_text("账对得上")).to_be_visible()
    statement = finance.url
    follow(finance, finance.get_by_role("button", name="送审"))
    director.goto(statement)
    if chair is None:
        chip(director, "当面签收")
        director.get_by_text("当面或邮寄：谁签收的").click()
        chip(director, "王安和")
        slip(director.locator("form", has=director.get_by_role("button", name="批准并报送")))
    follow(director, director.get_by_role("button", name="批准并报送"))
    if chair:
        chair.goto("/my/committee/")
        follow(chair, chair.get_by_role("link", name=re.compile("10月")).first)
        director.goto(statement)
    expect(director.locator("section", has=director.get_by_role("heading", name="回执"))).to_contain_text(
        "王"
    )


def audited(finance: Page, chair: Page | None, time: Time) -> None:
    """The books are laid open before the 10th; from the 10th on the chair reads them (OC-05)."""
    time.at = at("2026-11-09 16:00")
    finance.goto("/committee/audit/")
    follow(finance, finance.get_by_role("link", name="去摆"))
    finance.get_by_label("名称").fill("10月电费发票")
    finance.locator("input[type=file]").first.set_input_files(picture(600, 400))
    expect(finance.locator(".files-one")).to_have_count(1)
    follow(finance, finance.get_by_role("button", name="放进去"))
    follow(finance, finance.get_by_role("button", name="摆出"))
    if chair is None:
        return
    chair.goto("/my/committee/audit/")
    expect(chair.get_by_role("link", name=re.compile("10月"))).to_have_count(0)
    time.at = at("2026-11-12 20:00")
    chair.reload()
    follow(chair, chair.get_by_role("link", name=re.compile("10月")))
    expect(chair.get_by_text("10月电费发票")).to_be_visible()


def asked(keeper: Page, chair: Page | None, time: Time) -> None:
    """The chair asks about a voucher of the open books, on its page or in a letter that the office enters."""
    time.at = at("2026-11-12 20:00")
    if chair:
        follow(chair, chair.get_by_role("link", name="问这一件"))
        chair.get_by_label("要问什么").fill(QUESTION)
        follow(chair, chair.get_by_role("button", name="发给管理处"))
        return
    keeper.goto("/committee/inquiries/new/")
    chip(keeper, "质询")
    keeper.get_by_label("原话").fill(QUESTION)
    chip(keeper, "书面")
    slip(keeper.locator("main"))
    follow(keeper, keeper.get_by_role("button", name="登记", exact=True))


def answered(keeper: Page, chair: Page | None, time: Time) -> None:
    """It is answered within three working days (OC-12); on paper the answer is handed over against a signed slip."""
    time.at = at("2026-11-16 10:00")
    keeper.goto("/committee/inquiries/")
    follow(keeper, keeper.get_by_role("link", name=re.compile("电费为什么")))
    follow(keeper, keeper.get_by_role("link", name=re.compile("合理")).first)
    keeper.get_by_label("现在就答复").fill("九月抄表晚了五天，十月合在一起；附上两个月的抄表单。")
    follow(keeper, keeper.get_by_role("button", name="记下"))
    if chair:
        chair.goto("/my/committee/")
        expect(chair.get_by_text(QUESTION).first).to_be_visible()
        return
    keeper.get_by_text("纸上送达了答复").click()
    slip(keeper.locator("form", has=keeper.get_by_role("button", name="已送达")))
    follow(keeper, keeper.get_by_role("button", name="已送达"))


def notified(keeper: Page, director: Page, chair: Page | None, time: Time) -> None:
    """What arose on a Tuesday is told in writing a week later, two working days too late; the chair takes it (OC-10)."""
    time.at = at("2026-11-24 10:00")
    keeper.goto("/committee/papers/new/?sort=notification")
    keeper.get_by_label("事项").select_option("incident")
    keeper.get_by_label("标题").fill("三号楼电梯停用检修")
    keeper.get_by_label("什么时候发生").fill("2026-11-17T09:00")
    keeper.get_by_label("情况").fill("曳引机异响，停用检修约十天。")
    follow(keeper, keeper.get_by_role("button", name="保存"))
    follow(keeper, keeper.get_by_role("link", name="审批和盖章"))
    send_paper(keeper, director)
    time.passes(minutes=5)
    if chair is None:
        keeper.goto("/committee/papers/")
        follow(keeper, keeper.get_by_role("link", name="三号楼电梯停用检修"))
        slip(keeper.locator("form", has=keeper.get_by_role("button", name="已送达")))
        follow(keeper, keeper.get_by_role("button", name="已送达"))
        return
    chair.goto("/my/committee/")
    follow(chair, chair.get_by_role("link", name=re.compile("三号楼电梯")))
    follow(chair, chair.get_by_role("button", name="打开并签收"))


def planned(keeper: Page, time: Time) -> str:
    """The back-planner says which days work; a meeting is set, with its topic (OC-15)."""
    time.at = at("2026-11-02 09:30")
    keeper.goto("/committee/meetings/plan/?kind=routine&date=2026-11-10")
    expect(keeper.get_by_text("步来不及").first).to_be_visible()
    follow(keeper, keeper.get_by_role("link", name="改到那天"))
    expect(keeper.get_by_text("步来不及")).to_have_count(0)
    keeper.get_by_label("哪天").fill("2026-12-10")
    follow(keeper, keeper.get_by_role("button", name="看看来不来得及"))
    keeper.get_by_label("几点").fill("15:00")
    keeper.get_by_label("在哪里开").fill("社区会议室")
    follow(keeper, keeper.get_by_role("button", name="安排会议"))
    meeting = keeper.url
    keeper.get_by_text("提一个新议题").click()
    keeper.get_by_label("哪方面").select_option("fund")
    keeper.get_by_label("议题", exact=True).fill("3 栋屋面防水动用维修基金")
    keeper.get_by_label("专题报告").fill("屋面渗水，三家比价，预算十二万元。")
    follow(keeper, keeper.get_by_role("button", name="提交"))
    return meeting


def told(keeper: Page, director: Page, time: Time, meeting: str) -> None:
    """All owners are told twenty days before, members are invited (OC-16)."""
    time.at = at("2026-11-05 10:00")
    keeper.goto(meeting)
    keeper.get_by_label("贴在哪几处").fill("东门公告栏")
    follow(keeper, keeper.get_by_role("button", name="拟会议通知"))
    follow(keeper, keeper.get_by_role("link", name=re.compile("会议的通知|会议通知|通知")).last)
    send_paper(keeper, director)
    keeper.goto(meeting)
    keeper.get_by_label("贴在哪里").fill("东门公告栏")
    keeper.locator("#post-files").set_input_files(picture(600, 400))
    expect(keeper.locator(".files-one img")).to_have_count(1)
    follow(keeper, keeper.get_by_role("button", name="已贴好"))
    follow(keeper, keeper.get_by_role("button", name="邀请全体委员"))


def said(owner: Page, time: Time) -> None:
    """An owner writes an opinion within the ten days (OC-17)."""
    time.at = at("2026-11-08 20:00")
    owner.goto("/my/meetings/")
    follow(owner, owner.get_by_role("link", name=re.compile("季度例会")))
    owner.get_by_label("意见或建议").fill("先修漏得最厉害的那几户。")
    follow(owner, owner.get_by_role("button", name="交给会议"))


def collected(keeper: Page, time: Time, meeting: str) -> None:
    """What owners wrote is brought into the meeting (OC-17)."""
    time.at = at("2026-11-16 11:00")
    keeper.goto(meeting)
    follow(keeper, keeper.get_by_role("button", name="意见收齐，带到会上"))


def held(keeper: Page, time: Time, meeting: str) -> None:
    """Two of three members come; what is decided is written in the meeting, decision by decision (OC-01)."""
    time.at = at("2026-12-10 15:05")
    keeper.goto(meeting + "record/")
    for box in keeper.locator("[name=members]").all()[:2]:
        box.check()
    keeper.locator("#sign-files").set_input_files(picture(600, 400))
    expect(keeper.locator("#here .files-one img")).to_have_count(1)
    follow(keeper, keeper.get_by_role("button", name="记下签到"))
    expect(keeper.get_by_text("到会 2 人，法定 2 人")).to_be_visible()
    keeper.get_by_label("讨论了什么").first.fill("委员同意先修 3 栋。")
    follow(keeper, keeper.get_by_role("button", name="存下").first)
    keeper.get_by_text("记一条决议或建议").first.click()
    keeper.get_by_label("定了什么").first.fill("明年一月底前修好 3 栋屋面。")
    keeper.get_by_label("谁负责").first.select_option(label="示例主任")
    keeper.get_by_label("哪天前").first.fill("2027-01-29")
    follow(keeper, keeper.get_by_role("button", name="记下，开出整改").first)
    time.at = at("2026-12-10 16:30")
    keeper.goto(meeting + "record/")
    follow(keeper, keeper.get_by_role("button", name="散会"))


def published(keeper: Page, leader: Page, chair: Page | None, time: Time, meeting: str) -> None:
    """The leader reads the minutes, the chair approves them on the phone or on paper, all owners see them (OC-19)."""
    time.at = at("2026-12-11 10:00")
    keeper.goto(meeting)
    follow(keeper, keeper.get_by_role("button", name="送公司领导审阅"))
    follow(keeper, keeper.get_by_role("link", name="去看文书"))
    paper = keeper.url
    approve(leader, paper)
    if chair:
        chair.goto("/my/committee/")
        follow(chair, chair.get_by_role("link", name=re.compile("等业委会主任审批")))
        follow(chair, chair.get_by_role("button", name="同意公布"))
    else:
        keeper.goto(meeting)
        keeper.get_by_text("录入纸上的审批").click()
        slip(keeper.locator("form", has=keeper.get_by_role("button", name="主任同意")))
        follow(keeper, keeper.get_by_role("button", name="主任同意"))
    keeper.goto(paper)
    follow(keeper, keeper.get_by_role("button", name="用章，发出"))
    keeper.goto(meeting)
    follow(keeper, keeper.get_by_role("button", name="公布"))


def chip(page: Page, words: str) -> None:
    page.locator(".chip", has_text=re.compile(words)).first.locator("input").check(force=True)


def slip(form: Locator) -> None:
    """Add the photo of a signed sheet to a form, and wait until it is kept."""
    form.locator("input[type=file]").first.set_input_files(picture(600, 400))
    expect(form.locator(".files-one")).to_have_count(1)


def stands(page: Page) -> set[tuple[str, str, str]]:
    """Return how each duty of the sheet stands: clause, day on which it was due, word."""
    rows = page.locator("tbody tr").all()
    return {
        (each.locator(".faint").inner_text().strip(), due(each), each.locator(".badge").inner_text().strip())
        for each in rows
    }


def due(row: Locator) -> str:
    return row.locator("td").nth(2).inner_text().split(" ")[0]


@pytest.mark.parametrize("on_paper", [False, True], ids=["phone", "paper"])
def test_a_quarter_of_a_committee_from_statement_to_published_minutes(
    visit: Visit, community: Community, time: Time, on_paper: bool
) -> None:
    # given: a committee in office, its clauses watched from the day before the quarter
    time.at = at("2026-09-30 09:00")
    seated(community)
    time.passes(minutes=1)
    keeper, director, leader, finance = (
        enter(visit(), each) for each in ("cs_supervisor", "office_director", "company_leader", "finance")
    )
    chair = None if on_paper else at_the_owners_door(visit(**PHONE), CHAIR)
    owner = at_the_owners_door(visit(**PHONE), OWNER)

    # when: month and meeting go their ways: statement, audit, inquiry; planned, told, held, minutes published
    meeting = planned(keeper, time)
    reported(finance, director, chair, time)
    told(keeper, director, time, meeting)
    said(owner, time)
    audited(finance, chair, time)
    asked(keeper, chair, time)
    answered(keeper, chair, time)
    collected(keeper, time, meeting)
    notified(keeper, director, chair, time)
    held(keeper, time, meeting)
    published(keeper, leader, chair, time, meeting)

    # then: the sheet of the quarter says what was in time and what was late, and the book is sound
    time.at = at("2026-12-31 09:00")
    time.passes(minutes=1)
    reader = chair or keeper
    reader.goto("/my/committee/" if chair else "/committee/owed/")
    if chair:
        follow(chair, chair.get_by_role("link", name="这个月应办的"))
    follow(reader, reader.get_by_role("link", name="按季"))
    assert stands(reader) == {
        ("OC-01", "今天", "按时"),
        ("OC-04", "11月5日", "按时"),
        ("OC-04", "12月5日", "逾期未办"),
        ("OC-05", "10月15日", "逾期未办"),
        ("OC-05", "11月15日", "按时"),
        ("OC-05", "12月15日", "逾期未办"),
        ("OC-06", "10月31日", "逾期未办"),
        ("OC-10", "11月20日", "逾期办结"),
        ("OC-12", "11月17日", "按时"),
        ("OC-16", "11月20日", "按时"),
        ("OC-17", "11月15日", "逾期办结"),
        ("OC-19", "—", "按时"),
    }
    assert verify(now=time.at).ok
