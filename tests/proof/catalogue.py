"""Every fault by its id, in the order in which `make proof` runs them."""

from tests.proof import (
    c01_keys,
    c02_winners,
    c06_book,
    c07_rounds,
    f01_kills,
    f02_gateway,
    f03_restarts,
    f05_disk,
    f08_rolling,
    f09_poison,
    f11_backup,
)
from tests.proof.faults import Fault

MODULES = (
    f01_kills,
    f02_gateway,
    f03_restarts,
    f05_disk,
    f08_rolling,
    f09_poison,
    f11_backup,
    c01_keys,
    c02_winners,
    c06_book,
    c07_rounds,
)
FAULTS: dict[str, Fault] = {each.FAULT.id: each.FAULT for each in MODULES}
