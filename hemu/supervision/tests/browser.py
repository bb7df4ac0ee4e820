"""A log-in of the tests, and the page it gets."""

from django.test import Client

from hemu.access.models import Account


def client(login: str) -> Client:
    browser = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    browser.force_login(Account.objects.get(login=login))
    return browser


def page(login: str, path: str, status: int = 200) -> str:
    answer = client(login).get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()
