"""How papers look and who approves them, as it stands on a day and as it is set for later; a sheet to try looks on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from hemu.access.actors import Actor
from hemu.estate.models import Company, Office
from hemu.foundation.errors import RuleViolation
from hemu.papers.models import ApprovalChain, PaperLayout
from hemu.papers.queries import chain_in, kinds, layout_in, newest_of, people_of
from hemu.papers.rules_documents import Chain, PaperKind, number_of
from hemu.papers.rules_official import HOUSE, Layout, Mark, Official, day_of, span_of

OFFICE, COMPANY, REGISTER = "office", "company", "register"
"""Whose word it is: the office's own, that of all offices, or what comes with the house."""


@dataclass(frozen=True)
class LayoutSet:
    """A layout and from when on it holds.

    Attributes:
        since: None for the house's own, which always held.
        whose: ``office``, ``company`` or ``register``.
    """

    layout: Layout
    since: date | None = None
    whose: str = REGISTER


@dataclass(frozen=True)
class ChainSet:
    """Who reads and who approves one kind of paper, as `LayoutSet`."""

    kind: PaperKind
    chain: Chain
    since: date | None = None
    whose: str = REGISTER


def arranged_by(actor: Actor) -> tuple[list[Office], bool]:
    """Return the offices whose papers this person arranges, by name, and whether also those of the whole company."""
    held = actor.offices_with("paper.arrange")
    rows = Office.objects.all() if held is None else Office.objects.filter(id__in=held)
    return list(rows.order_by("name")), held is None


def office_named(name: str) -> Office | None:
    """Return the office of a name; None, the whole company, where it is empty.

    Raises:
        RuleViolation: ``document.unknown_office`` (name).
    """
    if not name:
        return None
    found = Office.objects.filter(name=name.strip()).first()
    if found is None:
        raise RuleViolation("document.unknown_office", name=name[:40])
    return found


# ── what is set ──────────────────────────────────────────────────────────────


def layouts_of(office: Office | None, *, on: date) -> tuple[LayoutSet, list[LayoutSet]]:
    """Return the layout of a day, and those set for later days, the next one first."""
    rows = PaperLayout.objects.filter(_scope(office)).order_by("since")
    now = newest_of([each for each in rows if each.since <= on])
    standing = LayoutSet(layout_in(now), now.since, _whose(now)) if now else LayoutSet(HOUSE)
    coming = [LayoutSet(layout_in(each), each.since, _whose(each)) for each in rows if each.since > on]
    return standing, coming


def chains_of(office: Office | None, *, on: date) -> list[tuple[ChainSet, list[ChainSet]]]:
    """Return of each kind of paper the chain of a day, and those set for later days."""
    rows = list(ApprovalChain.objects.filter(_scope(office)).order_by("since"))
    found = []
    for kind in kinds().values():
        own = [each for each in rows if each.kind == kind.code]
        now = newest_of([each for each in own if each.since <= on])
        standing = _chain_set(kind, now) if now else ChainSet(kind, kind.chain)
        found.append((standing, [_chain_set(kind, each) for each in own if each.since > on]))
    return found


def holders_of(office: Office, chains: Iterable[Chain], *, on: date) -> Mapping[str, list[str]]:
    """Return the names of those who hold each role of some chains at an office on a day."""
    roles = {each.role for chain in chains for turn in chain for each in turn}
    here, _above = people_of(office, roles, on=on)
    return {role: sorted(people.values()) for role, people in here.items()}


def _scope(office: Office | None) -> Q:
    return Q(office__isnull=True) | (Q(office=office) if office else Q())


def _whose(row: PaperLayout | ApprovalChain) -> str:
    return OFFICE if row.office_id else COMPANY


def _chain_set(kind: PaperKind, row: ApprovalChain) -> ChainSet:
    return ChainSet(kind, chain_in(row), row.since, _whose(row))


# ── the sheet to try looks on ────────────────────────────────────────────────

SAMPLE_FOOT = "样张，不作数"
SAMPLE = (
    "为保障生活用水卫生，本小区定于近日清洗生活水箱。清洗期间各楼栋将短时停水，现将有关事项通知如下。",
    "一、停水时间：当日上午九时至十二时；提前完成的，提前恢复供水。",
    "二、请提前储备生活用水，停水期间关好水龙头，以免来水时跑水。恢复供水后水色略黄属正常现象，放水片刻即可。",
    "因此给您带来的不便，敬请谅解。",
)


def sample_of(office: Office | None, layout: Layout, *, on: date) -> Official:
    """Return a made-up notice in an office's layout, marked as a sample; it has no number of any series."""
    company = Company.objects.values_list("name", flat=True).first() or ""
    name = office.name if office else company
    content = {"since": on.isoformat(), "until": (on + timedelta(days=2)).isoformat()}
    lines = ("批准　管理处主任　（姓名）　（时间）　经动态码确认",)
    return Official(
        head=layout.head or name,
        number=number_of(word=layout.word or name[:8], sign=kinds()["notice"].sign, year=on.year, ordinal=1),
        title="关于清洗生活水箱的停水通知",
        to="各位业主（住户）",
        paragraphs=SAMPLE,
        signed=tuple(dict.fromkeys(filter(None, (company, name)))) or ("",),
        day=day_of(on),
        stands="样张",
        span=span_of(content),
        mark=Mark(lines, span_of(content), "", "（发出时给）"),
        layout=layout,
    )
