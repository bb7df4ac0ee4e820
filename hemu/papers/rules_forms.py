"""The blank forms of the register that no room prints from its own records, spelt line by line; pure.

A line holds fields parted by ``|``. ``姓名`` leaves room for a line; ``事由:3`` for three of them, over the whole
width; ``方式?来电/来访`` offers what to tick; ``业主签字!`` is the place of a signature. A line that begins with ``=``
heads a register: ``=9 日期*2 事项*5`` has nine empty rows and columns with their share of the width. ``-`` begins a
new part.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from hemu.papers.rules import GAP, GRID, Paper, Register, Row, choice, label, row, sign, value, words

LINE, SIGNATURE = 10.0, 24.0
LINE_OF_WORDS = 8.4
LABEL = 4


@dataclass(frozen=True)
class Spelt:
    """A form as it is spelt here.

    Attributes:
        lines: as the module says.
        notes: sentences below the form.
        editable: staff write it in Word rather than by hand.
        landscape: wide paper, for registers of many columns.
    """

    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()
    editable: bool = False
    landscape: bool = False


@dataclass(frozen=True)
class Said:
    """What a record says in a spelt form; what it does not say leaves room to write.

    Attributes:
        fields: by the name of the field: its text, or which of its choices.
        rows: of its register, each with a cell for every column.
        digest: of the newest entry that it rests on.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[tuple[str, ...], ...] = ()
    digest: str = ""


NOTHING = Said()


def _form(text: str, *notes: str, editable: bool = False, landscape: bool = False) -> Spelt:
    return Spelt(tuple(each.strip() for each in text.strip().splitlines()), notes, editable, landscape)


HANDOVER = "业主姓名|联系电话\n房号|建筑面积"
PARTIES = "甲方（业主）|乙方（物业服务企业）\n房号|联系电话"
SEALED = "甲方签字（盖章）!|乙方盖章!"

