"""What the worker does for service requests: it learns from how they were sorted, and indexes their words."""

from datetime import datetime, timedelta

from hemu.infra.rounds import Round
from hemu.service_requests.operations.indexing import index_words
from hemu.service_requests.operations.learning import learn_from_sortings


def learn(now: datetime) -> int:
    return learn_from_sortings(now=now)


def index(now: datetime) -> int:
    return index_words(now=now)


ROUNDS = (
    Round("suggestions", timedelta(minutes=1), learn),
    Round("search", timedelta(seconds=20), index),
)
