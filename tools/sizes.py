"""How long files, functions and templates are, against the caps of CONTRIBUTING.md."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
FOLDERS = ("hemu", "tests", "tools", "bench")
FILE_CAP, TEST_FILE_CAP, FUNCTION_CAP, TEMPLATE_CAP, ROOM_CAP = 400, 500, 60, 200, 5000


def problems() -> list[str]:
    """Return one line for each file, function, template or room over its cap."""
    found = []
    rooms: Counter[str] = Counter()
    for path in files():
        name = path.relative_to(CHECKOUT).as_posix()
        lines = path.read_text(encoding="utf-8").splitlines()
        cap = cap_of(path)
        if len(lines) > cap:
            found.append(f"{name}: {len(lines)} lines, the cap is {cap}")
        if path.suffix == ".py":
            found += [f"{name}:{text}" for text in long_functions("\n".join(lines))]
            if name.startswith("hemu/") and "tests" not in path.parts:
                rooms[path.relative_to(CHECKOUT).parts[1]] += len(lines)
    return found + [
        f"hemu/{room}: {count} lines, the cap is {ROOM_CAP}"
        for room, count in rooms.items()
        if count > ROOM_CAP
    ]


def files() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((CHECKOUT / folder).rglob("*")):
            if path.suffix in {".py", ".html"} and "migrations" not in path.parts:
                yield path


def cap_of(path: Path) -> int:
    if path.suffix == ".html":
        return TEMPLATE_CAP
    return TEST_FILE_CAP if "tests" in path.parts else FILE_CAP


def long_functions(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_CAP:
                yield f"{node.lineno}: {node.name} has {length} lines, the cap is {FUNCTION_CAP}"
