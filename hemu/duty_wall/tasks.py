"""What the worker does for the wall: it counts again what changed."""

from datetime import timedelta

from hemu.duty_wall.operations import fold
from hemu.infra.rounds import Round

ROUNDS = (Round("duty wall", timedelta(seconds=5), lambda now: fold(now=now)),)
