"""The lock files against pyproject: every dependency pinned within its range, every pin with its hashes."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parents[1]
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^\]]*\])?==(?P<version>[^ ;\\]+)")


def problems() -> list[str]:
    """Return one line for each dependency that its lock does not pin as pyproject asks."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = project["project"]["dependencies"]
    locks = {name: pins(CHECKOUT / "requirements" / f"{name}.txt") for name in ("runtime", "dev", "uv")}
    found = unmet(runtime, "runtime", locks["runtime"])
    found += unmet(runtime + project["dependency-groups"]["dev"], "dev", locks["dev"])
    for name, version in locks["runtime"].items():
        if locks["dev"].get(name) != version:
            found.append(f"{name}: runtime.txt has {version}, dev.txt has {locks['dev'].get(name)}")
    return found + [
        text for name in locks for text in without_hash(CHECKOUT / "requirements" / f"{name}.txt")
    ]


def unmet(wanted: list[str], lock: str, pinned: dict[str, str]) -> list[str]:
    found = []
    for text in wanted:
        requirement = Requirement(text)
        version = pinned.get(canonicalize_name(requirement.name))
        if version is None:
            found.append(f"{requirement.name} is not in {lock}.txt")
        elif not requirement.specifier.contains(version, prereleases=True):
            found.append(
                f"{requirement.name}: {lock}.txt has {version}, pyproject asks {requirement.specifier}"
            )
    return found


def pins(lock: Path) -> dict[str, str]:
    """Return name → version of a lock file."""
    matches = (PIN.match(line) for line in lock.read_text(encoding="utf-8").splitlines())
    return {canonicalize_name(found["name"]): found["version"] for found in matches if found}


def without_hash(lock: Path) -> list[str]:
    """Return the pins of a lock file that no hash follows."""
    blocks = re.split(r"\n(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8"))
    return [
        f"{lock.name}: {block.splitlines()[0]} has no hash"
        for block in blocks
        if "--hash=sha256:" not in block
    ]
