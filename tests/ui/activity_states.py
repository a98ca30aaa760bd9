"""The tab 活动 in its states, and its dialogs."""

from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import (
    Activity,
    Participation,
    PointsClaim,
    PointsItem,
    PointsRule,
    Quality,
    Repeat,
    Resident,
    Volunteer,
)
from app.services import (
    activities,
    activity_hours,
    activity_people,
    activity_photos,
    activity_posting,
    activity_series,
    activity_views,
    points_claims,
    teams,
    volunteers,
)
from app.services.activity_hours import Attended
from app.services.activity_input import ActivityInput
from app.services.activity_views import ActivityRow
from app.services.teams import TeamInput
from app.ui.people.photos import small_jpeg
from app.ui.points.activities.cancel_dialog import CancelDialog
from app.ui.points.activities.form import ActivityDialog
from app.ui.points.activities.people_dialog import PeopleDialog
from app.ui.points.activities.summary_dialog import SummaryDialog
from app.ui.points.activities.tab import LIST, MONTH, NATIONAL, SERVED, ActivitiesTab
from app.ui.points.activities.type_back import TypeBackDialog
from app.ui.points.page import PointsPage

_NINE, _ELEVEN = 9 * 60, 11 * 60
OTHER_CLERK = "赵敏"
_CLEANING, _PATROL, _LECTURE = "楼道清扫", "夜间巡逻", "冬季用火用电讲座"


class _Stage(Protocol):
    def context(self) -> Context: ...


def hold_some(context: Context, folder: Path) -> None:
    """Six weeks of a few activities, where there are people and none are planned yet."""
    with context.database.transaction("办几次活动") as session:
        grown = select(Resident.id).where(Resident.birth_date < date(2000, 1, 1))
        people = list(session.scalars(grown.order_by(Resident.id).limit(12)))
        planned = session.scalar(select(Activity.id).where(Activity.name == _CLEANING).limit(1))
        if planned or not people:
            return
        for rule in session.scalars(select(PointsRule)):
            rule.since = date(2026, 1, 1)
        session.flush()
        _Maker(session, context, people, folder).make()


class _Maker:
    def __init__(self, session: Session, context: Context, people: list[int], folder: Path) -> None:
        self._session, self._now = session, context.clock.now()
        self._today = context.clock.today()
        self._folder = folder
        self._residents = people
        self._volunteers = [self._volunteer(one) for one in people[:8]]
        team = TeamInput(name="铁军环卫队", service="环境卫生", founded_on=date(2026, 3, 1))
        self._team = teams.save(session, None, team, today=self._today)

    def make(self) -> None:
        """Held and reviewed, held and not posted, late, today, coming, cancelled, of others."""
        week = timedelta(days=7)
        first = self._plan(_CLEANING, self._today - 3 * week, team_id=self._team)
        activity_series.begin(self._session, first, Repeat.WEEKLY, None, today=self._today)
        self._hold(first, 6)
        self._post(first)
        self._review(first)
        second = self._of(_CLEANING, self._today - 2 * week)
        self._hold(second, 5)
        self._post(second)
        self._sign_up(self._of(_CLEANING, self._today), 4)
        self._sign_up(self._of(_CLEANING, self._today + week), 3)
        night = self._today - timedelta(days=2)
        self._hold(self._plan(_PATROL, night, starts=21 * 60, ends=25 * 60), 3)
        self._plan("爱暖助老陪伴", self._today - 4 * week, starts=14 * 60, ends=16 * 60)
        self._plan("义诊", self._today - week, starts=8 * 60, ends=12 * 60, ours=False)
        coming = self._today + timedelta(days=4)
        self._plan("清理外墙冰溜", coming, dangerous=True, wanted=6)
        off = self._plan("老物件修理", coming, starts=14 * 60, ends=17 * 60)
        version = self._session.get_one(Activity, off).version
        activities.cancel(self._session, off, reason="师傅来不了，改到下月", version=version)
        lecture = self._plan(_LECTURE, self._today, "讲座培训", starts=15 * 60, ends=16 * 60)
        for resident in self._residents[:10]:
            self._join(lecture, resident_id=resident)

    def _plan(self, name: str, day: date, item: str = "志愿服务", **changes: object) -> int:
        wanted = select(PointsItem.id).where(PointsItem.name == item)
        values: dict[str, object] = {
            "name": name,
            "item_id": self._session.scalar(wanted),
            "on_date": day,
            "starts": _NINE,
            "ends": _ELEVEN,
            "place": "3 号楼和 5 号楼各单元楼道",
            "content": "清扫楼道，擦扶手，清理堆放的杂物和小广告",
            "organiser": "海湾街道望海社区居民委员会",
            "leader": OTHER_CLERK,
        }
        entered = ActivityInput(**(values | changes))  # type: ignore[arg-type]  # its own fields
        return activities.plan(self._session, entered, now=self._now)

    def _of(self, name: str, day: date) -> int:
        found = select(Activity.id).where(Activity.name == name, Activity.on_date == day)
        return self._session.scalars(found).one()

    def _volunteer(self, resident_id: int) -> int:
        known = volunteers.of_resident(self._session, resident_id)
        if known is not None:
            return known
        row = Volunteer(
            number=9000 + resident_id, resident_id=resident_id, registered_on=date(2026, 3, 1)
        )
        self._session.add(row)
        self._session.flush()
        return row.id

    def _join(self, activity: int, **who: int) -> int:
        return activity_people.sign_up(self._session, activity, today=self._today, **who)

    def _sign_up(self, activity: int, count: int) -> list[int]:
        return [self._join(activity, volunteer_id=one) for one in self._volunteers[:count]]

    def _hold(self, activity: int, count: int) -> None:
        found = [
            Attended(
                participation_id=line,
                version=1,
                came=place != count - 1,
                quality=Quality.GOOD if place == 0 else None,
                half_hours=3 if place == 1 else None,
            )
            for place, line in enumerate(self._sign_up(activity, count))
        ]
        activity_hours.record(self._session, activity, found, now=self._now)

    def _post(self, activity: int) -> None:
        activity_posting.post(self._session, activity, now=self._now)

    def _review(self, activity: int) -> None:
        claims = list(
            self._session.scalars(select(PointsClaim).where(PointsClaim.activity_id == activity))
        )
        for claim in claims:
            claim.entered_by = OTHER_CLERK
        lines = select(Participation).where(Participation.activity_id == activity)
        for line in self._session.scalars(lines):
            line.entered_by = OTHER_CLERK
        self._session.flush()
        points_claims.accept(self._session, [one.id for one in claims], now=self._now)
        row = self._session.get_one(Activity, activity)
        words = "扫了 6 个单元，清走两车杂物，居民送水。下次多带两把铁锹。"
        activities.summarise(self._session, activity, words, version=row.version)
        picture = self._picture()
        activity_photos.set_photos(
            self._session, activity, kept=(), added=[picture, picture], now=self._now
        )

    def _picture(self) -> bytes:
        image = QImage(640, 480, QImage.Format.Format_RGB888)
        image.fill(QColor("#7F9A83"))
        file = self._folder / "清扫.png"
        image.save(str(file))
        return small_jpeg(file)


