"""Ballots and the sheet to count them by, with people whose names have rare characters."""

from datetime import date

from app.reports.ballot import LAYOUTS, Ballots, Slip
from app.reports.tally_sheet import CountedLine, TallySheet

OFFICE = "海湾街道望海社区居民委员会"


def ballots(*names: str, **changes: object) -> Ballots:
    slips = [
        Slip(
            number=number,
            name=name,
            place="3 号楼 1-201、3 号楼 车库12",
            area="专有面积 98.50 ㎡",
            code=f"BP12-{number}",
        )
        for number, name in enumerate(names, start=1)
    ]
    values: dict[str, object] = {
        "office": OFFICE,
        "meeting": "海棠苑业主大会　2026年11月21日",
        "item": "电梯大修使用维修资金",
        "words": "使用维修资金 86,000 元大修 3 号楼两部电梯，12 月 15 日前完工。",
        "whose": "业主",
        "slips": slips,
        "layout": LAYOUTS[2],
    }
    return Ballots(**(values | changes))  # type: ignore[arg-type]  # its own fields


def tally_sheet() -> TallySheet:
    figures = (("赞成", "2,100", "182,340.00"), ("反对", "310", "25,118.50"))
    return TallySheet(
        office=OFFICE,
        facts=(("会议", "海棠苑业主大会"), ("议题", "电梯大修"), ("收回票数", "")),
        lines=[CountedLine(*one) for one in figures] + [CountedLine("弃权"), CountedLine("无效")],
        by_area=True,
        rule="按民法典第二百七十八条，一般事项计票：到会双轨三分之二以上，参加表决的过半数。",
        printed_on=date(2026, 11, 21),
        printed_by="赵敏",
    )


EXAMPLES = {
    "ballots": ballots("王秀兰", "李𣲗", "张𠊟", "赵𰀀"),
    "tally_sheet": tally_sheet(),
}
