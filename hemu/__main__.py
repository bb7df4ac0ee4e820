"""``hemu``: one command, its groups. Only what a group needs is loaded."""

import sys
from collections.abc import Sequence
from io import TextIOWrapper

USAGE = """\
usage: hemu GROUP … [--json]

  sop         规程:条款、时限、定额、落实情况 · clauses, due times, quotas, index
  community   小区 · communities
  staff       员工与账号 · staff and log-ins
  roster      业主名册导入 · roster import
  request     诉求 · service requests
  duties      应办事项 · duties
  ledger      台账核验 · verify the book
  demo        演示数据 · demonstration data
  worker      后台进程 · background worker
  backup      备份 · write an archive
  restore     恢复 · read one back
  settings    当前设置 · settings in force

hemu GROUP --help
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``hemu`` with ``argv`` (default: the process's) and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # Chinese comes out right in any locale
            stream.reconfigure(encoding="utf-8")
    if not arguments or arguments[0] in ("-h", "--help"):
        print(USAGE, end="", file=sys.stdout if arguments else sys.stderr)
        return 0 if arguments else 2
    if arguments[0] == "sop":
        from hemu.sop.management import cli

        return cli.main(arguments[1:])
    from hemu.config.commands import main as run_group

    return run_group(arguments)


if __name__ == "__main__":
    sys.exit(main())
