"""What a command said."""

import json
from typing import Any

import pytest


def told(capsys: pytest.CaptureFixture[str]) -> Any:
    """Return the JSON value that a command printed last."""
    return json.loads(capsys.readouterr().out.strip().splitlines()[-1])
