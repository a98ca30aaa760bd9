"""Examples of 成员名册 and 业主清册."""

from datetime import date

from app.reports.body_roster import BodyRoster, Holding, Seat

OFFICE = "海湾街道望海社区居民委员会"
DAY = date(2026, 11, 21)


def members(*names: str) -> BodyRoster:
    seats = [
        Seat(
            name=name,
            role="居民代表、居委会成员" if place % 2 else "居民代表",
            place="3 号楼",
            households="32",
            phone="139****0011",
            since="2026-01-08",
            remark="连任",
        )
        for place, name in enumerate(names)
    ]
    return BodyRoster(
        office=OFFICE,
        body="望海社区第六届居民代表会议",
        kind="居民代表会议",
        term="第六届 2026-01-08 起",
        words=("居民代表 54 人，达到组成人员 61 人的五分之四：54 × 5 = 270，不小于 61 × 4 = 244"),
        seats=seats,
        printed_on=DAY,
        printed_by="赵敏",
    )


def owners(*names: str) -> BodyRoster:
    holdings = [
        Holding(
            number=str(place),
            name=name,
            rooms="3 号楼 2-501、3 号楼 2-502",
            area="180.50",
            phone="139****0011",
        )
        for place, name in enumerate(names, start=1)
    ]
    return BodyRoster(
        office=OFFICE,
        body="海棠苑业主大会",
        kind="业主大会",
        term="2026-01-08 起",
        of_owners=True,
        holdings=holdings,
        area="541.50",
        printed_on=DAY,
        printed_by="赵敏",
    )


EXAMPLES = {"body_roster": members("王秀兰", "李𣲗", "阿依古丽·买买提")}
