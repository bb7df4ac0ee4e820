"""What is said in the copied cases: sentences whose words are common, one word that is not, and one that is rare."""

from hemu.infra.search import tokens_of

SENTENCES = (
    "三单元楼道的灯不亮了，晚上老人下楼看不见",
    "电梯又停在四楼，门开不了",
    "楼道里堆着纸箱，过不去",
    "厨房的水管漏水，楼下已经渗了",
    "地库入口的道闸抬不起来",
    "垃圾没有人收，味道很大",
    "电梯里的按钮按了没反应",
    "草坪三个星期没有浇水，都黄了",
    "保安夜里不巡逻，单元门一直开着",
    "楼道的声控灯常亮，浪费电",
    "想问物业费怎么开发票",
    "昨晚楼上装修到十点",
    "车位被别人占了，请挪车",
    "儿童滑梯的螺丝松了",
    "快递柜的屏幕坏了",
    "顶楼冰雹打坏了天窗",
)
SOME, RARE = 14, 15
"""The places of the sentence that one case of a hundred says, and of the one that one of ten thousand says."""
COMMON_WORD, SOME_WORD, RARE_WORD = "楼道", "快递", "冰雹"


def tokens() -> list[tuple[int, int]]:
    """Return each sentence's place with each of its tokens."""
    return [(place, token) for place, words in enumerate(SENTENCES) for token in tokens_of(words)]
