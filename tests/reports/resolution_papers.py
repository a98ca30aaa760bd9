"""The papers of what was decided, with people whose names have rare characters."""

from datetime import date

from app.reports.matter_sheet import MatterSheet, MatterStep
from app.reports.progress_sheet import ProgressLine, ProgressSheet
from app.reports.resolution_paper import ResolutionPaper

OFFICE = "海湾街道望海社区居民委员会"
DAY = date(2026, 12, 10)


def resolution(**changes: object) -> ResolutionPaper:
    values: dict[str, object] = {
        "office": OFFICE,
        "body": "望海社区第六届居民代表会议",
        "kind": "决议",
        "number": "决-2026-012",
        "title": "楼道照明改造",
        "meeting": "第 4 次居民代表会议",
        "held_on": date(2026, 11, 10),
        "words": "3 号楼至 6 号楼 24 个单元换装声控灯，用服务群众专项经费 18,600 元。",
        "attendance": "应到 61 人，表决时到会 43 人。",
        "result": "赞成 25 票，超过到会 43 人的半数，通过",
        "proof": "25 × 2 = 50，大于 43",
        "article": "居民委员会组织法第二十九条",
        "charge": "责任人：金城物业 李𣲗；2026年12月15日前办结。",
        "day": date(2026, 11, 10),
    }
    return ResolutionPaper(**(values | changes))


def progress_line(number: int, **changes: object) -> ProgressLine:
    values: dict[str, object] = {
        "number": f"决-2026-{number:03}",
        "title": "楼道照明改造",
        "meeting": "第 4 次居民代表会议（2026-11-10）",
        "owner": "金城物业",
        "due": "2026-12-15",
        "percent": 60,
        "latest": "11-18 3、4 号楼装完，𠊟师傅验了线",
        "said": "满意 12 人\n基本满意 3 人",
        "state": "办理中",
    }
    return ProgressLine(**(values | changes))


def progress(*lines: ProgressLine, **changes: object) -> ProgressSheet:
    values: dict[str, object] = {
        "office": OFFICE,
        "filter_words": "2026 年",
        "lines": lines,
        "contact": "监督电话 0411-84641234",
        "printed_on": DAY,
    }
    return ProgressSheet(**(values | changes))


WAY = (
    ("一、居民提事", date(2026, 10, 12), "居民提事（纸条）", "陈*芳：6 号楼楼道没有灯。", ""),
    ("一、居民提事", date(2026, 10, 15), "立题", "书记审定", ""),
    ("二、民主议事", date(2026, 11, 5), "会议通知", "第 4 次居民代表会议", ""),
    (
        "三、集体决策",
        date(2026, 11, 10),
        "表决通过",
        "赞成 25 票，超过到会 43 人的半数",
        "25 × 2 = 50，大于 43",
    ),
    ("三、集体决策", date(2026, 11, 11), "公示", "关于决议的公示", "没有收到异议"),
    ("四、落实", date(2026, 11, 18), "进展", "3、4 号楼装完", "进度 60%"),
    ("四、落实", date(2026, 12, 10), "办结", "24 个单元的灯都亮了，李𣲗验收", ""),
)


def step(
    part: str, day: date, title: str, words: str, detail: str, **changes: object
) -> MatterStep:
    values: dict[str, object] = {
        "part": part,
        "day": day,
        "title": title,
        "words": words,
        "detail": detail,
        "optional": title == "进展",
    }
    return MatterStep(**(values | changes))


def matter(*more: MatterStep, **changes: object) -> MatterSheet:
    values: dict[str, object] = {
        "office": OFFICE,
        "title": "楼道没有灯",
        "facts": "议题 12 号　6 号楼",
        "standing": "2026年10月12日提出，2026年12月10日办结，历时 59 天。",
        "steps": [*(step(*one) for one in WAY), *more],
        "contact": "有话想说，请找网格员或打电话 0411-84641234。",
        "printed_on": DAY,
    }
    return MatterSheet(**(values | changes))


EXAMPLES = {
    "resolution_paper": resolution(),
    "progress_sheet": progress(progress_line(12), progress_line(13, percent=0, latest="")),
    "matter_sheet": matter(),
}
