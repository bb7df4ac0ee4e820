"""The words of setting up: what each step is, why it matters, what is missing."""

from django.utils.translation import gettext_lazy as _

from hemu.estate.wording import ROLES

REFUSALS = {
    "setup.begun_already": _("已经有账号了，不用开始码。请登录。"),
    "setup.wrong_code": _("开始码不对。运行 make up 的窗口里有；或在那台电脑上运行 hemu setup code。"),
    "setup.no_name": _("名称都要填。"),
    "setup.name_taken": _("“%(name)s”已经有了，请换一个名称。"),
    "setup.channel_not_ready": _("这个渠道还没有接上。"),
    "setup.too_many_tests": _("一小时最多试 %(limit)s 次，请过一会儿再试。"),
    "setup.no_address": _("收件的号码或邮箱看不懂。"),
    "profile.bad_setting": _("“%(value)s”看不懂。时间要写成 08:30-12:00, 13:30-17:30 这样。"),
    "setup.hours_unreadable": _("时间要写成 08:30-12:00, 13:30-17:30 这样。"),
}
KINDS = {
    "setup.begun": _("系统启用"),
    "setup.named": _("定了名称"),
    "setup.community_opened": _("开了小区"),
    "setup.profile_set": _("改了规程参数"),
    "setup.department_opened": _("定了部门专业"),
    "setup.channel_tested": _("试发消息"),
}
TITLES = {
    "place": _("公司、管理处、小区"),
    "hours": _("办公时间"),
    "staff": _("员工和岗位"),
    "roster": _("业主名册"),
    "trades": _("部门和专业"),
    "duty": _("谁在值班"),
    "channels": _("给业主的消息"),
    "word": _("第一句话"),
}
WHY = {
    "place": _("编号、短信、打印出来的纸上都写这些名字。"),
    "hours": _("期限按工作日和办公时间算；时间不对，逾期就不对。"),
    "staff": _("能看什么、办什么跟着岗位走；没有主任和客服主管，逾期没有人知道。"),
    "roster": _("来电报房号就知道是谁、打哪个电话；没有名册也能登记，只是慢。"),
    "trades": _("派单要派给有人的部门：报修给工程、吵闹给保安，各有去处。"),
    "duty": _("夜里困梯、爆管，先找当班的人。"),
    "channels": _("办到哪一步，业主自己会收到；没接短信也行，复制文字发到群里。"),
    "word": _("登记一句真话，走一遍：派给谁、谁去办、业主看到什么。"),
}
LACKS = {
    "name.company": _("公司还没有名字"),
    "name.office": _("管理处还没有名字"),
    "name.community": _("还没有小区"),
    "hours": _("还没有说是不是这样上班"),
    **{f"post.{role}": words for role, words in ROLES.items()},
    "homes": _("一套房都还没有"),
    "phones": _("一半以上的房子没有电话"),
    "trade.repair": _("维修的部门和人"),
    "trade.security": _("保安的部门和人"),
    "trade.cleaning": _("保洁的部门和人"),
    "trade.greening": _("绿化的部门和人"),
    "shifts": _("今后七天没有排班"),
    "channel.none": _("短信、邮件、群机器人都没有接，也没有说只用复制文字"),
    "channel.sms": _("短信接上了，还没有试通"),
    "channel.email": _("邮件接上了，还没有试通"),
    "channel.wecom": _("群机器人接上了，还没有试通"),
    "word": _("还没有登记过"),
}
CHANNEL_NAMES = {"sms": _("短信"), "email": _("邮件"), "wecom": _("企业微信群机器人")}
TEST_TITLE = _("试发")
TEST_TEXT = _("这是%(office)s的试发消息，收到就是通了。")
