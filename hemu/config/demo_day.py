"""The day of the demonstration: what stands on the desks and phones of an office just now.

`{now+90}` is a moment so many minutes after the end of the invented history, on the half hour; `files=before,after`
are pictures drawn for the step.
"""

from hemu.config.demo_words import Case

_JOB = (
    (6, "frontdesk classify trade=repair urgency=soon"),
    (12, "cs_supervisor dispatch to=technician"),
    (20, "technician accept"),
)
_JOB_OF_THE_OTHER = (*_JOB[:1], (12, "cs_supervisor dispatch to=technician2"), (20, "technician2 accept"))

TODAY: tuple[Case, ...] = (
    Case("repair_home", "洗手盆下面的软管渗水，接了个盆，一晚上半盆。", 21,
         (*_JOB, (35, "technician appoint from={now+60} until={now+120}"))),
    Case("repair_home", "主卧插座没电，别的房间都有。", 18,
         (*_JOB, (30, "technician appoint from={now+30} until={now+90}"),
          (95, "owner appoint from={now+180} until={now+240}"))),
    Case("repair_home", "厨房水龙头关不死，一直流。", 27,
         (*_JOB, (40, "technician appoint from={now-240} until={now-180}"), (1380, "technician set_out"),
          (1400, "technician arrive"),
          (1412, "technician nobody_home files=slip | 敲门、打电话都没人应，门上贴了条。"))),
    Case("repair_home", "淋浴房玻璃门的合页断了一个，不敢用。", 7,
         (*_JOB, (120, "technician arrive files=before"),
          (135, "technician quote amount=180 | 换合页一副，含安装，材料保一年。"))),
    Case("repair_home", "燃气热水器打不着火，想请师傅看看。", 9,
         (*_JOB, (90, "technician arrive files=before"), (100, "technician quote amount=65.50 | 换点火针。"),
          (130, "owner accept_quote | 可以，换吧。"))),
    Case("repair_home", "客厅窗户的把手松了，关不严，漏风。", 6,
         (*_JOB_OF_THE_OTHER, (60, "technician2 appoint from={now-30} until={now+30}"),
          (340, "technician2 set_out"))),
    Case("repair_home", "楼上漏水到我家卫生间吊顶，已经滴了两天。", 46,
         (*_JOB_OF_THE_OTHER, (600, "owner urge | 还在滴，请快一点。"), (1500, "owner add | 今天吊顶鼓起来了。"),
          (2300, "owner urge | 第三天了。"))),
    Case("repair_home", "马桶一直流水，水表走得飞快。", 33,
         (*_JOB, (80, "technician arrive files=before"),
          (110, "technician resolve files=after,signature | 换了进水阀，试了五次不漏。"),
          (150, "steward inform channel=phone | 修好了，请您留意两天。"),
          (700, "owner partly | 不流了，但按钮要按两次。"))),
    Case("repair_home", "书房的灯开关一按就跳闸。", 55,
         (*_JOB, (100, "technician resolve files=before,after | 开关里线头松了，重新接好。"),
          (140, "steward inform channel=phone | 修好了，请放心用。"), (190, "owner confirm"),
          (195, "owner rate score=5 | 来得快，说得清楚。"), (230, "steward close"))),
    Case("repair_public", "2栋电梯里的灯灭了一半，晚上很暗。", 19,
         ((6, "frontdesk classify trade=repair urgency=soon"), (60, "frontdesk second home=2-1-301"),
          (90, "frontdesk second home=2-1-502"), (200, "frontdesk second home=2-2-1101")), place="2栋电梯"),
    Case("complaint", "地库出口的道闸砸到我的车顶，现场没人管。", 16,
         ((5, "frontdesk classify trade=security urgency=urgent"), (9, "cs_supervisor dispatch to=security"),
          (14, "security accept"), (70, "steward judge valid=true major=true | 监控里看得到，道闸提前落下。"),
          (75, "steward escalate role=office_director | 涉及赔偿，请主任定。")), place="地下车库"),
    Case("suggestion", "儿童乐园能不能加个遮阳棚？夏天晒得没法玩。", 12,
         ((8, "frontdesk classify trade=other"), (20, "frontdesk second home=4-1-602"))),
)  # fmt: skip
