"""What the worker does for staffing: leavings whose day has come."""

from datetime import timedelta

from hemu.infra.rounds import Round
from hemu.staffing.operations_hand_over import carry_out_leavings

ROUNDS = (Round("leavings", timedelta(minutes=1), carry_out_leavings),)
