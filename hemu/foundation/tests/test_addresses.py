"""Which addresses are outside. One row for each kind of address that leads back in."""

import pytest

from hemu.foundation.addresses import may_reach

INSIDE = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.255",
    "127.0.0.1",
    "127.1.2.3",
    "168.63.129.16",
    "169.254.0.1",
    "169.254.169.254",
    "169.254.170.2",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:8.8.8.8",
    "::ffff:0:7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:7f00:1::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:a9fe:a9fe::1",
    "2002:808:808::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "localhost",
    "0177.0.0.1",
    "0x7f.0.0.1",
    "2130706433",
    "127.1",
    "[::1]",
    "example.com",
    "1.1.1",
    "999.1.1.1",
]
OUTSIDE = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "192.167.255.255",
    "223.255.255.255",
    "2400:3200::1",
    "2606:4700::1111",
    "2a00::1",
]


@pytest.mark.parametrize("address", [*INSIDE, ""])
def test_inside(address: str) -> None:
    assert may_reach(address) is False


@pytest.mark.parametrize("address", OUTSIDE)
def test_outside(address: str) -> None:
    assert may_reach(address) is True


@pytest.mark.parametrize(
    ("address", "allowed", "reached"),
    [
        ("10.1.2.3", ["10.1.0.0/16"], True),
        ("10.2.2.3", ["10.1.0.0/16"], False),
        ("10.1.2.3", ["10.1.2.3"], True),
        ("fd12::1", ["fd12::/16"], True),
        ("127.0.0.1", ["fd12::/16"], False),
        ("127.0.0.1", ["127.0.0.0/8"], True),
        ("169.254.169.254", ["0.0.0.0/0"], False),
        ("100.100.100.200", ["100.64.0.0/10"], False),
        ("192.0.0.192", ["192.0.0.0/24"], False),
        ("fd00:ec2::254", ["fd00::/8"], False),
        ("8.8.8.8", ["10.0.0.0/8"], True),
    ],
)
def test_what_a_setting_opens(address: str, allowed: list[str], reached: bool) -> None:
    assert may_reach(address, allowed=allowed) is reached


def test_there_are_enough_of_them() -> None:
    assert len(set(INSIDE)) >= 60
