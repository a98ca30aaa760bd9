"""The tab 平安日记 in its states."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import Building, Category, DiaryEntry, Grid, GridMember, Resident, RoundWay
from app.services import diary, diary_photos
from app.services.diary_input import DiaryInput, Met
from app.services.diary_views import DiaryFilter
from app.ui.grids.diary.print_dialog import PrintDiary, What
from app.ui.grids.diary.tab import DiaryTab
from app.ui.grids.page import GridsPage
from app.ui.people.photos import small_jpeg

DAYS = (date(2026, 11, 20), date(2026, 11, 19), date(2026, 11, 17))


class _Stage(Protocol):
    def context(self) -> Context: ...


def write_some(context: Context, folder: Path) -> None:
    """A fortnight of one grid, where there are people and nothing is written yet."""
    with context.database.transaction("记几天日记") as session:
        if session.scalar(select(DiaryEntry.id).limit(1)) or not session.scalar(
            select(Resident.id)
        ):
            return
        most = select(Resident.grid_id).where(Resident.grid_id.is_not(None))
        busiest = most.group_by(Resident.grid_id).order_by(func.count().desc())
        grid = session.get_one(Grid, session.scalar(busiest.limit(1)))
        sun = session.scalar(select(GridMember).where(GridMember.name == "孙丽"))
        if sun is None:
            sun = GridMember(name="孙丽", name_order="sunli")
            session.add(sun)
            session.flush()
        for entered in _lines(session, grid, sun):
            entry = diary.write(session, entered, now=context.clock.now())
        picture = _picture(folder)
        diary_photos.set_photos(
            session, entry, kept=(), added=[picture, picture], now=context.clock.now()
        )


def _lines(session: Session, grid: Grid, member: GridMember) -> list[DiaryInput]:
    kinds = {one.name: one.id for one in session.scalars(select(Category))}
    people = session.scalars(select(Resident).where(Resident.grid_id == grid.id)).all()[:4]
    building = session.scalars(select(Building).where(Building.grid_id == grid.id)).first()
    place = Met(building_id=building.id, unit="2") if building else Met(words="3 号楼 2 单元")

    def line(
        day: date, weather: str, way: RoundWay, met: Met, seen: str, **more: str
    ) -> DiaryInput:
        return DiaryInput(
            on_date=day,
            weather=weather,
            grid_id=grid.id,
            member_id=member.id,
            way=way,
            met=(met,),
            seen=seen,
            category_id=kinds.get(more.get("kind", "")),
            hazard_id=kinds.get(more.get("hazard", "")),
            measures=more.get("measures", ""),
            outcome=more.get("outcome", ""),
            period=more.get("period", "上午"),
        )

    today, before, earlier = DAYS
    home, phone, walk = RoundWay.HOME, RoundWay.PHONE, RoundWay.ROUND
    someone = [Met(resident_id=one.id) for one in people]
    return [
        line(earlier, "多云", walk, Met(words="小广场"), "健身器材螺丝松动", kind="公共设施"),
        line(
            earlier,
            "多云",
            home,
            someone[0],
            "家里燃气软管过期两年，老人不知道要换",
            hazard="燃气",
            measures="当场联系燃气公司",
            outcome="当场解决",
        ),
        line(before, "小雨", phone, someone[1], "问老年助餐补贴怎么申请", kind="政策咨询"),
        line(before, "小雨", walk, Met(words="西门外"), "雨水井盖松动", kind="公共设施"),
        line(today, "晴", home, someone[2], "独居，精神好，儿子周末来过", outcome="没有发现问题"),
        line(today, "晴", home, someone[3], "楼上漏水，两家各说各理", kind="矛盾纠纷"),
        line(
            today,
            "晴",
            walk,
            place,
            "楼道里三辆电动车从四楼拉线充电，灭火器压力不够",
            hazard="电动车飞线",
            kind="安全隐患",
            measures="劝走两辆，一辆没人在家，贴了告知单；请物业换灭火器",
            outcome="已劝导，改日复查",
        ),
    ]


def _picture(folder: Path) -> bytes:
    image = QImage(640, 480, QImage.Format.Format_RGB888)
    image.fill(QColor("#8899AA"))
    file = folder / "楼道.png"
    image.save(str(file))
    return small_jpeg(file)


def _tab(page: QWidget) -> DiaryTab:
    assert isinstance(page, GridsPage)
    tab = page.open("平安日记")
    assert isinstance(tab, DiaryTab)
    return tab


def _opened(page: QWidget) -> None:
    tab = _tab(page)
    write_some(tab.context, tab.context.database.file.parent)
    tab.refresh()


def _form(page: QWidget) -> None:
    _opened(page)
    tab = _tab(page)
    tab.write()
    with tab.context.database.reading() as session:
        people = session.scalars(select(Resident.id).order_by(Resident.id).limit(4)).all()
    met = [*(Met(resident_id=one) for one in people), Met(words="小广场")]
    tab.form.fields.met.set_met(met)
    tab.form.fields.met.changed.emit()


def _edit(page: QWidget) -> None:
    _opened(page)
    tab = _tab(page)
    tab.list.table.select_row(0)
    tab.edit()


def _nothing_found(page: QWidget) -> None:
    _opened(page)
    tab = _tab(page)
    tab.search.setText("没有这样的词")
    tab._read()


PAGES: dict[str, Callable[[QWidget], None]] = {
    "平安日记": _opened,
    "平安日记 记一条": _form,
    "平安日记 修改": _edit,
    "平安日记 没有找到": _nothing_found,
}


def _print(what: What) -> Callable[[_Stage], QWidget]:
    def build(stage: _Stage) -> QWidget:
        context = stage.context()
        write_some(context, context.database.file.parent)
        dialog = PrintDiary(context, DiaryFilter(month=(2026, 11)), DAYS[0])
        dialog.what.setCurrentText(what.value)
        return dialog

    return build


DIALOGS: dict[str, Callable[[_Stage], QWidget]] = {
    "打印平安日记": _print(What.BLANK),
    "打印平安日记 整月": _print(What.MONTH),
}
