"""The tabs of a list, as `c-tabs` shows them."""

from collections.abc import Iterable, Mapping
from typing import Any


def tabs_of(
    tabs: Iterable[tuple[str, str, str]], *, current: str, counts: Mapping[str, str], keep: str = ""
) -> list[dict[str, Any]]:
    """Return tabs of (key, label, query); ``keep`` heads every query, and what is late is marked where it counts."""
    return [
        {
            "label": label,
            "url": f"?{keep}{query}",
            "current": current == key,
            "count": counts.get(key, ""),
            "late": key == "late" and bool(counts.get(key)),
        }
        for key, label, query in tabs
    ]
