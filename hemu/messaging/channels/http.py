"""One HTTP request to a gateway, parted where it matters: before the body has left, and after."""

import http.client
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from hemu.infra.outgoing import AddressRefused, connection_to
from hemu.messaging.channels.letter import Refused, Unsure

LARGEST_ANSWER = 64 * 1024
LOOPBACK = ("127.0.0.0/8", "::1/128")


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


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, allowed: Sequence[str] | None = None
) -> Answer:
    """Post once, following no redirection.

    Args:
        allowed: private networks that may be reached; None: those of the setting, and loopback where the address
            says it itself, as a gateway that the installation chose may.

    Raises:
        Refused: ``connect`` (again), ``address`` for one that may not be reached, ``http.N`` for an answer of 3xx
            or 4xx (again for 408, 425 and 429).
        Unsure: ``timeout``, ``cut_off``, ``http.N`` for 1xx and 5xx.
    """
    answer = _exchange("POST", url, body, {"Content-Type": "application/json", **headers}, allowed)
    if 300 <= answer.status < 500:
        raise Refused(f"http.{answer.status}", again=answer.status in (408, 425, 429))
    if not 200 <= answer.status < 300:
        raise Unsure(f"http.{answer.status}")
    return answer


def get(url: str, headers: Mapping[str, str]) -> Answer:
    """Ask once; raises as ``post`` does, but that any status is an answer."""
    return _exchange("GET", url, None, headers, None)


def _exchange(
    method: str, url: str, body: bytes | None, headers: Mapping[str, str], allowed: Sequence[str] | None
) -> Answer:
    parts = urlsplit(url)
    networks = _of_gateways(parts) if allowed is None else allowed
    connection = connection_to(url, timeout=settings.GATEWAY_TIMEOUT_SECONDS, allowed=networks)
    try:
        try:
            connection.connect()
        except AddressRefused as error:
            raise Refused("address") from error
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


def _of_gateways(parts: SplitResult) -> Sequence[str]:
    own = LOOPBACK if is_loopback(parts.hostname or "") else ()
    return [*settings.PRIVATE_NETWORKS, *own]


def _json(content: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(content)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
