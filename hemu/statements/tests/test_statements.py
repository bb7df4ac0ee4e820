"""A month's statement: kept, handed in, approved, sent as a numbered paper, receipted, corrected, published."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from hemu.access.tests.house import at, client
from hemu.committee.models import Helper
from hemu.committee.queries import seats_of
from hemu.duties.models import Duty
from hemu.duties.operations.births import open_between
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.identity import new_id
from hemu.infra.moments import iso_local
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.portal.tests.conftest import Phoned
from hemu.statements.models import Receipt, Statement
from hemu.statements.operations import (
    hand_in,
    import_statement,
    open_statement,
    publish_statement,
    receipt_by_hand,
    send_statement,
)
from hemu.statements.queries import checked, figures_of, quarter_for, received, state_of
from hemu.statements.tests.books import classic, made
from hemu.statements.tests.conftest import CHAIR, OTHER_OWNER, Money


def due(money: Money, clause: str) -> tuple[str, str | None, bool]:
    found = Duty.objects.get(clause=clause, book=money.community.book_id)
    return (found.state, (iso_local(found.due_at) or "")[:16], found.late_at is not None)


def opened(money: Money, first: date, last: date, now: str) -> None:
    open_between(
        first=first, last=last, now=at(now), communities=Community.objects.filter(id=money.community.id)
    )


def test_the_statement_of_the_5th_keeps_its_clause(money: Money) -> None:
    money.watch("OC-04")
    opened(money, date(2026, 11, 1), date(2026, 11, 1), "2026-11-01 08:00")
    assert due(money, "OC-04")[:2] == ("open", "2026-12-05T23:59")
    row = money.sent(now="2026-12-05 16:00", opening=1_000_000)
    assert due(money, "OC-04") == ("fulfilled", "2026-12-05T23:59", False)
    entry = Entry.objects.get(kind="committee.finance_statement.delivered")
    said = {name: entry.facts[name] for name in ("period", "income", "expense", "opening", "closing", "how")}
    assert said == {"period": "2026-11", "income": 9_000_000, "expense": 3_000_000, "opening": 1_000_000,
                    "closing": 7_000_000, "how": "page"}  # fmt: skip
    row.refresh_from_db()
    assert row.document is not None
    assert (state_of(row), row.document.number, entry.facts["paper_number"]) == (
        "delivered", row.document.number, row.document.number,
    )  # fmt: skip
    assert row.document.number.endswith("财〔2026〕1号")
    assert entry.facts["file_digest"] == row.document.seal_use.file_digest


def test_an_accountants_sheet_becomes_a_draft_and_errors_keep_it_back(money: Money) -> None:
    by = money.house.by("finance")
    act = by.act(now=at("2026-12-01 09:00"))
    row = import_statement(content=made(classic), filename="11月.xlsx", community=money.community, month="2026-11",
                           by=by, act=act)  # fmt: skip
    looked = checked(figures_of(row), money.community.id)
    assert (looked.figures.income, looked.figures.expense, looked.errors) == (11_900_050, 9_000_000, [])
    assert [each.code for each in looked.warnings] == ["nothing_before", "over_budget"]
    assert looked.figures.explanations == {"expense:人员费用": "加了一名保安"}
    money.sent_before("2026-10", opening=500_000)  # the month before ends with another balance
    with pytest.raises(RuleViolation, match=r"statement\.has_errors"):
        hand_in(statement=row.id, by=by, act=act)
    assert state_of(Statement.objects.get(id=row.id)) == "draft"


@pytest.mark.parametrize(
    ("login", "code"),
    [
        ("office_director", "document.own"),
        ("finance", "statement.not_found"),
        ("elsewhere", "statement.not_found"),
    ],
)
def test_nobody_approves_their_own(money: Money, login: str, code: str) -> None:
    director = money.house.by("office_director")
    row = money.keep()
    hand_in(statement=row.id, by=director, act=director.act(now=at("2026-12-02 10:00")))
    by = money.house.by(login)
    with pytest.raises(RuleViolation) as refused:
        send_statement(statement=row.id, by=by, act=by.act(now=at("2026-12-02 11:00")))
    assert refused.value.code == code
    leader = money.house.by("company_leader")
    send_statement(statement=row.id, by=leader, act=leader.act(now=at("2026-12-02 11:00")))
    row.refresh_from_db()
    assert state_of(Statement.objects.get(id=row.id)) == "approved"
    send_statement(statement=row.id, by=director, act=director.act(now=at("2026-12-02 12:00")))
    assert state_of(Statement.objects.get(id=row.id)) == "delivered"


def test_what_was_handed_in_is_not_changed_and_a_refused_delivery_writes_nothing(money: Money) -> None:
    row = money.handed_in()
    with pytest.raises(RuleViolation, match=r"statement\.handed_in"):
        money.keep(power=40_000)
    by = money.house.by("office_director")
    before = Entry.objects.count()
    for asked, code in [
        ({"how": "hand"}, "statement.needs_scan"),
        ({"how": "hand", "files": money.scan("office_director")}, "statement.unknown_member"),
        ({"how": "fax"}, "statement.unknown_how"),
        ({"members": [money.house.owner.id]}, "statement.unknown_member"),
    ]:
        with pytest.raises(RuleViolation) as refused:
            send_statement(statement=row.id, by=by, act=by.act(now=at("2026-12-03 10:00")), **asked)  # type: ignore[arg-type]
        assert (refused.value.code, Entry.objects.count()) == (code, before)


def test_by_hand_with_a_scan_and_a_receipt_added_later(money: Money) -> None:
    by = money.house.by("office_director")
    row, act = money.handed_in(), by.act(now=at("2026-12-03 10:00"))
    chair, second = money.chair_seat.id, money.second_seat.id
    send_statement(
        statement=row.id, by=by, act=act, how="hand", members=[chair], files=money.scan("office_director")
    )
    asked = {"statement": row.id, "by": by, "act": act, "how": "post"}
    receipt_by_hand(member=second, files=money.scan("office_director"), **asked)  # type: ignore[arg-type]
    with pytest.raises(RuleViolation, match=r"statement\.receipted_already"):
        receipt_by_hand(member=second, files=money.scan("office_director"), **asked)  # type: ignore[arg-type]
    found = Receipt.objects.filter(statement=row).order_by("id").values_list("member", "how")
    assert list(found) == [(chair, "hand"), (second, "post")]
    assert Entry.objects.get(kind="committee.finance_statement.delivered").proof == Proof.DEVICE


def test_the_first_look_of_a_member_or_helper_is_the_receipt(money: Money) -> None:
    Helper.objects.create(id=new_id(at("2026-01-05 09:00")), member=money.second_seat, name="示例帮手",
                          phone="19900002222", since=date(2026, 1, 1))  # fmt: skip
    row = money.sent_before("2026-11")
    for phone in (CHAIR, CHAIR, "19900002222"):
        seat = seats_of(phone, today=date(2026, 12, 4))[0]
        now = at("2026-12-04 20:00")
        open_statement(statement=row, seat=seat, act=Act(seat.key, at=now, recorded_at=now, proof=Proof.OWN))
    entries = Entry.objects.filter(kind="committee.finance_statement.receipted").order_by("seq")
    assert [(each.proof, each.facts["helper"], each.actor.partition(":")[0]) for each in entries] == [
        ("own", False, "owner"), ("own", True, "helper"),
    ]  # fmt: skip


def test_a_correction_names_the_old_and_takes_its_place(money: Money) -> None:
    old = money.sent_before("2026-11", opening=0)
    new = money.sent(now="2026-12-08 10:00", power=31_000, opening=0)
    assert (new.version, new.replaces_id, state_of(Statement.objects.get(id=old.id))) == (
        2,
        old.id,
        "corrected",
    )
    assert new.document is not None
    assert new.document.replaces_id == old.document_id
    facts = [each.facts.get("corrects") for each in
             Entry.objects.filter(kind="committee.finance_statement.delivered").order_by("seq")]  # fmt: skip
    assert facts == [str(old.id)]
    money.sent_before("2026-10", opening=0)
    assert quarter_for(money.community.id, "2026-Q4").expense == {"电费": 3_100_000 + 3_000_000}


def test_late_stays_late_and_the_desk_sees_what_was_received(money: Money) -> None:
    money.watch("OC-04")
    opened(money, date(2026, 11, 1), date(2026, 11, 1), "2026-11-01 08:00")
    seat = seats_of(CHAIR, today=date(2026, 12, 6))[0]
    assert received(seat, now=at("2026-12-06 09:00")) == []
    row = money.sent(now="2026-12-06 10:00")
    assert due(money, "OC-04") == ("fulfilled", "2026-12-05T23:59", True)
    assert [each.url for each in received(seat, now=at("2026-12-06 11:00"))] == [
        reverse("my_statement", args=[row.id])
    ]


def test_a_member_reads_it_on_the_phone_and_an_owner_once_it_is_published(money: Money) -> None:
    for month, power in (("2026-08", 30_000), ("2026-09", 30_500), ("2026-10", 31_000)):
        money.sent_before(month, power=power, opening=100 if month == "2026-08" else None)
    row = money.sent(power=60_000)
    chair, owner = (Phoned(phone, at=at("2026-12-04 20:00")).logs_in() for phone in (CHAIR, OTHER_OWNER))
    page = chair.see(reverse("my_statement", args=[row.id]))
    for words in ("9 万元", "6 万元", "比前 3 个月的平均 ¥30,500.00 多了 ¥29,500.00", "回执"):
        assert words in page
    assert "还没有看" in chair.see(reverse("my_statements"))
    paper = chair.get(reverse("my_statement_paper", args=[row.id]))
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
    addresses = [
        reverse("my_statements"),
        *(reverse(name, args=[row.id]) for name in ("my_statement", "my_published")),
    ]
    assert [owner.get(url).status_code for url in addresses] == [404, 404, 404]
    by = money.house.by("office_director")
    publish_statement(statement=row.id, by=by, act=by.act(now=at("2026-12-04 19:00")))
    assert "9 万元" in owner.see(addresses[2])
    assert "2026年11月" in owner.see(reverse("my_published_all"))


def test_who_may_not_make_up_or_send(money: Money) -> None:
    row = money.handed_in()
    for login in ("frontdesk", "technician", "cs_supervisor", "elsewhere"):
        by = money.house.by(login)
        with pytest.raises(RuleViolation, match=r"access\.denied|statement\.not_found"):
            hand_in(statement=row.id, by=by, act=by.act(now=at("2026-12-03 10:00")))
        with pytest.raises(RuleViolation, match=r"statement\.not_found"):
            send_statement(statement=row.id, by=by, act=by.act(now=at("2026-12-03 10:00")))
    unsat = replace(money.house.by("office_director"))
    money.chair_seat.delete()
    money.second_seat.delete()
    with pytest.raises(RuleViolation, match=r"statement\.nobody_in_office"):
        send_statement(statement=row.id, by=unsat, act=unsat.act(now=at("2026-12-03 10:00")))


def test_the_page_types_corrects_and_says_what_does_not_add_up(money: Money) -> None:
    money.sent_before("2026-10", opening=0)
    desk = client("finance")
    with clock.standing_at(at("2026-12-02 09:00")):
        form = {"community": str(money.community.id), "of": "2026-11", "key": "k1", "category": ["income", "expense"],
                "item": ["物业费", "电费"], "budget": ["", ""], "month": ["9万", "（300）"], "year": ["", ""]}  # fmt: skip
        wrong = desk.post(reverse("statement_new"), {**form, "month": ["9万", "见附件"]})
        assert (wrong.status_code, "“见附件”不是金额" in wrong.content.decode()) == (422, True)
        made = desk.post(reverse("statement_new"), {**form, "key": "k2", "opening": "1"})
        row = Statement.objects.get(month="2026-11")
        assert (made.status_code, made["Location"]) == (302, reverse("statement", args=[row.id]))
        page = desk.get(made["Location"]).content.decode()
        assert "和上月的期末余额 ¥60,000.00 对不上" in page
        assert "送审</button>" not in page
        edit = desk.get(reverse("statement_edit", args=[row.id])).content.decode()
        assert 'value="90000.00"' in edit
        assert 'name="closing" value=""' in edit  # it was worked out and will be again
        stale = desk.post(reverse("statement_edit", args=[row.id]), {**form, "key": "k3", "stamp": "9"})
        assert (stale.status_code, "别人刚刚改过" in stale.content.decode()) == (422, True)
        desk.post(reverse("statement_edit", args=[row.id]), {**form, "key": "k4", "stamp": str(row.stamp)})
        assert "账对得上" in desk.get(made["Location"]).content.decode()
        step = reverse("statement_step", args=[row.id])
        desk.post(step, {"step": "explain", "key": "k5", "why-0": "退了上月的电费。"})
        assert desk.post(step, {"step": "hand_in", "key": "k6"}).status_code == 302
        assert state_of(Statement.objects.get(id=row.id)) == "handed_in"
        assert "退了上月的电费" in desk.get(made["Location"]).content.decode()
