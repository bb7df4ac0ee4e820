"""What the demonstration is made of: invented staff, names, places and cases."""

from dataclasses import dataclass

FAMILY_NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
GIVEN_NAMES = [
    "安和",
    "明远",
    "静姝",
    "子衿",
    "若兰",
    "景行",
    "知夏",
    "望舒",
    "清扬",
    "思齐",
    "嘉言",
    "怀瑾",
    "乐山",
    "秋水",
]
PLACES = [
    "东门",
    "南门",
    "地下车库",
    "中心花园",
    "儿童乐园",
    "1栋电梯",
    "3栋电梯",
    "5栋大堂",
    "垃圾房",
    "水泵房",
]

STAFF = [
    # login, role, name, department ("" is the company), trade
    ("general_manager", "general_manager", "示例总经理", "", ""),
    ("company_leader", "company_leader", "示例分管领导", "", ""),
    ("company_office", "company_office", "示例办公室", "", ""),
    ("hr", "hr", "示例人事", "", ""),
    ("operations", "operations", "示例运作部", "", ""),
    ("quality", "quality", "示例品质部", "", ""),
    ("finance", "finance", "示例财务", "", ""),
    ("call_center", "call_center", "示例热线", "", ""),
    ("office_director", "office_director", "示例主任", "管理处办公室", ""),
    ("public_affairs", "public_affairs", "示例公共事务", "管理处办公室", ""),
    ("department_head", "department_head", "示例工程主管", "工程部", "repair"),
    ("cs_supervisor", "cs_supervisor", "示例客服主管", "客户服务部", ""),
    ("frontdesk", "frontdesk", "示例前台", "客户服务部", ""),
    ("steward", "steward", "示例管家", "客户服务部", ""),
    ("technician", "technician", "示例维修甲", "工程部", "repair"),
    ("technician2", "technician", "示例维修乙", "工程部", "repair"),
    ("security", "security", "示例秩序员", "秩序部", "security"),
]


@dataclass(frozen=True)
class Case:
    """An invented case: its steps as ``login step k=v … | words``, each so many minutes after the word came."""

    type: str
    text: str
    hours_ago: float
    steps: tuple[tuple[int, str], ...] = ()
    place: str = ""


def _repair(urgency: str, *more: tuple[int, str], trade: str = "repair") -> tuple[tuple[int, str], ...]:
    return (
        (6, f"frontdesk classify trade={trade} urgency={urgency}"),
        (12, "cs_supervisor dispatch to=technician"),
        (20, "technician accept"),
        *more,
    )


_DONE = (
    (150, "technician resolve | 已更换配件，试用正常。"),
    (200, "steward inform channel=phone | 师傅已修好，请您试用，有问题随时找我们。"),
    (210, "owner confirm | 修好了，谢谢师傅。"),
    (215, "steward close"),
)
_COMPLAINT = (
    (10, "frontdesk classify trade=security urgency=soon"),
    (18, "cs_supervisor dispatch to=security"),
    (25, "security accept"),
    (60, "steward judge valid=true | 现场核实情况属实。"),
)

_HEARD = "visit_done result=satisfied attitude=good timely=in_time"

