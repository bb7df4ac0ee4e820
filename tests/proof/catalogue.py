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
    f12_migration,
    w01_waiting,
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
    f12_migration,
    c01_keys,
    c02_winners,
    c06_book,
    c07_rounds,
    w01_waiting,
)
FAULTS: dict[str, Fault] = {each.FAULT.id: each.FAULT for each in MODULES}
