"""What `hemu --help` lists is what there is."""

import re

from hemu.__main__ import USAGE
from hemu.config.commands import _commands


def test_every_group_of_commands_stands_in_the_usage() -> None:
    listed = re.findall(r"^  (\S+) ", USAGE, flags=re.MULTILINE)
    assert sorted(listed) == sorted({each.group for each in _commands()} | {"sop"})
