"""Addresses to which a webhook is never sent: looked up once, weighed when connecting, and none of them dialled (B10)."""

import socket
from typing import Any

import pytest

from hemu.infra import outgoing
from hemu.infra.outgoing import AddressRefused, connection_to
from hemu.messaging.channels.http import is_safe
from tests.security.figures import Tried

WRITTEN = (
    # this machine, as people and machines write it
    "127.0.0.1", "127.0.0.2", "127.255.255.254", "127.1", "127.0.1", "2130706433", "017700000001", "0177.0.0.1",
    "0x7f000001", "0x7f.0.0.1", "0x7f.1", "0", "0.0.0.0", "00", "0x0", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]",
    "[0000::0001]", "[::127.0.0.1]",
    # private, carriers', link-local
    "10.0.0.1", "10.255.255.255", "167772161", "012.0.0.1", "0xa.0.0.1", "172.16.0.1", "172.31.255.254", "192.168.0.1",
    "3232235521", "0300.0250.0.1", "192.168.1", "100.64.0.1", "100.127.255.254", "169.254.0.1", "[fc00::1]", "[fd12::1]",
    "[fe80::1]", "[fec0::1]",
    # metadata of clouds
    "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518", "169.254.170.2",
    "100.100.100.200", "1684300232", "168.63.129.16", "192.0.0.192", "[fd00:ec2::254]",
    # IPv4 inside IPv6: mapped, compatible, NAT64, 6to4, Teredo, translated
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]",
    "[::ffff:0:127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::169.254.169.254]", "[64:ff9b:1::a00:1]",
    "[2002:7f00:1::1]", "[2002:a9fe:a9fe::1]", "[2002:c0a8:1::1]", "[2001:0:7f00:1::1]", "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
    # multicast, broadcast, of tests, of documents, of the future
    "224.0.0.1", "239.255.255.250", "255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1", "198.51.100.1",
    "203.0.113.1", "192.88.99.1", "[ff02::1]", "[ff0e::1]", "[2001:db8::1]", "[100::1]", "[3fff::1]", "[5f00::1]",
)  # fmt: skip
NAMED = {
    "localhost": ["127.0.0.1", "::1"],
    "hooks.example.cn": ["10.0.0.1"],
    "metadata.google.internal": ["169.254.169.254"],
    "127.0.0.1.nip.example.cn": ["127.0.0.1"],
    "six.example.cn": ["::1"],
    "mapped.example.cn": ["::ffff:10.0.0.1"],
    "nat64.example.cn": ["64:ff9b::a00:1"],
    "one-of-two.example.cn": ["8.8.8.8", "192.168.0.1"],
    "last-of-three.example.cn": ["2400:3200::1", "8.8.8.8", "fe80::1%eth0"],
    "ali.example.cn": ["100.100.100.200"],
    "nobody.example.cn": [],
    "office。example。cn": ["172.16.0.9"],
}
SCHEMES = ("file:///etc/passwd", "gopher://8.8.8.8:70/_x", "ftp://8.8.8.8/", "dict://8.8.8.8:11211/", "ldap://8.8.8.8/",
           "javascript:alert(1)", "data:text/plain,x", "//8.8.8.8/", "https://", "https:///x", "http://8.8.8.8/",
           "https://8.8.8.8:99999/", "https://[::1/")  # fmt: skip


class Network:
    """A name server that knows ``NAMED`` and numbers, and a net on which nothing is ever reached."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.dialled: list[str] = []
        self.answers: dict[str, list[list[str]]] = {name: [found] for name, found in NAMED.items()}

    def look_up(self, host: str, port: int, *args: Any, **more: Any) -> list[Any]:
        self.asked.append(host)
        if host in self.answers:
            given = self.answers[host]
            found = given.pop(0) if len(given) > 1 else given[0]
            kinds = [socket.AF_INET6 if ":" in each else socket.AF_INET for each in found]
            return [
                (kind, socket.SOCK_STREAM, 6, "", (each, port))
                for kind, each in zip(kinds, found, strict=True)
            ]
        return REAL(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST
        )  # no name server is asked


REAL = socket.getaddrinfo


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    made = Network()

    class Line:
        """A socket of any family, whether this machine has it or not."""

        def __init__(self, *kind: object) -> None: ...

        def settimeout(self, seconds: float) -> None: ...

        def close(self) -> None: ...

        def connect(self, address: tuple[Any, ...]) -> None:
            made.dialled.append(str(address[0]))
            raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", made.look_up)
    monkeypatch.setattr(socket, "socket", Line)
    return made


def knock(host: str, network: Network) -> list[str]:
    """Try to connect to a host and return what was dialled."""
    network.dialled.clear()
    for scheme in ("http", "https"):
        with pytest.raises(OSError):
            connection_to(f"{scheme}://{host}:8443/x", timeout=60, allowed=[]).connect()
    return list(network.dialled)


def test_nothing_inside_is_dialled(network: Network, tried: Tried) -> None:
    hosts = [*WRITTEN, *NAMED]
    assert len(set(hosts)) == len(hosts) >= 60
    assert {host: found for host in hosts if (found := knock(host, network))} == {}
    tried("addresses knocked at from inside", len(hosts))


def test_without_the_check_they_would_be(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the check taken away, every one of them but the empty answer is dialled."""
    monkeypatch.setattr(outgoing, "may_reach", lambda *given, **more: True)
    silent = [host for host in [*WRITTEN, *NAMED] if not knock(host, network)]
    assert silent == ["nobody.example.cn"]


def test_what_was_weighed_is_what_is_dialled(network: Network) -> None:
    """A name server that answers otherwise the second time is not asked a second time."""
    network.answers["rebinding.example.cn"] = [["8.8.8.8"], ["127.0.0.1"]]
    with pytest.raises(ConnectionRefusedError):
        connection_to("https://rebinding.example.cn/", timeout=60, allowed=[]).connect()
    assert (network.asked, network.dialled) == (["rebinding.example.cn"], ["8.8.8.8"])
    with pytest.raises(AddressRefused):
        connection_to("https://rebinding.example.cn/", timeout=60, allowed=[]).connect()
    assert network.dialled == ["8.8.8.8"]


@pytest.mark.parametrize("url", SCHEMES)
def test_what_is_no_address_of_the_web_is_not_taken(url: str, tried: Tried) -> None:
    assert is_safe(url) is False
    tried("addresses knocked at from inside", 1)
