"""Two offices of one company, each with one of everything: what the one may see, the other must not."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.test import Client

from hemu.access.actors import Actor
from hemu.access.models import Account
from hemu.access.operations import make_token
from hemu.access.tests.house import House, at
from hemu.adjusting.models import RuleProposal
from hemu.adjusting.operations import confirm_change, propose
from hemu.attachments.operations import keep_file, name_files
from hemu.attachments.tests.samples import jpeg
from hemu.committee.operations import name_helper, seat_member
from hemu.contact_channels.operations import note_call
from hemu.correspondence.operations_inquiries import enter_inquiry
from hemu.correspondence.operations_papers import write_letter
from hemu.duties.operations import begin_by_hand
from hemu.estate.models import Community, Home, Office, Person, Phone, Post, Tie
from hemu.estate.operations import confirm_fact, state_fact, switch_clauses
from hemu.estate.roster.operations import begin_import, claim, work_on
from hemu.figures.models import Recall
from hemu.filing.operations import file_by_hand, propose_disposal
from hemu.filing.queries import scope_of
from hemu.front_desk.operations import make_photo_link
from hemu.infra.identity import new_id
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.meetings.operations import schedule_meeting
from hemu.messaging.models import Outgoing
from hemu.messaging.operations import tell_owner
from hemu.messaging.rules import Channel
from hemu.notices.operations_notices import draft_notice
from hemu.notices.operations_works import plan_work
from hemu.paper_pads.operations import reserve_pad
from hemu.papers.operations import draft_paper
from hemu.portal.models import OwnerSession
from hemu.portal.operations import write_word
from hemu.portal.queries import Owner
from hemu.portal.rules import token_digest
from hemu.quality.operations import open_action
from hemu.return_visits.models import ReturnVisit
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller, make_owner_link, register_request, take_step
from hemu.sign_in.models import Device
from hemu.staffing.operations_import import bring_in
from hemu.staffing.queries import whole_house
from hemu.statements.operations import keep_statement
from hemu.statements.operations_audit import add_voucher
from hemu.statements.operations_publications import deliver_publication
from hemu.statements.rules import Figures, Line
from hemu.stewardship.operations import find_issue
from hemu.supervision.models import NamedView

CALLED, NOW = at("2026-09-30 16:00"), at("2026-09-30 17:00")
STAFF_LIST = "姓名,岗位,管理处,账号\n示例新人,维修工,和风管理处,xinren\n"
ROSTER = "房号;业主姓名;联系电话\n9-9-901;示例新户;19900000001\n"
NO_ID = "00000000-0000-7000-8000-000000000000"


@dataclass
class Side:
    """One office's things, by the name under which an address asks for them."""

    office: Office
    community: Community
    home: Home
    owner: Person
    phone: str
    things: dict[str, str] = field(default_factory=dict)


@dataclass
class City:
    """The company with both sides; `mine` is where the house's staff work, `theirs` the other office."""

    house: House
    mine: Side
    theirs: Side


def build(house: House) -> City:
    """Put one of everything into both offices."""
    other = Person.objects.create(id=new_id(CALLED), name="别处住户", initials="bczh")
    Phone.objects.create(id=new_id(CALLED), person=other, number="19900005678")
    Tie.objects.create(
        id=new_id(CALLED), person=other, home=house.other_home, kind="owner", since=date(2020, 1, 1)
    )
    mine = Side(house.office, house.community, house.home, house.owner, "19900001234")
    theirs = Side(house.other_office, house.elsewhere, house.other_home, other, "19900005678")
    _fill(mine, house, "technician", "cs_supervisor")
    _fill(theirs, house, "elsewhere", "elsewhere")
    return City(house, mine, theirs)


