"""The tab 组织 in its states."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import Building, Dwelling, Grid, GridMember, Household, PostKind, Resident
from app.services import member_forms, members, organisation, pairings, posts
from app.services.filters import present
from app.services.member_forms import MemberInput
from app.services.organisation import Place
from app.services.pairings import PairingInput
from app.services.posts import PostInput
from app.ui.grids.organisation.boards import BoardsDialog
from app.ui.grids.organisation.body_dialog import BodyDialog
from app.ui.grids.organisation.end_dialog import EndDialog
from app.ui.grids.organisation.member_dialog import MemberDialog
from app.ui.grids.organisation.pairing_dialog import PairingDialog
from app.ui.grids.organisation.place_card import PAIRINGS, PAST, VACANT
from app.ui.grids.organisation.post_dialog import (
    APPOINT,
    CORRECT,
    FOLLOW,
    TRANSFER,
    Asked,
    PostDialog,
)
from app.ui.grids.organisation.tab import PEOPLE, PLAN, OrganisationTab
from app.ui.grids.page import GridsPage
from app.ui.main_window import MainWindow
from app.ui.people.resident_link import ResidentDialog

SINCE = date(2024, 3, 1)
NAMES = ("韩雪", "郭志强", "孙丽", "吕春梅", "丁伟", "欧阳明月", "田树林", "刘德厚")


class _Stage(Protocol):
    def context(self) -> Context: ...


def a_picture() -> bytes:
    """A small JPEG."""
    image = QImage(120, 150, QImage.Format.Format_RGB888)
    image.fill(QColor("#9bb7d4"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")
    return bytes(buffer.data().data())


def arrange(context: Context) -> None:
    """People and posts, once for a stage with grids."""
    with context.database.transaction("布置组织") as session:
        found = session.scalar(select(GridMember.id).where(GridMember.name == NAMES[-1]))
        if found is None and session.scalar(select(Grid.id)) is not None:
            _arrange(session, context.clock.today())


def _arrange(session: Session, today: date) -> None:
    grids = session.scalars(select(Grid.id).where(Grid.deleted_at.is_(None))).all()
    building = session.scalars(select(Building.id).where(Building.grid_id == grids[0])).all()[0]
    ids = [
        member_forms.add(
            session,
            MemberInput(
                name=name,
                phone=f"1384091000{number}",
                party_member=number % 2 == 1,
                workplace="望海社区居委会",
            ),
        )
        for number, name in enumerate(NAMES)
    ]
    members.set_photo(session, ids[2], a_picture())
    resident = _not_serving(session)
    if resident is not None:
        member_forms.add(session, member_forms.from_resident(session, resident))

    def appoint(member: int, kind: PostKind, since: date = SINCE, **at: int | str | None) -> None:
        entered = PostInput(member_id=member, kind=kind, since=since, **at)  # type: ignore[arg-type]  # its own fields
        if not posts.posts(session, kinds=[kind], grid_id=entered.grid_id, unit=entered.unit):
            posts.appoint(session, entered, today=today)

    for number, grid in enumerate(grids[:3]):
        appoint(ids[number], PostKind.GRID_STAFF, grid_id=grid)
    appoint(ids[4], PostKind.GRID_LEAD, date(2021, 5, 1), grid_id=grids[0])
    lead = PostInput(
        member_id=ids[3], kind=PostKind.GRID_LEAD, since=date(2025, 6, 1), grid_id=grids[0]
    )
    posts.appoint(session, lead, today=today, follow=True)
    appoint(ids[1], PostKind.BRANCH_SECRETARY, grid_id=grids[0])
    appoint(ids[3], PostKind.GROUP_LEADER, building_id=building)
    appoint(ids[5], PostKind.HUB_HOUSEHOLD, building_id=building)
    appoint(ids[6], PostKind.UNIT_STEWARD, building_id=building, unit="1")
    pairings.pair(
        session,
        PairingInput(member_id=ids[7], building_id=building, since=SINCE, note="独居老人多"),
        today=today,
    )
    home = session.scalar(
        select(Household.id)
        .join(Dwelling, Dwelling.id == Household.dwelling_id)
        .where(Dwelling.building_id == building, Household.head_id.is_not(None))
    )
    if home is not None:
        entered = PairingInput(member_id=ids[7], household_id=home, since=SINCE, note="每周上门")
        pairings.pair(session, entered, today=today)


def _not_serving(session: Session) -> int | None:
    serving = select(GridMember.resident_id).where(GridMember.resident_id.is_not(None))
    return session.scalar(select(Resident.id).where(present(), Resident.id.not_in(serving)))


def _tab(stage: _Stage, view: str = "") -> tuple[MainWindow, OrganisationTab]:
    context = stage.context()
    arrange(context)
    window = MainWindow(context)
    window.status.show_backup("备份 09:30 本机")
    window.status.show_saved("09:41")
    window.open_page("grids")
    page = window.stack.currentWidget()
    assert isinstance(page, GridsPage)
    tab = page.open("组织")
    assert isinstance(tab, OrganisationTab)
    if view:
        tab.show_view(view)
    return window, tab


def _trees(stage: _Stage) -> QWidget:
    window, tab = _tab(stage)
    tab.trees.show_key(_grid_key(tab))
    tab.trees.community.setFocus()
    return window


def _grid_key(tab: OrganisationTab) -> str:
    assert tab.trees.trees is not None
    grids = tab.trees.trees.community.children
    return grids[0].key if grids else "community"


def _part(name: str) -> Callable[[_Stage], QWidget]:
    def build(stage: _Stage) -> QWidget:
        window, tab = _tab(stage)
        assert tab.trees.trees is not None
        found = [one.key for one in tab.trees.trees.community.walk() if name == PAIRINGS]
        key = next((one for one in found if one.startswith("building:")), _grid_key(tab))
        # A tree that has the focus when the window is shown shows its own line.
        tab.trees.community.setFocus()
        tab.trees.show_key("community" if name == VACANT else key)
        tab.trees.card.show_part(name)
        return window

    return build


def _people(stage: _Stage) -> QWidget:
    window, tab = _tab(stage, PEOPLE)
    tab.people.table.select_row(0)
    return window


def _people_paired(stage: _Stage) -> QWidget:
    window, tab = _tab(stage, PEOPLE)
    tab.search.setText("刘德厚")
    tab.people.card.show_part("包联")
    return window


def _nobody_found(stage: _Stage) -> QWidget:
    window, tab = _tab(stage, PEOPLE)
    tab.search.setText("没有这个人")
    return window


def _plan(stage: _Stage) -> QWidget:
    window, _ = _tab(stage, PLAN)
    return window


def _post_dialog(what: str) -> Callable[[_Stage], QWidget]:
    def build(stage: _Stage) -> QWidget:
        context = stage.context()
        arrange(context)
        with context.database.reading() as session:
            post = posts.posts(session, kinds=[PostKind.GRID_LEAD])[0]
        if what == APPOINT:
            unit = Place(building_id=1, unit="1")
            return PostDialog(context, Asked(APPOINT, PostKind.UNIT_STEWARD, unit))
        return PostDialog(context, Asked(what, post=post))

    return build


def _end(stage: _Stage) -> QWidget:
    context = stage.context()
    arrange(context)
    with context.database.reading() as session:
        post = posts.posts(session, kinds=[PostKind.GRID_LEAD])[0]
    return EndDialog(context, post)


def _member(stage: _Stage) -> QWidget:
    context = stage.context()
    arrange(context)
    with context.database.reading() as session:
        found = session.scalar(select(GridMember.id).where(GridMember.name == "孙丽"))
    return MemberDialog(context, found)


def _new_member(stage: _Stage) -> QWidget:
    context = stage.context()
    with context.database.reading() as session:
        resident = _not_serving(session)
    dialog = MemberDialog(context)
    if resident is not None:
        dialog.take(resident)
    return dialog


def _pairing(stage: _Stage) -> QWidget:
    context = stage.context()
    arrange(context)
    return PairingDialog(context, building_id=1)


def _boards(stage: _Stage) -> QWidget:
    return BoardsDialog(stage.context(), [1])


def _body(stage: _Stage) -> QWidget:
    context = stage.context()
    arrange(context)
    with context.database.lookup() as lookup:
        trees = organisation.trees(lookup, on=context.clock.today())
    return BodyDialog(context, trees.party.children[0].children[0])


PAGES: dict[str, Callable[[_Stage], QWidget]] = {
    "组织": _trees,
    "组织 人员": _people,
    "组织 组织图": _plan,
}
DIALOGS: dict[str, Callable[[_Stage], QWidget]] = {
    "组织 历任": _part(PAST),
    "组织 包联": _part(PAIRINGS),
    "组织 空缺": _part(VACANT),
    "组织 人员 包联": _people_paired,
    "组织 没有找到": _nobody_found,
    "任职": _post_dialog(APPOINT),
    "接任": _post_dialog(FOLLOW),
    "改任": _post_dialog(TRANSFER),
    "更正任职": _post_dialog(CORRECT),
    "离任": _end,
    "添加人员": _new_member,
    "修改人员": _member,
    "从居民中选": lambda stage: ResidentDialog(stage.context()),
    "包楼联户": _pairing,
    "打印公示牌": _boards,
    "党组织改名": _body,
}
STATES = PAGES | DIALOGS
