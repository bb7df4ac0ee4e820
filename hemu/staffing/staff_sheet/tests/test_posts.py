"""What offices call a post, and which role of the register it is."""

import pytest

from hemu.staffing.staff_sheet.posts import post_of, read_posts, trade_of


@pytest.mark.parametrize(
    ("words", "role", "trade"),
    [
        ("总经理", "general_manager", ""),
        ("副总经理", "company_leader", ""),
        ("分管领导", "company_leader", ""),
        ("区域经理", "company_leader", ""),
        ("总经办文员", "company_office", ""),
        ("行政文员", "company_office", ""),
        ("人事专员", "hr", ""),
        ("HR", "hr", ""),
        ("运营主管", "operations", ""),
        ("品质部主管", "quality", ""),
        ("会计", "finance", ""),
        ("收费员", "finance", ""),
        ("400客服", "call_center", ""),
        ("管理处主任", "office_director", ""),
        ("项目经理", "office_director", ""),
        ("物业服务中心经理", "office_director", ""),
        ("公共事务专员", "public_affairs", ""),
        ("工程部经理", "department_head", "repair"),
        ("保安队长", "department_head", "security"),
        ("环境主管", "department_head", "cleaning"),
        ("主管", "department_head", ""),
        ("客服主管", "cs_supervisor", ""),
        ("客户服务部经理", "cs_supervisor", ""),
        ("前台", "frontdesk", ""),
        ("客服前台接待", "frontdesk", ""),
        ("楼栋管家", "steward", ""),
        ("客服专员", "steward", ""),
        ("楼管员", "steward", ""),
        ("维修工", "technician", "repair"),
        ("水电工", "technician", "repair"),
        ("万能工", "technician", "repair"),
        ("保洁员", "technician", "cleaning"),
        ("绿化工", "technician", "greening"),
        ("保安", "security", "security"),
        ("秩序维护员", "security", "security"),
        ("保安班长", "security", "security"),
        ("消防监控员", "security", "security"),
        ("见习管家", "steward", ""),
        ("试用期维修工", "technician", "repair"),
        ("steward", "steward", ""),
    ],
)
def test_a_post_by_its_everyday_name(words: str, role: str, trade: str) -> None:
    assert post_of(words) == (role, trade)


@pytest.mark.parametrize("words", ["司机", "厨师", "项目副经理", "工程部副主管", "业主", "仓管", "？"])
def test_what_nobody_would_know_is_not_guessed(words: str) -> None:
    assert post_of(words) is None


@pytest.mark.parametrize(
    ("cell", "roles", "unknown"),
    [
        ("客服主管兼管家", ["cs_supervisor", "steward"], []),
        ("客服主管、管家", ["cs_supervisor", "steward"], []),
        ("维修工/电工", ["technician"], []),
        ("前台 管家", ["frontdesk", "steward"], []),
        ("维修主管（兼水电工）", ["department_head", "technician"], []),
        ("秩序维护员（班长）", ["security"], []),
        ("管家\n司机", ["steward"], ["司机"]),
        ("", [], []),
    ],
)
def test_several_posts_in_one_cell(cell: str, roles: list[str], unknown: list[str]) -> None:
    posts, others = read_posts(cell)
    assert ([post.role for post in posts], others) == (roles, unknown)


@pytest.mark.parametrize(
    ("department", "trade"),
    [
        ("工程部", "repair"),
        ("秩序部", "security"),
        ("保洁组", "cleaning"),
        ("园林绿化", "greening"),
        ("客服部", ""),
    ],
)
def test_the_trade_of_a_department(department: str, trade: str) -> None:
    assert trade_of(department) == trade