def _fill(side: Side, house: House, worker: str, lead: str) -> None:
    things = side.things
    who = house.by(worker)
    case = _register(side, house, "repair_home", "厨房下水堵了。")
    things["request"] = case.number
    things["entry"] = str(Entry.objects.filter(subject=case.subject).values_list("id", flat=True)[0])
    things["office"], things["book"] = str(side.office.id), side.community.book_id
    things["community"], things["home"] = str(side.community.id), str(side.home.id)
    things["owner_link"] = make_owner_link(request=case, now=CALLED)
    things["photo_link"] = make_photo_link(request=case, now=NOW)
    things["message"] = str(_told(case).id)
    done = _repaired(side, house)
    things["return_visit"] = ReturnVisit.objects.get(request=done).number
    things["matter"] = _public(side, house).number
    things["recall"] = _recall(side, house, lead)
    things["call"] = str(note_call(
        office=side.office, by=house.alone("frontdesk", side.office), act=_act(house), phone="19900009999", rings=3,
        answered=False,
    ).id)  # fmt: skip
    things["member"], things["helper"] = _seated(side, house)
    things["letter"], things["inquiry"], things["inquiry_file"] = _written(side, house)
    things |= _money(side, house)
    things["meeting"] = _meeting(side, house)
    things["work"], things["notice"] = _work(side, house)
    things["found"], things["action"] = _found(side, house), _action(side, house, lead)
    things["duty"], things["fact"] = _by_hand(side, house)
    things["proposal"], things["stamp"] = _changed(side, house)
    things["unmatched"] = _unmatched(side)
    things["pad"] = _pad(side, house)
    things["item"], things["disposal"] = _in_the_file(side, house)
    things["paper"] = _paper(side, house)
    things["file"] = _named_file(side)
    things["draft"] = str(keep_file(data=jpeg(), use="photo", by=who.key, now=NOW).id)
    things["face"] = _face(side, who)
    token, _secret = make_token(
        name=f"呼叫中心 {side.community.name}", role="frontdesk", communities=[side.community], now=CALLED, ends_at=None
    )  # fmt: skip
    things["system"] = str(token.id)
    things["staff"] = str(who.staff_id)
    things["post"] = str(Post.objects.get(staff=who.staff_id).id)
    things |= _rows_of(side, house, lead)


def _seated(side: Side, house: House) -> tuple[str, str]:
    by = house.alone("office_director", side.office)
    member = seat_member(
        home=side.home, name=side.owner.name, post="chair", since=CALLED.date(),
        until=CALLED.date() + timedelta(days=1_000), by=by, act=by.act(now=CALLED),
    )  # fmt: skip
    helper = name_helper(member=member, name="示例帮手", phone="19900007777", by=by, act=by.act(now=CALLED))
    return str(member.id), str(helper.id)


def _written(side: Side, house: House) -> tuple[str, str, str]:
    by = house.alone("office_director", side.office)
    known: dict[str, Any] = {"community": side.community, "by": by, "act": by.act(now=CALLED)}
    letter = write_letter(
        **known, sort="application", matter="measures", title="新的停车办法", grounds="车位不够。",
        planned_on=CALLED.date() + timedelta(days=30),
    )  # fmt: skip
    scan = str(keep_file(data=jpeg(), use="paper", by=by.key, now=CALLED).id)
    inquiry = enter_inquiry(**known, sort="question", text="停车费用在哪里？", way="paper", files=[scan])
    return str(letter.document_id), str(inquiry.id), scan


def _money(side: Side, house: House) -> dict[str, str]:
    """A statement that was made up, a voucher put in for a window, a publication brought to the committee."""
    by = house.alone("office_director", side.office)
    act = by.act(now=NOW)
    figures = Figures("2026-08", (Line("income", "物业费", 100), Line("expense", "电费", 60)))
    row = keep_statement(community=side.community, figures=figures, by=by, act=act)
    files = [str(keep_file(data=jpeg(), use="paper", by=by.key, now=NOW).id) for _ in range(2)]
    voucher = add_voucher(
        community=side.community, month="2026-12", kind="book", title="总账", by=by, act=act, files=files[:1]
    )
    brought = deliver_publication(
        community=side.community,
        quarter="2026-Q3",
        title="社区报",
        how="page",
        by=by,
        act=act,
        files=files[1:],
    )
    return {
        "statement": str(row.id), "books": str(voucher.books_id), "voucher_file": files[0],
        "publication": str(brought.id), "publication_file": files[1],
    }  # fmt: skip


def _meeting(side: Side, house: House) -> str:
    by = house.alone("office_director", side.office)
    meeting = schedule_meeting(
        community=side.community, kind="routine", starts=NOW + timedelta(days=40), place="会议室", by=by,
        act=by.act(now=NOW),
    )  # fmt: skip
    return str(meeting.id)


