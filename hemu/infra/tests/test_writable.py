"""NUL is refused at the edge: PostgreSQL holds no text with it, so no view has to think of it."""

import pytest
from django.test import Client, RequestFactory

from hemu.infra.web.content import Request

WORDS = "文字里有看不见的控制字符，请删掉后再存。"
ASKED = [
    ("GET", "/gallery/?x=a%00b", "", 422),
    ("GET", "/gallery/?x%00=a", "", 422),
    ("GET", "/gallery/?x=a&x=%00", "", 422),
    ("POST", "/log-in/", "login=a%00b&password=x", 422),
    ("POST", "/log-in/", "login=a&more=%00", 422),
    ("GET", "/book/a%00b/", "", 404),
    ("GET", "/gallery/?x=%EF%BF%BD", "", 200),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "status"), ASKED)
def test_what_no_database_holds_reaches_no_view(
    db: None, method: str, path: str, body: str, status: int
) -> None:
    answer = Client().generic(method, path, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == status
    assert (WORDS in answer.content.decode()) == (status == 422)


def test_a_cookie_that_no_database_holds_is_none(db: None) -> None:
    answer = Client().get("/", headers={"cookie": r'sessionid="a\000b"'})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/log-in/?next=%2F")


def test_a_machine_is_told_so(db: None) -> None:
    answer = Client().get("/api/v1/nothing?x=%00")
    assert (answer.status_code, answer.json()["code"]) == (422, "canonical.unsupported")


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("multipart/form-data; boundary*=unknown''x", ""),
        ("text/plain; charset*=unknown''x", ""),
        ("text/plain; charset=unknown", "text/plain"),
    ],
)
def test_a_content_type_in_a_coding_that_nobody_knows_is_none(said: str, read: str) -> None:
    environ = RequestFactory().get("/").environ
    assert Request(environ | {"CONTENT_TYPE": said}).content_type == read