FORMS = {
    "F-01": _form(
        "填表部门|填表日期\n本部门下周开展工作的情况:8\n与相关部门联系的情况:5\n需要协助的事项及时限:4\n"
        "填表人签字!|部门负责人签字!|协助部门签字!",
        "每周末填写，传给相关部门；协助部门签字后各存一份。",
    ),
    "F-02": _form(
        "发现部门|转往部门\n发现时间|地点\n发现的问题:7\n建议的处理办法:4\n要求答复时间|转呈人\n处理情况及结果:5\n"
        "发现部门负责人签字!|对方签字确认!"
    ),
    "F-03": _form(
        "管理处|转往公司部门\n转呈时间|要求答复时间\n反映的问题:7\n管理处的意见:4\n处理反馈:6\n"
        "处理部门负责人签字!|主任签字认可!"
    ),
    "F-05": _form(
        "拜访人|拜访时间\n客户名称|接待人\n拜访方式?上门/电话/来访/会议|联系电话\n拜访目的:3\n谈话内容:8\n"
        "客户的意见和要求:5\n拜访结论:4\n拜访人签字!|主管签字!"
    ),
    "F-06": _form(
        "业户姓名|房号\n访问时间|访问人\n访问方式?上门/电话/约谈|上次访问\n谈到的事:6\n业户的意见和建议:4\n"
        "当场答复:3\n待办事项及时限:3\n客户服务主管意见:3\n访问人签字!|业户签名(拒签注明)!"
    ),
    "F-07": _form(
        "问卷名称|统计日期\n发出份数|收回份数\n回收率|统计人\n-\n=16 调查项目*5 满意*2 基本满意*2 不满意*2 满意率*2 主要意见*5",
        "满意率＝（满意＋基本满意）÷ 有效答卷。",
    ),
    "F-08": _form(
        "报告期间|报告日期\n管理服务情况:10\n经营情况(费用收支):8\n业主投诉及处理:5\n下期工作安排:5\n"
        "管理处主任签字!|管理处公章!\n业主委员会主任签字!|签收日期!",
        editable=True,
    ),
    "F-09": _form(
        "项目名称|第几周\n记录人|记录日期\n-\n=10 日期*2 施工部位*3 发现的问题*5 提出的建议*5 答复及结果*4 跟进人*2", landscape=True
    ),
    "F-10": _form(
        "项目名称|编制日期\n本身及周边环境分析:6\n新建项目整体情况:6\n业主需求分析:6\n管理整体构思和策划思路:8\n"
        "管理架构、职能、岗位人员与职责:8\n服务所需基础设施:5\n编制人签字!|审核签字!|批准签字!",
        editable=True,
    ),
    "F-13": _form(
        f"{HANDOVER}\n交房日期|验房日期\n-\n=14 部位*3 检查内容*5 合格*2 问题描述*6 整改期限*3 复验*2\n-\n业主签字!|物业服务企业签字!|开发建设单位签字!"
    ),
    "F-14": _form(
        "业主姓名|房号\n接房时间|接房地点\n请携带的证件资料:5\n须缴纳的费用:4\n办理流程:5\n联系人|联系电话\n发出单位（盖章）!|签收人!",
        editable=True,
    ),
    "F-15": _form(
        "业主姓名|房号\n入伙日期|办理地点\n入伙须知:6\n须携带的资料:4\n须缴纳的费用:4\n联系人|联系电话\n发出单位（盖章）!|签收人!",
        editable=True,
    ),
    "F-16": _form(
        f"{HANDOVER}\n验收记录:9\n水表读数|电表读数\n气表读数|钥匙（把）\n业主是否同意交房?同意/整改后同意/不同意\n需整改的项目:4\n双方签字：业主!|双方签字：物业服务企业!"
    ),
    "F-17": _form(
        "楼栋单元|记录人\n-\n=10 编号*2 房号*2 部位*2 问题描述*6 责任单位*3 整改期限*2 完成日期*2 复验人*2 业主确认*2", landscape=True
    ),
    "F-18": _form(
        "物业名称|建设单位\n第一条　物业基本情况:4\n第二条　业主的权利和义务:6\n第三条　物业的使用与装饰装修:6\n"
        "第四条　物业的维修养护:5\n第五条　公共秩序与环境卫生:5\n第六条　费用的交纳:4\n第七条　违约责任:4\n第八条　附则:3\n"
        "建设单位盖章!|业主签字（已阅知并承诺遵守）!",
        editable=True,
    ),
    "F-19": _form(
        f"{PARTIES}\n第一条　服务内容与标准:7\n第二条　服务费用及交纳方式:5\n第三条　双方的权利义务:7\n第四条　协议期限:3\n第五条　违约责任:4\n第六条　争议的解决:3\n{SEALED}",
        editable=True,
    ),
    "F-20": _form(
        "物业名称|签约日期\n一、爱护公共设施:3\n二、维护环境卫生:3\n三、遵守公共秩序:3\n四、邻里和睦相助:3\n五、文明饲养宠物:3\n六、其他约定:3\n业主（住户）签字!|管理处盖章!",
        editable=True,
    ),
    "F-21": _form(
        "责任区域|责任单位（人）\n防火负责人|联系电话\n防火职责:8\n消防设施与器材:5\n用火用电的约定:4\n责任期限|检查频次\n责任人签字!|管理处盖章!",
        editable=True,
    ),
    "F-22": _form(
        f"{HANDOVER}\n方框(1)　身份与购房资料核对?已核对/资料不全|经办人\n方框(2)　费用交纳?已交清/未交清|经办人\n"
        "方框(3)　验房与钥匙交接?已办理/未办理|经办人\n其他事项:4\n方框(4)业主盖章或签字!|物业服务企业盖章!"
    ),
    "F-23": _form(
        f"{HANDOVER}\n-\n=14 名称*5 数量*2 领取日期*3 领取人*3 发放人*3 备注*3\n-\n全套钥匙（把）|相关物品资料（份）\n业主签名!|发放人签名!"
    ),
    "F-24": _form(
        f"{HANDOVER}\n接房日期|身份证件号码后四位\n声明:6\n保留的意见:4\n业主签名!|见证人签名!",
        "声明栏可写：本人已查验上述房屋，同意接收，并已领取钥匙及全部资料。",
    ),
    "F-25": _form(
        f"{HANDOVER}\n入住日期|居住情况?自住/出租/空置\n紧急联系人|联系电话\n车位号|车牌号\n-\n=8 家庭成员（住户）*4 与业主关系*3 联系电话*4 备注*5\n-\n需要的帮助和特别约定:3\n登记人签字!|业主（住户）签字!",
        "只登记服务所必需的资料；用途和保存期限当面说明。",
    ),
    "F-26": _form(
        f"{HANDOVER}\n装修人|联系电话\n施工单位|施工负责人\n装修起止日期|施工人数\n装修项目及图纸:6\n是否涉及承重、防水、燃气、外立面?不涉及/涉及（另附批准文件）\n管理处审核意见:4\n"
        "资料发放栏(装修人、施工负责人签收):3\n装修人签字!|施工负责人签字!|审核人签字!"
    ),
    "F-27": _form(
        "装修人|房号\n装修企业|物业管理企业\n第一条　装修项目与期限:4\n第二条　施工时间与安全:5\n第三条　禁止的行为:5\n第四条　垃圾清运与公共部位保护:4\n"
        "第五条　押金与费用:4\n第六条　违约责任:4\n装修人签字!|装修企业盖章!|物业管理企业盖章!",
        editable=True,
    ),
    "F-28": _form(
        "许可编号|签发日期\n房号|装修人\n施工单位|施工负责人\n许可项目:4\n许可期限|施工时间\n缴费收据|押金收据\n施工须知:5\n签发人签字!|管理处盖章!",
        "张贴在施工房屋的门上，竣工后交回。",
    ),
    "F-29": _form(
        "正本(随身备查)|编号\n有效期自|至\n持证人(凭本人身份证,一人一证)|施工房号\n施工单位|押金\n持证须知:3\n签发人签字!|管理处盖章!\n-\n"
        "副本(门岗存查、出小区退还)?存查/已退还|编号\n持证人|施工房号\n进出记录:4\n门岗签收!|退还签收!"
    ),
    "F-30": _form(
        "照片:5\n姓名|证件号码后四位\n施工单位|工种\n施工房号|联系电话\n有效期自|至\n签发人签字!|管理处盖章!",
        "进出小区主动出示，不得转借；完工后交回。",
    ),
    "F-31": _form(
        "计划期间|编制部门\n-\n=8 序号*1 培训内容*5 对象*3 人数*1 时间*3 课时*1 授课人*2 方式*2 考核*2 完成情况*3\n-\n编制人签字!|审批人签字!", landscape=True
    ),
    "F-32": _form(
        "统计日期|统计人\n-\n=15 楼栋*2 总户数*2 已收楼*2 已入住*2 出租*2 空置*2 入住率*2 本月新入住*2 备注*4\n-\n统计人签字!|主管签字!"
    ),
    "F-33": _form(
        "征询期间|征询方式\n发出份数|收回份数\n-\n=11 征询项目*5 满意*2 基本满意*2 不满意*2 意见条数*2 处理情况*5\n-\n主要意见归纳:5\n统计人签字!|主管签字!"
    ),
    "F-34": _form(
        "委托方|受托方\n物业名称|合同编号\n第一条　服务范围:6\n第二条　管理标准:6\n第三条　双方权限:5\n第四条　期限:3\n第五条　费用收支监督检查:5\n第六条　违约责任:5\n第七条　其他约定:4\n委托方签字（盖章）!|受托方签字（盖章）!",
        editable=True,
    ),
    "F-37": _form(
        "受检单位|检查日期\n检查负责人|检查地点\n检查发现的问题:6\n整改要求:4\n规定时限|整改责任人\n整改情况:4\n复查结果:3\n检查负责人签字!|受检单位签收!|复查人签字!",
        editable=True,
    ),
    "F-38": _form(
        "房号（可不填）|填写日期\n客户服务?满意/基本满意/不满意\n维修服务?满意/基本满意/不满意\n公共秩序?满意/基本满意/不满意\n环境卫生?满意/基本满意/不满意\n绿化养护?满意/基本满意/不满意\n"
        "设施设备?满意/基本满意/不满意\n收费与公示?满意/基本满意/不满意\n总体评价?满意/基本满意/不满意\n不满意的原因:5\n意见和建议:7",
        "谢谢您！请交管家、前台或投入意见箱；结果会公布。",
    ),
}  # fmt: skip


