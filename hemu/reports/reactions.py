"""What is owed every year whatever happens: the plan of the return visits."""

from hemu.estate.models import Community
from hemu.reports.rules import YEARLY, subject_of


def _plan(community: Community, period: str) -> str:
    return subject_of(YEARLY, community.id.hex, period)


PERIODS = {YEARLY: _plan}
