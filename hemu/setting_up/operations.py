"""Setting up: the first administrator, names, hours and rules of the door, departments, real test messages."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from hemu.access.models import Account
from hemu.access.operations import make_account
from hemu.duties.operations import note_change
from hemu.estate.models import Community, Company, Department, Office
from hemu.estate.operations import (
    employ,
    found_company,
    open_community,
    open_department,
    open_office,
    set_profile_value,
)
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append
from hemu.messaging.channels import CHANNELS, ready_channels
from hemu.messaging.channels.letter import Letter, Refused, Unsure
from hemu.setting_up.models import ChannelTest, StartCode
from hemu.setting_up.queries import nobody_yet
from hemu.sign_in.operations_factor import random_code
from hemu.sign_in.rules import code_digest
from hemu.sop.settings_checks import check_setting
from hemu.staffing.operations import NewPost, free_login, give

FIRST_POSTS = (("office_director", True), ("hr", False), ("operations", False))
"""Role, and whether it is held at the first office: enough to open everything else to others."""
TESTS_AN_HOUR = 10


@operation
def make_start_code(*, now: datetime) -> str:
    """Return a code with which the first administrator begins; an older one is void.

    Raises:
        RuleViolation: ``setup.begun_already``.
    """
    if not nobody_yet():
        raise RuleViolation("setup.begun_already")
    StartCode.objects.all().delete()
    code = random_code()
    StartCode.objects.create(digest=_digest(code), made_at=now)
    return code


def check_start_code(code: str) -> None:
    """Refuse a wrong code, and any once somebody has an account.

    Raises:
        RuleViolation: ``setup.begun_already``, ``setup.wrong_code``.
    """
    if not nobody_yet():
        raise RuleViolation("setup.begun_already")
    if not StartCode.objects.filter(digest=_digest(code)).exists():
        raise RuleViolation("setup.wrong_code")


def _digest(code: str) -> str:
    return code_digest(code, key=settings.SECRET_KEY, purpose="start")


@operation
def begin(
    *,
    code: str,
    company: str,
    office: str,
    community: str,
    name: str,
    login: str,
    password: str,
    now: datetime,
) -> Account:
    """Let the first administrator in: name the house, enter the person with log-in and first posts.

    Raises:
        RuleViolation: as ``check_start_code``; ``setup.no_name``, ``account.weak_password`` (why).
    """
    check_start_code(code)
    if not (company.strip() and office.strip() and community.strip() and name.strip()):
        raise RuleViolation("setup.no_name")
    try:
        validate_password(password)
    except ValidationError as error:
        raise RuleViolation("account.weak_password", why="".join(error.messages)) from error
    place = _first_place(company, office, community, now)
    staff = employ(name=name.strip()[:60], now=now)
    login = login.strip().lower() or free_login(name)
    account = make_account(login=login, password=password, staff=staff)
    act = Act(staff.key, at=now, recorded_at=now)
    append(book=place.book_id, kind="setup.begun", subject=f"community:{place.id}", act=act)
    for role, at_office in FIRST_POSTS:
        give(staff, NewPost(role, place.office if at_office else None, office_day(now)), act)
    StartCode.objects.all().delete()
    return account


def _first_place(company: str, office: str, community: str, now: datetime) -> Community:
    found_company(now=now)
    Company.objects.update(name=company.strip()[:100])
    first = Office.objects.order_by("id").first() or open_office(now=now)
    Office.objects.filter(id=first.id).update(name=office.strip()[:100])
    first.refresh_from_db()
    return open_community(name=community.strip()[:100], office=first, now=now)


@operation
def name_house(*, community: Community, company: str, office: str, name: str, act: Act) -> None:
    """Give company, office and community the names that they are to bear; an empty company stays as it is.

    Raises:
        RuleViolation: ``setup.no_name``, ``setup.name_taken`` (name).
    """
    office, name = office.strip()[:100], name.strip()[:100]
    if not office or not name:
        raise RuleViolation("setup.no_name")
    if Office.objects.filter(name=office).exclude(id=community.office_id).exists():
        raise RuleViolation("setup.name_taken", name=office)
    if Community.objects.filter(name=name).exclude(id=community.id).exists():
        raise RuleViolation("setup.name_taken", name=name)
    found_company(now=act.recorded_at)
    changed = []
    if company.strip() and Company.objects.exclude(name=company.strip()[:100]).update(
        name=company.strip()[:100]
    ):
        changed.append("company")
    if Office.objects.filter(id=community.office_id).exclude(name=office).update(name=office):
        changed.append("office")
    if Community.objects.filter(id=community.id).exclude(name=name).update(name=name):
        changed.append("community")
    if changed:
        facts = {"what": ",".join(changed)}
        append(
            book=community.book_id,
            kind="setup.named",
            subject=f"community:{community.id}",
            act=act,
            facts=facts,
        )


@operation
def open_another(*, name: str, office: Office | None, new_office: str, act: Act) -> Community:
    """Open one more community, under an office that is there or a new one.

    Raises:
        RuleViolation: ``setup.no_name``, ``setup.name_taken`` (name).
    """
    name = name.strip()[:100]
    if not name or (office is None and not new_office.strip()):
        raise RuleViolation("setup.no_name")
    if Community.objects.filter(name=name).exists():
        raise RuleViolation("setup.name_taken", name=name)
    office = office or open_office(name=new_office.strip()[:100], now=act.recorded_at)
    made = open_community(name=name, office=office, now=act.recorded_at)
    append(
        book=office.book_id,
        kind="setup.community_opened",
        subject=f"office:{office.id}",
        act=act,
        facts={"community": str(made.id)},
    )
    return made


@operation
def set_profile(*, office: Office, values: Mapping[str, object], since: date, act: Act) -> None:
    """Let an office have its own values of these settings from a day on.

    Raises:
        RuleViolation: ``profile.unknown_setting``, ``profile.bad_setting`` (setting, value).
    """
    for key, value in values.items():
        section, _, name = key.partition(".")
        check_setting(section, name, value)
    for key, value in values.items():
        set_profile_value(office=office, key=key, value=value, since=since, now=act.recorded_at)
    facts = {"keys": sorted(values), "since": since.isoformat()}
    entry = append(
        book=office.book_id, kind="setup.profile_set", subject=f"office:{office.id}", act=act, facts=facts
    )
    note_change(entry, office)


@operation
def carry_trade(*, office: Office, name: str, trade: str, act: Act) -> Department:
    """Let a department carry a trade; opened on first use.

    Raises:
        RuleViolation: ``setup.no_name``.
    """
    name = name.strip()[:60]
    if not name:
        raise RuleViolation("setup.no_name")
    department = open_department(office=office, name=name, trade=trade, now=act.recorded_at)
    if department.trade != trade:
        department.trade = trade
        department.save(update_fields=["trade"])
    append(
        book=office.book_id,
        kind="setup.department_opened",
        subject=f"office:{office.id}",
        act=act,
        facts={"department": str(department.id), "trade": trade},
    )
    return department


def try_channel(*, channel: str, to: str, text: str, title: str, book: str, act: Act) -> ChannelTest:
    """Send one real message and note whether the other side took it; the address is not kept.

    Raises:
        RuleViolation: ``setup.channel_not_ready``, ``setup.too_many_tests``, ``setup.no_address``.
    """
    now = act.recorded_at
    if channel not in ready_channels() & set(CHANNELS):
        raise RuleViolation("setup.channel_not_ready")
    if ChannelTest.objects.filter(tried_at__gt=now - timedelta(hours=1)).count() >= TESTS_AN_HOUR:
        raise RuleViolation("setup.too_many_tests", limit=TESTS_AN_HOUR)
    if channel != "wecom" and not _address_fits(channel, to):
        raise RuleViolation("setup.no_address")
    letter = Letter(id=new_id(now), to=to, title=title, text=text, at=now)
    code = ""
    try:
        CHANNELS[channel].send(letter)
    except (Refused, Unsure) as problem:
        code = problem.code
    return _noted(channel, code, book, act)


def _address_fits(channel: str, to: str) -> bool:
    if channel == "email":
        return "@" in to[1:-1] and not any(sign.isspace() for sign in to)
    return to.isdigit() and 5 <= len(to) <= 20


@operation
def _noted(channel: str, code: str, book: str, act: Act) -> ChannelTest:
    row = ChannelTest.objects.create(
        channel=channel, tried_at=act.recorded_at, by=act.actor, ok=not code, code=code[:40]
    )
    facts = {"channel": channel, "ok": row.ok, "code": row.code or None}
    append(book=book, kind="setup.channel_tested", subject=f"channel:{channel}", act=act, facts=facts)
    return row
