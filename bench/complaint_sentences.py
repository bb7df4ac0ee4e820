"""Invented complaint sentences with exact gold spans: what redaction is measured with, written without sight of its rules.

A frame is a line of text with marks. A mark listed in KINDS is gold and yields one span; the other marks
are times, amounts, case numbers and the like, which must stay. Cue words stay outside a span (业主, 楼上,
车牌, 尾号, 微信号); a courtesy title is inside it (张先生, 老王), and so is the @ of @昵称.
Frames and choices are parted by "|" or the end of a line; "¶" is a line break in the text.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from random import Random

Span = tuple[str, int, int]

# The kinds, each with the marks that yield it (a kind is itself a mark where a maker has its name).
KINDS = """room bldg unit door floor|name full again call mate sur|phone land|plate tail|email|chat at nick wx qq
id idno bank meter|image""".replace("\n", "|")
KIND_OF = {mark: group.split()[0] for group in KINDS.split("|") for mark in group.split()}

# Spellings of homes. b building, u unit, f floor, n place on the floor, d door, e second door, L and l letter;
# B, U, F, D the same in Chinese numerals; c the circled number. A leading ^ makes a spelling full-width.
HOMES = {
    "room": """{b}-{u}-{d}|{b}-{u}-{d}|{b}栋{u}单元{d}|{b}栋{u}单元{d}室|{b}栋{d}|{b}栋{d}|{b}号楼{d}|{b}号楼{u}单元{d}
{L}座{d}|{b}幢{u}梯{d}房|{B}栋{U}单元{D}室|{b}#{u}-{d}|{b}#楼{d}|{b} 栋 {u} 单元 {d}|^{b}-{u}-{d}|^{b}栋{d}
{b}棟{u}單元{d}|{b}號樓{d}室|{b}东{u}单元{d}|{b}冻{d}|{b}懂{u}单元{d}室|{b}栋{u}单园{d}|{b}-{d}|{b}/{u}/{d}|{b}.{u}.{d}
{b}—{u}—{d}|{b} - {u} - {d}|{L}{u}栋{d}|第{b}栋第{u}单元{d}号|{b}栋{f}楼{n}室|{B}号楼{F}层{n}号|{L}栋{d}室|{b}座{u}门{d}
{c}栋{d}|{b}dong{d}|{b}栋，{u}单元，{d}|{b}栋（{d}）|{b}栋{u}单元{d}、{e}|{L}-{d}|{u}号院{b}号楼{d}|{b}栋{u}单元东户
{b}_{u}_{d}|{l}座{d}|{B}栋{D}|{b}号楼-{u}单元-{d}|{b}幢{d}|{b}栋-{d}|{b}栋{u}单元{F}楼|{b}栋 {d}室""",
    "bldg": """{b}栋|{b}栋|{b}号楼|{B}栋|{B}号楼|{b}幢|{L}座|{L}栋|{b}#楼|{b}#|^{b}号楼|{b} 栋|{b}號樓|{b}棟|{B}幢
{b}栋{u}单元|{b}号楼{u}单元|{L}{u}栋|第{b}栋|{l}座|{c}栋""",
    "unit": "{u}单元|{U}单元|{b}栋{u}单元|{b}号楼{U}单元|{u}單元|第{U}单元|{b}-{u}单元|^{u}单元",
    "door": "{d}|{d}|{d}|{d}室|{d}房|{d}号房|{D}|{D}室|^{d}|{d}户|{f}-{n}",
    "floor": "{f}楼|{F}楼|{f}层|{F}层|{b}栋{f}楼|{f}F|^{f}楼",
}
# Spellings of telephone numbers in three parts, all of unassigned ranges; what follows % is spoken.
NUMBERS = {
    "phone": """{a}{m}{t}|{a}{m}{t}|{a}{m}{t}|{a} {m} {t}|{a}-{m}-{t}|+86 {a}{m}{t}|+86-{a}-{m}-{t}|86{a}{m}{t}
