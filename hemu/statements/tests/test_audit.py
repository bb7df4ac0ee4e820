"""The audit window: laid open, read by members and by owners who were let in, shut by the clock, each look kept."""

from argparse import ArgumentParser
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemu.access.tests.house import at, client
from hemu.committee.queries import seats_of
from hemu.duties.models import Duty
from hemu.duties.operations.births import open_between
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.moments import iso_local
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.portal.tests.conftest import Phoned
from hemu.statements.management.cli import COMMANDS
from hemu.statements.models import AuditBooks, Look, Statement, Voucher
from hemu.statements.operations_audit import add_voucher, ask_to_read, decide_ask, lay_open
from hemu.statements.operations_publications import deliver_publication
from hemu.statements.queries_audit import audit
from hemu.statements.tests.books import classic, made
from hemu.statements.tests.conftest import CHAIR, OTHER_OWNER, Money

OPEN, BEFORE, AFTER = at("2026-12-12 10:00"), at("2026-12-09 23:59"), at("2026-12-16 00:00")


def added(money: Money, now: str = "2026-12-08 10:00", title: str = "11月电费发票") -> Voucher:
    by = money.house.by("finance")
    return add_voucher(
        community=money.community, month="2026-12", kind="voucher", title=title, amount=3_000_000, line="expense:电费",
        by=by, act=by.act(now=at(now)), files=money.scan("finance", now),
    )  # fmt: skip


def laid(money: Money, now: str = "2026-12-09 10:00") -> AuditBooks:
    by = money.house.by("finance")
    books = added(money).books
    lay_open(community=money.community, month="2026-12", by=by, act=by.act(now=at(now)))
    return AuditBooks.objects.get(id=books.id)


@pytest.mark.parametrize(("when", "was_late"), [("2026-12-09 10:00", False), ("2026-12-15 23:00", False)])
def test_laying_open_keeps_the_clause_and_the_window_alone_does_not(
    money: Money, when: str, was_late: bool
) -> None:
    money.watch("OC-05")
    community = Community.objects.filter(id=money.community.id)
    open_between(
        first=date(2026, 12, 1), last=date(2026, 12, 1), now=at("2026-12-01 08:00"), communities=community
    )
    duty = Duty.objects.get(clause="OC-05")
    added(money)
    assert (duty.state, (iso_local(duty.due_at) or "")[:16]) == ("open", "2026-12-15T23:59")
    by = money.house.by("finance")
    lay_open(community=money.community, month="2026-12", by=by, act=by.act(now=at(when)))
    duty.refresh_from_db()
    assert (duty.state, duty.late_at is not None) == ("fulfilled", was_late)
    facts = Entry.objects.get(kind="committee.audit_books.laid_open").facts
    assert (facts["period"], facts["books"], facts["items"]) == ("2026-12", "2026-11", 1)


def test_what_is_refused_writes_nothing(money: Money) -> None:
    by = money.house.by("finance")
    act = by.act(now=at("2026-12-08 10:00"))
    place = {"community": money.community, "month": "2026-12", "by": by}
    with pytest.raises(RuleViolation, match=r"audit\.nothing_to_lay_open"):
        lay_open(act=act, **place)  # type: ignore[arg-type]
    said = {"kind": "voucher", "title": "发票", "files": [], **place}
    for changed, code in [
        ({"act": act}, "audit.no_file"),
        ({"act": by.act(now=AFTER), "files": ["x"]}, "audit.over"),
        ({"act": act, "files": ["x"]}, "file.not_found"),
        ({"act": act, "by": money.house.by("frontdesk")}, "access.denied"),
    ]:
        with pytest.raises(RuleViolation) as refused:
            add_voucher(**{**said, **changed})  # type: ignore[arg-type, dict-item]
        assert refused.value.code == code
    assert not Entry.objects.filter(kind__startswith="committee.audit").exists()


def test_members_read_within_the_window_and_every_look_is_kept(money: Money) -> None:
    books = laid(money)
    url, file = reverse("my_audit", args=[books.id]), books.vouchers.get().files[0]["id"]
    chair = Phoned(CHAIR, at=BEFORE).logs_in()
    pages = [url, *(reverse(f"my_audit_{name}", args=[books.id]) for name in ("ledger", "package")),
             reverse("my_audit_file", args=[books.id, file])]  # fmt: skip
    for chair.now, status, words in ((BEFORE, 403, "现在还没有到"), (AFTER, 403, "已经结束")):
        assert [chair.get(page).status_code for page in pages] == [status] * 4
        assert words in chair.see(url)
    assert Look.objects.count() == 0
    chair.now = OPEN
    assert [chair.get(page).status_code for page in pages] == [200] * 4
    assert list(Look.objects.order_by("id").values_list("role", "what")) == [
        ("member", "page"), ("member", "ledger"), ("member", "package"), ("member", "file"),
    ]  # fmt: skip
    assert "示例业主" in chair.see(url)  # the read log names who looked
    packed = ZipFile(BytesIO(b"".join(chair.get(pages[2]).streaming_content)))  # type: ignore[attr-defined]
    assert any(name.endswith("entries.jsonl") for name in packed.namelist())


