"""Putting the words of cases into the index of search, behind their writers."""

from datetime import datetime, timedelta
from uuid import UUID

from hemu.infra.identity import first_id
from hemu.infra.models import SearchMark
from hemu.infra.search import add_words
from hemu.infra.transaction import operation
from hemu.service_requests.models import Request
from hemu.service_requests.queries_search import MARK

SLICE = 200
SETTLED = timedelta(minutes=1)
"""A transaction may commit after one that took a later id; none lives that long. Younger cases are read themselves."""


@operation
def index_words(*, now: datetime) -> int:
    """Index the words of the oldest cases that are not yet, 200 at most; return how many, 0 at the end.

    The cases are locked meanwhile, so that words put right are not overtaken by what was read before.
    """
    mark, _ = SearchMark.objects.select_for_update().get_or_create(name=MARK, defaults={"upto": UUID(int=0)})
    cases = Request.objects.filter(id__gt=mark.upto, id__lt=first_id(now - SETTLED)).order_by("id")
    rows = list(cases.select_for_update(no_key=True).values_list("id", "community_id", "text")[:SLICE])
    if rows:
        add_words(rows)
        mark.upto = rows[-1][0]
        mark.save()
    return len(rows)
