"""What a community's complaints of a month came to, for the digest that is posted (NT-10, RP-06)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Concat
from django.utils import translation

from hemu.duties.models import Duty
from hemu.estate.models import Community
from hemu.estate.queries import office_rules
from hemu.foundation.due import Period, period_of
from hemu.infra.identity import first_id
from hemu.notices.rules_digest import DONE, ENDED_OTHERWISE, GOING_ON, HOME, PUBLIC, Complaint, Group, groups
from hemu.service_requests.models import Request
from hemu.service_requests.rules import Outcome, State
from hemu.service_requests.wording import TRADES

CHINESE = "zh-hans"
PLACES = {HOME: "（户内）", PUBLIC: "（公共部位）", "": ""}
OTHERS = "其他各类"


@dataclass(frozen=True)
class Digest:
    """A month's complaints as they are told of."""

    month: str
    groups: list[Group]
    count: int

    def name_of(self, group: Group) -> str:
        """Return how a group is called; a paper's word, so Chinese."""
        with translation.override(CHINESE):
            return f"{TRADES[group.trade]}{PLACES[group.place]}" if group.trade else OTHERS

    def line_of(self, group: Group) -> str:
        """Return what is told of a group: how many, what became of them, how many in time."""
        counts = group.counts()
        said = [f"{counts['all']} 件", f"已办结 {counts[DONE]} 件"]
        if counts[GOING_ON]:
            said.append(f"正在办理 {counts[GOING_ON]} 件")
        if counts[ENDED_OTHERWISE]:
            said.append(f"已说明不由物业处理 {counts[ENDED_OTHERWISE]} 件")
        return f"{self.name_of(group)}：{'，'.join(said)}；都在时限内的 {counts['in_time']} 件。"

    def body(self, words: dict[str, str]) -> str:
        """Return the digest's words: figures, and to each group what staff wrote (by `Group.key`)."""
        year, month = self.month.split("-")
        lines = [f"{year}年{int(month)}月，小区共收到投诉 {self.count} 件。处理情况公布如下："]
        for number, group in enumerate(self.groups, start=1):
            lines.append(f"{number}. {self.line_of(group)}{words.get(group.key, '').strip()}")
        if not self.groups:
            lines = [
                f"{year}年{int(month)}月，小区收到投诉 {self.count} 件，不足五户，不分类公布，办理结果已分别答复。"
            ]
        return "\n".join([*lines, "谢谢大家的监督。"])


def digest_of(community: Community, month: Period) -> Digest:
    """Return the complaints entered in a month; those withdrawn, merged or entered by mistake count nowhere.

    Statements: one.
    """
    late = Duty.objects.filter(
        subject=Concat(Value("request:"), OuterRef("number"), output_field=CharField()), late_at__isnull=False
    )
    rows = (
        Request.objects.filter(
            community=community, type="complaint", id__gte=first_id(month.start), id__lt=first_id(month.end)
        )
        .exclude(outcome__in=(Outcome.VOID, Outcome.WITHDRAWN))
        .annotate(was_late=Exists(late))
        .values_list("number", "trade", "home", "person", "place", "state", "outcome", "was_late")
    )
    found = [
        Complaint(
            trade=trade or "other",
            place=PUBLIC if place or not home else HOME,
            household=str(home or person or number),
            result=_result(state, outcome),
            in_time=not was_late,
        )
        for number, trade, home, person, place, state, outcome, was_late in rows
    ]
    return Digest(month.key, groups(found), len(found))


def _result(state: str, outcome: str) -> str:
    if state != State.CLOSED:
        return GOING_ON
    return ENDED_OTHERWISE if outcome in (Outcome.REFERRED, Outcome.OWN_MATTER) else DONE


def month_of(community: Community, on: datetime) -> Period:
    """Return the month of a moment at the community's office."""
    return period_of("month", on, office_rules(community.office, on=on).time)
