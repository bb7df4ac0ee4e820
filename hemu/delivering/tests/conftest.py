"""What every test here may rely on: a gateway for text messages is set up, and nobody speaks to it."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _gateway(settings: Any) -> None:
    settings.SMS_URL, settings.SMS_SECRET = "http://127.0.0.1:9/", "示例"
