"""Whose address a request has: a caller's own word counts only from a proxy that the installation names."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from hemu.infra.web.proxy import ProxyMiddleware, networks, was_forwarded

OURS = ["127.0.0.1", "::1", "10.1.0.0/16"]


def seen(settings: Any, trusted: list[str], peer: str, **headers: str) -> HttpRequest:
    """Return the request as the views get it."""
    settings.TRUSTED_PROXIES = trusted
    request = RequestFactory().get("/", REMOTE_ADDR=peer, **headers)  # type: ignore[arg-type]
    ProxyMiddleware(lambda request: HttpResponse())(request)
    return request


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the left one is the caller's own word
        ("127.0.0.1", "127.0.0.1, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7, 10.1.2.3", "203.0.113.7"),  # two proxies of ours
        ("127.0.0.1", "203.0.113.7,10.1.2.3,::1", "203.0.113.7"),
        ("::ffff:127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7:4711", "203.0.113.7"),
        ("127.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("127.0.0.1", "2001:db8::7", "2001:db8::7"),
        ("127.0.0.1", "10.1.2.3", "10.1.2.3"),  # somebody at the proxy itself
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.7, unknown", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.7, <script>, 10.1.2.3", "10.1.2.3"),
        ("10.2.0.1", "203.0.113.7", "10.2.0.1"),  # not ours
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_last_address_that_is_not_ours_counts(
    settings: Any, peer: str, forwarded: str, address: str
) -> None:
    assert seen(settings, OURS, peer, HTTP_X_FORWARDED_FOR=forwarded).META["REMOTE_ADDR"] == address


SPOOFED = {
    "HTTP_X_FORWARDED_FOR": "198.51.100.1",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_FORWARDED": "for=198.51.100.1;proto=https",
    "HTTP_X_REAL_IP": "198.51.100.1",
}


@pytest.mark.parametrize("trusted", [[], ["10.1.0.0/16"]])
def test_without_a_named_proxy_nothing_of_it_counts(settings: Any, trusted: list[str]) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    request = seen(settings, trusted, "127.0.0.1", **SPOOFED)
    assert (request.META["REMOTE_ADDR"], request.is_secure()) == ("127.0.0.1", False)
    assert [name for name in SPOOFED if name in request.META] == []
    assert was_forwarded(request)


def test_a_named_proxy_says_that_it_was_https(settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert seen(settings, OURS, "127.0.0.1", **SPOOFED).is_secure()
    assert not was_forwarded(seen(settings, OURS, "127.0.0.1"))


def test_a_name_that_is_no_address_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured):
        networks(["proxy.example"])
    assert len(networks([" 127.0.0.1 ", "", "::1"])) == 2
