"""Whose address a request has. What a proxy writes about it counts only where the installation names that proxy."""

from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

Network = IPv4Network | IPv6Network
TOLD_BY_PROXIES = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
)


class ProxyMiddleware:
    """Put the caller's own address into ``REMOTE_ADDR``, which every limiter asks for.

    From a proxy of HEMU_TRUSTED_PROXIES the last element of X-Forwarded-For that is none of them counts; what stands
    to its left was written by the caller. From anybody else all such headers are dropped, X-Forwarded-Proto too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.trusted = networks(settings.TRUSTED_PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta = request.META
        meta["hemu.forwarded"] = any(name in meta for name in TOLD_BY_PROXIES)
        if _is_one_of(meta.get("REMOTE_ADDR", ""), self.trusted):
            meta["REMOTE_ADDR"] = caller(
                meta["REMOTE_ADDR"], meta.get("HTTP_X_FORWARDED_FOR", ""), self.trusted
            )
        else:
            for name in TOLD_BY_PROXIES:
                meta.pop(name, None)
        return self.get_response(request)


def was_forwarded(request: HttpRequest) -> bool:
    """Tell whether a request came with a header that proxies write, trusted or not."""
    return bool(request.META.get("hemu.forwarded"))


def networks(written: Sequence[str]) -> list[Network]:
    """Return what HEMU_TRUSTED_PROXIES names: addresses and networks such as ``10.0.0.0/8``."""
    try:
        return [ip_network(each.strip(), strict=False) for each in written if each.strip()]
    except ValueError as error:
        raise ImproperlyConfigured(f"HEMU_TRUSTED_PROXIES: {error}") from error


def caller(peer: str, forwarded: str, trusted: Sequence[Network]) -> str:
    """Return the last address of ``forwarded`` that is no trusted proxy; ``peer`` where there is none.

    What cannot be read as an address ends the search: the last proxy that is ours is then as far as we can see.
    """
    found = peer
    for written in reversed(forwarded.split(",")):
        address = _address(written)
        if address is None:
            return found
        found = str(address)
        if not any(address in network for network in trusted):
            return found
    return found


def _is_one_of(written: str, trusted: Sequence[Network]) -> bool:
    address = _address(written)
    return address is not None and any(address in network for network in trusted)


def _address(written: str) -> IPv4Address | IPv6Address | None:
    """Return the address, without the port that some proxies add; an IPv4 address in IPv6's clothes as itself."""
    text = written.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
