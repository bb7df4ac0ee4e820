"""A person at the front desk, over HTTP: log in, register, take a step; each with a key that makes it once."""

import re
from typing import Any

import requests
from requests.cookies import RequestsCookieJar

TIMEOUT_SECONDS = 30
LOG_IN, REGISTER, CASES = "/log-in/", "/requests/register/", "/requests/"
PATH = ("classify", "dispatch", "accept", "resolve", "inform", "confirm", "close")
NUMBER = re.compile(r"/requests/([^/?#]+)")
VERSION = re.compile(r'name="version" value="(\d+)"')


class Unreachable(Exception):
    """No complete answer: the connection broke, or the server failed. Nobody knows whether it was done."""

    kind = "connection"


class Failed(Unreachable):
    """A complete answer that says that the server failed (5xx); ``kind`` is its status."""

    def __init__(self, path: str, status: int, page: str) -> None:
        super().__init__(f"{path}: {status}")
        self.kind, self.page = str(status), page


class Refused(Exception):
    """The product answered and said no."""


class Desk:
    """One log-in with its session.

    Args:
        url: where the web listens.
        who: ``login``, ``password``, and what the forms name: the ids of ``community`` and ``home``.
        fresh: a new connection for each request.
        cookies: of a log-in that stands already.
    """

    def __init__(
        self,
        url: str,
        who: dict[str, str],
        *,
        fresh: bool = False,
        cookies: RequestsCookieJar | None = None,
    ) -> None:
        self.url, self.who = url, who
        self.session = requests.Session()
        if fresh:
            self.session.headers["Connection"] = "close"
        if cookies is None:
            self.log_in()
        else:
            self.session.cookies.update(cookies)

    def twin(self) -> "Desk":
        """Return another desk of the same log-in, with connections of its own."""
        return Desk(self.url, self.who, cookies=self.session.cookies)

    def log_in(self) -> None:
        self.send("GET", LOG_IN)
        self.post(LOG_IN, {"login": self.who["login"], "password": self.who["password"]})

    def register(self, *, key: str, marker: str, type: str) -> tuple[str, int]:
        """Register a case and return its number and version."""
        answer = self.post(REGISTER, form_of_registration(self.who, marker=marker, type=type, key=key))
        return self.number_of(answer), 1

    def step(self, *, key: str, number: str, step: str, version: int) -> tuple[str, int]:
        """Take a step and return the number and the version after it."""
        form = {**form_of_step(self.who, step), "key": key, "version": str(version)}
        self.post(f"{CASES}{number}/step/", form)
        return number, version + 1

    def post(self, path: str, form: dict[str, str]) -> requests.Response:
        """Send a form; an answer that leads to another page is the acknowledgement."""
        token = self.session.cookies.get("csrftoken", "")
        answer = self.send("POST", path, data=form, headers={"X-CSRFToken": token})
        if answer.status_code not in (302, 303):
            raise Refused(f"{path}: {answer.status_code} {reason_of(answer.text)}")
        return answer

    def send(self, method: str, path: str, **options: Any) -> requests.Response:
        try:
            answer = self.session.request(
                method, self.url + path, timeout=TIMEOUT_SECONDS, allow_redirects=False, **options
            )
        except requests.RequestException as error:
            raise Unreachable(str(error)) from error
        if answer.status_code >= 500:
            raise Failed(path, answer.status_code, answer.text)
        return answer

    def number_of(self, answer: requests.Response) -> str:
        found = NUMBER.search(answer.headers.get("Location", ""))
        if found is None:
            raise Refused(f"leads to {answer.headers.get('Location')!r}, no case")
        return found[1]


def form_of_registration(who: dict[str, str], *, marker: str, type: str, key: str) -> dict[str, str]:
    """Return the filled-in form; the marker is the first word of what the owner says."""
    form = {"community": who["community"], "home": who["home"], "type": type, "channel": "phone"}
    if who.get("phone"):
        form["phone"] = who["phone"]
    return {**form, "text": f"{marker} 三单元楼道的灯不亮了，晚上老人下楼看不见，请尽快来修。", "key": key}


def form_of_step(who: dict[str, str], step: str) -> dict[str, str]:
    """Return what the form of a step asks for, filled in."""
    return {
        "classify": {"trade": "repair", "nature": "routine", "urgency": "normal"},
        "dispatch": {"to": who["login"]},
        "resolve": {"words": "已更换灯管"},
        "inform": {"words": "已告知", "channel": "phone"},
        "confirm": {"words": "业主电话里说好了"},
        "withdraw": {"words": "业主说不用了"},
        "void": {"words": "登记错了"},
    }.get(step, {}) | {"step": step}


def reason_of(page: str) -> str:
    """Return the words of a page, for the journal."""
    return " ".join(re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL).split())[:300]
