"""An outage from its planning to the notice in the file: told of in time, approved by another, sealed, posted, taken down."""

import re
from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import Page, expect

from hemu.access.actors import actor_by_login
from hemu.access.models import Account
from hemu.duties.models import Duty
from hemu.estate.models import Community
from hemu.filing.models import Item
from hemu.sign_in.operations_factor import begin_enrolment, confirm_enrolment
from tests.journeys.community import Time
from tests.journeys.conftest import Visit
from tests.journeys.desk import PHONE, enter, follow, is_now
from tests.journeys.patience import eventually
from tests.journeys.test_files import picture
from tests.journeys.test_owner import OWNER, log_in


def authenticator(login: str, time: Time) -> pyotp.TOTP:
    """Give somebody a second factor, as they had one before."""
    account, by = Account.objects.get(login=login), actor_by_login(login, now=time.at)
    secret = pyotp.TOTP(begin_enrolment(account=account, now=time.at))
    confirm_enrolment(account=account, typed=secret.at(time.at), act=by.act(now=time.at))
    return secret


def attach(page: Page, form: str) -> None:
    """Add a picture to a form, and wait until it has been sent ahead."""
    page.locator(f"{form} input[type=file]").set_input_files(picture(400, 300))
    expect(page.locator(f"{form} [data-file]")).to_have_count(1)


def planned(steward: Page, time: Time) -> None:
    steward.goto("/works/new/")
    starts = time.at + timedelta(days=4)
    steward.get_by_label("种类").select_option(label="停水停电")
    steward.get_by_label("在哪里").fill("全小区")
    steward.locator("[name=starts]").fill(f"{starts:%Y-%m-%dT%H:%M}")
    steward.locator("[name=ends]").fill(f"{starts + timedelta(hours=3):%Y-%m-%dT%H:%M}")
    steward.locator("[name=words]").fill("清洗水箱")
    follow(steward, steward.get_by_role("button", name="保存"))


def drafted(steward: Page) -> str:
    """Draft the notice that is owed for the works, hand it in, and return its address."""
    follow(steward, steward.get_by_role("link", name="拟一份通知"))
    steward.get_by_role("checkbox", name="业主入口").check()
    steward.get_by_label("贴在哪几处").fill("1栋大堂")
    follow(steward, steward.get_by_role("button", name="保存"))
    address = steward.url
    follow(steward, steward.get_by_role("link", name="审批和盖章"))
    follow(steward, steward.get_by_role("button", name="送审"))
    is_now(steward, "待审批")
    return address


def approved(director: Page, code: str) -> None:
    """主任 on the phone: one look, the code, one tap."""
    director.goto("/papers/documents/?state=mine")
    follow(director, director.locator("td a").first)
    director.get_by_label("动态码").fill(code)
    follow(director, director.get_by_role("button", name="同意", exact=True))
    is_now(director, "已批准，待盖章")


def sealed(director: Page) -> None:
    """Where water stops the sheet itself is sealed, and its scan kept."""
    director.get_by_role("radio", name=re.compile("纸上盖公章")).check()
    attach(director, "form[action$='/issue/']")
    follow(director, director.get_by_role("button", name="用章，发出"))
    is_now(director, "已发出")


def test_an_outage_is_told_of_and_its_notice_ends_in_the_file(
    visit: Visit, community: Community, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    # given: a director with an authenticator
    secret = authenticator("office_director", time)
    time.at += timedelta(minutes=5)

    # when: works are planned, their notice drafted, approved by another, sealed and posted
    steward, director = enter(visit(), "steward"), enter(visit(**PHONE), "office_director")
    planned(steward, time)
    notice = drafted(steward)
    approved(director, secret.at(time.at))
    sealed(director)
    steward.goto(notice)
    attach(steward, "form[action$='/post/']")
    follow(steward, steward.get_by_role("button", name="已贴好"))
    is_now(steward, "张贴中")

    # then: an owner reads it, and it was posted in time
    owner = log_in(visit(**PHONE), OWNER, caplog)
    owner.goto("/my/notices/")
    follow(owner, owner.locator("a.owner-row").first)
    expect(owner.get_by_text("清洗水箱")).to_be_visible()
    eventually(lambda: states("NT-06"), [("fulfilled", False)])

    # when: the works are over and it is taken down on the next working day
    time.at += timedelta(days=5)
    enter(steward, "steward").goto(notice)
    is_now(steward, "该撤下了")
    steward.locator("summary", has_text="撤下").click()
    attach(steward, "form[action$='/down/']")
    follow(steward, steward.get_by_role("button", name="已撤下"))
    is_now(steward, "已撤下")

    # then: it lies in the file with its sealed sheet and both photos, and nothing is owed any more
    steward.goto("/file/?q=停水")
    follow(steward, steward.locator("td a").first)
    expect(steward.get_by_text("办完自动归档")).to_be_visible()
    eventually(lambda: [each.files.count() for each in Item.objects.all()], [4])
    eventually(lambda: states("NT-03"), [("fulfilled", False)])


def states(clause: str) -> list[tuple[str, bool]]:
    return [(each.state, each.is_late) for each in Duty.objects.filter(clause=clause)]
