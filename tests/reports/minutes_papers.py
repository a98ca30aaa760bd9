"""Examples of 会议记录 and 会议纪要."""

from app.reports.meeting_summary import MeetingSummary, Settled
from app.reports.minutes import Minutes, RecordedItem

_OFFICE = "海湾街道望海社区居民委员会"
_TURNOUT = (
    "居民代表会议应到 61 人，实到 43 人，达到三分之二（需 41 人），会议有效；"
    "43 × 3 = 129，不小于 61 × 2 = 122；城市居民委员会组织法第二十八、二十九、三十条"
)
_LAMPS = "3 号楼至 6 号楼 24 个单元换装声控灯，用服务群众专项经费 18,600 元。"


def minutes(speaker: str, *, items: int = 3) -> Minutes:
    """A finished record with an amendment; `speaker` has said something."""
    lamps = RecordedItem(
        title="楼道照明改造",
        kind="表决",
        words=_LAMPS,
        motions=["修正案 1：先装 3 号楼（李建国 提出，附议 4 人），未通过"],
        speakers=f"{speaker}（赞成，1 分 42 秒）",
        text=f"{speaker}：赞成，六号楼老人多，摸黑上楼不安全。",
        votes=["举手，到会 43 人，赞成 25，反对 14，弃权 3，无效或未投 1。通过"],
        result="赞成 25 票，超过到会 43 人的半数，通过",
    )
    report = RecordedItem(title="通报上次决议落实", kind="通报", result="已通报，3 件办完 2 件")
    return Minutes(
        office=_OFFICE,
        meeting="第 4 次居民代表会议",
        when="2026-11-20 14:05 到 15:40",
        place="社区三楼会议室",
        chair="王芳",
        recorder="赵敏",
        called_by="居民委员会",
        turnout=_TURNOUT,
        absent="请假 2 人：韩雪、孙凤英",
        observers="郑警官（海湾派出所）",
        before="2026-11-01 社区党组织研究（同意提交）",
        items=[report, *[lamps] * (items - 1)],
        amendments=["2026-11-21 09:30 赵敏：时间应为 14 时 05 分（原因：笔误）"],
        finished="2026-11-20 赵敏 定稿",
        names=["王芳", speaker, "陈桂芳"],
    )


def summary(owner: str) -> MeetingSummary:
    """One matter settled, seen to by `owner`, one refused, one left."""
    settled = Settled(
        number="决-2026-012",
        title="楼道照明改造",
        words=_LAMPS,
        owner=owner,
        due="2026-12-15",
    )
    return MeetingSummary(
        office=_OFFICE,
        meeting="第 4 次居民代表会议",
        when="2026-11-20 14:05 到 15:40",
        place="社区三楼会议室",
        chair="王芳",
        turnout=_TURNOUT,
        text="会议通报了上次决议的落实，讨论了楼道照明改造。",
        settled=[settled],
        refused=["3 号楼停车位划分：赞成 9 票，没有超过到会 43 人的半数，未通过。"],
        left=["增补居民代表 1 人"],
        sent_to="街道社区建设办、各居民代表",
        day="2026-11-20",
    )
