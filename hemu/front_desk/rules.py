"""When two accounts tell the same story: the pairs of neighbouring signs that they share."""

import re
from collections.abc import Iterable

_RUNS = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]+")
_SAY_NOTHING = (
    "我们 你们 他们 我家 一下 一个 什么 怎么 这个 那个 已经 没有 现在 今天 昨天 明天 可以 能不 不能 请尽 尽快 "
    "谢谢 你好 麻烦 师傅 业主 物业 小区 管理 理处 还是 就是 是不 不是 的时 时候"
)
_EMPTY = frozenset(_SAY_NOTHING.split())
LEAST_SHARED = 2
LEAST_SHARE = 0.25


def bigrams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring signs of a text, without gaps, marks and the pairs that say nothing."""
    runs = _RUNS.findall(text.lower())
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1)) - _EMPTY


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which share of the shorter account's pairs stands in the other, 0 to 1; 0 for a chance likeness.

    A likeness is chance where fewer than two pairs, or under a quarter of the shorter account, are shared.
    """
    shared = len(one & other)
    share = shared / min(len(one), len(other)) if shared else 0.0
    return share if shared >= LEAST_SHARED and share >= LEAST_SHARE else 0.0


def most_alike(text: str, others: Iterable[tuple[str, str]], *, limit: int) -> list[str]:
    """Return the keys of the accounts that tell the same story, the likest first.

    Args:
        others: key and account; of two equally like ones the earlier in this order comes first.
    """
    told = bigrams(text)
    scored = [(likeness(told, bigrams(other)), key) for key, other in others]
    alike = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
    return [key for _, key in alike[:limit]]
