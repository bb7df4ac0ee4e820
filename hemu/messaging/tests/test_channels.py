"""Each channel against a real server that behaves and misbehaves."""

import hashlib
import hmac
import json
import socket
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any
from uuid import UUID

import pytest

from hemu.messaging.channels import email, http, ready_channels, sms, wecom
from hemu.messaging.channels.letter import Letter, Receipt, Refused, Unsure
from hemu.messaging.queries import channel_settings
from hemu.messaging.tests.servers import HANG_SECONDS, PATIENCE, Gateway, MailServer

NOW = datetime(2026, 9, 30, 8, tzinfo=UTC)
LETTER = Letter(UUID(int=7), "19900001234", "您反映的事", "已登记。", NOW)
MAIL = Letter(UUID(int=7), "owner@example.cn", "您反映的事", "已登记。", NOW)


def came_to(channel: Any, letter: Letter) -> tuple[str, str, bool]:
    """Return how a sending ended: sent, refused or unsure, with which code, and whether it may be tried again."""
    try:
        receipt: Receipt = channel.send(letter)
    except Refused as refusal:
        return "refused", refusal.code, refusal.again
    except Unsure as doubt:
        return "unsure", doubt.code, False
    return "sent", receipt.provider_id, False


@pytest.mark.parametrize(
    ("behaviour", "outcome", "taken"),
    [
        ("take", ("sent", "p-1", False), 1),
        ("slow", ("sent", "p-1", False), 1),
        ("refuse", ("refused", "http.400", False), 0),
        ("busy", ("refused", "http.429", True), 0),
        ("moved", ("refused", "http.302", False), 0),
        ("says no", ("refused", "gateway.quota", False), 0),
        ("hang", ("unsure", "timeout", False), 1),
        ("break", ("unsure", "http.500", False), 1),
        ("cut", ("unsure", "cut_off", False), 1),
        ("garble", ("unsure", "unreadable", False), 1),
    ],
)
def test_the_gateway_of_text_messages(
    gateway: Gateway, settings: Any, behaviour: str, outcome: tuple[str, str, bool], taken: int
) -> None:
    gateway.behaviour = behaviour
    if behaviour == "hang":
        settings.GATEWAY_TIMEOUT_SECONDS = HANG_SECONDS
    found = came_to(sms, LETTER)
    assert gateway.arrived.wait(PATIENCE if taken else 0) == bool(taken)
    assert (found, len(gateway.taken)) == (outcome, taken)


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        ("wecom", ("sent", "", False)),
        ("wecom no", ("refused", "wecom.93000", False)),
        ("wecom busy", ("refused", "wecom.45009", True)),
        ("take", ("unsure", "unreadable", False)),
        ("garble", ("unsure", "unreadable", False)),
        ("break", ("unsure", "http.500", False)),
        ("hang", ("unsure", "timeout", False)),
        ("refuse", ("refused", "http.400", False)),
    ],
)
def test_the_robot_of_a_group_is_believed_by_its_code_alone(
    gateway: Gateway, settings: Any, behaviour: str, outcome: tuple[str, str, bool]
) -> None:
    gateway.behaviour = behaviour
    if behaviour == "hang":
        settings.GATEWAY_TIMEOUT_SECONDS = HANG_SECONDS
    assert came_to(wecom, LETTER) == outcome


@pytest.mark.parametrize(
    ("behaviour", "outcome", "taken"),
    [
        ({}, "sent", 1),
        ({"MAIL": "451 later"}, ("refused", "smtp.451", True), 0),
        ({"RCPT": "550 nobody"}, ("refused", "smtp.550", False), 0),
        ({"DATA": "554 no"}, ("refused", "smtp.554", False), 0),
        ({"after": "452 full"}, ("refused", "smtp.452", True), 1),
        ({"after": "hang"}, ("unsure", "timeout", False), 1),
        ({"after": "cut"}, ("unsure", "cut_off", False), 1),
        ({"QUIT": "500 what"}, "sent", 1),
    ],
)
def test_a_mail_server(
    mail: MailServer, settings: Any, behaviour: dict[str, str], outcome: object, taken: int
) -> None:
    mail.behaviour = behaviour
    if behaviour.get("after") == "hang":
        settings.GATEWAY_TIMEOUT_SECONDS = (
            2 * HANG_SECONDS
        )  # each word of the talk before it has to come in time
    found = came_to(email, MAIL)
    assert mail.arrived.wait(PATIENCE if taken else 0) == bool(taken)
    assert (found[0] if outcome == "sent" else found, len(mail.taken)) == (outcome, taken)


