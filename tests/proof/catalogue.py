"""Every fault by its id, in the order in which `make proof` runs them."""

from tests.proof import f01_kills, f02_gateway, f03_restarts, f09_poison
from tests.proof.faults import Fault

MODULES = (f01_kills, f02_gateway, f03_restarts, f09_poison)
FAULTS: dict[str, Fault] = {each.FAULT.id: each.FAULT for each in MODULES}