def tab_of(page: QWidget) -> ActivitiesTab:
    """The tab, with its activities."""
    assert isinstance(page, PointsPage)
    tab = page.open("活动")
    assert isinstance(tab, ActivitiesTab)
    hold_some(tab.context, tab.context.database.file.parent)
    tab.refresh()
    return tab


def listed(page: QWidget) -> None:
    tab = tab_of(page)
    row = found(tab.context, _CLEANING, posted=True)
    if row is not None:
        tab.show_activity(row.id)
    else:
        tab.show_view(LIST)


def late(page: QWidget) -> None:
    tab_of(page).list.late.choose(True)


def month(page: QWidget) -> None:
    tab_of(page).show_view(MONTH)


def served(page: QWidget) -> None:
    tab_of(page).show_view(SERVED)


def national(page: QWidget) -> None:
    tab_of(page).show_view(NATIONAL)


def found(context: Context, name: str, *, posted: bool = False) -> ActivityRow | None:
    """An activity of the state: the latest of this name that is not to come."""
    today = context.clock.today()
    with context.database.lookup() as lookup:
        rows = activity_views.rows(lookup, activity_views.list_ids(lookup, today=today))
    fits = (one for one in rows if one.name == name and one.on_date <= today)
    return next((one for one in fits if not posted or one.photos), None)


def _row(stage: _Stage, name: str, *, posted: bool = False) -> tuple[Context, ActivityRow]:
    context = stage.context()
    hold_some(context, context.database.file.parent)
    row = found(context, name, posted=posted)
    assert row is not None
    return context, row


def new_form(stage: _Stage) -> QWidget:
    context = stage.context()
    return ActivityDialog(context, on=context.clock.today())


def edit_form(stage: _Stage) -> QWidget:
    context, row = _row(stage, _CLEANING, posted=True)
    return ActivityDialog(context, row.id)


def people(stage: _Stage) -> QWidget:
    context, row = _row(stage, _LECTURE)
    dialog = PeopleDialog(context, row)
    dialog.table.select_row(2)
    return dialog


def typing(stage: _Stage) -> QWidget:
    context, row = _row(stage, _CLEANING)
    dialog = TypeBackDialog(context, row, "小时")
    for key in list(dialog.table.people)[:2]:
        dialog.table.set_came(key, came=True)
    dialog.table.select_row(1)
    return dialog


def summary(stage: _Stage) -> QWidget:
    context, row = _row(stage, _CLEANING, posted=True)
    return SummaryDialog(context, row)


def cancel(stage: _Stage) -> QWidget:
    del stage
    dialog = CancelDialog("11-28 楼道清扫", 12)
    dialog.save()
    return dialog


STATES = {
    "活动": listed,
    "活动 超期未记": late,
    "活动 月历": month,
    "活动 谁服务了": served,
    "活动 全国系统": national,
}
ALSO_EMPTY = ("活动",)
DIALOGS = {
    "新建活动": new_form,
    "修改活动": edit_form,
    "报名名单": people,
    "录签到": typing,
    "小结和照片": summary,
    "取消活动": cancel,
}
