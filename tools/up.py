"""`make up`: bring the database up to date, run web and worker in the foreground, stop both on Ctrl-C.

Reads HEMU_HOST (127.0.0.1), HEMU_PORT (8000), HEMU_HOME, DATABASE_URL, HEMU_WEB_WORKERS (1) and HEMU_DEMO
(0: no demonstration community). Exits 0 after Ctrl-C or SIGTERM, 1 when it cannot start.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime
from pathlib import Path
from types import FrameType

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemu.config.settings")

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tools.children import Children
from tools.speech import say, stop

HOST = os.environ.get("HEMU_HOST") or "127.0.0.1"
PORT = int(os.environ.get("HEMU_PORT") or 8000)
HEMU = [sys.executable, "-P", "-m", "hemu"]
READY_WITHIN_SECONDS = 120


def main() -> None:
    """Run until somebody asks to stop."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    check_port()
    django.setup()
    children = Children()
    try:
        prepare_database()
        children.add("web", web_command())
        load_demo()  # one long transaction: a worker at the same time would wait for it in vain
        children.add("worker", [*HEMU, "worker"])
        greet(children)
        while True:
            children.watch()
            time.sleep(0.5)
    except KeyboardInterrupt:
        say("\n正在停止 …", "\nStopping …")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        children.stop()


def leave(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def web_command() -> list[str]:
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:hemu.config.serving",
        "hemu.config.wsgi:application",
    ]


def check_port() -> None:
    """Stop with the way out where somebody else listens on the port already."""
    family = socket.AF_INET6 if ":" in HOST else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, PORT))
        except OSError as error:
            raise stop(
                f"不能在 {HOST}:{PORT} 上监听（{error.strerror}）。请换一个端口：make up HEMU_PORT={PORT + 1}",
                f"Cannot listen on {HOST}:{PORT} ({error.strerror}). Take another: make up HEMU_PORT={PORT + 1}",
            ) from None


def prepare_database() -> None:
    """Apply what is new to the database, after a backup if it holds anything."""
    executor = MigrationExecutor(connection)
    is_new = not executor.loader.applied_migrations
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting and not is_new:
        back_up()
    if waiting:
        say(f"正在准备数据库（{len(waiting)} 步）…", f"Preparing the database ({len(waiting)} steps) …")
        if subprocess.run([*HEMU, "migrate"], stdout=subprocess.DEVNULL).returncode != 0:
            raise stop("数据库没有准备好。", "The database could not be prepared.")
    if is_new and os.environ.get("HEMU_DEMO") != "0":
        demo_wanted().touch()
    connection.close()


def back_up() -> None:
    """Write a backup of the database as it is; without one nothing is migrated."""
    stem = Path(settings.HOME) / "backups" / f"{datetime.now():%Y%m%d-%H%M%S}-before-migration"
    stem.parent.mkdir(exist_ok=True, mode=0o700)
    on_sqlite = connection.vendor == "sqlite"
    path = stem.with_suffix(".sqlite3" if on_sqlite else ".zip")
    say(f"升级前备份到 {path} …", f"Backing up to {path} before the upgrade …")
    if on_sqlite:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
    elif subprocess.run([*HEMU, "backup", str(path)]).returncode != 0:
        raise stop("备份没有成功，数据库保持原样。", "The backup failed; the database is left as it was.")


def demo_wanted() -> Path:
    """Return the mark that stands from a database's making until the demonstration is wholly loaded."""
    return Path(settings.HOME) / "demo-wanted"


def load_demo() -> None:
    if not demo_wanted().exists():
        return
    say("正在载入示范小区（只在第一次）…", "Loading the demonstration community (first time only) …")
    if subprocess.run([*HEMU, "demo", "load"], stdout=subprocess.DEVNULL).returncode == 0:
        demo_wanted().unlink()
    else:
        say("示范数据没有载入，系统照常运行。", "The demonstration did not load; the system runs without it.")


def greet(children: Children) -> None:
    """Wait until everything is there, then print where it is and who may come in."""
    address = f"http://{'127.0.0.1' if HOST in ('0.0.0.0', '::') else HOST}:{PORT}/"
    if not becomes_ready(address + "readyz", children):
        say(
            f"系统 {READY_WITHIN_SECONDS} 秒内没有就绪，详情：{address}readyz",
            f"Not ready within {READY_WITHIN_SECONDS} s; see {address}readyz",
        )
    say(f"\n  和睦 Hemu 已就绪：{address}", f"\n  Hemu 和睦 is ready: {address}")
    if HOST in ("0.0.0.0", "::"):
        say(
            f"  办公室网络内试用：http://{socket.gethostname()}:{PORT}/（未加密，勿存真实资料）",
            f"  For a trial on the office network: http://{socket.gethostname()}:{PORT}/ (not encrypted)",
        )
    print_demo_logins()
    say("  按 Ctrl-C 停止。\n", "  Ctrl-C stops it.\n")


def print_demo_logins() -> None:
    """Print who may come in, where the demonstration is loaded."""
    note = Path(settings.HOME) / "demo.json"
    if not note.exists():
        print_start_code()
        return
    say("  示范账号：", "  Demonstration log-ins:")
    for each in json.loads(note.read_text(encoding="utf-8")):
        print(f"    {each['login']:16} {each['password']:18} {each['name']}")


def print_start_code() -> None:
    """Print the code with which the first administrator begins, while nobody has an account."""
    done = subprocess.run([*HEMU, "setup", "code", "--json"], capture_output=True, text=True)
    if done.returncode == 0:
        code = json.loads(done.stdout)["code"]
        say(
            f"  还没有人：打开上面的网址，填开始码 {code}",
            f"  Nobody is here yet: open the address and type {code}",
        )


def becomes_ready(url: str, children: Children) -> bool:
    """Tell whether the address answers 200 in time, keeping the children alive meanwhile."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline:
        children.watch()
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return True
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.2)
    return False


if __name__ == "__main__":
    main()
