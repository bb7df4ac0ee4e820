"""Eight people at once: keep-alive connections that post one form after another, with as little work as can be."""

import http.client
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Thread
from urllib.parse import urlencode, urlsplit

CLIENTS = 8


@dataclass
class Load:
    """What a burst of requests came to; seconds of each answered request in ``latencies``."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    refused: int = 0

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds


def burst(
    url: str, path: str, cookies: dict[str, str], form: Callable[[int, int], dict[str, str]], seconds: float
) -> Load:
    """Post ``form(client, serial)`` to the path with eight clients for that many seconds."""
    load = Load()
    start = time.perf_counter()
    threads = [
        Thread(target=client, args=(url, path, cookies, form, number, start + seconds, load))
        for number in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    load.seconds = time.perf_counter() - start
    return load


def client(
    url: str,
    path: str,
    cookies: dict[str, str],
    form: Callable[[int, int], dict[str, str]],
    number: int,
    until: float,
    load: Load,
) -> None:
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port or 80, timeout=60)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X-CSRFToken": cookies["csrftoken"],
    }
    serial = 0
    while time.perf_counter() < until:
        serial += 1
        body = urlencode(form(number, serial))
        start = time.perf_counter()
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status in (302, 303):
            load.latencies.append(time.perf_counter() - start)
        else:
            load.refused += 1
    connection.close()
