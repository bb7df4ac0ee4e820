"""What the worker does for service requests: it learns from sortings, indexes words, and ends pauses whose day is over."""

from datetime import timedelta

from hemu.infra.rounds import Round
from hemu.service_requests.operations.indexing import index_words
from hemu.service_requests.operations.learning import learn_from_sortings
from hemu.service_requests.operations.stepping import end_pauses

ROUNDS = (
    Round("suggestions", timedelta(minutes=1), lambda now: learn_from_sortings(now=now)),
    Round("search", timedelta(seconds=20), lambda now: index_words(now=now)),
    Round("pauses", timedelta(minutes=1), lambda now: end_pauses(now=now)),
)
