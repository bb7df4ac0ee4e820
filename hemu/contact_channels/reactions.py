"""What is owed every month whatever happens: the check of the channels."""

from hemu.contact_channels.rules import CHECK, subject_of
from hemu.estate.models import Community


def _check(community: Community, period: str) -> str:
    return subject_of(community.id.hex, period)


PERIODS = {CHECK: _check}
