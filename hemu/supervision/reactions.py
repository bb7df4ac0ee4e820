"""What the supervisor's room keeps for people: their open cases, which go to others when they leave."""

from hemu.staffing.rules import Work
from hemu.supervision.operations_handing_on import hand_on_cases, held_cases

WORK = (Work("requests", lambda staff: held_cases(staff).count(), hand_on_cases),)
