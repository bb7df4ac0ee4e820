"""From a refusal there is a way back to where one came from, and never off this site."""

import pytest
from django.test import Client, RequestFactory

from hemu.infra.web.errors import way_back


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/requests/HFHY-2026-00001/", "/requests/HFHY-2026-00001/"),
        ("https://testserver/requests/?list=late&page=2", "/requests/?list=late&page=2"),
        ("http://testserver/here/", ""),  # the very address that was refused
        ("", ""),
        ("http://elsewhere.example/requests/", ""),
        ("http://testserver.elsewhere.example/", ""),
        ("http://testserver@elsewhere.example/", ""),
        ("http://elsewhere.example@testserver/", ""),
        ("http://testserver//elsewhere.example/", ""),
        ("http://testserver/\\elsewhere.example/", ""),
        ("javascript://testserver/%0aalert(1)", ""),
        ("ftp://testserver/", ""),
        ("http://testserver", ""),
        ("http://[testserver/", ""),
        ("//testserver/requests/", ""),
    ],
)
def test_the_way_back_stays_within_the_site(came_from: str, back: str) -> None:
    assert way_back(RequestFactory().get("/here/", headers={"referer": came_from})) == back


def test_what_was_posted_to_its_own_page_goes_back_to_it() -> None:
    request = RequestFactory().post("/here/", headers={"referer": "http://testserver/here/"})

    assert way_back(request) == "/here/"


def test_an_unknown_host_has_no_way_back() -> None:
    request = RequestFactory().get("/here/", headers={"referer": "http://bad_host!/x/", "host": "bad_host!"})

    assert way_back(request) == ""


def test_a_form_that_lay_too_long_says_so_and_leads_back() -> None:
    page = Client(enforce_csrf_checks=True).post("/log-in/", headers={"referer": "http://testserver/log-in/"})

    assert page.status_code == 403
    assert "放得太久" in page.content.decode()
    assert 'href="/log-in/"' in page.content.decode()
