"""Where an installation keeps its database, key, files and backups."""

from collections.abc import Mapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def home_from(environment: Mapping[str, str]) -> Path:
    """Return the folder that HEMU_HOME names; ``.hemu`` in the project without it."""
    return Path(environment.get("HEMU_HOME") or PROJECT / ".hemu").resolve()
