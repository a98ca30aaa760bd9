"""The papers of 订餐, with people whose names have rare characters."""

from datetime import date

from app.reports.box_label import BoxLabel, BoxLabels
from app.reports.kitchen_sheet import CountLine, KitchenSheet
from app.reports.labels import sheet_of

OFFICE = "海湾街道望海社区居民委员会"
DAY = date(2026, 11, 21)


def box_label(name: str, **changes: object) -> BoxLabel:
    values: dict[str, object] = {
        "name": name,
        "place": "8 号楼 2-401",
        "set_letter": "A",
        "diet": "低盐、软食",
        "avoids": "鱼",
        "where": "一路 5",
    }
    return BoxLabel(**(values | changes))


def box_labels(*names: str, **changes: object) -> BoxLabels:
    values: dict[str, object] = {
        "office": OFFICE,
        "sheet": sheet_of("3x8"),
        "labels": [box_label(name) for name in names],
        "head": f"{OFFICE} 12-02 午餐",
        "eat_before": "10:50 出锅，请在 12:50 前趁热吃",
    }
    return BoxLabels(**(values | changes))


def kitchen_sheet(*names: str, **changes: object) -> KitchenSheet:
    values: dict[str, object] = {
        "office": OFFICE,
        "canteen": "海棠食堂",
        "when": "12月2日 星期三 午餐",
        "ready": "10:50 出锅，12:50 前送完",
        "told": "送餐 41 份，自取 5 份；堂食预计 150 人",
        "portions": 46,
        "diets": ("普通", "低盐", "低盐、软食"),
        "lines": [CountLine("红烧带鱼", (38, 5, 3), "120"), CountLine("清炒时蔬", (38, 5, 3))],
        "clashes": [f"{name}（8 号楼 2-401，A 餐）忌鱼：红烧带鱼要换" for name in names],
        "special": [
            (f"一路 {stop}", name, "8 号楼 2-401", "A 餐", "1", "低盐、软食", "鱼")
            for stop, name in enumerate(names, start=1)
        ],
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return KitchenSheet(**(values | changes))
