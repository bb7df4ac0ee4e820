"""The product's processes as an installation runs them, to be started, killed and started again."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event

from tools.children import die_with_parent
from tools.postgres import Cluster, free_port

READY_WITHIN_SECONDS = 180
WEB_WORKERS, WEB_THREADS = 2, 4
TARGETS = {"web worker": 6, "web": 2, "worker": 2}
"""What is killed, with its weight: one process of the web, the whole web, the background worker."""


@dataclass
class House:
    """Web and worker on one database.

    Args:
        folder: HEMU_HOME; holds the log as well.
        settings: environment beside it, DATABASE_URL among them.
        application: what the web serves.
        background: the module that works in the background.
        cluster: the PostgreSQL it stands on, where it does.
    """

    folder: Path
    settings: dict[str, str]
    application: str = "hemu.config.wsgi:application"
    background: tuple[str, ...] = ("hemu", "worker")
    cluster: Cluster | None = None
    port: int = field(default_factory=free_port)
    kills: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TARGETS, 0))
    web: "subprocess.Popen[bytes] | None" = None
    worker: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        own = {
            name: value for name, value in os.environ.items() if not name.startswith(("HEMU_", "DATABASE_"))
        }
        own |= {"DJANGO_SETTINGS_MODULE": "hemu.config.settings", "HEMU_HOME": str(self.folder)}
        return own | self.settings

    def start(self) -> None:
        """Start both and return when the web answers."""
        self.start_web()
        self.start_worker()
        self.wait_for_web()

    def start_web(self) -> None:
        options = ["--worker-class", "gthread", "--workers", str(WEB_WORKERS), "--threads", str(WEB_THREADS)]
        options += ["--bind", f"127.0.0.1:{self.port}", "--log-level", "error", "--no-control-socket"]
        self.web = self.run("gunicorn", *options, self.application)

    def start_worker(self) -> None:
        self.worker = self.run(*self.background)

    def run(self, *module: str) -> "subprocess.Popen[bytes]":
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *module],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=partial(die_with_parent, signal.SIGKILL),
            )

    def call(self, *module: str) -> str:
        """Run a module to its end in the same environment and return what it printed."""
        found = subprocess.run(
            [sys.executable, "-m", *module], env=self.environment, capture_output=True, text=True
        )
        if found.returncode != 0:
            raise RuntimeError(
                f"{' '.join(module)} ended with {found.returncode}:\n{found.stdout}{found.stderr}"
            )
        return found.stdout

    def wait_for_web(self) -> None:
        pause = Event()
        for _ in range(READY_WITHIN_SECONDS * 10):
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                pause.wait(0.1)
        raise RuntimeError(f"The web did not start:\n{(self.folder / 'log').read_text()[-4000:]}")

    def kill(self, chance: random.Random) -> str:
        """Kill one of the targets without warning, start again what does not start by itself, return its name."""
        target = chance.choices(list(TARGETS), list(TARGETS.values()))[0]
        assert self.web
        assert self.worker
        workers = children_of(self.web.pid)
        if target == "web worker" and workers:
            kill_process(chance.choice(workers))  # its master starts another
        elif target == "worker":
            kill_group(self.worker)
            self.start_worker()
        else:
            target = "web"
            kill_group(self.web)
            self.start_web()
        self.kills[target] += 1
        return target

    def pids(self) -> list[int]:
        """Return the processes that run, the web's first."""
        assert self.web
        assert self.worker
        return [self.web.pid, *children_of(self.web.pid), self.worker.pid]

    def stop(self) -> None:
        for process in (self.web, self.worker):
            if process:
                kill_group(process)


def kill_group(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process and its children at once and wait until it is gone."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def kill_process(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def children_of(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
