"""What is logged: one object a line, and never what somebody typed, called themselves or asked for."""

import io
import json
import logging
import logging.handlers
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from hemu.foundation.errors import RuleViolation
from hemu.infra.logs import (
    JsonLines,
    ReadableLines,
    form_from,
    log_crashes,
    logging_settings,
    message_of,
    told,
)
from hemu.infra.web.needs import PUBLIC, needs

NAME, PHONE, ROOM, TOKEN = "欧阳示例", "19900001234", "3-2-1801", "tok-5f3c-secret"
CANARIES = (NAME, PHONE, ROOM, TOKEN, "%E6%AC%A7", "\\u6b27")


@needs(PUBLIC)
def broken(request: HttpRequest, token: str) -> HttpResponse:
    words = request.POST.get("words", request.GET.get("q", ""))
    known: dict[str, str] = {}
    try:
        return HttpResponse(known[words])
    except KeyError:
        raise ValueError(f"cannot read {words} of {token}") from None


@needs(PUBLIC)
def twice(request: HttpRequest, token: str) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE caller (phone text UNIQUE, name text)")
        try:
            for _ in range(2):
                cursor.execute("INSERT INTO caller VALUES (%s, %s)", [PHONE, NAME])
        except IntegrityError as error:
            raise RuntimeError(f"{NAME} is there") from error
    return HttpResponse()


@needs(PUBLIC)
def fine(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [
    path("o/<str:token>/broken/", broken, name="broken"),
    path("o/<str:token>/twice/", twice, name="twice"),
    path("o/<str:token>/", fine, name="fine"),
    path("", include("hemu.config.urls")),
]
handler404 = "hemu.infra.web.errors.not_found"
handler500 = "hemu.infra.web.errors.server_error"


@pytest.fixture
def out(settings: Any) -> Iterator[io.StringIO]:
    """Everything that a server's log would hold."""
    settings.ROOT_URLCONF = __name__
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root, web, request = (
        logging.getLogger(),
        logging.getLogger("hemu.web"),
        logging.getLogger("django.request"),
    )
    levels = [(each, each.level) for each in (root, web, request)]
    for each in (root, web, request):
        each.setLevel(logging.DEBUG)
    root.addHandler(handler)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        for each, level in levels:
            each.setLevel(level)


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def client() -> Client:
    return Client(raise_request_exception=False, HTTP_USER_AGENT=NAME, HTTP_REFERER=f"http://x/o/{TOKEN}/")


def assert_no_canary(text: str) -> None:
    assert [each for each in CANARIES if each in text] == []


def test_an_answer_is_one_line_by_its_route(out: io.StringIO) -> None:
    answer = client().get(f"/o/{TOKEN}/?q={PHONE}")
    line = lines(out)[-1]
    assert {name: line[name] for name in ("level", "logger", "message", "route", "method", "status")} == {
        "level": "info",
        "logger": "hemu.web",
        "message": "answered",
        "route": "fine",
        "method": "GET",
        "status": 200,
    }
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert len(line["request_id"]) == 9
    assert set(line) == {
        "time", "level", "logger", "message", "process", "request_id", "route", "method", "status", "ms",
    }  # fmt: skip
    assert_no_canary(out.getvalue())


@pytest.mark.parametrize("path", [f"/o/{TOKEN}/none/", f"/{NAME}/", f"/o/{TOKEN}"])
def test_an_address_that_is_none_is_not_told(out: io.StringIO, path: str) -> None:
    assert client().get(path, {"q": NAME}).status_code in (301, 404)
    assert [line["route"] for line in lines(out) if line["logger"] == "hemu.web"] == ["none"]
    assert_no_canary(out.getvalue())


def test_a_method_nobody_has_is_not_told(out: io.StringIO) -> None:
    client().generic("TOK-5F3C", f"/o/{TOKEN}/")
    assert (lines(out)[-1]["method"], "TOK-5F3C" in out.getvalue()) == ("other", False)


def test_what_fails_is_found_by_the_number_on_the_page(out: io.StringIO) -> None:
    answer = client().post(f"/o/{TOKEN}/broken/?q={PHONE}", {"words": f"{NAME} {PHONE} {ROOM}"})
    number = answer.headers["X-Request-ID"]
    assert answer.status_code == 500
    assert f"{number[:3]} {number[3:6]} {number[6:]}" in answer.content.decode()
    failed = next(line for line in lines(out) if line["logger"] == "django.request")
    assert (failed["request_id"], failed["route"], failed["message"]) == (number, "broken", "request failed")
    assert failed["exception"]["type"] == "builtins.ValueError"
    assert "words" not in failed["exception"]
    assert failed["exception"]["at"][-1].endswith(" broken")
    assert_no_canary(out.getvalue())


def test_what_the_database_says_of_values_is_left_out(db: None, out: io.StringIO) -> None:
    assert client().get(f"/o/{TOKEN}/twice/").status_code == 500
    failed = next(line for line in lines(out) if line["logger"] == "django.request")
    causes = [failed["exception"]["because"]["type"], failed["exception"]["because"]["because"]["type"]]
    assert causes[0] == "django.db.utils.IntegrityError"
    if connection.vendor == "postgresql":
        assert causes[1] == "psycopg.errors.UniqueViolation"
        assert failed["exception"]["because"]["because"]["constraint_name"] == "caller_phone_key"
    assert_no_canary(out.getvalue())


def test_a_page_that_cannot_be_drawn_is_answered_bare(out: io.StringIO, settings: Any) -> None:
    def failing(request: HttpRequest) -> dict[str, object]:
        raise RuntimeError(NAME)

    globals()["failing"] = failing
    settings.TEMPLATES = [
        {
            **settings.TEMPLATES[0],
            "OPTIONS": {**settings.TEMPLATES[0]["OPTIONS"], "context_processors": [f"{__name__}.failing"]},
        }
    ]
    answer = client().get(f"/o/{TOKEN}/broken/")
    assert (answer.status_code, answer.headers["X-Request-ID"][:3] in answer.content.decode()) == (500, True)
    assert_no_canary(out.getvalue())


def record(name: str, level: int, words: object, *args: object, **more: object) -> logging.LogRecord:
    made = logging.LogRecord(name, level, "", 1, words, args, None)
    vars(made).update(more)
    return made


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (record("hemu.roster", logging.ERROR, "import %s failed", "0199"), "import 0199 failed"),
        (record("gunicorn.error", logging.INFO, "Listening at: %s (%s)", "x", 7), "Listening at: x (7)"),
        (record("gunicorn.error", logging.ERROR, "Error handling request %s %s", "GET", f"/o/{TOKEN}/"),
         "Error handling request … …"),
        (record("gunicorn.error", logging.WARNING, f"Invalid request from ip=10.0.0.9: {NAME}"), "Invalid request"),
        (record("gunicorn.error", logging.CRITICAL, "WORKER TIMEOUT (pid:%s)", 41), "WORKER TIMEOUT (pid:41)"),
        (record("gunicorn.error", logging.ERROR, ValueError(NAME)), "ValueError"),
        (record("other", logging.WARNING, "100% of %s", NAME), "100% of %s"),
        (record("django.security.csrf", logging.WARNING, "Forbidden (%s): %s", NAME, TOKEN, request=HttpRequest()),
         "request failed"),
    ],
)  # fmt: skip
def test_what_others_say_is_told_by_its_template(made: logging.LogRecord, said: str) -> None:
    assert message_of(made) == said


