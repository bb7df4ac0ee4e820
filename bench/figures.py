"""One figure as one JSON line: name, value, unit, the floor of the same work in the same run, and what belongs to it."""

import json
from typing import Any


def figure(name: str, value: float, unit: str, floor: float | None = None, **more: Any) -> None:
    """Print a figure; ``floor`` has its unit, ``ratio`` is worked out where both are there."""
    line: dict[str, Any] = {"name": name, "value": shortened(value), "unit": unit}
    if floor is not None:
        line["floor"] = shortened(floor)
        line["ratio"] = shortened(value / floor) if floor else None
    print(json.dumps(line | more, ensure_ascii=False), flush=True)


def shortened(value: float) -> float:
    """Round to what a measurement on a shared machine can tell."""
    return round(value, 3) if isinstance(value, float) else value
