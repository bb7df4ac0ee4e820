"""One HTTP request to a gateway, parted where it matters: before the body has left, and after."""

import http.client
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from hemu.messaging.channels.letter import Refused, Unsure

LARGEST_ANSWER = 64 * 1024


@dataclass(frozen=True)
class Answer:
    """A gateway's answer; ``body`` is None where it is no JSON object."""

    status: int
    body: dict[str, Any] | None

    def text(self, name: str, longest: int = 80) -> str:
        """Return a field as text, "" where it is missing."""
        value = (self.body or {}).get(name)
        return "" if value is None else str(value)[:longest]


def is_safe(url: str) -> bool:
    """Tell whether a gateway's address may be used: https, or loopback; plain http elsewhere only if allowed."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return False
    if not parts.hostname or parts.scheme not in ("https", "http"):
        return False
    return parts.scheme == "https" or settings.GATEWAY_PLAIN_HTTP or is_loopback(parts.hostname)


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Post once, following no redirection.

    Raises:
        Refused: ``connect`` (again), ``http.N`` for an answer of 3xx or 4xx (again for 408, 425 and 429).
        Unsure: ``timeout``, ``cut_off``, ``http.N`` for 1xx and 5xx.
    """
    answer = _exchange("POST", url, body, {"Content-Type": "application/json", **headers})
    if 300 <= answer.status < 500:
        raise Refused(f"http.{answer.status}", again=answer.status in (408, 425, 429))
    if not 200 <= answer.status < 300:
        raise Unsure(f"http.{answer.status}")
    return answer


def get(url: str, headers: Mapping[str, str]) -> Answer:
    """Ask once; raises as ``post`` does, but that any status is an answer."""
    return _exchange("GET", url, None, headers)


def _exchange(method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
    parts = urlsplit(url)
    connection = _connection(parts)
    try:
        try:
            connection.connect()
        except OSError as error:  # nothing has left yet
            raise Refused("connect", again=True) from error
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            return Answer(response.status, _json(response.read(LARGEST_ANSWER)))
        except TimeoutError as error:
            raise Unsure("timeout") from error
        except (OSError, http.client.HTTPException) as error:
            raise Unsure("cut_off") from error
    finally:
        connection.close()


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    assert parts.hostname is not None  # `is_safe` has seen to it
    timeout = settings.GATEWAY_TIMEOUT_SECONDS
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=timeout, context=context)
    return http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)


def _json(content: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(content)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
