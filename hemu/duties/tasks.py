"""What the worker does for duties: warn, mark late, climb the ladder, assess rates; open the periods to come; follow the rules."""

from datetime import timedelta

from hemu.duties.operations import apply_rules, look_after, open_ahead
from hemu.infra.rounds import Round

ROUNDS = (
    Round("duties", timedelta(seconds=5), lambda now: look_after(now=now)),
    Round("rules", timedelta(seconds=30), lambda now: apply_rules(now=now)),
    Round("births", timedelta(minutes=10), lambda now: open_ahead(now=now)),
)
