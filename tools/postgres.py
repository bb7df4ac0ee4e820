"""A PostgreSQL of one's own: found where Debian hides its programs, started in a temporary folder, always stopped.

PostgreSQL refuses to run as root, so there it runs as `postgres` or, where that user is missing, as `nobody`.
Nothing in it outlives the process that started it, so it need not reach the disk: fsync is off.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tools.children import die_with_parent

SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "log_min_messages": "fatal",
}
STARTS_WITHIN_SECONDS = 30


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest version first, or None when it is not installed."""
    on_path = shutil.which("postgres")
    if on_path and (Path(on_path).resolve().parent / "initdb").exists():
        return Path(on_path).resolve().parent
    debian = Path("/usr/lib/postgresql")
    found = [path.parent for path in debian.glob("*/bin/postgres") if (path.parent / "initdb").exists()]
    return max(found, key=lambda folder: int(folder.parent.name.split(".")[0]), default=None)


@dataclass
class Cluster:
    """A running server; `durable` ones write to the disk as a real one does."""

    port: int
    folder: Path
    data: Path
    command: list[str]
    process: "subprocess.Popen[bytes]"

    def url(self, database: str) -> str:
        return f"postgresql://hemu@127.0.0.1:{self.port}/{database}"

    def restart_at_once(self) -> None:
        """Break off all work without writing it down and start again, as `pg_ctl restart -m immediate` does."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self.process = launch(self.command, self.folder, self.data)


@contextmanager
def temporary_cluster(
    *, durable: bool = False, volume: Path | None = None, more: Mapping[str, str] | None = None
) -> Iterator[Cluster]:
    """Run a new PostgreSQL until the block ends.

    Args:
        durable: keep PostgreSQL's own settings for writing to the disk, for proofs and measurements.
        volume: where its tables lie, if not beside its journal of writes in a temporary folder.
        more: further settings of PostgreSQL.
    """
    folder = Path(tempfile.mkdtemp(prefix="hemu-postgresql-"))
    try:
        cluster = start(folder, durable=durable, volume=volume, more=more)
        try:
            yield cluster
        finally:
            cluster.process.send_signal(signal.SIGINT if durable else signal.SIGQUIT)
            cluster.process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start(
    folder: Path,
    *,
    durable: bool = False,
    volume: Path | None = None,
    more: Mapping[str, str] | None = None,
) -> Cluster:
    """Make a cluster in the folder and start it; the caller ends ``process`` and removes the folder."""
    binaries = programs()
    if binaries is None:
        raise FileNotFoundError("PostgreSQL is not installed: sudo apt-get install postgresql")
    identity = unprivileged_user(folder)
    data = (volume or folder) / "data"
    if volume:
        unprivileged_user(volume)
    quiet: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL, **identity}
    options = [
        f"--waldir={folder / 'journal'}",
        "--auth=trust",
        "--username=hemu",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]
    subprocess.run([binaries / "initdb", f"--pgdata={data}", *options], check=True, **quiet)
    port = free_port()
    settings = SETTINGS if not durable else {"listen_addresses": "127.0.0.1", "shared_buffers": "256MB"}
    chosen = {**settings, **(more or {}), "port": str(port), "unix_socket_directories": str(folder)}
    command = [str(binaries / "postgres"), "-D", str(data)]
    command += [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
    return Cluster(port, folder, data, command, launch(command, folder, data))


def launch(command: list[str], folder: Path, data: Path) -> "subprocess.Popen[bytes]":
    """Start the server of a cluster that is made, and return when it accepts connections."""
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
            preexec_fn=partial(die_with_parent, signal.SIGQUIT),
            **unprivileged_user(folder),
        )
    wait_until_ready(data, process, folder / "log")
    return process


def unprivileged_user(folder: Path) -> dict[str, Any]:
    """Return how a child becomes somebody whom PostgreSQL accepts, and give that user the folder."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def wait_until_ready(data: Path, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return when the server accepts connections, which it writes into its own pid file."""
    for _ in range(STARTS_WITHIN_SECONDS * 20):
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            if says_ready(data / "postmaster.pid"):
                return
        else:
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
    process.kill()
    raise RuntimeError(f"PostgreSQL did not answer within {STARTS_WITHIN_SECONDS} s:\n{log.read_text()}")


def says_ready(pid_file: Path) -> bool:
    try:
        return pid_file.read_text().splitlines()[7].strip() == "ready"
    except (OSError, IndexError):
        return False


def free_port() -> int:
    """Return a TCP port of 127.0.0.1 on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
