"""The papers of 送餐, with people whose names have rare characters."""

from datetime import date

from app.reports.care_slip import CareSlip
from app.reports.delivery_sheet import DeliveryRow, DeliverySheets, Route

OFFICE = "海湾街道望海社区居民委员会"
DAY = date(2026, 11, 21)


def delivery_row(place: int, name: str, **changes: object) -> DeliveryRow:
    values: dict[str, object] = {
        "place": place,
        "name": name,
        "home": "8 号楼 2-401",
        "meal": "A 餐",
        "diet": "低盐、软食",
        "phone": "138 **** 0612",
        "door": "敲门要重",
    }
    return DeliveryRow(**(values | changes))


def delivery_sheets(*names: str, **changes: object) -> DeliverySheets:
    rows = [delivery_row(place, name) for place, name in enumerate(names, start=1)]
    route = Route(
        name="一路",
        area="北岗街",
        carrier="孙志强・志愿者",
        departs="11:00",
        rows=rows,
        portions=len(rows),
    )
    values: dict[str, object] = {
        "office": OFFICE,
        "canteen": "海棠食堂",
        "on_date": DAY,
        "period": "午餐",
        "deliver_by": "12:50",
        "routes": [route],
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return DeliverySheets(**(values | changes))


def care_slip(name: str, **changes: object) -> CareSlip:
    values: dict[str, object] = {
        "office": OFFICE,
        "why": "送餐无人应答",
        "name": name,
        "member": "周敏",
        "facts": [("姓名", f"{name}　83 岁"), ("情况", "11:15、11:38 两次敲门，餐已带回")],
        "done": ["12-02 11:40 打本人电话 未接"],
        "outcomes": ("在家，没听见敲门", "住院，家属知道"),
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return CareSlip(**(values | changes))
