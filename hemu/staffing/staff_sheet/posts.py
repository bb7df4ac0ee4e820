"""What offices call a post, and the role of the register that it is; the trade that a department carries."""

import re
from functools import lru_cache
from typing import NamedTuple

from hemu.estate.roster.characters import half_width


class PostWord(NamedTuple):
    """A post as the register knows it. ``trade`` is empty where the words name none."""

    role: str
    trade: str = ""


COMPANY_ROLES = frozenset(
    {
        "general_manager",
        "company_leader",
        "company_office",
        "hr",
        "operations",
        "quality",
        "finance",
        "call_center",
    }
)
"""Roles that are held in the whole company where a row names no office."""

_HEAD = r"(?:部?(?:门)?(?:主管|经理|部长|负责人|队长|主任|总监)|大队长)"
_TRADES = (
    (
        "security",
        r"保安|秩序|安保|安管|安全|护卫|门岗|巡逻|消控|监控|中控|车场|车管|停车|消防|治安|形象岗|礼宾|岗亭",
    ),
    ("cleaning", r"保洁|清洁|环境|卫生|清运|垃圾"),
    ("greening", r"绿化|园林|园艺|养护|花工"),
    (
        "repair",
        r"维修|工程|水电|电工|水工|万能工|设备|设施|机电|电梯|空调|弱电|强电|木工|泥瓦|瓦工|油漆|管道|技工|运行",
    ),
)
_TRADE_PATTERNS = tuple((trade, re.compile(pattern)) for trade, pattern in _TRADES)
_ROLES: tuple[tuple[str, str], ...] = (
    ("general_manager", r"(?:公司)?总经理|董事长|总裁|一把手"),
    (
        "company_leader",
        r"(?:公司|分管)?(?:副总经理|副总|总经理助理|总助|分管领导|公司领导|领导)|(?:区域|片区|城市|分公司)(?:总经理|经理|总监|负责人)|总监",
    ),
    ("hr", r".*人事.*|.*人力资源.*|hr|hrbp"),
    ("company_office", r"总经办.*|总经理办公室.*|公司办公室.*|(?:公司)?(?:综合|行政)办?.*|文员|内勤"),
    (
        "operations",
        r"物业管理部.*|运[营作](?:部|管理部)?(?:专员|主管|经理|总监)?|物管部.*|物业部(?:经理|主管|专员)?",
    ),
    ("quality", r".*(?:品质|品管|质检|质量|品训).*"),
    ("finance", r".*(?:财务|会计|出纳|收费|收银).*"),
    ("call_center", r".*(?:400|呼叫中心|热线|话务|坐席).*"),
    ("public_affairs", r".*(?:公共事务|公共关系|外联|社区文化|社群|法务).*"),
    (
        "cs_supervisor",
        r"(?:客户服务|客服|客户|前台|管家)(?:部|中心)?(?:主管|经理|部长|负责人|组长|领班|主任|总监)",
    ),
    (
        "frontdesk",
        r"(?:客户服务|客服|物业)?(?:中心|部)?前台(?:接待|文员|客服|专员|员)?|.*接待(?:员|专员)?|服务台.*|前台",
    ),
    (
        "steward",
        r".*管家(?:助理|员)?|(?:客户服务|客服|客户)(?:部)?(?:专员|助理|人员|文员|代表|员|岗)?|楼管员?|楼栋长|物业(?:助理|管理员)|片区管理员|网格员",
    ),
    (
        "office_director",
        r"(?:.*(?:管理处|服务中心|物业中心|项目部?|服务处|小区))?(?:物业)?(?:主任|经理|负责人|项目总监?|项目总)|项目经理.*|物业经理|管理处主任|处长",
    ),
    ("committee_chair", r".*业委会.*主任.*|业主委员会主任"),
)
_ROLE_PATTERNS = tuple((role, re.compile(pattern, re.I)) for role, pattern in _ROLES)
_DEPUTY = re.compile(r".*副(?:主任|经理|主管|队长|部长).*")
_SEPARATORS = re.compile(r"[、/,，;；|\n+&＆]+|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])|兼任?|及|暨")
_BRACKETS = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")
_PROBATION = re.compile(
    r"(?:见习|实习|试用期?|代理?|临时|资深|高级|中级|初级|一级|二级|三级|夜班|白班|晚班)(?=[\u3400-\u9fff])"
)


def read_posts(text: str) -> tuple[list[PostWord], list[str]]:
    """Return the posts that a cell names, in its order and each once, and the words that name none.

    Several posts in one cell are parted by 、 / , ; + 兼 or a line break. The register's own keys are read too.
    """
    found: list[PostWord] = []
    unknown: list[str] = []
    for part in _parts(half_width(text)):
        post = post_of(part)
        if post is None:
            unknown.append(part)
        elif post not in found:
            found.append(post)
    return found, unknown


def _parts(text: str) -> list[str]:
    """Split a cell; what stands in brackets explains the post before it, or is one more (兼…)."""
    more = [words[1:] for words in _BRACKETS.findall(text) if words.startswith("兼")]
    return [part.strip() for part in (*_SEPARATORS.split(_BRACKETS.sub("", text)), *more) if part.strip()]


@lru_cache(maxsize=2048)
def post_of(words: str) -> PostWord | None:
    """Return the post of one name, None where nobody would know which it is: a deputy may sign for nobody here."""
    if words.lower() in _KEYS:
        return PostWord(words.lower())
    plain = _PROBATION.sub("", re.sub(r"\s+", "", words))
    if _DEPUTY.fullmatch(plain):
        return None
    trade = trade_of(plain)
    if trade and re.fullmatch(rf".*{_HEAD}", plain) and not plain.startswith("客"):
        return PostWord("department_head", trade)
    for role, pattern in _ROLE_PATTERNS:
        if pattern.fullmatch(plain):
            return PostWord(role)
    if trade:
        return PostWord("security" if trade == "security" else "technician", trade)
    if re.fullmatch(rf"(?:部门|各部门)?{_HEAD}", plain):
        return PostWord("department_head")
    return None


def trade_of(words: str) -> str:
    """Return the trade that a department's or a post's name speaks of; empty where it speaks of none."""
    return next((trade for trade, pattern in _TRADE_PATTERNS if pattern.search(words)), "")


_KEYS = COMPANY_ROLES | {
    "office_director",
    "public_affairs",
    "department_head",
    "cs_supervisor",
    "frontdesk",
    "steward",
    "technician",
    "security",
    "committee_chair",
}
