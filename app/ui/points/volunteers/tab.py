"""志愿者: who serves, in which team, with which stars."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.context import Context
from app.services import volunteer_cards
from app.ui.kit import keys, messages, table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import row
from app.ui.kit.search_box import SearchBox
from app.ui.kit.view_switch import ViewSwitch
from app.ui.people.points_wish import NewVolunteer, ShowVolunteer
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved
from app.ui.points.volunteers.form_dialog import DRAFT, VolunteerDialog
from app.ui.points.volunteers.people_view import PeopleView
from app.ui.points.volunteers.stars_view import StarsView
from app.ui.points.volunteers.team_dialog import TeamDialog
from app.ui.points.volunteers.teams_view import TeamsView
from app.values.rights import Right

PEOPLE, TEAMS, STARS = "志愿者", "队伍", "星级"


class VolunteersTab(PageTab):
    """Three views; the search finds among the volunteers."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        large = theme.current().large
        names = ((PEOPLE, "名单" if large else PEOPLE), (TEAMS, TEAMS), (STARS, STARS))
        self.choice = ViewSwitch([(key, words, words) for key, words in names])
        self.search = SearchBox("姓名" if large else "姓名、编号、特长", name="查找志愿者")
        # Beside seven tabs: 大字 has room for two characters.
        self.search.setFixedWidth(142 if large else 200)
        self.new_button = Button("登记" if large else "登记志愿者", kind="primary", action="new")
        offer(context.may(Right.RECORD_POINTS), self.new_button)
        self.head = (self.choice, self.search, self.new_button)
        self.people, self.teams = PeopleView(context), TeamsView(context)
        self.stars = StarsView(context)
        self._views: dict[str, PeopleView | TeamsView | StarsView] = {
            PEOPLE: self.people,
            TEAMS: self.teams,
            STARS: self.stars,
        }
        self.stack = QStackedWidget()
        for view in self._views.values():
            self.stack.addWidget(view)
        self.setLayout(row((self.stack, 1)))
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        views = self.choice.legend
        if self.stack.currentWidget() is self.stars:
            return (("空格", "勾选"), ("Enter", "看这个人"), views)
        if self.stack.currentWidget() is self.teams:
            return (("Enter", "修改"), (keys.cap("join_team"), "加队员"), views)
        return (("空格", "勾选"), ("Enter", "修改"), (keys.cap("details"), "服务记录"), views)

    def refresh(self) -> None:
        """What is seen is read anew; the others when they are opened."""
        self._seen.refresh()

    def take_focus(self) -> None:
        self._seen.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def person_at_hand(self) -> int | None:
        """Who is shown among the volunteers, if he is a resident."""
        line = self.people.card.line
        seen = self.stack.currentWidget() is self.people
        return line.resident_id if seen and line is not None else None

    def find_person(self) -> bool:
        """A card is scanned, or letters are typed, among the volunteers."""
        self.show_view(PEOPLE)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    def rest(self) -> None:
        """Nobody is at the desk: the card is put away."""
        if self.people.table.hasFocus():
            self.search.setFocus()
        self.people.table.let_go()
        self.people.card.show_volunteer(None)

    def show_view(self, name: object) -> None:
        """志愿者, 队伍 or 星级."""
        self.choice.show_value(name)
        self.stack.setCurrentWidget(self._views[str(name)])
        self.search.setVisible(name == PEOPLE)
        words = {PEOPLE: "登记" if theme.current().large else "登记志愿者", TEAMS: "新建队伍"}
        self.new_button.setVisible(str(name) in words)
        self.new_button.setText(words.get(str(name), ""))
        self.refresh()
        self.legend_changed.emit()

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowVolunteer):
            self.show_volunteer(wanted.volunteer_id)
        elif isinstance(wanted, NewVolunteer):
            self.show_view(PEOPLE)
            self.people.add(wanted.resident_id)
        elif isinstance(wanted, Unsaved):
            self._go_on(wanted)

    def show_volunteer(self, volunteer_id: int) -> None:
        """Somebody in the list, with the card."""
        self.show_view(PEOPLE)
        self.people.show_volunteer(volunteer_id)

    def scan(self, code: str) -> None:
        """Somebody's card: the volunteer stands in the list. What is no card is searched for."""
        with messages.domain_errors_shown(self):
            with self.context.database.reading() as session:
                found = volunteer_cards.volunteer_of_card(session, code)
            if found is None:
                self.search.setText(code)
            else:
                self.people.clear()
                self._clear_search()
                self.show_volunteer(found)

    # -- inside

    @property
    def _seen(self) -> PeopleView | TeamsView | StarsView:
        return list(self._views.values())[self.stack.currentIndex()]

    def _connect(self) -> None:
        self.choice.chosen.connect(self.show_view)
        self.search.searched.connect(self.people.search)
        self.search.left_down.connect(self.take_focus)
        self.search.submitted.connect(lambda _: self.take_focus())
        self.search.scanned.connect(self.scan)
        self.search.bind(self.people)
        self.people.clear_asked.connect(self._clear_search)
        self.teams.member_asked.connect(self.show_volunteer)
        self.stars.member_asked.connect(self.show_volunteer)
        self.new_button.clicked.connect(self._new)
        keys.bind(self, "new", self._new)
        self.choice.bind(self, self.take_focus)
        keys.bind(self.people, "clear_filters", self.people.clear)
        keys.bind(self, "print", lambda: table_paper.print_out(self._seen.table))
        keys.bind(self, "export", lambda: table_paper.export(self._seen.table))

    def _clear_search(self) -> None:
        """What narrows the list is gone: the list is read by whoever says so."""
        blocked = self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(blocked)

    def _new(self) -> None:
        if self._seen is self.people:
            self.people.add()
        elif self._seen is self.teams:
            self.teams.add()

    def _go_on(self, wanted: Unsaved) -> None:
        with messages.domain_errors_shown(self):
            if wanted.kind == DRAFT:
                self.show_view(PEOPLE)
                VolunteerDialog(self.context, wanted.record_id, self.window()).exec()
            else:
                self.show_view(TEAMS)
                TeamDialog(self.context, wanted.record_id, self.window()).exec()
