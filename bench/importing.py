"""A roster of 50,000 rows: time and memory of its import, and how long a registration waits meanwhile."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import xlsxwriter

from bench.figures import figure
from bench.registering import registration
from tests.proof.desk import REGISTER, Desk
from tests.proof.house import House

ROWS = 50_000
HEADER = ["楼栋", "单元", "房号", "业主姓名", "联系电话", "建筑面积", "使用情况"]
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "安宁康泰和顺平福禄祥"


def measure(database: str, settings: dict[str, str]) -> None:
    """Print the import's time and peak memory against the floor, and the slowest registration during it."""
    with TemporaryDirectory(prefix="hemu-bench-") as folder:
        house = House(Path(folder), dict(settings))
        bare = House(Path(folder), {**settings, "DJANGO_SETTINGS_MODULE": "bench.bare.settings"})
        who = json.loads(house.call("tests.proof.prepare"))
        bare.call("django", "migrate", "--run-syncdb", "--verbosity", "0")
        path = write_roster(Path(folder) / "roster.xlsx")
        floor, floor_memory = timed(bare, "bench.bare.loading", str(path))
        try:
            house.start_web()
            house.wait_for_web()
            waited = Waiting(house, who)
            command = ("hemu", "roster", "import", str(path), "--community", "五万户", "--json")
            seconds, memory = timed(house, *command)
            slowest, count = waited.end()
        finally:
            house.stop()
        again, _ = timed(house, *command)
    figure(f"import.{database}.time", seconds, "s", floor, rows=ROWS)
    figure(f"import.{database}.memory", memory, "MiB", floor_memory)
    figure(f"import.{database}.again", again, "s", floor, rows=ROWS)
    figure(f"import.{database}.slowest_registration_meanwhile", slowest, "s", limit=2, registrations=count)


def write_roster(path: Path) -> Path:
    """Write a roster of invented people: 20 buildings, the phones from a range nobody has."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("业主名册")
        sheet.write_row(0, 0, HEADER)
        for row in range(ROWS):
            building, rest = divmod(row, 2500)
            unit, home = divmod(rest, 625)
            floor, door = divmod(home, 25)
            name = SURNAMES[row % 10] + GIVEN[row // 10 % 10] + GIVEN[row // 100 % 10]
            room = f"{floor + 1}{door + 1:02}"
            values = [f"{building + 1}栋", f"{unit + 1}单元", room, name, f"199{row:08}", 89.5, "已入住"]
            sheet.write_row(row + 1, 0, values)
    return path


def timed(house: House, *module: str) -> tuple[float, float]:
    """Run a module to its end; return its seconds and its peak memory in MiB."""
    start = time.monotonic()
    with (house.folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *module], env=house.environment, stdout=subprocess.DEVNULL, stderr=log
        )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        said = (house.folder / "log").read_text()[-2000:]
        raise RuntimeError(f"{' '.join(module)} ended with {process.returncode}:\n{said}")
    return time.monotonic() - start, usage.ru_maxrss / 1024


class Waiting:
    """A front desk that registers ten times a second until told to end, and how long it waited at most."""

    def __init__(self, house: House, who: dict[str, str]) -> None:
        self.desk, self.who = Desk(house.url, who), who
        self.seconds: list[float] = []
        self.over = Event()
        self.thread = Thread(target=self.register)
        self.thread.start()

    def register(self) -> None:
        while not self.over.wait(0.1):
            start = time.monotonic()
            self.desk.post(REGISTER, registration(self.who))
            self.seconds.append(time.monotonic() - start)

    def end(self) -> tuple[float, int]:
        self.over.set()
        self.thread.join()
        return max(self.seconds), len(self.seconds)
