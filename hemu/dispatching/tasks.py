"""What the worker does for dispatching: hand-overs whose day has come."""

from datetime import timedelta

from hemu.dispatching.operations import carry_out_planned
from hemu.infra.rounds import Round

ROUNDS = (Round("hand-overs", timedelta(minutes=1), carry_out_planned),)
