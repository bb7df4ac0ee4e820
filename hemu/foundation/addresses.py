"""Which addresses of the network lie outside: a server sends to no machine of its own network by somebody's word."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

_INSIDE = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # carriers' own, and some clouds' services
        "127.0.0.0/8",
        "168.63.129.16/32",  # a cloud's service for its own machines, though it looks public
        "169.254.0.0/16",  # link-local, metadata among them
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocols' own, 192.0.0.192 of a cloud among them
        "192.0.2.0/24",
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",
        "2001::/23",  # Teredo and other protocols' own
        "2001:db8::/32",
        "2002::/16",  # 6to4: any IPv4 address inside
        "3fff::/20",
    )
)
_GLOBAL_V6 = IPv6Network("2000::/3")
"""All else of IPv6 is loopback, mapped IPv4, NAT64, private, link-local or multicast."""
_NEVER = tuple(
    ip_network(each)
    for each in (
        "169.254.0.0/16",
        "100.100.100.200/32",
        "168.63.129.16/32",
        "192.0.0.192/32",
        "fd00:ec2::254/128",
    )
)
"""Metadata of clouds: no setting opens them."""


def may_reach(address: str, *, allowed: Iterable[str] = ()) -> bool:
    """Tell whether to send to an address: one of the public net, or of the networks that are ``allowed``.

    Args:
        address: as the resolver gives it, a zone (``fe80::1%eth0``) included; what is no address is not reached.
        allowed: networks such as ``10.1.0.0/16``; metadata services stay closed whatever stands here.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if any(found in network for network in _NEVER):
        return False
    if any(found in ip_network(network, strict=False) for network in allowed):
        return True
    return _is_public(found)


def _is_public(found: IPv4Address | IPv6Address) -> bool:
    if isinstance(found, IPv6Address) and found not in _GLOBAL_V6:
        return False
    return not any(found in network for network in _INSIDE)
