"""The life of a paper: drafted, handed in, decided over turn by turn, numbered; each act stands in the book."""

from datetime import timedelta
from typing import Any

import pyotp
import pytest

from hemu.access.models import Account
from hemu.access.tests.house import House, found_house
from hemu.estate.models import Post
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of
from hemu.messaging.models import Outgoing
from hemu.papers.models import Decision, Document
from hemu.papers.operations import revise_paper, set_chain, submit_paper, void_paper
from hemu.papers.queries import awaiting, decisions_of, kinds, layout_for, version_of
from hemu.papers.rules_documents import read_chain
from hemu.papers.tests.written import AT, CONTENT, approved, drafted, kinds_of, settled, submitted
from hemu.sign_in.operations_factor import begin_enrolment, confirm_enrolment


@pytest.fixture
def house(db: None) -> House:
    return found_house()


def refused(do: Any) -> str:
    before = (Entry.objects.count(), Decision.objects.exclude(result="").count())
    with pytest.raises(RuleViolation) as refusal:
        do()
    assert (Entry.objects.count(), Decision.objects.exclude(result="").count()) == before
    return refusal.value.code


def test_from_a_draft_to_its_number(house: House) -> None:
    paper = approved(house)
    assert kinds_of(paper) == ["paper.drafted", "paper.submitted", "paper.agreed", "paper.approved"]
    assert (paper.state, paper.number, paper.ordinal) == (
        "approved",
        f"{house.community.code}通〔2026〕1号",
        1,
    )
    assert len(paper.code or "") == 12
    entry = Entry.objects.get(kind="paper.approved")
    assert (entry.proof, entry.clause, entry.book_id) == ("second", "NT-02", house.community.book_id)
    assert entry.facts == {
        "paper_kind": "notice",
        "paper_version": 1,
        "paper_digest": version_of(paper).digest,
        "paper_number": paper.number,
        "independent": True,
    }
    assert dict(Outgoing.objects.values_list("topic", "staff_id")) == {
        "paper.to_decide": house.by("office_director").staff_id,
        "paper.approved": house.by("frontdesk").staff_id,
    }
    assert Outgoing.objects.count() == 2


def test_numbers_have_no_gap_and_each_kind_its_own_series(house: House) -> None:
    first = approved(house)
    with pytest.raises(RuleViolation, match=r"document\.no_case"):
        approved(house, kind="form", case_number="HFHY-2026-00012")
    settled(house, submitted(house), agree=False, reason="日期不对。")
    second, letter = approved(house), approved(house, kind="letter")
    word = house.community.code
    assert [each.number for each in (first, second, letter)] == [
        f"{word}通〔2026〕1号",
        f"{word}通〔2026〕2号",
        f"{word}函〔2026〕1号",
    ]


def test_a_paper_sent_back_keeps_the_reason_in_the_closed_part(house: House) -> None:
    paper = submitted(house)
    assert refused(lambda: settled(house, paper, agree=False)) == "document.no_reason"
    assert settled(house, paper, agree=False, reason="日期不对。").state == "refused"
    entry = Entry.objects.select_related("words_row").get(kind="paper.refused")
    assert words_of(entry) == {"reason": "日期不对。"}
    assert "日期" not in str(entry.facts)


def test_what_was_approved_is_frozen_a_change_asks_anew(house: House) -> None:
    paper = submitted(house)
    seen = version_of(paper).digest
    desk = house.by("frontdesk")
    revise_paper(
        document=paper.id, by=desk, act=desk.act(now=AT), content=CONTENT | {"body": "改到后天。"}, version=1
    )
    submit_paper(document=paper.id, by=desk, act=desk.act(now=AT))
    paper.refresh_from_db()
    assert refused(lambda: settled(house, paper, digest=seen)) == "document.changed"
    done = settled(house, paper)
    assert (done.version, done.number[-3:]) == (2, "〕1号")
    again: dict[str, Any] = {"document": paper.id, "by": desk, "act": desk.act(now=AT), "content": CONTENT}
    assert refused(lambda: revise_paper(**again, version=1)) == "document.stale"
    revise_paper(**again, version=2)
    paper.refresh_from_db()
    assert (paper.state, paper.number) == ("draft", done.number)  # the number stays with it


def test_deciding_twice_is_deciding_once(house: House) -> None:
    paper = approved(house)
    settled(house, paper)
    assert kinds_of(paper).count("paper.agreed") == 1


