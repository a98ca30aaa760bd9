"""设置: the community, who works here, backups, the program, holidays, grids, papers, about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.models import (
    CalendarDay,
    Canteen,
    CanteenPeriod,
    Category,
    DeadlineRule,
    ExpiryRule,
    Grid,
    ImportLayout,
    NumberBook,
    Permission,
    PointsItem,
    PointsRule,
    SetMeal,
    Setting,
    StarLevel,
    SubsidyRule,
    SubsidyRuleTag,
    SubsidyShare,
    Tag,
    User,
    UserGrid,
    VisitRule,
    VoteRule,
)
from app.ui.kit import keys
from app.ui.kit.labels import h1, row
from app.ui.kit.signals import BACKUPS, PRIVACY, Area
from app.ui.kit.table_foot import page_layout
from app.ui.kit.tabs import PageTabs
from app.ui.office.about import AboutTab
from app.ui.office.backup.tab import BackupsTab
from app.ui.office.canteen_rules.tab import CanteenRulesTab
from app.ui.office.canteen_rules.tier_dialog import DRAFT as TIER_DRAFT
from app.ui.office.grid_rules.tab import GridRulesTab
from app.ui.office.health.tab import HealthTab
from app.ui.office.holidays import HolidaysTab
from app.ui.office.meeting_rules.set_dialog import DRAFT as SET_DRAFT
from app.ui.office.meeting_rules.tab import MeetingRulesTab
from app.ui.office.points_rules.tab import PointsRulesTab
from app.ui.office.privacy.tab import PrivacyTab
from app.ui.office.settings_form import CommunityTab, PapersTab, ProgramTab
from app.ui.office.users import UsersTab
from app.ui.people.unsaved_wish import Unsaved
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

TABS = (
    "社区",
    "使用人",
    BACKUPS,
    "数据体检",
    "显示与安全",
    "节假日",
    "网格",
    "积分",
    "食堂",
    "议事",
    "文书",
    PRIVACY,
    "关于",
)


# By the heading of a form of settings; the others are called like their tabs.
_TAB_OF_FORM = {
    "社区资料": "社区",
    "显示与安全": "显示与安全",
    "网格": "网格",
    "柜台": "积分",
    "复核和期限": "积分",
    "用餐和账户": "食堂",
    "留样和结算": "食堂",
    "会议和决议": "议事",
    "提事和积分": "议事",
    "大党委和经费": "议事",
    "文书": "文书",
    "每个人都要有": "数据体检",
    "保存多久、怎样办": PRIVACY,
}
_WITH_FORM = (
    CommunityTab,
    ProgramTab,
    GridRulesTab,
    PointsRulesTab,
    CanteenRulesTab,
    MeetingRulesTab,
    PapersTab,
    PrivacyTab,
)

_TIERS = (SubsidyRule, SubsidyRuleTag, SubsidyShare)


class OfficePage(QWidget):
    """One tab per matter; each is built when it is first opened."""

    areas = Area.OFFICE
    legend_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._builders = (
            CommunityTab,
            UsersTab,
            BackupsTab,
            HealthTab,
            ProgramTab,
            HolidaysTab,
            GridRulesTab,
            PointsRulesTab,
            CanteenRulesTab,
            MeetingRulesTab,
            PapersTab,
            PrivacyTab,
            AboutTab,
        )
        self._built: dict[int, QWidget] = {}
        self.tabs = PageTabs(TABS)
        self.tabs.chosen.connect(self.show_tab)
        self.stack = QStackedWidget()
        layout = page_layout(self)
        self.history = history_button(context, self, self._record)
        layout.addLayout(row(h1("设置"), 8, self.tabs, None, self.history, spacing=10))
        layout.addWidget(self.stack, 1)
        self.show_tab(0)

    @property
    def legend(self) -> list[tuple[str, str]]:
        tab = self.stack.currentWidget()
        if isinstance(tab, BackupsTab):
            return tab.legend
        saves = isinstance(tab, _WITH_FORM) and self._context.may(Right.EDIT_OFFICE)
        return [
            *([(keys.cap("save"), "保存")] if saves else []),
            *([(keys.cap("backup_now"), "立即备份")] if self._context.may(Right.BACK_UP) else []),
            (keys.cap("help"), "按键一览"),
        ]

    def show_tab(self, number: int) -> None:
        if number not in self._built:
            tab = self._builders[number](self._context, self.stack)
            if isinstance(tab, HealthTab):
                tab.backups_wanted.connect(lambda: self.show_record(BACKUPS))
            self._built[number] = tab
            self.stack.addWidget(tab)
        self.stack.setCurrentWidget(self._built[number])
        self.tabs.set_current(number)
        self.legend_changed.emit()
        self._refresh_tab()

    def show_record(self, tab: str | Unsaved) -> None:
        """The tab of this name, asked for from elsewhere; or that of what was not saved."""
        if isinstance(tab, Unsaved):
            self._show_unsaved(tab)
        else:
            self.show_tab(TABS.index(tab))

    def _show_unsaved(self, draft: Unsaved) -> None:
        form = draft.key.partition(":")[2]
        of_dialog = {TIER_DRAFT: "食堂", SET_DRAFT: "议事"}.get(draft.kind)
        self.show_tab(TABS.index(of_dialog or _TAB_OF_FORM.get(form, TABS[0])))
        shown = self.stack.currentWidget()
        if of_dialog and isinstance(shown, CanteenRulesTab | MeetingRulesTab):
            shown.open_draft(draft.record_id)
        elif form and isinstance(shown, PointsRulesTab | CanteenRulesTab | MeetingRulesTab):
            # Its forms are called like the parts that they stand in.
            shown.show_part(form)

    def refresh(self) -> None:
        self._refresh_tab()

    def leave(self) -> bool:
        """Ask about settings that were typed and not saved."""
        return all(tab.leave() for tab in self._built.values() if isinstance(tab, _WITH_FORM))

    def _record(self) -> Record:
        """What the open tab keeps: its history is that of whole tables."""
        kept = {
            "社区": (Setting, Grid, Tag, ImportLayout),
            "使用人": (User, UserGrid, Permission),
            "节假日": (CalendarDay,),
            "网格": (Category, VisitRule, DeadlineRule, Setting),
            "积分": (PointsItem, PointsRule, StarLevel, ExpiryRule, Setting),
            "食堂": (Canteen, CanteenPeriod, SetMeal, *_TIERS, Setting),
            "议事": (VoteRule, Setting),
            "文书": (Setting, NumberBook),
        }
        current = self.stack.currentWidget()
        tab = next(TABS[number] for number, one in self._built.items() if one is current)
        return Record(kept.get(tab, (Setting,)), None, f"设置 · {tab}")

    def _refresh_tab(self) -> None:
        tab = self.stack.currentWidget()
        refresh = getattr(tab, "refresh", None)
        if refresh is not None:
            refresh()
