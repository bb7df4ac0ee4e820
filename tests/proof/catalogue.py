"""Every fault by its id, in the order in which `make proof` runs them."""

from tests.proof import f01_kills, f03_restarts
from tests.proof.faults import Fault

FAULTS: dict[str, Fault] = {each.FAULT.id: each.FAULT for each in (f01_kills, f03_restarts)}
