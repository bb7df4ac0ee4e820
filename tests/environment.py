"""The environment of a test run, a pytest plugin loaded before Django reads its settings.

HEMU_TEST_DB chooses the database: `sqlite` (default) or `postgresql`, which is started here; HEMU_TEST_THROTTLE=6
makes the browser's processor six times slower than it is, to find journeys that are in a hurry. Each process has
a HEMU_HOME of its own in memory where there is room, and nothing of the person's own settings reaches a test.
"""

import gc
import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from tools.postgres import temporary_cluster

MEMORY = Path("/dev/shm")  # a folder in memory, used only with a fresh directory inside
COMPILED = Path(__file__).resolve().parents[1] / "build" / "compiled"
ENOUGH_BYTES = 2 * 2**30
CHOICES = {"HEMU_TEST_DB", "HEMU_TEST_THROTTLE", "HEMU_TEST_SHARED", "HEMU_TEST_POSTGRESQL"}
"""What a person chooses, and what the runs of one `make test` share."""
SELDOM = (20_000, 10, 10)
"""New objects until Python searches for garbage among them, and so on: the tests make far more than they leave."""
_closing = ExitStack()


def keep_what_is_compiled() -> None:
    """Where Python was told to compile into no folder, compile into one apart, as `make` does.

    Each process of the tests, and each of the many that they start, would compile everything anew.
    """
    if sys.dont_write_bytecode:
        sys.dont_write_bytecode, sys.pycache_prefix = False, str(COMPILED)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(COMPILED)


def prepare() -> None:
    """Set the environment in the first process; the workers that it starts inherit all but their home."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    if worker == "main":
        for name in [name for name in os.environ if name.startswith("HEMU_") and name not in CHOICES]:
            del os.environ[name]
        os.environ.pop("DATABASE_URL", None)
        os.environ["HEMU_TEST_ROOT"] = make_root()
        os.environ.setdefault("HEMU_TEST_SHARED", os.environ["HEMU_TEST_ROOT"])
        if os.environ.get("HEMU_TEST_DB") == "postgresql":
            os.environ["DATABASE_URL"] = os.environ.get("HEMU_TEST_POSTGRESQL") or own_postgresql()
    home = Path(os.environ["HEMU_TEST_ROOT"]) / worker
    (home / "static").mkdir(parents=True)
    os.environ["HEMU_HOME"] = str(home)
    # The browser's driver runs an event loop in the thread of the test, which Django takes for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def own_postgresql() -> str:
    return _closing.enter_context(temporary_cluster()).url("postgres")


def make_root() -> str:
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES
    root = tempfile.mkdtemp(prefix="hemu-tests-", dir=MEMORY if roomy else None)
    _closing.callback(shutil.rmtree, root, ignore_errors=True)
    return root


gc.disable()  # until all tests are collected
gc.set_threshold(*SELDOM)
keep_what_is_compiled()
prepare()


def pytest_configure(config: pytest.Config) -> None:
    """Give passwords a quick hash."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Look for garbage only among what the tests make, not in the product and its thousands of tests."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    _closing.close()
