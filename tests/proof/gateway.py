"""A gateway for text messages that misbehaves in every way, on loopback, with a journal of what it took."""

import hashlib
import hmac
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

SECRET = "shared between the two"
MANNERS = {
    "take": 50,
    "busy": 8,
    "refuse": 5,
    "hang": 10,
    "break": 10,
    "cut": 7,
    "tell twice": 5,
    "tell late": 5,
}
"""How it answers, with its weight; from *hang* on it has accepted the message, whatever it says."""
HANG_SECONDS = 5
CLIENT_PATIENCE_SECONDS = 1


class FaultyGateway:
    """Accepts each message at most once a request; ``accepted`` counts, by our id, how often people got the text."""

    def __init__(self, seed: int) -> None:
        self.accepted: Counter[str] = Counter()
        self.manners: Counter[str] = Counter()
        self.to_tell: list[str] = []
        self.arrived, self.closing = Event(), Event()
        self.url = ""
        self._chance, self._lock = random.Random(seed), Lock()

    def take(self, body: bytes) -> tuple[int, dict[str, Any]] | None:
        """Return status and answer; None cuts the line."""
        message = json.loads(body)["id"]
        with self._lock:
            manner = self._chance.choices(list(MANNERS), list(MANNERS.values()))[0]
            self.manners[manner] += 1
            if manner == "busy":
                return 429, {}
            if manner == "refuse":
                return 400, {"error": "number"}
            self.accepted[message] += 1
            if manner.startswith("tell"):
                self.to_tell += [message, message]
        self.arrived.set()
        if manner == "hang":
            self.closing.wait(HANG_SECONDS)
        if manner in ("hang", "cut"):
            return None
        return (500, {}) if manner == "break" else (200, {"id": f"p-{message[:8]}"})

    def tell(self, house: str) -> int:
        """Call back for what was promised, each twice; return how many answers were not 200."""
        with self._lock:
            told, self.to_tell = self.to_tell, []
        return sum(self._tell_one(house, message) for message in told)

    def _tell_one(self, house: str, message: str) -> bool:
        body = json.dumps({"id": message, "state": "delivered"}).encode()
        stamp = str(int(time.time()))
        digest = hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        headers = {"X-Hemu-Timestamp": stamp, "X-Hemu-Signature": f"sha256={digest}"}
        answer = requests.post(f"{house}/gateway/receipts/", body, headers=headers, timeout=60)
        return answer.status_code != requests.codes.ok


@contextmanager
def running(seed: int) -> Iterator[FaultyGateway]:
    """Serve a gateway on loopback until the block ends."""
    gateway = FaultyGateway(seed)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._say(gateway.take(self.rfile.read(int(self.headers["Content-Length"]))))

        def do_GET(self) -> None:
            asked = parse_qs(urlsplit(self.path).query)["id"][0]
            self._say((200, {"state": "delivered" if gateway.accepted[asked] else "missing"}))

        def _say(self, answer: tuple[int, dict[str, Any]] | None) -> None:
            if answer is None:
                self.close_connection = True
                return
            body = json.dumps(answer[1]).encode()
            self.send_response(answer[0])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Say nothing of lines that a killed worker left."""

    with Server(("127.0.0.1", 0), Handler) as server:
        gateway.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield gateway
        finally:
            gateway.closing.set()
            server.shutdown()
            thread.join()
