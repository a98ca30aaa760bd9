"""The papers of 大党委 and of the three lists, with names that have rare characters."""

from datetime import date

from app.reports.joint_register import JointLine, JointRegister
from app.reports.three_lists import ListKind, ThreeList

OFFICE = "海湾街道望海社区居民委员会"
DAY = date(2026, 11, 21)
_RESOURCES = (
    *("资-2026-007", "海湾街道中心小学", "场地", "报告厅每周六上午可借用，容 80 人"),
    *("周六上午", "吴𠊟", "138****1007", "已对接", "项-2026-003"),
)
_NEEDS = (
    *("需-2026-012", "2026-11-03", "第三网格", "第三网格", "高龄老人上门理发，行动不便的多"),
    *("服务", "80 岁以上老人 42 人", "较急", "已对接", "项-2026-003"),
)
_PROJECT = (
    *("项-2026-003", "楼道照明改造", "3 至 6 号楼楼道没有灯", "金城物业公司：电工上门"),
    *("金城物业公司 冯经理", "2026-11-01\n至2026-12-15", "18,600.00", "40%", "实施", "", "满意 12"),
)
_LINES = {
    ListKind.RESOURCES: _RESOURCES,
    ListKind.NEEDS: _NEEDS,
    ListKind.PROJECTS: _PROJECT,
}


def joint_register(*names: str) -> JointRegister:
    return JointRegister(
        office=OFFICE,
        year=2026,
        lines=[joint_line(name) for name in names],
        changes="年内任职 12 人，离任 9 人",
        rules="五星：到会率 90% 以上，参与项目 2 个以上；四星：到会率 80% 以上",
        printed_on=DAY,
        printed_by="赵敏",
    )


def joint_line(name: str) -> JointLine:
    return JointLine(
        name=name,
        unit="海湾街道中心小学",
        position="党支部书记、校长",
        phone="138****1007",
        term="2026-01-08 起",
        attended="3 / 4",
        projects=2,
        stars="四星",
        reported="2026-11-20",
        remark="接替林校长",
    )


def three_list(kind: ListKind, count: int = 1) -> ThreeList:
    return ThreeList(
        office=OFFICE,
        kind=kind,
        filter_words="2026 年",
        lines=[_LINES[kind]] * count,
        note="2026 年需求 42 项，认领 35 项，认领率 83%；项目 30 个，完成 21 个，完成率 70%。",
        printed_on=DAY,
        printed_by="赵敏",
    )