def test_a_stranger_finds_nothing_and_an_owner_who_was_let_in_the_books(money: Money) -> None:
    books = laid(money)
    url = reverse("my_audit", args=[books.id])
    owner = Phoned(OTHER_OWNER, at=at("2026-12-09 20:00")).logs_in()
    assert owner.get(url).status_code == 404
    assert owner.post(reverse("my_audit_ask"), community=str(money.community.id)).status_code == 302
    ask = books.asks.get()
    by = money.house.by("office_director")
    with pytest.raises(RuleViolation, match=r"audit\.no_reason"):
        decide_ask(ask=ask.id, grant=False, reason="", by=by, act=by.act(now=at("2026-12-09 21:00")))
    decide_ask(ask=ask.id, grant=True, reason="", by=by, act=by.act(now=at("2026-12-09 21:00")))
    for owner.now, status in ((BEFORE, 404), (OPEN, 200), (AFTER, 404)):
        assert owner.get(url).status_code == status
    owner.now = OPEN
    assert "看账目" in owner.see(reverse("my_audit_ask"))
    assert Look.objects.filter(role="owner").count() == 1
    with pytest.raises(RuleViolation, match=r"audit\.not_owner"):
        ask_to_read(community=money.house.elsewhere, month="2026-12", person=money.plain_owner.id,
                    act=Act(f"owner:{money.plain_owner.id}", at=OPEN, recorded_at=OPEN, proof=Proof.OWN))  # fmt: skip


def test_books_not_laid_open_are_told_to_members_and_on_the_desk(money: Money) -> None:
    books = added(money).books
    chair = Phoned(CHAIR, at=OPEN).logs_in()
    assert "还没有把账目" in chair.see(reverse("my_audit", args=[books.id]))
    seat = seats_of(CHAIR, today=date(2026, 12, 12))[0]
    assert [(each.late, each.url) for each in audit(seat, now=OPEN)] == [(True, reverse("my_audits"))]
    laid_by = money.house.by("finance")
    lay_open(community=money.community, month="2026-12", by=laid_by, act=laid_by.act(now=OPEN))
    assert [(each.late, each.url) for each in audit(seat, now=OPEN)] == [
        (False, reverse("my_audit", args=[books.id]))
    ]


def test_a_publication_is_brought_in_the_first_month_and_opened(money: Money) -> None:
    money.watch("OC-06")
    community = Community.objects.filter(id=money.community.id)
    open_between(
        first=date(2026, 10, 1), last=date(2026, 10, 1), now=at("2026-10-01 08:00"), communities=community
    )
    duty = Duty.objects.get(clause="OC-06")
    assert (iso_local(duty.due_at) or "")[:16] == "2026-10-31T23:59"
    by = money.house.by("public_affairs")
    made = deliver_publication(
        community=money.community, quarter="2026-Q4", title="和风报", how="page", by=by,
        act=by.act(now=at("2026-10-20 10:00")), files=money.scan("public_affairs", "2026-10-20 09:00"),
    )  # fmt: skip
    duty.refresh_from_db()
    assert (duty.state, duty.late_at) == ("fulfilled", None)
    chair, owner = (Phoned(phone, at=at("2026-10-21 10:00")).logs_in() for phone in (CHAIR, OTHER_OWNER))
    url = reverse("my_publication", args=[made.id])
    page = chair.see(url)
    file = Entry.objects.get(kind="committee.publication.delivered").facts["files"][0]["id"]
    file_url = reverse("my_publication_file", args=[made.id, file])
    assert file_url in page
    assert [chair.get(file_url).status_code, owner.get(url).status_code, owner.get(file_url).status_code] == [
        200,
        404,
        404,
    ]
    assert Entry.objects.filter(kind="committee.publication.receipted").count() == 1


def test_a_command_reads_the_sheet_and_writes_only_for_somebody(money: Money, tmp_path: Path) -> None:
    def run(*more: str) -> dict[str, Any]:
        parser = ArgumentParser(exit_on_error=False)
        COMMANDS[0].arguments(parser)
        asked = ["import", str(file), "--community", money.community.name, "--month", "2026-11", *more]
        options = parser.parse_args(asked)
        options.now = at("2026-12-01 09:00")
        return dict(COMMANDS[0].run(options))

    file = tmp_path / "11月.xlsx"
    file.write_bytes(made(classic))
    said = run()
    assert said["totals"] == {
        "income": 11_900_050, "expense": 9_000_000, "surplus": 2_900_050, "opening": 1_000_000, "closing": 3_900_050,
    }  # fmt: skip
    assert [each["code"] for each in said["problems"]] == ["nothing_before", "over_budget"]
    assert (said["statement"], Statement.objects.count()) == (None, 0)
    assert run("--by", "finance")["statement"] == str(Statement.objects.get().id)


def test_the_lists_ask_the_same_for_one_and_for_three(money: Money) -> None:
    counts = []
    chair = Phoned(CHAIR, at=OPEN).logs_in()
    desk = client("office_director")
    pages = [reverse(name) for name in ("statements", "audits", "publications")]
    for months in (["2026-08"], ["2026-09", "2026-10"]):
        for month in months:
            money.sent_before(month)
        added(money, title=months[0])
        with CaptureQueriesContext(connection) as asked, clock.standing_at(OPEN):
            assert [desk.get(page).status_code for page in pages] == [200] * 3
            assert chair.get(reverse("my_statements")).status_code == 200
            assert chair.get(reverse("my_audits")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
