"""Canaries in papers: the text of each PDF and letter that a role may print, taken out of the file (P2)."""

import io
import zipfile

import pytest
from django.test import Client
from pypdf import PdfReader

from hemu.infra import clock
from hemu.return_visits.models import ReturnVisit
from hemu.service_requests.operations import take_step
from tests.security.city import CALLED, NOW, City, signed_in
from tests.security.figures import Tried

pytestmark = pytest.mark.walk
ROLES = ("technician", "frontdesk", "quality")
DAY = NOW.date().isoformat()


MAY_SEE = ("frontdesk",)


def papers(city: City) -> dict[str, str]:
    """Return the addresses of all papers that bear a number, by name; each takes ``phones``."""
    case, visit = city.mine.things["request"], city.mine.things["return_visit"]
    done = ReturnVisit.objects.get(number=visit).request.number
    days = f"/papers/days/?community={city.mine.community.id}&from={DAY}&to={DAY}&form="
    return {
        "record of a call": f"/requests/{case}/papers/F-04/?",
        "repair slip": f"/requests/{case}/papers/F-35/?",
        "record of a return visit": f"/requests/{done}/papers/F-36/?",
        "register of the day": f"{days}F-04",
        "slips of the day": f"{days}F-35",
    }


def words_of(client: Client, url: str) -> str:
    """Return all letters of a PDF or Word file in their order, "" where there is none.

    Without blanks: a number may run over a line.
    """
    with clock.standing_at(NOW):
        answer = client.get(url)
    if answer.status_code != 200:
        return ""
    content = io.BytesIO(answer.getvalue())
    if answer.headers["Content-Type"] == "application/pdf":
        text = "".join(page.extract_text() for page in PdfReader(content).pages)
    else:
        with zipfile.ZipFile(content) as file:
            text = "".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    return "".join(text.split())


def test_a_paper_bears_no_more_than_who_prints_it_may_see(city: City, tried: Tried) -> None:
    mine, theirs = city.mine, city.theirs
    masked, full, looked = set(), set(), 0
    for role in ROLES:
        client = signed_in(role)
        for name, url in papers(city).items():
            for asked in ("", "&phones=1"):
                text = words_of(client, url + asked)
                looked += bool(text)
                if mine.phone in text:
                    full.add((role, name, asked))
                if "199****1234" in text:
                    masked.add((role, name, asked))
                assert (mine.owner.name in text) is bool(text), (role, name)  # what stands there is found
                for canary in (theirs.phone, theirs.owner.name, theirs.things["request"]):
                    assert canary not in text, (role, name)
    names = set(papers(city))
    no_visits = {("technician", "record of a return visit", asked) for asked in ("", "&phones=1")}
    assert full == {(role, name, "&phones=1") for role in MAY_SEE for name in names}
    every = {(role, name, asked) for role in ROLES for name in names for asked in ("", "&phones=1")}
    assert masked == every - full - no_visits
    tried("papers looked at for canaries", looked)


def test_papers_without_a_number_name_nobody_of_another_office(city: City, tried: Tried) -> None:
    """A blank form, a pad, the reply as a letter; the other office's are not there."""
    city_papers = {}
    for side in (city.mine, city.theirs):
        by = city.house.alone("cs_supervisor", side.office)
        number = side.things["request"]
        take_step(number=number, step="reply", act=by.act(now=CALLED), by=by, words="明天上午来。", values={})
        city_papers[side.phone] = (f"/requests/{number}/letter/", f"/pads/{side.things['pad']}/print/")
    for role in MAY_SEE:
        client = signed_in(role)
        texts = [words_of(client, url) for url in (*city_papers[city.mine.phone], "/papers/F-35/blank/")]
        assert all(texts), role
        assert city.mine.owner.name in texts[0]
        for text in texts:
            for canary in (city.mine.phone, city.theirs.phone, city.theirs.owner.name):
                assert canary not in text, role
        assert [words_of(client, url) for url in city_papers[city.theirs.phone]] == ["", ""], role
    tried("papers looked at for canaries", 5 * len(MAY_SEE))
