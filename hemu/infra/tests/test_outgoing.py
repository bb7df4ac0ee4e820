"""The check when connecting: one look-up, every address of it, and that very address."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from hemu.infra.outgoing import AddressRefused, connection_to

LOOPBACK = ["127.0.0.0/8"]


class Names:
    """A name server: it answers each look-up with the next of its answers."""

    def __init__(self) -> None:
        self.answers: list[list[str]] = []
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        self.asked.append(host)
        answer = self.answers.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in answer]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    made = Names()
    monkeypatch.setattr(socket, "getaddrinfo", made)
    return made


@pytest.fixture
def server() -> Iterator[tuple[int, list[str]]]:
    """A server on loopback: its port, and the hosts that it was asked for."""
    hosts: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hosts.append(self.headers["Host"])
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running.server_address[1], hosts
        running.shutdown()
        thread.join()


def test_a_name_is_looked_up_once_and_its_address_is_what_is_reached(
    names: Names, server: tuple[int, list[str]]
) -> None:
    port, hosts = server
    names.answers = [["127.0.0.1"], ["169.254.169.254"]]  # the second answer would be the trap
    connection = connection_to(f"http://hooks.example.cn:{port}/x", timeout=60, allowed=LOOPBACK)
    connection.request("GET", "/x")
    answer = connection.getresponse()
    assert (answer.status, names.asked, hosts) == (302, ["hooks.example.cn"], [f"hooks.example.cn:{port}"])
    connection.close()


@pytest.mark.parametrize(
    "addresses",
    [["10.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["169.254.169.254"], [], ["100.100.100.200"], ["fe80::1%eth0"]],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_one_address_inside_and_nothing_is_dialled(
    names: Names, monkeypatch: pytest.MonkeyPatch, addresses: list[str], scheme: str
) -> None:
    dialled: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: dialled.append(address))
    names.answers = [addresses]
    with pytest.raises(AddressRefused):
        connection_to(f"{scheme}://hooks.example.cn/", timeout=60, allowed=[]).connect()
    assert dialled == []


def test_written_otherwise_it_is_still_loopback() -> None:
    for host in ("127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "0", "localhost", "[::1]"):
        with pytest.raises(OSError):
            connection_to(f"http://{host}:9/", timeout=60, allowed=[]).connect()


def test_the_next_address_is_tried(names: Names, server: tuple[int, list[str]]) -> None:
    port, hosts = server
    names.answers = [["127.0.0.9", "127.0.0.1"]]
    with socket.socket() as taken:
        taken.bind(("127.0.0.9", port))  # bound and not listening: it refuses
        connection = connection_to(f"http://hooks.example.cn:{port}/", timeout=60, allowed=LOOPBACK)
        connection.request("GET", "/")
        assert connection.getresponse().status == 302
        connection.close()
    assert len(hosts) == 1
