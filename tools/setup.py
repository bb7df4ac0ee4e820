"""Make `.venv`, install the hash-pinned lock and the project into it, compile the translations.

Runs on the system's Python before anything is installed, so it uses the standard library only, and syntax
that an older Python can read far enough to be told that it is too old.

    python3 -m tools.setup runtime|dev
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.speech import say, stop

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "hemu-setup.json"
LOCKS = {kind: CHECKOUT / "requirements" / (kind + ".txt") for kind in ("runtime", "dev")}
UV_LOCK = CHECKOUT / "requirements" / "uv.txt"
UV_HOME = VENV / "uv"
COMMANDS = {"hemu": "hemu", "hemu-verify": "hemu_verify"}
# What the person told pip about mirrors counts for uv as well.
UV_SETTINGS = {
    "global.index-url": "UV_DEFAULT_INDEX",
    "global.extra-index-url": "UV_EXTRA_INDEX_URL",
    "global.find-links": "UV_FIND_LINKS",
    "global.cert": "SSL_CERT_FILE",
}


def main() -> None:
    """Bring `.venv` to what the lock says; at once when it is there already."""
    kind = sys.argv[1]
    check_python()
    if not is_installed(kind):
        install(kind)
    compile_translations()


def check_python() -> None:
    """Stop, naming the command that mends it, where Python is too old or lacks its venv module."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < (3, 11):
        raise stop(
            f"需要 Python 3.11 或更新版本，这里是 {found}。可用 make PYTHON=python3.11 指定另一个。",
            f"Python 3.11 or newer is needed, this is {found}. Name another with make PYTHON=python3.11.",
        )
    try:
        import ensurepip
        import venv  # noqa: F401  # imported to see that it is there

        ensurepip.version()
    except ImportError:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        command = f"sudo apt-get update && sudo apt-get install python3-venv {package} make"
        raise stop(
            f"缺少 Python 的 venv 模块。请先执行：\n    {command}",
            f"Python's venv module is missing. Install it with:\n    {command}",
        ) from None


def wanted(kind: str) -> dict[str, str]:
    """Return what a finished set-up of this kind looks like, as written to the stamp."""
    locks = hashlib.sha256(LOCKS[kind].read_bytes()).hexdigest()
    return {
        "kind": kind,
        "lock": locks,
        "python": sys.version,
        "checkout": str(CHECKOUT),
        "commands": " ".join(COMMANDS),
    }


def is_installed(kind: str) -> bool:
    """Tell whether the stamp says that this kind, or the larger one that holds it, is installed."""
    stamp = read_stamp()
    return any(stamp == wanted(each) for each in {kind, "dev"})


def read_stamp() -> dict[str, str]:
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
        return stamp
    except (OSError, ValueError):
        return {}


def install(kind: str) -> None:
    """Make the environment, install the lock and the project, and write the stamp last."""
    before = read_stamp()
    kind = "dev" if before.get("kind") == "dev" else kind
    STAMP.unlink(missing_ok=True)
    if before.get("checkout", str(CHECKOUT)) != str(CHECKOUT) or not has_pip():
        say("正在建立 .venv …", "Making .venv …")
        shutil.rmtree(VENV, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(VENV)])
    count = sum("==" in line for line in LOCKS[kind].read_text(encoding="utf-8").splitlines())
    say(f"正在安装 {count} 个软件包（{kind}）…", f"Installing {count} packages ({kind}) …")
    if not install_with_uv(LOCKS[kind]):
        say("uv 用不了，改用 pip（较慢）…", "uv does not serve here, going on with pip (slower) …")
        install_with_pip(LOCKS[kind])
    link_project()
    STAMP.write_text(json.dumps(wanted(kind), indent=1), encoding="utf-8")


def has_pip() -> bool:
    """Tell whether `.venv` holds a working Python of this version with pip."""
    try:
        found = subprocess.run(
            [str(PYTHON), "-c", "import pip, sys; print(sys.version)"], capture_output=True, text=True
        )
    except OSError:
        return False
    return found.returncode == 0 and found.stdout.strip() == sys.version.strip()


def install_with_uv(lock: Path) -> bool:
    """Install the lock with uv, itself taken from its pinned wheel; return whether that worked."""
    uv = UV_HOME / "bin" / "uv"
    options = ["-qq", "--no-deps", "--upgrade", "--only-binary", ":all:", "--target", str(UV_HOME)]
    fetch = [*PIP, "install", *options, "--require-hashes", "-r", str(UV_LOCK)]
    try:
        if subprocess.run(fetch).returncode != 0:
            return False
        # sync, not install: a package that left the lock leaves the environment as well.
        command = [str(uv), "pip", "sync", "--python", str(PYTHON), "--require-hashes", str(lock)]
        return subprocess.run(command, env={**os.environ, **uv_settings()}).returncode == 0
    except OSError:
        return False


PIP = [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]


def uv_settings() -> dict[str, str]:
    """Return uv's environment for the mirrors and certificates that pip is configured with."""
    listing = subprocess.run([*PIP, "config", "list"], capture_output=True, text=True).stdout
    # The hashes decide what may be installed, so it does not matter which mirror it comes from.
    settings = {"UV_INDEX_STRATEGY": "unsafe-best-match"}
    for line in listing.splitlines():
        name, _, value = line.partition("=")
        if name in UV_SETTINGS:
            settings.setdefault(UV_SETTINGS[name], value.strip("'\""))
    return {name: value for name, value in settings.items() if name not in os.environ}


def install_with_pip(lock: Path) -> None:
    run([*PIP, "install", "--require-hashes", "-r", str(lock)])


def link_project() -> None:
    """Install the project in place: its folder on the path, and its commands."""
    site = subprocess.run(
        [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    (Path(site.stdout.strip()) / "hemu.pth").write_text(f"{CHECKOUT}\n", encoding="utf-8")
    for name, module in COMMANDS.items():
        command = VENV / "bin" / name
        # -P: the folder in which the command is called must not lend it modules.
        command.write_text(f"#!/bin/sh\nexec '{PYTHON}' -P -m {module} \"$@\"\n", encoding="utf-8")
        command.chmod(0o755)


def compile_translations() -> None:
    """Compile the catalogues that are newer than their compiled form."""
    catalogues = (CHECKOUT / "hemu").glob("**/locale/*/LC_MESSAGES/*.po")
    stale = [po for po in catalogues if not is_newer(po.with_suffix(".mo"), po)]
    if stale:
        say("正在编译翻译 …", "Compiling translations …")
        run([str(PYTHON), str(CHECKOUT / "tools" / "compile_translations.py"), *map(str, stale)])


def is_newer(made: Path, source: Path) -> bool:
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


def run(command: list[str]) -> None:
    """Run a command whose own words are enough when it fails."""
    code = subprocess.run(command).returncode
    if code != 0:
        raise stop(
            f"这一步没有成功（{code}）：{' '.join(command)}",
            f"This step failed ({code}): {' '.join(command)}",
        )


if __name__ == "__main__":
    main()
