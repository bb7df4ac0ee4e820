"""Finished, sealed and signed notices a second, beside setting the same notices with a bare P-256 signature of each.

python -m bench.papers     prints figures; the database is empty before
"""

import time
from collections.abc import Callable

import django

django.setup()

from cryptography.hazmat.primitives import hashes  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import ec  # noqa: E402
from django.db import connection  # noqa: E402

from bench.figures import figure  # noqa: E402
from hemu.access.tests.house import House, found_house  # noqa: E402
from hemu.papers.models import Document  # noqa: E402
from hemu.papers.operations import issue_paper  # noqa: E402
from hemu.papers.operations.issuing import finish  # noqa: E402
from hemu.papers.queries import decisions_of, version_of  # noqa: E402
from hemu.papers.queries_sheets import foot_of, mark_of, official_of  # noqa: E402
from hemu.papers.rules_documents import MARK  # noqa: E402
from hemu.papers.rules_official import Official  # noqa: E402
from hemu.papers.signing import key_file, signer_of  # noqa: E402
from hemu.papers.tests.written import AT, CONTENT, approved  # noqa: E402
from hemu.papers.typesetting import typeset_official  # noqa: E402

COUNT, ROUNDS = 30, 3


def measure() -> None:
    """Print the best of three rounds of each kind of work, taken in turn; each notice is another one."""
    house = found_house()
    key = signer_of(key_file(at=AT, company="示例物业")).frame.key
    best = dict.fromkeys(("floor", "finished", "issued"), 0.0)
    for turn in range(ROUNDS):
        papers = [_paper(house, turn * COUNT + number) for number in range(3 * COUNT)]
        sheets = [_sheet(each) for each in papers[:COUNT]]
        for name, work in (
            ("floor", lambda sheets=sheets: [_bare(sheet, foot, key) for sheet, foot in sheets]),
            ("finished", lambda papers=papers: [_finish(each) for each in papers[COUNT : 2 * COUNT]]),
            ("issued", lambda papers=papers: [_issue(house, each) for each in papers[2 * COUNT :]]),
        ):
            best[name] = max(best[name], _rate(work))
    name = connection.vendor
    for what, said in (("finished", "set, marked, signed"), ("issued", "the same, kept and registered")):
        figure(f"papers.{name}.{what}", best[what], "notices/s", best["floor"], what=said, at_least=0.667)


def _rate(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return COUNT / (time.perf_counter() - start)


def _paper(house: House, number: int) -> Document:
    return approved(house, content=CONTENT | {"title": f"停水通知（{number}）"})


def _sheet(paper: Document) -> tuple[Official, str]:
    version = version_of(paper)
    mark = mark_of(paper, version, decisions_of(version))
    return official_of(paper, version, mark=mark, in_force=True), foot_of(paper, version, in_force=True)


def _bare(sheet: Official, foot: str, key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.sign(typeset_official(sheet, at=AT, foot=foot), ec.ECDSA(hashes.SHA256()))


def _finish(paper: Document) -> bytes:
    return finish(paper, mode=MARK, at=AT).pdf


def _issue(house: House, paper: Document) -> str:
    by = house.by("cs_supervisor")
    return issue_paper(document=paper.id, by=by, act=by.act(now=AT), mode=MARK).file_digest


if __name__ == "__main__":
    measure()
