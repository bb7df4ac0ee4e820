"""The processes that `make up` keeps running: started, watched, started again when they die, stopped in order."""

import ctypes
import signal
import subprocess
import time
from dataclasses import dataclass, field

from tools.speech import say

PATIENCE_SECONDS = 15
STEADY_AFTER_SECONDS = 30
LONGEST_PAUSE_SECONDS = 30
PR_SET_PDEATHSIG = 1


def die_with_parent(number: int = signal.SIGTERM) -> None:
    """Ask Linux to send this child the signal when its parent is gone, however it went; elsewhere do nothing."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)
    except (OSError, AttributeError):
        return


@dataclass
class Child:
    """One process with its name for people; a pause that doubles keeps a broken one from spinning."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = 0.0
    wake: float = 0.0

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C reaches the parent alone, which stops all in order."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=die_with_parent)

    def watch(self) -> None:
        """Start it again if it died, after a pause that doubles from nothing to half a minute."""
        if self.process is None:
            if time.monotonic() >= self.wake:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        steady = time.monotonic() - self.started > STEADY_AFTER_SECONDS
        self.pause = 0.0 if steady else min(max(1.0, self.pause * 2), LONGEST_PAUSE_SECONDS)
        self.wake = time.monotonic() + self.pause
        self.process = None
        say(
            f"{self.name} 意外退出（{code}），{self.pause:.0f} 秒后重新启动。",
            f"{self.name} ended unexpectedly ({code}); starting it again in {self.pause:.0f} s.",
        )


@dataclass
class Children:
    """The children in the order in which they start; they stop in the same order, web before worker."""

    all: list[Child] = field(default_factory=list)

    def add(self, name: str, command: list[str]) -> None:
        child = Child(name, command)
        child.start()
        self.all.append(child)

    def watch(self) -> None:
        for child in self.all:
            child.watch()

    def stop(self) -> None:
        """Ask each to finish what it is doing, and end it if it does not within its patience."""
        for child in self.all:
            if child.process is None or child.process.poll() is not None:
                continue
            child.process.terminate()
            try:
                child.process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
