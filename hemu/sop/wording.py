"""The words of the sop commands, Chinese and English; the register itself is Chinese."""

import os
from collections.abc import Mapping

from hemu.foundation.errors import RuleViolation

_REFUSALS: Mapping[str, tuple[str, str]] = {
    "clause.unknown": (
        "没有条款 {clause}。用 hemu sop list 查看全部条款。",
        "No clause {clause}. See hemu sop list.",
    ),
    "clause.not_in_profile": (
        "条款 {clause} 只在规程 {profile} 下有效。请加 --profile {profile}。",
        "Clause {clause} holds only under profile {profile}. Add --profile {profile}.",
    ),
    "due.none": (
        "条款 {clause} 没有时限(类别 {kind})。",
        "Clause {clause} has no due time (it is a {kind} clause).",
    ),
    "due.needs_fact": (
        "算不出期限:缺少 {fact}。请加 --fact {fact}=值。",
        "The due time needs {fact}. Add --fact {fact}=VALUE.",
    ),
    "due.unknown_limit": (
        "时限表里没有“{limit}”。可用:{known}。",
        "The table of limits has no “{limit}”. It has: {known}.",
    ),
    "due.unreadable": ("读不懂时限“{expr}”。", "Cannot read the due time “{expr}”."),
    "due.unreadable_fact": ("读不懂 {fact} 的时间“{value}”。", "Cannot read the time “{value}” of {fact}."),
    "time.naive": ("时间缺少时区:{moment}。", "The time has no zone: {moment}."),
    "profile.unknown": (
        "没有规程参数 {profile}。可用:{known}。",
        "No profile {profile}. There are: {known}.",
    ),
    "visit.no_homes": ("小区户数须为 1 或更多,不是 {homes}。", "Homes must be 1 or more, not {homes}."),
    "visit.negative": (
        "已入住户数不能小于 0:{occupied}。",
        "Homes moved into cannot be below 0: {occupied}.",
    ),
    "visit.more_occupied_than_homes": (
        "已入住 {occupied} 户,多于小区的 {homes} 户。",
        "{occupied} homes moved into are more than the {homes} homes there are.",
    ),
}

_LABELS: Mapping[str, tuple[str, str]] = {
    "unpublished": (
        "警告:{year} 年的节假日与调休安排尚未公布,结果按周末和法定节日推算,公布后可能变动。",
        "Warning: the holidays and adjusted working days of {year} are not published yet; "
        "this counts weekends and statutory feasts only and may change.",
    ),
    "replaced": (
        "{clause} 在规程 {profile} 下由 {variant} 代替,按后者计算。",
        "Under profile {profile}, {variant} takes the place of {clause}; computed by it.",
    ),
    "due": (
        "{clause} {title}\n时限:{rule}\n起算:{start}\n截止:{due}(这一秒仍算按时)",
        "{clause} {title}\nrule: {rule}\nfrom: {start}\ndue:  {due} (this second still counts)",
    ),
    "quota": (
        "VS-02:小区 {homes} 户,已入住 {occupied} 户,按 {rate} 计,本月至少访问 {quota} 户。",
        "VS-02: of {homes} homes {occupied} are moved into; at {rate}, visit at least {quota} this month.",
    ),
    "index": (
        "{kept} / {all} 条已落实(证据由页面、接口或命令可达的操作写入);{hand} 条手工",
        "{kept} of {all} clauses kept (an operation that a page, API or command reaches writes the evidence);"
        " {hand} by hand",
    ),
}


def speaks_english() -> bool:
    """Tell whether to speak English: ``HEMU_LANG`` decides, else ``LANG``; Chinese unless one says en."""
    return (os.environ.get("HEMU_LANG") or os.environ.get("LANG") or "").lower().startswith("en")


def label(key: str, **values: object) -> str:
    """Return a sentence of the commands."""
    return _LABELS[key][speaks_english()].format(**values)


def refusal(violation: RuleViolation) -> str:
    """Return what a refusal says; one without words of its own says its code and values."""
    words = _REFUSALS.get(violation.code)
    if words is None:
        return str(violation)
    values = {
        name: "、".join(map(str, value)) if isinstance(value, list) else value
        for name, value in violation.params.items()
    }
    return words[speaks_english()].format(**values)