def test_turns_and_those_who_decide_together(house: House) -> None:
    quality = house.by("quality")
    chain = read_chain(
        "read:cs_supervisor+read:department_head>approve:office_director",
        roles=frozenset({"cs_supervisor", "department_head", "office_director"}),
    )
    arranged: dict[str, Any] = {
        "office": house.office,
        "kind": "notice",
        "chain": chain,
        "by": quality,
        "act": quality.act(now=AT),
    }
    assert (
        refused(lambda: set_chain(**arranged, since=office_day(AT) - timedelta(days=1))) == "layout.in_past"
    )
    set_chain(**arranged, since=office_day(AT))
    paper = submitted(house)
    assert refused(lambda: settled(house, paper)) == "document.not_theirs"
    settled(house, paper, by="department_head")
    assert settled(house, paper, by="cs_supervisor").state == "submitted"
    done = settled(house, paper)
    assert done.state == "approved"
    assert [(each.turn, each.role, each.result) for each in decisions_of(version_of(done))] == [
        (1, "cs_supervisor", "agreed"),
        (1, "department_head", "agreed"),
        (2, "office_director", "agreed"),
    ]


def test_nobody_approves_their_own(house: House) -> None:
    paper = submitted(house, by="office_director")
    assert refused(lambda: settled(house, paper)) == "document.own"
    assert refused(lambda: settled(house, paper, by="cs_supervisor")) == "document.not_theirs"
    assert not awaiting(house.by("office_director")).exists()
    assert awaiting(house.by("general_manager")).get() == paper
    assert settled(house, paper, by="company_leader").state == "approved"


def test_where_nobody_else_is_it_counts_as_not_independent(house: House) -> None:
    Post.objects.filter(role__in=("general_manager", "company_leader")).delete()
    paper = settled(house, submitted(house, by="office_director"))
    entry = Entry.objects.get(subject=paper.subject, kind="paper.approved")
    assert (entry.facts["independent"], entry.proof) == (False, "word")


def test_the_code_of_the_authenticator_is_asked_for_afresh(house: House) -> None:
    director = house.by("office_director")
    account = Account.objects.get(staff_id=director.staff_id)
    secret = pyotp.TOTP(begin_enrolment(account=account, now=AT))
    confirm_enrolment(account=account, typed=secret.at(AT), act=director.act(now=AT))
    paper, later = submitted(house), AT + timedelta(minutes=5)
    assert refused(lambda: settled(house, paper, now=later)) == "factor.wrong_code"
    assert refused(lambda: settled(house, paper, now=later, typed="000000")) == "factor.wrong_code"
    settled(house, paper, now=later, typed=secret.at(later))
    assert Entry.objects.get(kind="paper.agreed").facts["second_factor"] is True


def test_a_void_number_keeps_its_reason_and_is_not_given_again(house: House) -> None:
    paper, director = approved(house), house.by("office_director")
    voiding: dict[str, Any] = {"document": paper.id, "by": director, "act": director.act(now=AT)}
    assert refused(lambda: void_paper(**voiding, reason=" ")) == "document.no_reason"
    void_paper(**voiding, reason="写错了楼号。")
    paper.refresh_from_db()
    assert (paper.state, paper.void_reason, paper.ordinal) == ("void", "写错了楼号。", 1)
    assert approved(house).ordinal == 2
    assert refused(lambda: void_paper(**voiding, reason="再来。")) == "step.not_allowed"


def test_whose_step_it_is(house: House) -> None:
    paper = drafted(house)
    for by, code in (
        ("technician", "document.not_found"),
        ("elsewhere", "document.not_found"),
        ("office_director", "step.not_allowed"),
    ):
        assert refused(lambda by=by: settled(house, paper, by=by, digest="x")) == code
    assert refused(lambda: drafted(house, by="technician")) == "access.denied"
    assert refused(lambda: drafted(house, kind="poem")) == "document.unknown_kind"
    assert refused(lambda: drafted(house, replaces=paper)) == "document.not_issued"
    assert Document.objects.get() == paper


def test_offices_without_words_of_their_own_have_the_houses(house: House) -> None:
    assert layout_for(house.office, on=office_day(AT)).colour == "red"
    assert {"notice", "letter", "form", "minutes", "report", "bill"} <= set(kinds())


def test_a_step_costs_a_fixed_number_of_statements(house: House, django_assert_max_num_queries: Any) -> None:
    paper = submitted(house)
    seen = version_of(paper).digest
    approved(house)  # the series is there
    with django_assert_max_num_queries(36):
        settled(house, paper, digest=seen)