%{a}{m}{t}|0086 {a} {m} {t}|^{a}{m}{t}|^{a} {m} {t}|{a}.{m}.{t}|{a}{m} {t}|%{a}{m}{t}|%{a}，{m}，{t}
{a}%{m}{t}|{a}－{m}－{t}""",
    "land": """0755-{m}{t}|0755 {m}{t}|（0755）{m}{t}|(0755){m}{t}|0755{m}{t}|{m}{t}|{m}-{t}|^0755-{m}{t}|0755—{m}{t}
%0755{m}{t}""",
}
SIGNS = ("零幺二三四五六七八九", "〇一二三四五六七八九", "零一二三四五六七八九", "洞幺两三四五六拐八勾")
SPOKEN = [str.maketrans("0123456789", signs) for signs in SIGNS]
PLATES = """{p}{L}{x}|{p}{L}{x}|{p}{L}·{x}|{p}{L}·{g}|{p}{L}{g}|{p} {L} {x}|{p}{L}-{x}|{p}{l}{y}|^{p}{L}{x}|{p}{L} {x}
{L}{x}"""

SURNAMES = "王李张刘陈杨赵周吴徐孙胡朱黄高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜"
DOUBLE = ("欧阳", "司马", "上官", "诸葛", "慕容", "司徒")
FIRST, LAST = "建志秀丽海玉桂家子雨佳俊思永春小德美振若新宇慧文", "明强英娟静兰芳豪涵欣琪红梅军胜敏彤鹏霞勇芬"
TITLES = {
    "call": """{s}先生|{s}先生|{s}女士|{s}女士|{s}小姐|{s}太太|老{s}|{s}阿姨|{s}大爷|{s}姐|{s}哥|{s}某|{s}某某|{s}总
{s}叔|{s}奶奶|{s}XX|{s}**|{s}老师|阿{g}|老{s}头""",
    "mate": "小{s}|小{s}|老{s}|{s}师傅|{s}师傅|{s}经理|{s}主管|{s}队长|{s}工|{s}姐|{s}管家|阿{g}|{s}班长",
    "double": "{s}先生|{s}女士|{s}师傅|{s}经理|{s}某某|{s}老师",
}
NICKS = "向日葵|快乐每一天|老K|平安是福|Sunny妈妈|浪迹天涯88|静水流深|北极星|豆豆妈|Mr.懒猫|花开富贵|小鱼儿_77|阳光"
CHOICES = {
    "nick": NICKS,
    "at": "@" + NICKS.replace("|", "|@"),
    "n": "2|3|4|5|6|7|8|9|两|三|五|十",
    "time": "晚上11点|22:30|凌晨2点半|早上6:15|20点|半夜|23：00以后|下午三点|12点到14点|17:01分",
    "date": "3月12日|2026-3-12|2026年4月1号|上周三|五月二十一日|2026.02.14|昨天|6月18号|2026/5/30|元旦",
    "money": "1201元|300块|2.6元|一千五百元|￥1,502.00|350元/月|4万|5680元|三百块钱|88.5元",
    "street": "张衡路|中山路|解放大道|鲁班路|东一路|金星南路29号|王府井大街|5号线工地|石厦北二街|文华路与黄河路口",
    "estate": "金桂苑|翠湖花园二期|周家湾社区|海棠里小区|松涛雅苑|A区|万和城|陈家祠片区|江南名府|和平新村三期",
    "firm": "和安物业公司|长乐电梯公司|安居消杀公司|百通宽带|方正测绘|马上修家电服务部|金牛保洁公司",
    "place": "一楼大厅|负一楼车库|2号门岗|儿童乐园|3号电梯口|架空层|中心花园|西门岗亭|B2层车库|地下二层",
    "hot": "400-800-1234|4008001234|12345|95598|96533|400 660 0011|12315",
    "sur": "|".join(SURNAMES),
    "tail": "{h}|{t}|{h}|{h}K",
    "case": "HHY-2026-0{t}",
    "meter": "00{r}|00{r}|SB-00{r}|GW00{h}{t}",
    "qq": "99{r}",
    "wx": "lanhai_{t}|wxid_a8k{t}q0|zxy-{t}|hello{t}abc|Mao{t}",
    "email": """lanhai{t}@example.com|li_na88@mail.example.net|13zxcv{h}＠example.org|owner-{t}@163.example