def test_a_refusal_tells_its_code_and_a_slip_of_the_code_its_words() -> None:
    assert {**told(RuleViolation("step.not_allowed", name=NAME)), "at": []} == {
        "type": "hemu.foundation.errors.RuleViolation",
        "code": "step.not_allowed",
        "at": [],
    }
    assert told(AttributeError("'Request' object has no attribute 'x'"))["words"].endswith("'x'")


@pytest.mark.parametrize(("words", "shown"), [(False, False), (True, True)])
def test_readable_lines_tell_words_only_to_a_developer(words: bool, shown: bool) -> None:
    try:
        raise ValueError(PHONE)
    except ValueError:
        made = record("hemu", logging.ERROR, "round %s failed", "seal")
        made.exc_info = sys.exc_info()
    text = ReadableLines(words=words).format(made)
    assert ("round seal failed" in text, "ValueError" in text, PHONE in text) == (True, True, shown)


@pytest.mark.parametrize(
    ("asked", "https", "form"),
    [
        ("", False, "text"),
        ("", True, "json"),
        ("full", False, "full"),
        ("text", True, "text"),
        ("x", True, "json"),
    ],
)
def test_the_form(asked: str, https: bool, form: str) -> None:
    assert form_from({"HEMU_LOG": asked}, https=https) == form


def test_a_log_file_that_was_moved_away_is_opened_anew(tmp_path: Any) -> None:
    file = tmp_path / "hemu.log"
    made = logging_settings("json", str(file))["handlers"]["out"]
    handler = logging.handlers.WatchedFileHandler(made["filename"], delay=made["delay"])
    handler.setFormatter(JsonLines())
    handler.emit(record("hemu", logging.INFO, "first"))
    file.rename(tmp_path / "hemu.log.1")
    handler.emit(record("hemu", logging.INFO, "second"))
    handler.close()
    found = [json.loads(each.read_text())["message"] for each in (tmp_path / "hemu.log.1", file)]
    assert found == ["first", "second"]


@pytest.mark.parametrize(
    ("file", "said"), [("", ""), ("/var/log/hemu.log", "ValueError: /var/log/hemu.log\n")]
)
def test_a_crash_told_to_a_file_is_not_silent(
    out: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    file: str,
    said: str,
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    log_crashes(file)
    error = ValueError("1990")
    sys.excepthook(ValueError, error, None)
    assert capsys.readouterr().err == said
    assert [each["message"] for each in map(json.loads, out.getvalue().splitlines())] == [
        "ended by an exception"
    ]
    assert "1990" not in out.getvalue()
