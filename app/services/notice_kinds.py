"""The kinds of notices (文种): what each is for, what it must tell, and a text to start from."""

import re
from dataclasses import dataclass

OFFICIAL, DOOR, PLAIN = "official", "door", "plain"
LAYOUTS = ((OFFICIAL, "公文版"), (DOOR, "楼道大字"), (PLAIN, "普通版"))
PUBLICITY = "公示"
MEETING = "会议通知"
OUTAGE = "停水停电通知"

OBJECTIONS = "公示期为{公示期}。公示期间如有不同意见，请通过以下方式反映：{异议渠道}。"
CLOSING = f"{OBJECTIONS}反映问题请实事求是，社区为反映人保密，并在期满前答复。"
"""How a 公示 ends."""
_TO_WRITE = "请写明"
_HOUR = re.compile(r"[\d〇一二三四五六七八九十两]\s*(?:[:：]\s*\d\d|时|点)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind; `when` and `where` are the labels of what it must tell, '' where it need not."""

    name: str
    purpose: str
    title: str = ""
    hint: str = ""
    """What a title looks like, where none is complete by itself."""
    recipients: str = "各位居民"
    body: str = ""
    layout: str = OFFICIAL
    when: str = ""
    where: str = ""
    public: bool = True
    """Whether it hangs where everybody reads it: people in it are masked."""


KINDS = (
    Kind(
        name="通知",
        purpose="要大家办的事",
        hint="关于……的通知",
        body=(
            "因工作需要，现将有关事项通知如下：\n"
            "一、办理时间\n请写明起止日期和每天的时间。\n"
            "二、办理地点\n请写明地点和带什么材料。\n"
            "三、注意事项\n行动不便的居民可以打电话，社区上门办理。"
        ),
    ),
    Kind(
        name="公告",
        purpose="告诉大家一件事",
        hint="关于……的公告",
        recipients="",
        body="请写明事项、依据和从哪天起施行。\n特此公告。",
    ),
    Kind(
        name=PUBLICITY,
        purpose="听取不同意见，有期限",
        hint="关于……的公示",
        recipients="",
        body=f"现将有关情况公示如下：\n请写明公示的内容。\n{CLOSING}",
    ),
    Kind(
        name="温馨提示",
        purpose="提醒大家注意",
        title="温馨提示",
        body=(
            "近期天气干燥，请大家注意用火用电安全：\n"
            "1.出门前关好燃气阀门，拔下不用的插头。\n"
            "2.楼道里不堆放杂物，不给电动车充电。\n"
            "3.家里有老人和孩子的，请多叮嘱几句。"
        ),
        layout=DOOR,
    ),
    Kind(
        name="倡议书",
        purpose="请大家一起做",
        title="倡议书",
        recipients="各位居民朋友",
        body=(
            "社区是我们共同的家。为了让家园更整洁、邻里更和睦，我们倡议：\n"
            "一、从自家门口做起，楼道不堆物，垃圾分类投放。\n"
            "二、遇到邻居有难处，伸手帮一把。\n"
            "三、积极参加社区志愿服务，有一分热发一分光。\n"
            "让我们从今天做起，从小事做起。"
        ),
    ),
    Kind(
        name=MEETING,
        purpose="叫人来开会",
        hint="关于召开……会议的通知",
        recipients="各位居民代表",
        body=(
            "经研究，决定召开会议，现将有关事项通知如下：\n"
            "会议时间：{时间}\n"
            "会议地点：{地点}\n"
            "会议内容：请写明议题。\n"
            "请提前十分钟签到。确实不能参加的，请事先请假。"
        ),
        when="时间",
        where="地点",
        public=False,
    ),
    Kind(
        name=OUTAGE,
        purpose="停几时、停哪里",
        title="停水通知",
        body=(
            "因管道检修，将临时停水，请提前做好准备。\n"
            "停水时间：{时间}\n"
            "停水范围：{地点}\n"
            "停水期间请关好水龙头；家有老人、病人确需用水的，请与社区联系。"
            "给您带来不便，请谅解。"
        ),
        layout=DOOR,
        when="时间",
        where="范围",
    ),
)
_BY_NAME = {one.name: one for one in KINDS}


def kind(name: str) -> Kind:
    """The kind called `name`; one that the program does not know is treated as a 通知."""
    return _BY_NAME.get(name, KINDS[0])


def left_over(text_body: str, kind_name: str) -> str:
    """A line of the starting text that only says what to write there, if it still stands."""
    asked = {line for line in kind(kind_name).body.splitlines() if _TO_WRITE in line}
    return next((line for line in text_body.splitlines() if line.strip() in asked), "")


def tells_hour(words: str) -> bool:
    """Whether a time is told to the hour: 9时, 9:00, 上午九点."""
    return bool(_HOUR.search(words))
