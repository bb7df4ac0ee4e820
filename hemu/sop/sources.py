"""What the product's own source files say: which strings they hold and what they import from each other."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

LAYERS = ("entries", "rules", "operations", "web", "management", "api")
"""The modules of a room that are read as code; all others do not matter here."""

_WORD = re.compile(r"[A-Z]{2}-\d{2}[a-z]?\b|[a-z_]+(?:\.[a-z_]+)+")


@dataclass(frozen=True)
class Module:
    """One source file: its string constants, the (module, name) pairs it imports from the house, the moments it brings."""

    name: str
    strings: frozenset[str]
    imports: frozenset[tuple[str, str]]
    brings: frozenset[str] = frozenset()

    @property
    def room(self) -> str:
        """The package below ``hemu``."""
        return self.name.split(".")[1]

    @property
    def layer(self) -> str:
        """Its kind of module: ``rules_dispatch`` is one of ``rules``."""
        part = [*self.name.split("."), ""][2]
        return next((layer for layer in LAYERS if part == layer or part.startswith(f"{layer}_")), part)


@dataclass(frozen=True)
class Sources:
    """All source files of interest, by module name, and the texts of all tests, by path."""

    modules: Mapping[str, Module]
    tests: Mapping[str, str]

    @cached_property
    def words_of_tests(self) -> dict[str, frozenset[str]]:
        """The clause ids and entry kinds that each test file names."""
        return {path: frozenset(_WORD.findall(text)) for path, text in self.tests.items()}

    def of_layer(self, *layers: str) -> list[Module]:
        """Return the modules of these layers, in order of their names."""
        return [module for _, module in sorted(self.modules.items()) if module.layer in layers]

    def imported_by(self, module: Module) -> set[str]:
        """Return the modules that ``module`` takes names from; a package's re-exports lead to their source."""
        return {source for target, name in module.imports if (source := self._source(target, name))}

    def _source(self, target: str, name: str) -> str | None:
        if f"{target}.{name}" in self.modules:
            return f"{target}.{name}"
        package = self.modules.get(target)
        for inner, same in package.imports if package else ():
            if same == name and inner.startswith(f"{target}."):
                return self._source(inner, name)
        return target if package else None


def read_sources() -> Sources:
    """Read the installed product; its tests too, where they are installed with it."""
    root = Path(__file__).parent.parent
    modules = {module.name: module for module in _modules(root)}
    beside = root.parent / "tests"
    tests = [*root.glob("*/tests/**/*.py"), *(beside.glob("**/*.py") if beside.is_dir() else ())]
    texts = {path.relative_to(root.parent).as_posix(): path.read_text("utf-8") for path in sorted(tests)}
    return Sources(modules, texts)


def read_module(name: str, text: str) -> Module:
    """Read one source file.

    A string built on a fixed beginning, ``f"request.{name}"``, counts with every other string after it.
    """
    strings: set[str] = set()
    beginnings: set[str] = set()
    imports: set[tuple[str, str]] = set()
    brings: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            strings.add(node.value)
        elif isinstance(node, ast.keyword) and node.arg == "brings":
            brings |= {str(each.value) for each in ast.walk(node.value) if isinstance(each, ast.Constant)}
        elif isinstance(node, ast.JoinedStr):
            beginnings |= _beginning(node)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("hemu."):
            imports |= {(node.module, alias.name) for alias in node.names}
        elif isinstance(node, ast.Import):
            imports |= {tuple(alias.name.rsplit(".", 1)) for alias in node.names if "hemu." in alias.name}  # type: ignore[misc]
    built = {beginning + string for beginning in beginnings for string in strings}
    return Module(name, frozenset(strings | built), frozenset(imports), frozenset(brings))


def _beginning(node: ast.JoinedStr) -> set[str]:
    first = node.values[0]
    is_noun = isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value.endswith(".")
    return {first.value} if is_noun else set()  # type: ignore[attr-defined]


def _modules(root: Path) -> Iterator[Module]:
    for room in sorted(path for path in root.iterdir() if path.is_dir()):
        for path in _files(room):
            parts = path.relative_to(root.parent).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            yield read_module(name, path.read_text("utf-8"))


def _files(room: Path) -> Iterable[Path]:
    if room.name == "sop":
        return sorted(room.glob("*.py"))
    found = [path for layer in LAYERS for path in (*room.glob(f"{layer}.py"), *room.glob(f"{layer}_*.py"))]
    found += [path for layer in LAYERS for path in room.glob(f"{layer}/**/*.py")]
    return sorted(found)