CASES: tuple[Case, ...] = (
    Case("repair_home", "厨房水槽下面的水管一直滴水，柜子都泡了，今天能来看看吗？", 400,
         _repair("soon", *_DONE, (1500, f"steward {_HEARD} | 修好了，柜子也擦干净了，谢谢。"))),
    Case("repair_home", "卫生间的灯一闪一闪，换过灯泡也不行。", 372,
         _repair("normal", *_DONE, (1400, "frontdesk visit_try channel=phone | 无人接听。"),
                 (2900, "frontdesk visit_try channel=phone | 关机。"))),
    Case("complaint", "楼上装修周末早上七点就开始打孔，孩子没法休息。", 350,
         (*_COMPLAINT, (240, "security resolve | 已上门制止并重申施工时间，施工方签了承诺。"),
          (280, "steward inform channel=phone | 施工方已承诺周末不施工，我们会巡查。"),
          (300, "steward confirm | 业主说这周末确实没有再吵。"), (310, "steward close"),
          (3000, "cs_supervisor visit_done result=satisfied attitude=good timely=late promised_at={promised} | "
                 "不吵了。想知道装修施工时间有没有书面规定。"))),
    Case("inquiry", "装修押金什么时候退，要带什么材料？", 330,
         ((4, "frontdesk classify"), (7, "frontdesk resolve | 验收满三个月后凭收据与身份证明办理。"),
          (9, "frontdesk inform | 验收满三个月，带收据和身份证明到前台。"), (12, "frontdesk confirm | 知道了。"),
          (13, "frontdesk close"))),
    Case("repair_public", "3栋电梯关门时哐当响，坐着心里害怕。", 300,
         _repair("urgent", (600, "technician resolve | 维保更换门挂轮，运行平稳。"),
                 (640, "steward inform channel=phone | 电梯已修好并试运行。"), (700, "owner confirm"),
                 (720, "cs_supervisor close"),
                 (1500, f"steward {_HEARD} promised_at={{promised}} | 不响了。问电梯多久保养一次。"),
                 (2900, "steward visit_answer channel=phone | 每半月一次，记录贴在轿厢里。")), place="3栋电梯"),
    Case("praise", "门岗的师傅下雨天帮我把东西送到家门口，太感谢了！", 280,
         ((5, "frontdesk classify trade=security"), (30, "frontdesk resolve | 已转达并登记表扬。"),
          (35, "frontdesk inform channel=phone | 谢谢您，我们已转达给当班同事。"), (36, "frontdesk confirm"),
          (37, "frontdesk close"))),
    Case("suggestion", "中心花园的长椅太少，老人没地方坐，能不能加几张？", 260,
         ((15, "frontdesk classify trade=greening"), (200, "steward reply | 建议已收到，正与工程部核算，周五前给您答复。"),
          (2600, "office_director resolve | 已列入下月计划，增设长椅四张。"),
          (2700, "steward inform channel=chat | 下月加四张长椅，位置请看公示。"))),
    Case("repair_home", "家里可视对讲没有声音，按了也不开门。", 240,
         _repair("normal", (90, "technician judge owner_to_handle=true | 业主自行改装的线路，无原厂配件。"),
                 (130, "steward reply | 线路是装修时改过的，要请原施工方恢复，我们可以提供图纸。"),
                 (200, "steward close"))),
    Case("complaint", "小区门口的马路半夜总有渣土车，吵得睡不着。", 220,
         (*_COMPLAINT, (120, "steward judge scope=outside | 市政道路，不在物业范围。"),
          (140, "steward refer to=街道办 | 已致电街道办并转交情况。"),
          (180, "steward inform channel=phone | 已转街道办，编号和联系方式已发给您。"), (200, "cs_supervisor close"))),
    Case("repair_home", "主卧空调外机支架松了，风大的时候晃。", 190,
         _repair("soon", (300, "technician resolve | 支架已加固。"),
                 (420, "steward inform channel=phone | 已加固，请您看看。"),
                 (1800, "steward try_contact channel=phone | 无人接听。"),
                 (3400, "steward try_contact channel=phone | 仍无人接听。"))),
    Case("repair_public", "地下车库 B 区的灯灭了一排，晚上看不清路。", 170,
         _repair("soon", (1500, "technician resolve | 更换镇流器六只。"),
                 (1560, "steward inform channel=chat | 已恢复照明。"), (1600, "owner confirm"), (1610, "steward close"),
                 (2900, "steward visit_done result=partly attitude=fair timely=late | 亮是亮了，拐角那盏还不亮。")),
         place="地下车库"),
    Case("help", "我母亲一个人在家，电话打不通，麻烦上门看一下。", 150,
         ((2, "frontdesk classify urgency=urgent trade=security"), (3, "cs_supervisor dispatch to=security"),
          (5, "security accept"), (14, "security resolve | 已见到老人，手机静音，平安。"),
          (16, "frontdesk inform channel=phone | 老人平安，手机调成静音了。"), (20, "owner confirm"),
          (25, "frontdesk close"))),
    Case("complaint", "垃圾房边上的桶两天没清，味道很大。", 130,
         ((20, "frontdesk classify trade=cleaning urgency=soon"), (30, "cs_supervisor dispatch department=工程部"),
          (70, "technician send_back | 属保洁范围，请改派。"), (90, "cs_supervisor dispatch to=security"))),
    Case("repair_home", "入户门锁拧不动，钥匙要转好几次。", 118, _repair("normal", *_DONE[:1])),
    Case("inquiry", "今年的物业费能不能分两次交？", 100, ((9, "frontdesk classify"),)),
    Case("repair_home", "卫生间地漏返味，用了疏通剂也没用。", 96,
         _repair("normal", (60, "technician pause cause=parts resume_on={resume} | 防臭地漏芯缺货，已订。"))),
    Case("other", "想借用会议室开楼栋业主小组会。", 80,
         ((12, "frontdesk classify"), (40, "frontdesk withdraw | 业主说改在家里开。"))),
    Case("repair_home", "测试登记，请忽略。", 78, ((5, "office_director void | 前台练习时误登记。"),)),
    Case("repair_public", "南门的门禁刷卡没反应，只能等人开。", 70,
         _repair("urgent", (240, "technician resolve | 读卡器更换。"), (300, "steward inform channel=chat | 南门门禁已恢复。"))),
    Case("complaint", "电瓶车又停在消防通道里，说了很多次。", 52, _COMPLAINT),
    Case("suggestion", "快递柜不够用，能否再加一组？", 50, ((25, "frontdesk classify trade=other"),)),
    Case("repair_home", "阳台推拉门的轮子坏了，推不动。", 47,
         _repair("normal", *_DONE, (1500, "owner reopen because=rework | 又推不动了。"))),
    Case("repair_home", "热水器进水阀漏水，先关了总阀。", 30, _repair("urgent", (100, "technician resolve | 更换进水阀。"))),
    Case("complaint", "保洁拖完地很滑，老人差点摔倒。", 26, ((8, "frontdesk classify trade=cleaning urgency=soon"),)),
    Case("repair_home", "客厅墙角渗水，墙皮鼓起来了。", 25, _repair("soon")),
    Case("inquiry", "明天停水吗？群里有人说要停。", 22,
         ((3, "frontdesk classify"), (5, "frontdesk resolve | 明天不停水。"), (6, "frontdesk inform | 明天不停水，以公告为准。"))),
    Case("repair_public", "5栋大堂的门关不严，冷风直灌。", 21, _repair("normal")[:2], place="5栋大堂"),
    Case("help", "车被旁边的车挡住了出不来，能联系一下车主吗？", 5,
         ((2, "frontdesk classify urgency=urgent trade=security"), (4, "cs_supervisor dispatch to=security"))),
    Case("repair_home", "厨房下水堵了，水往上冒。", 3, _repair("urgent")),
    Case("complaint", "对面楼的灯箱太亮，晚上照到卧室。", 2, ()),
    Case("praise", "管家小张帮我联系装修退押金，很耐心。", 1, ()),
    Case("repair_home", "电表箱有嗡嗡声，有点担心。", 0.4, ()),
)  # fmt: skip