def _work(side: Side, house: House) -> tuple[str, str]:
    by = house.alone("steward", side.office)
    planned = plan_work(
        community=side.community, kind="outage", place="全小区", starts=NOW + timedelta(days=2),
        ends=NOW + timedelta(days=2, hours=3), by=by, act=by.act(now=NOW), words="清洗水箱。",
    )  # fmt: skip
    notice = draft_notice(
        community=side.community, kind="outage", title="停水通知", body="清洗水箱，停水三小时。", since=NOW.date(),
        until=NOW.date(), by=by, act=by.act(now=NOW), work=planned,
    )  # fmt: skip
    return str(planned.id), str(notice.document_id)


def _by_hand(side: Side, house: House) -> tuple[str, str]:
    since = NOW.date()
    facts = [
        state_fact(community=side.community, fact=fact, since=since, on=True, by="staff:one", now=NOW)
        for fact in ("committee_in_office", "has_plant_rooms")
    ]
    confirm_fact(stated=facts[0], by="staff:two", now=NOW)
    switch_clauses(community=side.community, what=["IN-05"], since=since, on=True, now=NOW)
    by = house.alone("office_director", side.office)
    duty = begin_by_hand(
        community=side.community, clause="IN-05", by=by, act=by.act(now=NOW), words="问题转呈。"
    )
    return str(duty.id), str(facts[1].id)


def _changed(side: Side, house: House) -> tuple[str, str]:
    """Change a number of the office's rules, and propose another change."""
    ids = []
    for key in ("survey.small_group", "RQ-03"):
        by = house.alone("office_director", side.office)
        asked: dict[str, Any] = {"office": side.office, "key": key, "value": "7", "since": NOW.date()}
        ids.append(propose(**asked, words="人手少。", by=by, act=by.act(now=NOW)).id)
    quality = house.by("quality")
    confirm_change(proposal=ids[0], by=quality, act=quality.act(now=NOW))
    return str(ids[1]), str(RuleProposal.objects.get(id=ids[0]).stamp)


def _act(house: House) -> Act:
    return house.by("frontdesk").act(now=CALLED)


def _register(side: Side, house: House, type: str, text: str, *, place: str = "") -> Request:
    caller = Caller(side.owner.id, side.owner.name, side.phone)
    home = None if place else side.home
    return register_request(
        community=side.community, home=home, type=type, text=text, caller=caller, act=_act(house), place=place
    )


def _step(house: House, case: Request, name: str, role: str, side: Side, **values: str) -> Request:
    by = house.alone(role, side.office)
    act = by.act(now=CALLED)
    return take_step(number=case.number, step=name, act=act, by=by, words="写明。", values=values)


def _repaired(side: Side, house: House) -> Request:
    case = _register(side, house, "repair_home", "门锁拧不动。")
    _step(house, case, "classify", "frontdesk", side)
    return _step(house, case, "resolve", "technician", side)


def _public(side: Side, house: House) -> Request:
    case = _register(side, house, "repair_public", "路灯不亮。", place="东门")
    return _step(house, case, "classify", "frontdesk", side)


def _told(case: Request) -> Outgoing:
    tell_owner(
        channel=Channel.COPY, address="", topic="request.registered", subject=case.subject,
        key=f"told:{case.number}", now=CALLED, not_before=CALLED, facts={},
    )  # fmt: skip
    return Outgoing.objects.get(key=f"told:{case.number}")


def _found(side: Side, house: House) -> str:
    by = house.alone("cs_supervisor", side.office)
    act = by.act(now=CALLED)
    return str(find_issue(community=side.community, by=by, act=act, words="护栏松了。", place="东门").id)


def _recall(side: Side, house: House, lead: str) -> str:
    giver = house.by(lead)
    entry = Entry.objects.get(id=side.things["entry"])
    made = Recall.objects.create(
        id=new_id(CALLED),
        month="2026-08",
        entry=entry.id,
        subject=entry.subject,
        office=side.office,
        giver_id=giver.staff_id,
    )
    return str(made.id)


def _action(side: Side, house: House, lead: str) -> str:
    by = house.alone("cs_supervisor", side.office)
    made = open_action(
        community=side.community,
        by=by,
        act=by.act(now=CALLED),
        words="门岗没人。",
        kind="order",
        to=house.by(lead).key,
        do_by=at("2026-10-09 17:30"),
    )
    return made.number


