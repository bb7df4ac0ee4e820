"""`make check`: format, lint, types, imports, migrations, settings, triggers, translations, sizes, locks.

All run, one line each; what a failed one has to say follows its line. `python -m tools.check NAME …` runs some.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tools import catalogue, locks, postgres, sizes, untranslated
from tools.postgres import temporary_cluster

CHECKOUT = Path(__file__).resolve().parents[1]
SERVER = {"HEMU_HTTPS": "1", "HEMU_ALLOWED_HOSTS": "hemu.example", "HEMU_ORIGINS": "https://hemu.example"}
DJANGO = [sys.executable, "-m", "django"]


@dataclass(frozen=True)
class Result:
    """What one check came to: ``details`` is printed when it failed, ``note`` beside its name."""

    passed: bool
    details: str = ""
    note: str = ""


def command(*arguments: str, **settings: str) -> Result:
    """Pass when the command exits 0; it works in a HEMU_HOME of its own."""
    with tempfile.TemporaryDirectory(prefix="hemu-check-") as home:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HEMU_")}
        environment.pop("DATABASE_URL", None)
        environment |= {"DJANGO_SETTINGS_MODULE": "hemu.config.settings", "HEMU_HOME": home, **settings}
        found = subprocess.run(arguments, cwd=CHECKOUT, env=environment, capture_output=True, text=True)
    return Result(found.returncode == 0, found.stdout + found.stderr)


def lines(found: list[str]) -> Result:
    """Pass when nothing was found."""
    return Result(not found, "\n".join(found), f"{len(found)} found" if found else "")


def program(name: str, *arguments: str) -> Result:
    return command(str(Path(sys.executable).parent / name), *arguments)


def imports() -> Result:
    """Pass when every import contract is kept; of the linter's own page only what is broken is shown."""
    found = program("lint-imports", "--no-cache")
    return Result(found.passed, found.details.rpartition("Broken contracts")[2].strip("-\n "))


def deploy() -> Result:
    return command(*DJANGO, "check", "--deploy", "--fail-level", "WARNING", **SERVER)


def triggers() -> Result:
    """Migrate an empty database of each kind and let the checks that look at a database see it."""
    script = "import sys; from django.core.management import execute_from_command_line as run; "
    script += "run(['', 'migrate', '--verbosity', '0']); "
    script += "run(['', 'check', '--database', 'default', '--fail-level', 'WARNING'])"
    on_sqlite = command(sys.executable, "-c", script)
    if postgres.programs() is None:
        return Result(on_sqlite.passed, on_sqlite.details, "PostgreSQL is not installed: SQLite only")
    with temporary_cluster() as cluster:
        on_postgresql = command(sys.executable, "-c", script, DATABASE_URL=cluster.url("postgres"))
    return Result(on_sqlite.passed and on_postgresql.passed, on_sqlite.details + on_postgresql.details)


CHECKS: dict[str, Callable[[], Result]] = {
    "types": lambda: program("mypy"),
    "format": lambda: program("ruff", "format", "--check", "--output-format", "concise", "."),
    "lint": lambda: program("ruff", "check", "--output-format", "concise", "."),
    "imports": imports,
    "migrations": lambda: command(*DJANGO, "makemigrations", "--check", "--dry-run"),
    "settings": lambda: command(*DJANGO, "check", "--fail-level", "WARNING"),
    "settings-server": deploy,
    "triggers": triggers,
    "translations": lambda: lines(catalogue.problems()),
    "untranslated": lambda: lines(untranslated.problems()),
    "sizes": lambda: lines(sizes.problems()),
    "locks": lambda: lines(locks.problems()),
}


def main() -> int:
    """Run the checks named on the command line, all by default; return 0 when every one passed."""
    names = sys.argv[1:] or list(CHECKS)
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        sys.exit(f"No such check: {', '.join(unknown)}. There are: {', '.join(CHECKS)}")
    with ThreadPoolExecutor(2) as pool:
        passed = list(pool.map(carry_out, names))
    print(f"\n{sum(passed)} checks passed, {len(passed) - sum(passed)} failed", flush=True)
    return 0 if all(passed) else 1


def carry_out(name: str) -> bool:
    """Run one check and print its line; a check that breaks has failed, and says how."""
    start = time.monotonic()
    try:
        result = CHECKS[name]()
    except Exception as error:  # the other checks still run
        result = Result(False, repr(error))
    mark = "ok    " if result.passed else "FAILED"
    text = f"{mark} {name:16} {time.monotonic() - start:5.1f} s  {result.note}".rstrip()
    details = "" if result.passed else "\n    " + result.details.strip().replace("\n", "\n    ") + "\n"
    print(text + details, flush=True)
    return result.passed


if __name__ == "__main__":
    sys.exit(main())