def test_what_a_mail_says(mail: MailServer) -> None:
    email.send(MAIL)
    message = message_from_bytes(mail.taken[0].encode())
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert (
        str(make_header(decode_header(message["Subject"]))), message["To"], payload.decode().strip()
    ) == ("您反映的事", "owner@example.cn", "已登记。")  # fmt: skip
    assert message["Message-ID"].startswith("<00000000000000000000000000000007@")


def test_a_text_is_signed_with_the_shared_secret(gateway: Gateway) -> None:
    sms.send(LETTER)
    body, headers = gateway.bodies[0], gateway.headers[0]
    stamp = str(int(NOW.timestamp()))
    digest = hmac.new(b"shared", stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert json.loads(body) == {"id": UUID(int=7).hex, "to": "19900001234", "text": "已登记。"}
    assert (headers["X-Hemu-Timestamp"], headers["X-Hemu-Signature"]) == (stamp, f"sha256={digest}")


def test_where_nobody_listens_nothing_went_out(settings: Any, gateway: Gateway, mail: MailServer) -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        port = unheard.getsockname()[1]
        settings.SMS_URL, settings.EMAIL_PORT = f"http://127.0.0.1:{port}/", port
        assert [came_to(sms, LETTER), came_to(email, MAIL)] == [("refused", "connect", True)] * 2


@pytest.mark.parametrize(
    ("url", "plain_http", "safe"),
    [
        ("https://sms.example.cn/send", False, True),
        ("http://sms.example.cn/send", False, False),
        ("http://sms.example.cn/send", True, True),
        ("http://127.0.0.1:9000/", False, True),
        ("http://[::1]:9000/", False, True),
        ("http://localhost/", False, True),
        ("http://127.0.0.1.example.cn/", False, False),
        ("ftp://127.0.0.1/", True, False),
        ("file:///etc/passwd", True, False),
        ("https://", True, False),
        ("https://a:b/", True, False),
        ("", True, False),
    ],
)
def test_an_address_is_https_or_loopback(settings: Any, url: str, plain_http: bool, safe: bool) -> None:
    settings.GATEWAY_PLAIN_HTTP = plain_http
    assert http.is_safe(url) is safe


def test_a_channel_is_ready_when_it_is_set_up(settings: Any, gateway: Gateway, mail: MailServer) -> None:
    assert ready_channels() == {"in_app", "copy", "sms", "wecom", "email"}
    settings.SMS_SECRET, settings.WECOM_URL, settings.EMAIL_HOST = "", "http://example.cn/", "mail.example.cn"
    assert ready_channels() == {"in_app", "copy"}
    settings.EMAIL_USE_TLS = True
    assert ready_channels() == {"in_app", "copy", "email"}


def test_the_settings_are_shown_without_secrets(settings: Any) -> None:
    settings.SMS_URL, settings.SMS_SECRET = "https://user:word@sms.example.cn/send?app=1", "shared"
    settings.WECOM_URL = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=secret"
    settings.SMS_STATUS_URL, settings.EMAIL_URL, settings.PUBLIC_URL = "", "", ""
    assert channel_settings() == {
        "public_url": None,
        "ready": ["copy", "in_app", "sms", "wecom"],
        "sms": "https://sms.example.cn",
        "sms_status": None,
        "wecom": "https://qyapi.weixin.qq.com",
        "email": None,
        "sms_secret": True,
    }