def _unmatched(side: Side) -> str:
    stranger = Owner(f"1990000{side.phone[-1]}999", new_id(CALLED), ())
    written = write_word(
        owner=stranger, community=side.community, home=None, place="9-9-901", name="示例访客",
        text="楼道的灯一直闪。", now=CALLED,
    )  # fmt: skip
    return written.number


def _paper(side: Side, house: House) -> str:
    by = house.alone("frontdesk", side.office)
    said = {"title": "停水通知", "body": "明天停水。"}
    return str(
        draft_paper(
            kind="notice", office=side.office, community=side.community, by=by, act=by.act(now=CALLED), content=said
        ).id
    )  # fmt: skip


def _in_the_file(side: Side, house: House) -> tuple[str, str]:
    """File a scan, and propose to destroy it years later."""
    by = house.alone("cs_supervisor", side.office)
    scan = keep_file(data=jpeg(), use="paper", by=by.key, now=CALLED)
    item = file_by_hand(
        community=side.community, file_class="forms", title="旧单据", dated=CALLED.date(), files=[str(scan.id)],
        by=by, act=by.act(now=CALLED), home=side.home,
    )  # fmt: skip
    later = by.act(now=at("2032-01-05 09:00"))
    scope = scope_of(side.community)
    made = propose_disposal(scope=scope, items=[item.id], by=by, act=later, reason="到期。")
    return str(item.id), str(made.id)


def _pad(side: Side, house: House) -> str:
    by = house.alone("frontdesk", side.office)
    return str(reserve_pad(community=side.community, count=2, by=by, act=by.act(now=CALLED)).id)


def _named_file(side: Side) -> str:
    """Keep a picture that the owner handed in with a word of their own."""
    who = f"owner:{side.owner.id}"
    kept = keep_file(data=jpeg(), use="photo", by=who, now=CALLED)
    case = register_request(
        community=side.community, home=side.home, type="complaint", text="看照片。",
        caller=Caller(side.owner.id, side.owner.name, side.phone),
        act=Act(who, CALLED, CALLED, Proof.OWN), files=[str(kept.id)], channel="web",
    )  # fmt: skip
    side.things["with_file"] = case.number
    return str(kept.id)


def _face(side: Side, who: Actor) -> str:
    kept = keep_file(data=jpeg(), use="photo", by=who.key, now=CALLED)
    name_files(files=[str(kept.id)], by=who.key, subject=who.key, community=None, now=CALLED)
    return str(kept.id)


def _rows_of(side: Side, house: House, lead: str) -> dict[str, str]:
    """Keep what belongs to one member of staff: a view, a device, a list brought in; and a roster of the community."""
    by = house.by(lead)
    account = Account.objects.get(login=lead)
    view = NamedView.objects.create(
        id=new_id(CALLED), name="示例视图", staff_id=by.staff_id, filters={"state": "open"}, made_at=CALLED
    )
    device = Device.objects.create(
        id=new_id(CALLED), account=account, digest=token_digest(f"device of {lead}"), pin="!", bound_to="x",
        name="示例手机", made_at=CALLED, used_at=CALLED, ends_at=at("2026-10-20 09:00"),
    )  # fmt: skip
    keeper = house.by("office_director" if lead == "cs_supervisor" else lead)
    brought = bring_in(
        content=STAFF_LIST.encode(), filename="名单.csv", by=whole_house(), act=keeper.act(now=CALLED)
    )
    roster = begin_import(
        community=side.community, filename="名册.csv", content=ROSTER.encode(), act=by.act(now=CALLED)
    )
    claim(roster, CALLED)
    work_on(roster, CALLED)
    return {
        "view": str(view.id), "device": str(device.id), "staff_import": str(brought.id),
        "roster": str(roster.id),
    }  # fmt: skip


def signed_in(login: str) -> Client:
    """Return the browser of a member of staff."""
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(login=login))
    return client


def owner_in(phone: str, *, token: str = "") -> Client:
    """Return the browser of an owner who has logged in by phone."""
    token = token or f"token of {phone}"
    OwnerSession.objects.create(
        id=new_id(NOW), digest=token_digest(token), phone=phone, made_at=NOW, ends_at=at("2026-12-20 09:00")
    )
    client = Client(raise_request_exception=False)
    client.cookies["owner"] = token
    return client
