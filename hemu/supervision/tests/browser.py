"""A log-in of the tests, and the page it gets."""

from hemu.access.tests.house import client


def page(login: str, path: str, status: int = 200) -> str:
    answer = client(login).get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()