def spelt_paper(
    spelt: Spelt,
    *,
    code: str,
    title: str,
    company: str,
    marks: tuple[tuple[str, str], ...] = (),
    said: Said = NOTHING,
) -> Paper:
    """Return a spelt form as a paper, blank or with what a record says.

    Args:
        code: its number in the register.
        marks: what stands above it, as `Paper.marks`.
    """
    parts: list[list[Row]] = [[]]
    fields = dict(said.fields)
    register, register_at = None, 0
    for line in spelt.lines:
        if line.startswith("="):
            register, register_at = _register(line, said.rows), sum(map(bool, parts))
        elif line != "-":
            parts[-1].append(_row(line, fields))
            continue
        parts.append([])
    rows = [[GAP, *part] for part in parts if part]
    return Paper(
        title,
        code,
        company,
        marks=marks,
        rows=tuple(each for part in rows for each in part)[1:],
        register=register,
        register_at=register_at,
        after=spelt.notes,
        digest=said.digest,
        landscape=spelt.landscape,
    )


def printed_words(spelt: Spelt) -> Iterator[str]:
    """Yield the names of all fields and columns of a form and what may be ticked, as they are printed."""
    for line in spelt.lines:
        if line.startswith("="):
            yield from (name for name, _share in _columns(line))
        elif line != "-":
            for field in line.split("|"):
                yield _name(field)
                yield from filter(None, field.partition("?")[2].split("/"))


