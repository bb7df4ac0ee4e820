"""Connections to the outside: the address is checked when it is connected to, and it is that very address.

A name is resolved once. A check made earlier, with a second look-up when connecting, would let a name server answer
the first time with a public address and the second time with one of our own network.
"""

import http.client
import socket
import ssl
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from hemu.foundation.addresses import may_reach


class AddressRefused(OSError):
    """A name leads to an address to which nothing is sent."""


def connection_to(url: str, *, timeout: float, allowed: Sequence[str]) -> http.client.HTTPConnection:
    """Return a connection, not open yet, to the host of a URL; Host and the certificate's name stay the URL's.

    Its ``connect`` raises `AddressRefused` where any address of the name may not be reached. It follows no
    redirection and asks no proxy.

    Args:
        timeout: seconds for connecting, and for each wait after.
        allowed: private networks that may be reached all the same.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    made: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        made = http.client.HTTPSConnection(host, parts.port, timeout=timeout, context=context)
    else:
        made = http.client.HTTPConnection(host, parts.port, timeout=timeout)
    made._create_connection = _connecting(allowed)  # type: ignore[attr-defined]  # the one place where it dials
    return made


def _connecting(allowed: Sequence[str]) -> Callable[..., socket.socket]:
    def connect(target: tuple[str, int], timeout: float, *_source: Any) -> socket.socket:
        found = _resolved(*target)
        if not found or not all(may_reach(str(address[0]), allowed=allowed) for _family, address in found):
            raise AddressRefused(target[0])
        return _dialled(found, timeout)

    return connect


def _resolved(host: str, port: int) -> list[tuple[int, tuple[Any, ...]]]:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a name that no name server knows how to write
        raise OSError(host) from error
    return [(family, address) for family, _type, _protocol, _name, address in rows]


def _dialled(found: Sequence[tuple[int, tuple[Any, ...]]], timeout: float) -> socket.socket:
    failure: OSError | None = None
    for family, address in found:
        dialled = socket.socket(family, socket.SOCK_STREAM)
        dialled.settimeout(timeout)
        try:
            dialled.connect(address)
        except OSError as error:
            dialled.close()
            failure = error
        else:
            return dialled
    assert failure is not None  # there was at least one address
    raise failure
