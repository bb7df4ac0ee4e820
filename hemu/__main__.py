"""``hemu``: one command, its groups. Only what a group needs is loaded."""

import sys
from collections.abc import Sequence
from io import TextIOWrapper

USAGE = """\
usage: hemu GROUP … [--json]

  sop          规程:条款、时限、定额、落实情况 · clauses, due times, quotas, index
  setup        启用小区还缺什么 · what a new community still lacks
  community    小区 · communities
  staff        员工与账号 · staff and log-ins
  token        对接令牌 · tokens of other systems
  webhook      事件推送 · events for other systems
  rota         排班与在班 · shifts and who is on duty
  roster       业主名册导入 · roster import
  request      诉求 · service requests
  dispatch     派单规则、池子、险情、交接 · rules, pool, danger, handing over
  field        维修工的今天与本月 · a technician's day and month
  return-visit 回访 · return visits
  call         来电记录 · calls
  channel      渠道检查 · the check of the channels
  matter       发现的问题、代管的财物 · issues found, property kept
  work         计划作业 · planned works
  committee    业委会 · the owners' committee
  notice       通知：给谁、送到几户、更正、紧急广播 · notices and how far they reach
  redact       公布以前去掉姓名、房号、电话 · redact a text
  actions      整改 · corrective actions
  supervise    看板、晨会、盘点、清单 · wall, morning sheet, stock-take, lists
  figures      做到多少、凭什么、抽查 · attained and required, on what it rests
  report       报告与计划 · reports and plans
  paper        打印诉求的表格 · printed forms of requests
  papers       全部表格、文书 · every form, papers
  archive      档案：归档、查找、核对、销毁 · the file: filing, finding, verifying, disposal
  letter       答复函 · reply letters
  portal       业主入口 · the owners' door
  files        附件 · files
  duties       应办事项 · duties
  profile      规则里的数：提出、确认 · an office's own numbers
  ledger       台账核验 · verify the book
  demo         演示数据 · demonstration data
  worker       后台进程 · background worker
  trouble      后台没办成的事 · what the background could not do
  backup       备份 · write an archive
  restore      恢复 · read one back
  migrate      数据库升级 · bring the database up to date
  check        检查设置与数据库 · check settings and database (--deploy: of a server)
  settings     当前设置 · settings in force

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
