"""What the worker does for duties: warn, mark late, climb the ladder, assess rates."""

from datetime import timedelta

from hemu.duties.operations import look_after
from hemu.infra.rounds import Round

ROUNDS = (Round("duties", timedelta(seconds=5), lambda now: look_after(now=now)),)
