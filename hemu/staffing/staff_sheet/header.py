"""What the columns of a staff list mean."""

import re

from hemu.estate.roster.characters import half_width

# The first pattern that fits the whole of a column's words gives its field; "" is known and not taken.
_FIELDS: tuple[tuple[str, str], ...] = (
    (
        "",
        r".*(?:身份证|证件|性别|年龄|生日|出生|民族|学历|学位|专业技术|毕业|籍贯|户口|户籍|地址|住址|工资|薪|社保|公积金|银行|卡号|合同|邮箱|微信|紧急联系|家庭|婚姻|政治|血型|身高|照片|签名|序号|尺码|工龄).*|序|编号",
    ),
    ("number", r"工号|员工(?:编号|号|工号)|人员编号"),
    ("login", r"登录名|登录账号|账号|帐号|用户名|系统账号|login"),
    ("phone", r".*(?:手机|电话|联系方式|号码|短号|mobile|phone).*"),
    ("left_on", r".*离(?:职|岗)(?:日期|时间|日)|(?:解除|终止)(?:日期|时间)"),
    ("status", r".*(?:状态|在职|是否在岗|离职).*"),
    ("until", r".*(?:至|截止|结束|终止|到期)(?:日期|时间|日)?|until"),
    ("since", r".*(?:入职|到岗|上岗|任职|到职|报到|起始|开始|起)(?:日期|时间|日)?|日期|since"),
    ("post", r".*(?:岗位|职务|职位|角色|工种|任职)(?:名称|类别|情况)?|岗|职|post|role"),
    ("trade", r"(?:所属)?(?:专业|业务)(?:线|条线)?|条线"),
    ("building", r".*(?:楼栋|楼宇|栋号|楼号|责任区域?|片区|责任楼栋|网格).*"),
    ("community", r".*(?:小区|服务区域|管辖区域|社区|楼盘).*"),
    ("office", r".*(?:管理处|服务中心|项目|分公司|所属单位|服务处|公司)(?:名称)?|office"),
    ("department", r".*(?:部门|班组|组别|科室|队别)(?:名称)?|所属|department"),
    ("name", r".*(?:姓名|名字|人员|员工)(?:姓名|名称)?|name"),
    ("remark", r".*(?:备注|说明|附注)|注|其他"),
)
_COMPILED = tuple((field, re.compile(pattern, re.I)) for field, pattern in _FIELDS)
_NOISE = re.compile(r"[\s*:：。_-]+|[(（](?:必填|选填|.*?格式.*?)[)）]")


def field_of(words: str) -> str | None:
    """Return the field that a column's words name; ``""`` for one that is known and not taken, None for others."""
    plain = re.sub(r"[(（)）/、]", "", _NOISE.sub("", half_width(words)))
    if not plain or len(plain) > 20:
        return None
    return next((field for field, pattern in _COMPILED if pattern.fullmatch(plain)), None)