yezhu @ example.com|wang{t}(at)example.org|zhang.wei@example.com|Chen_{h}@mail.example.org""",
}
HEADS = (
    "你好，|物业领导好：|反映个问题：|再次投诉！|【投诉】|各位邻居，|急！|来电反映：|{date}，|尊敬的管理处：¶"
)
TAILS = "请尽快处理，谢谢！|盼复。|再不解决就打12345。|工单号{case}。|拜托了！！！|已经拖了{n}个月。|¶{date}|望重视~"

DIRTY = """{room}楼上每天半夜拖桌子，{time}还在响，孩子根本睡不着。|我是{room}的业主，厨房下水管返水，已经报修{n}次了。
{bldg}电梯又停了，老人爬楼上不去，请物业尽快修。|住{bldg}的那户把鞋柜摆在消防通道上，{date}检查也没人管。
楼上{door}漏水，把我家天花板泡了{n}平方米。|客服{full}接的电话，{again}说要等领导批，一等就是{n}周。|{time}拍的：{image}
我家{room}物业费已交到今年12月，为何还来催{money}？|外墙渗水的有{room}、{room}、{room}，雨季前能修吗？
反映人签名：{full}|{room}這戶冷氣滴水，滴到一樓大堂門口，請盡快處理。|上次是{bldg}，这次轮到{bldg}停水，通知都不贴一张。
{door}的业主天天在阳台烧烤，油烟全飘进来了。|我家在{room}，对门{door}养了{n}条大狗，早上就叫。|{full}今天值班吗？
房号：{room}¶诉求：卫生间渗水，要求{n}天内上门。|楼下{door}说我们家孩子跑跳，其实我们{n}点就睡了。
{unit}门禁坏了{n}天，外卖员随便进出。|你们那个{mate}说好{date}来修，到现在人影都没有。|回电请打{phone}，找{call}就可以。
家里座机{land}，白天有人。|{full}说他没有养鸡，可是天天都有鸡叫，{again}自己听不见？|楼管{mate}答应换灯泡，答应了{n}次。
从{bldg}到{bldg}的路灯全灭了，晚上走路很危险。|我叫{full}，在小区住了{n}年，从没见过这样的管理。
快递放{bldg}架空层丢了，{time}那段监控能查吗？|投诉人：{full}。投诉内容：{time}广场舞声音太大。
{floor}住户装修噪音太大，中午也不停工。|经与{full}沟通，{again}同意{n}日内拆除违建雨棚。|邮箱{email}，整改照片请发这里。
我住{floor}，水压小得洗不了澡，热水器点不着火。|母亲{full}今年81岁，腿脚不便，请修好无障碍坡道。
{bldg}大堂的玻璃门碎了，{date}有小孩差点划伤。|来电人{call}，住{room}，电话{phone}，反映厨房漏水。
报事地点{room}，问题：燃气报警器误报。|姓名：{full} 电话：{phone} 房号：{room} 内容：门锁坏
{door}把空调外机装到公共走廊，热风直吹我家门。|樓上{door}半夜拖凳，嘈到瞓唔到，請管理處跟進。
退款请打到{bank}，户名{full}。|刚才{door}打来说水表那里在喷水，值班已关总阀。|工程部{date}到{room}查看，确认主管道堵塞。
请问{room}的装修押金{money}什么时候退？|{full}昨天又把电动车推进电梯充电，谁说都不听。|{bldg}门口的{plate}挡住了救护车。
{room}和{room}共用的那堵墙裂了{n}厘米。|{room}（出租房）住了{n}个人，打麻将到{time}。|管家{full}服务很好，点名表扬一次。
{bldg}楼下的垃圾桶没人清，苍蝇到处飞。|一辆白色轿车，车牌{plate}，{date}起停在单元门口。|有事加微信{phone}，电话打不通。
{at} 你家的狗又在电梯里尿了！|我的车{plate}在地下车库被划，请调{time}的监控。|来访登记写的是去{room}，结果进了别人家门。
{bldg}业主都说要涨物业费，到底有没有这回事？|黑色越野车尾号{tail}，车主{call}，说过{n}次不听。
麻烦安排师傅去{room}看看，可视门铃没有声音。|跟{door}协商了{n}回都没结果，只能找物业调解。
二期{bldg}后面的化粪池满了，{time}臭味最重。|保安{mate}{time}值班时睡觉，叫了{n}声没反应。
{unit}的楼道灯坏了{n}盏，老人差点摔倒。|租客{full}拖欠水电费{money}，房东也联系不上。|{call}家的空调水滴到我晒的被子上。
业主{full}反映电梯异响，已派单，单号{case}。|{full}，{phone}，{room}，{date}报修马桶堵塞。
{call}来电投诉，说保安态度差，要求道歉。|群里昵称{nick}的人卖三无食品，{n}个人拉肚子。|新能源车{plate}占着充电桩不充电。
{full}家的孩子在楼道踢球，砸坏了消防栓玻璃。|业委会{full}主任不肯公开账目，大家都有意见。
叫{full}的那位访客没有登记就进来了。|当事人{full}与{full}因停车发生口角，已劝离。|这件事{call}也知道，不信可以问{call}。
听{full}说维修基金用了{money}，请公示明细。|尊敬的物业：{bldg}全体住户要求更换电梯。落款{full}，{date}。
我和{full}吵了一架，就因为他家的狗没牵绳。|巡查记录：{room}阳台堆放纸箱，联系业主{call}处理。
请{mate}回个电话，门禁卡{n}天了还没办好。|{estate}{bldg}外墙砖掉下来，砸到{street}的人行道。
{full}、{full}两位业主联名要求更换门岗。|外卖员{full}骑车撞倒了老人，家属要求调监控。|又是{full}！上周才保证过不再乱停。
不知道{mate}是不是你们的人，态度恶劣得很。|回访{call}，对处理结果满意，工单{case}关闭。|QQ{qq}发了造谣的截图，请查一下。
维修工{mate}上门收了{money}，没有开收据。|就是那个姓{sur}的租户，每晚打游戏到{time}。|业主群里{at}天天骂人，群主也不管。
昨晚{full}喝多了砸门，邻居都报了110。|{room} {full} {phone} 要求退装修押金{money}|项目经理{full}答复：{date}已完成整改。
保洁{mate}天天擦得很干净，给她点个赞。|业主{call}（{room}，{phone}）要求书面答复。|我老公{full}在一楼大厅等了{n}个小时。
{mate}您好，上次说的绿化补种什么时候开始？|谢谢{mate}和{mate}，{time}还赶来抢修水管。|微信名“{nick}”的业主在群里发广告。
{full}你好歹也是邻居，别再往楼下倒水了！|{full}（{room}）反映地下车库漏水，请跟进。|车牌尾号{tail}的面包车天天堵在出口。
{plate}长期占用消防通道，请通知车主挪车。|水表号{meter}，读数1502，比上月多了{n}吨。|联系方式：{phone}，加微信{wx}也行。
我的手机是{phone}，{time}以后方便接听。|登记证件号{idno}，访客{full}，{time}进入。|打{phone}没人接，值班室到底有没有人？
把公告贴出来的是{full}吧？字都写错了。|{plate}和{plate}刮蹭，双方在2号门岗争执。|{call}留的电话{phone}是空号，无法回访。
电工{mate}、水工{mate}都来看过，互相推。|访客车{plate}超时{n}小时，多收了{money}。|上门前请先打电话{land}或手机{phone}。
据{full}介绍，该处围墙{date}已有裂缝。|{full}老师带的舞蹈队，音响能不能小一点？|麻烦转告{full}：消防通道不是他家的车位。
电费账号{meter}扣了两次款，共{money}。|{full}在{bldg}门口摆摊卖菜，占了半条路。|就{full}一个人不同意，凭什么全楼停工？
手机号换成{phone}，麻烦更新一下资料。|请把账单发到{email}，纸质的我收不到。|发票开电子的，发{email}，抬头写个人。
不要再打{phone}了，那是我妈的号码。|我的微信号：{wx}，加的时候注明报修。|门口贴的大字报骂的是{full}和他老婆。
燃气户号{meter}，{date}起无法充值。|本人身份证{idno}，需要办理门禁卡。|![照片]({image})漏水越来越严重了。
qq号 {qq}，不常看手机，留言就行。|{door}和{door}都听见了，不信去问。|{email} 这个邮箱收不到停水通知。
现场照片见{image}，请尽快派人。|截图{image}可以证明收费{money}。|附件：{image}，{room}阳台裂缝。"""

CLEAN = """{time}有人高空抛物，一个酒瓶砸在{place}，太危险了。|根据《物业管理条例》第54条，公共收益归全体业主。
小区周边的路灯坏了{n}盏，晚上很黑。|小区一共十二栋楼，只有{n}个保洁，根本扫不过来。|每栋楼下都堆满了纸箱，火灾隐患严重。
马上要到冬天了，暖气还没有动静。|一楼大厅的地砖松了，老师带孩子经过差点摔倒。|阿姨打扫得很仔细，师傅修得也快，谢谢你们。
3号电梯又困人了，等了{n}分钟才放出来。|物业费从每平方2.38元涨到2.78元，依据是什么？|李子树上全是虫，周末打药请提前通知。
充电桩每度1.5元，比外面贵{n}毛。|成天有人在楼道抽烟，严禁吸烟的牌子形同虚设。|打了12345热线，工单{case}，至今没人回复。
2号门岗的保安态度不错，老人都说好。|温馨提示：{date}{time}清洗水箱，请提前储水。|暴雨后地下车库进水约{n}厘米，水泵没开。
302路公交站搬走以后，出门很不方便。|曾经的绿地成了停车场，文明小区的牌子还挂着。|史无前例的大雾，1号出口的道闸识别不了。
{place}积水，鞋都湿了。|老人活动室的麻将桌少了{n}张，钥匙在服务台。|{date}起电梯年检，停用2-3天，请大家体谅。
{hot}客服说{n}个工作日内答复。|快递柜的3-2-1倒计时太快，老人来不及关门。|花坛边汪汪叫的流浪狗有{n}只，小朋友害怕。
{street}施工噪音从{time}开始，响个不停。|健身房24小时开放，可是{n}台跑步机都坏了。|{street}修路，进出小区要绕行{n}公里。
安静的时间应该是{time}，可是没人遵守。|连续{n}晚停电，总表容量1250千伏安不够用。|从2026-3-12到2026-4-5，一共停水{n}次。
家里用502胶水粘的门牌又掉了。|叔叔阿姨们跳舞到{time}，小区里没法休息。|雷雨天天台的水往下灌，许多人家都遭殃。
{estate}的游泳池什么时候开放？|业委会选举投票1201户，同意的有830户。|向物业反映过{n}次，每次都说在走流程。
张贴在公告栏的通知被人撕了。|白天也常常停水，平时连个通知都没有。|林荫道的杨树该修剪了，枝条打到窗户。
王者荣耀的声音外放，影响别人休息。|小孩在水池边玩，没有护栏，何时能装？|儿童乐园的滑梯裂了，万一割伤怎么办？
黄色的消防线磨没了，车辆乱停。|单元门的闭门器坏了，关门声音特别响。|顾不上吃饭就赶回来等维修，结果白等。
老旧管道换新要{money}一户，太贵了。|白蚁把木门蛀了，{firm}说{date}来。|全体业主盼望早日通燃气，何必再拖？
任何时候打前台电话都是忙音。|于是大家把垃圾都扔在了西门岗亭旁。|宽带从100M提到1000M要加{money}吗？
江边的步道有{n}块木板断了。|甲醛检测不符合GB 50325-2020标准。|合同编号HT-2026-1201，服务期3年。
方便的话请{date}上门，谢谢。|金额{money}，发票写成了别的项目。|7-11便利店门口有人乱停共享单车。
石头路面高低不平，轮椅过不去。|{firm}派来的人说不清楚收费标准。|监控只保存15天，建议改成30天。
古树旁的围栏倒了，易发生意外。|三栋楼共用一个快递柜，每户都要排队。|黄金周期间广场舞能不能停一停？
停车费1-2小时5元，24小时封顶20元。|第3届业委会换届，任期5年，公示期7天。"""

FRAMES = re.split(r"[|\n]", DIRTY + "\n" + CLEAN)


def _numeral(number: int) -> str:
    """A number below 40 as it is said: 12 is 十二."""
    return ("", "十", "二十", "三十")[number // 10] + " 一二三四五六七八九"[number % 10].strip()


def _digits(rng: Random, count: int) -> str:
    """So many random digits."""
    return "".join(rng.choices("0123456789", k=count))


def _pick(rng: Random, choices: str, **values: str) -> str:
    """One of the choices, filled in (h, t, r are 3, 4 and 8 random digits); full-width when it begins with ^."""
    values = {"h": _digits(rng, 3), "t": _digits(rng, 4), "r": _digits(rng, 8)} | values
    chosen = rng.choice(re.split(r"[|\n]", choices)).format(**values)
    if chosen[0] != "^":
        return chosen
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in chosen[1:])


def _home(rng: Random, choices: str) -> str:
    """A building, unit, floor or door in one of the spellings."""
    b, u, f, n = rng.randint(1, 32), rng.randint(1, 4), rng.randint(2, 33), rng.randint(1, 8)
    letter, door = rng.choice("ABCDEF"), f"{f}{n:02d}"
    values = {
        "b": str(b),
        "u": str(u),
        "f": str(f),
        "n": f"{n:02d}",
        "d": door,
        "e": f"{f}{n + 1:02d}",
        "L": letter,
    }
    values |= {
        "B": _numeral(b),
        "U": _numeral(u),
        "F": _numeral(f),
        "D": door.translate(rng.choice(SPOKEN[:3])),
    }
    return _pick(rng, choices, **values, l=letter.lower(), c=chr(0x245F + min(b, 20)))


def _number(rng: Random, choices: str) -> str:
    """A telephone number of an unassigned range."""
    plain, _, spoken = _pick(rng, choices, a="199", m="0000").partition("%")
    return plain + spoken.translate(rng.choice(SPOKEN))


def _plate(rng: Random) -> str:
    """An invented number plate, of five signs or (g) of a new-energy car."""
    x = "".join(rng.choices("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", weights=[5] * 10 + [1] * 24, k=5))
    g, letter = rng.choice(("D", "F")) + _digits(rng, 5), rng.choice("ABCDEFGH")
    values = {"L": letter, "l": letter.lower(), "x": x, "y": x.lower(), "g": rng.choice((g, g[1:] + g[0]))}
    return _pick(rng, PLATES, p=rng.choice("粤湘京沪浙苏川桂闽赣"), **values)


def _identity(rng: Random) -> str:
    """An identity card number of a county that does not exist, with a right check sign."""
    born = f"{rng.randint(1945, 2005)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    core = rng.choice(("440399", "110199", "310199")) + born + _digits(rng, 3)
    number = core + "10X98765432"[sum(int(digit) * (1 << 17 - at) for at, digit in enumerate(core)) % 11]
    return _pick(
        rng, "{s}|{s}|{y}|^{s}|{p}", s=number, y=number.lower(), p=f"{number[:6]} {born} {number[14:]}"
    )


def _bank(rng: Random) -> str:
    """A bank card number with a right check digit."""
    core = "6299990" + _digits(rng, 11)
    total = sum(sum(divmod(int(digit) * (2 - at % 2), 10)) for at, digit in enumerate(reversed(core)))
    number = core + str(-total % 10)
    return rng.choice(
        (number, number, " ".join(re.findall(".{1,4}", number)), "-".join(re.findall(".{1,4}", number)))
    )


def _image(rng: Random) -> str:
    """A picture inside the text, or the name of a picture file."""
    data = b64encode(rng.randbytes(rng.randint(20, 70))).decode()
    names = "IMG_20260311_{t}.jpg|微信图片_20260311{t}33.png|mmexport17{r}{h}.jpg|DSC0{t}.JPG|现场{h}.heic|{r}.jpeg"
    return _pick(
        rng, "data:image/png;base64,{d}|data:image/jpeg;base64,{d}|data:image/gif;base64,{d}|" + names, d=data
    )


def _full(rng: Random) -> str:
    """A full name; one in four has a single given sign."""
    if rng.random() < 0.25:
        return rng.choice(SURNAMES[:12]) + rng.choice(LAST)
    return rng.choice(DOUBLE if rng.random() < 0.08 else SURNAMES) + rng.choice(FIRST) + rng.choice(LAST)


MAKERS: dict[str, Callable[[Random], str]] = {
    "plate": _plate,
    "idno": _identity,
    "bank": _bank,
    "image": _image,
}


def _piece(rng: Random, mark: str, names: list[str]) -> str:
    """What is written at a mark; a full name is added to the names."""
    if mark == "full":
        names.append(_full(rng))
        cut = 2 if names[-1].startswith(DOUBLE) else 1
        return names[-1] if rng.random() > 0.04 else names[-1][:cut] + " " + names[-1][cut:]
    if mark == "again":
        surname = names[-1][: 2 if names[-1].startswith(DOUBLE) else 1]
        return rng.choice((names[-1], names[-1], surname + "先生", surname + "女士"))
    if mark in HOMES:
        return _home(rng, HOMES[mark])
    if mark in NUMBERS:
        return _number(rng, NUMBERS[mark])
    if mark in TITLES:
        double = rng.random() < 0.06
        surname = rng.choice(DOUBLE if double else SURNAMES)
        return _pick(rng, TITLES["double" if double else mark], s=surname, g=rng.choice(LAST))
    return _pick(rng, CHOICES[mark]) if mark in CHOICES else MAKERS[mark](rng)


def _frame(rng: Random) -> str:
    """One frame, or two, with what people put before and after."""
    parts = [rng.choice(FRAMES)] + ([rng.choice(FRAMES)] if rng.random() < 0.15 else [])
    closed = [part if part[-1] in "。！？" or len(parts) == 1 else part + "。" for part in parts]
    frame = rng.choice(("¶", " ", "另外，", "还有，")).join(closed)
    head = rng.choice(HEADS.split("|")) if rng.random() < 0.3 else ""
    tail = rng.choice(TAILS.split("|")) if rng.random() < 0.3 else ""
    return head + frame + ("。" if tail and frame[-1] not in "。！？" else "") + tail


def _compose(rng: Random) -> tuple[str, list[Span], list[str]]:
    """A text, its gold spans, and the full names in it; one text in six is typed with other punctuation."""
    spans: list[Span] = []
    names: list[str] = []
    text, style = "", rng.random()
    typed = str.maketrans("，。：！？", ",.:!?" if style < 0.1 else "     " if style < 0.16 else "，。：！？")
    for place, part in enumerate(re.split(r"\{(\w+)\}", _frame(rng).replace("¶", "\n"))):
        piece = _piece(rng, part, names) if place % 2 else part.translate(typed)
        if place % 2 and part in KIND_OF:
            spans.append((KIND_OF[part], len(text), len(text) + len(piece)))
        text += piece
    return text, spans, names


def sentences(count: int, seed: int) -> Iterator[tuple[str, list[Span]]]:
    """So many texts with their gold spans (kind, start, end), in order of place; the same for the same seed."""
    rng = Random(seed)
    for _ in range(count):
        yield _compose(rng)[:2]


def known(count: int, seed: int) -> set[str]:
    """The full names in those texts that a roster would know: about seven in ten."""
    rng = Random(seed)
    names = (name for _ in range(count) for name in _compose(rng)[2])
    return {name for name in names if hashlib.sha256(name.encode()).digest()[0] < 179}
