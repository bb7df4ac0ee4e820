"""Real servers on loopback that a test can make misbehave: an HTTP gateway and a mail server."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PATIENCE = 60.0
HANG_SECONDS = 1.5
"""How long a test waits for a server that hangs: far longer than a busy machine takes to read what was sent."""


class Gateway:
    """Answers as `behaviour` says, and keeps what it was sent: `taken` is what it accepted, whatever it answered."""

    def __init__(self) -> None:
        self.behaviour = "take"
        self.taken: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        self.states: dict[str, str] = {}
        self.arrived, self.released = threading.Event(), threading.Event()
        self.url = ""

    def answer(self, body: bytes) -> tuple[int, bytes] | None:
        """Return status and body; None cuts the line."""
        if self.behaviour in REFUSALS:
            return REFUSALS[self.behaviour]
        self.taken.append(json.loads(body))
        self.arrived.set()
        if self.behaviour == "hang":
            self.released.wait(PATIENCE)
            return None
        if self.behaviour == "slow":
            self.released.wait(0.05)
        return AFTER_TAKING.get(self.behaviour, (200, b'{"id": "p-%d"}' % len(self.taken)))


REFUSALS: dict[str, tuple[int, bytes]] = {
    "refuse": (400, b'{"error": "number"}'),
    "busy": (429, b"{}"),
    "moved": (302, b""),
    "says no": (200, b'{"error": "quota"}'),
    "wecom no": (200, b'{"errcode": 93000, "errmsg": "invalid webhook url"}'),
    "wecom busy": (200, b'{"errcode": 45009, "errmsg": "freq out of limit"}'),
}
AFTER_TAKING: dict[str, tuple[int, bytes] | None] = {
    "break": (500, b"oops"),
    "garble": (200, b"<html>"),
    "cut": None,
    "wecom": (200, b'{"errcode": 0, "errmsg": "ok"}'),
}


@contextmanager
def running_gateway() -> Iterator[Gateway]:
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            gateway.bodies.append(body)
            gateway.headers.append(dict(self.headers.items()))
            self._say(gateway.answer(body))

        def do_GET(self) -> None:
            asked = parse_qs(urlsplit(self.path).query)["id"][0]
            self._say((200, json.dumps({"state": gateway.states.get(asked, "missing")}).encode()))

        def _say(self, answer: tuple[int, bytes] | None) -> None:
            if answer is None:
                self.close_connection = True
                return
            status, body = answer
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        gateway.url = f"http://127.0.0.1:{server.server_address[1]}"
        with _serving(server):
            yield gateway
            gateway.released.set()


class MailServer:
    """Takes mail; `behaviour` is the reply to a command (``RCPT``: ``550 no``), or of ``DATA``: hang or cut after it."""

    def __init__(self) -> None:
        self.behaviour: dict[str, str] = {}
        self.taken: list[str] = []
        self.arrived, self.released = threading.Event(), threading.Event()
        self.port = 0


class _MailHandler(socketserver.StreamRequestHandler):
    mail: MailServer

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line.split(":")[0].split()[0].upper()
            usual = {"QUIT": "221 bye", "DATA": "354 go on"}.get(word, "250 fine")
            reply = self.mail.behaviour.get(word, usual)
            self._say(reply)
            if word == "QUIT" or (reply.startswith("354") and not self._data()):
                return

    def _data(self) -> bool:
        lines: list[str] = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        self.mail.taken.append("\n".join(lines))
        self.mail.arrived.set()
        after = self.mail.behaviour.get("after", "250 taken")
        if after == "hang":
            self.mail.released.wait(PATIENCE)
        if after in ("hang", "cut"):
            return False
        self._say(after)
        return True

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def running_mail_server() -> Iterator[MailServer]:
    mail = MailServer()
    handler = type("Handler", (_MailHandler,), {"mail": mail})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        mail.port = server.server_address[1]
        with _serving(server):
            yield mail
            mail.released.set()


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
