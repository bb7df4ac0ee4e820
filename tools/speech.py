"""What the tools say to the person at the terminal, in Chinese or English by that terminal's language."""

import os
import sys

_LANGUAGE = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
CHINESE = _LANGUAGE.lower().startswith("zh")


def say(chinese: str, english: str) -> None:
    """Print one line of progress."""
    print(chinese if CHINESE else english, flush=True)


def stop(chinese: str, english: str) -> "SystemExit":
    """Print what is wrong and the way out; ``raise stop(…)`` ends the tool with exit code 1."""
    print(chinese if CHINESE else english, file=sys.stderr, flush=True)
    return SystemExit(1)