def lines_of(spelt: Spelt) -> Iterator[list[str]]:
    """Yield the names of the fields of each line, for a form that is written in Word."""
    for line in spelt.lines:
        if line != "-":
            names = [name for name, _share in _columns(line)] if line.startswith("=") else line.split("|")
            yield [_name(field) for field in names]


def _name(field: str) -> str:
    return field.rstrip("!").partition(":")[0].partition("?")[0]


def _row(line: str, said: dict[str, str]) -> Row:
    """Return a line as it is set; what fills a field is taken out of ``said``, for a later one of that name is another's."""
    fields = line.split("|")
    if all(field.endswith("!") for field in fields):
        return row(*(sign(_name(field), GRID // len(fields)) for field in fields), height=SIGNATURE)
    name, _colon, count = fields[0].partition(":")
    if count:
        lines = int(count)
        return row(
            label(name), words(said.pop(name, ""), lines=lines), height=max(LINE, lines * LINE_OF_WORDS)
        )
    span = GRID // len(fields) - LABEL
    cells = []
    for each in fields:
        name, _mark, options = each.partition("?")
        text = said.pop(name, "")
        cells += [
            label(name),
            choice(options.split("/"), text, span) if options else value(text, span),
        ]
    return row(*cells, height=LINE)


def _register(line: str, rows: tuple[tuple[str, ...], ...]) -> Register:
    count = int(line.removeprefix("=").split()[0])
    return Register(tuple(_columns(line)), rows, empty_count=max(0, count - len(rows)))


def _columns(line: str) -> Iterator[tuple[str, float]]:
    for column in line.split()[1:]:
        name, _star, share = column.rpartition("*")
        yield name, float(share)
