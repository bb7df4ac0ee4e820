from collections.abc import Iterator
from typing import Any

import pytest

from hemu.messaging.tests.servers import Gateway, MailServer, running_gateway, running_mail_server


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    """The gateway of text messages, which can also be asked; the group's robot stands at the same address."""
    with running_gateway() as gateway:
        settings.SMS_URL = settings.WECOM_URL = f"{gateway.url}/send"
        settings.SMS_STATUS_URL, settings.SMS_SECRET = f"{gateway.url}/status", "shared"
        yield gateway


@pytest.fixture
def mail(settings: Any) -> Iterator[MailServer]:
    with running_mail_server() as mail:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{mail.port}"
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield mail
