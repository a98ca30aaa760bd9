"""结算: a month's table, what is behind a figure, its steps and checks, the claim to each payer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.models import Payer
from app.services import meal_claim_facts, meal_claims
from app.services.meal_claim_facts import ClaimFacts
from app.services.meal_claims import SeesSomeGrids
from app.ui.canteen.claims import doing
from app.ui.canteen.claims.checks_card import ChecksCard
from app.ui.canteen.claims.claim_card import ClaimCard
from app.ui.canteen.claims.head import ClaimHead
from app.ui.canteen.claims.lines_card import LinesCard
from app.ui.canteen.claims.matrix_card import MatrixCard
from app.ui.canteen.claims.steps_card import StepsCard
from app.ui.canteen.place import no_canteen, place_of
from app.ui.kit import keys, messages, theme
from app.ui.kit.labels import box, column, hide_unless, row
from app.ui.kit.states import EmptyState
from app.ui.people.canteen_wish import ShowMealClaim
from app.ui.people.tabbed_page import PageTab
from app.values.rights import Right

_SIDE = 284


class ClaimsTab(PageTab):
    """In 大字 the meals behind a figure take the place of the table until Backspace."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.place = place_of(context)
        self.top = ClaimHead(context, self.place, self)
        self.matrix = MatrixCard(context)
        self.lines = LinesCard(context)
        self.steps = StepsCard(context)
        self.checks = ChecksCard(context)
        self.claim = ClaimCard(context)
        self.facts: ClaimFacts | None = None
        self.head = self.top.parts
        self._lay_out()
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        if self.facts is None:
            return ()
        copy = ((keys.cap("copy"), "复制到 WPS"),) if self.context.may(Right.EXPORT) else ()
        if self.lines.table.hasFocus():
            back = (keys.cap("claim_back"), "回到这个数字")
            return (("↑ ↓", "换一餐"), ("Enter", "打开这一餐"), back, *copy)
        months = (f"{keys.cap('earlier_month')} →", "换月")
        if self.matrix.grid.isHidden():
            return (months,)
        return (
            ("方向键", "移到任一数字"),
            ("Enter", "看由哪几餐组成"),
            *self._remedies(),
            months,
            *copy,
        )

    def _remedies(self) -> Sequence[tuple[str, str]]:
        """What can be done about a meal after somebody left."""
        if self.facts is None or self.facts.gone is None or self.checks.gone.own.withheld:
            return ()
        return ((keys.cap("own_money"), "本人付"), (keys.cap("other_day"), "改日期"))

    def refresh(self) -> None:
        """Everything anew; month and figure stay."""
        canteen_id = self.place.canteen_id
        self.top.show_canteens()
        if canteen_id is None:
            self._show_only(self._no_canteen)
            return
        today, maker = self.context.clock.today(), self.context.user.name
        with self.context.database.lookup() as lookup:
            months = meal_claims.months(lookup, canteen_id, today=today)
            month = self.top.month.chosen_id or _usual(months)
            self.top.offer_months(sorted({*months, month}, reverse=True), month)
            try:
                self.facts = meal_claim_facts.facts_of(
                    lookup, canteen_id, month, today=today, maker=maker
                )
            except SeesSomeGrids as refused:
                self.facts = None
                self._limited.set_sentence(str(refused))
        self._show()

    def take_focus(self) -> None:
        parts = (self.matrix.grid, self.lines.table, self.top.month)
        target = next((one for one in parts if one.isVisibleTo(self)), self.top.month)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowMealClaim):
            self.place.choose_canteen(wanted.canteen_id)
            self.top.offer_months([wanted.month], wanted.month)
            self.refresh()
        self.take_focus()

    def show_lines(self) -> None:
        """The meals behind the figure; in 大字 in place of the table."""
        if theme.current().large:
            self.matrix.hide()
            self.lines.show()
        self.lines.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_payer(self, payer: Payer) -> None:
        """The meals behind what a payer is asked for: its figure in 合计, or in the differences."""
        if self.facts is None:
            return
        found = self.facts.matrix
        number = len(found.lines) + (0 if found.total.shares.of(payer) else 1)
        self.matrix.grid.go_to(number, found.columns.index(payer.value))
        self.show_lines()

    def show_figures(self) -> None:
        """Back to the figure that one came from."""
        if theme.current().large:
            self.lines.hide()
            self.matrix.show()
        self.matrix.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_meal(self, meal_id: int) -> None:
        """The single meal with all that is known of it."""
        from app.ui.canteen.claims.meal_dialog import ClaimedMealDialog

        if self.lines.hides(meal_id):
            words = "这个档次按敏感身份享受，要有“查看敏感标签”的权限才能打开单餐"
            messages.warn(self.context.signals, words)
            return
        ClaimedMealDialog(self.context, meal_id, self.window()).exec()

    # -- what is shown

    def _show(self) -> None:
        facts = self.facts
        if facts is None:
            self._show_only(self._limited)
            return
        self._stack.setCurrentWidget(self._body)
        self.matrix.show_facts(facts)
        for card in (self.steps, self.checks, self.claim):
            card.show_facts(facts)
        self._show_behind()
        there = bool(facts.matrix.lines) or facts.matrix.corrects
        self.top.set_papers(there=there)
        if not there or not theme.current().large:
            self.lines.setVisible(there)
            self.matrix.show()
        self.legend_changed.emit()

    def _show_behind(self) -> None:
        chosen = self.matrix.grid.current
        if self.facts is not None and chosen is not None:
            column_key = self.facts.matrix.columns[self.matrix.grid.place[1]]
            self.lines.show_figure(self.facts.matrix, chosen, column_key)
        else:
            self.lines.show_nothing()

    def _show_only(self, state: QWidget) -> None:
        self._stack.setCurrentWidget(state)
        self.top.set_papers(there=False)
        self.legend_changed.emit()

    # -- assembling

    def _lay_out(self) -> None:
        large = theme.current().large
        hide_unless(not large, self.lines)
        left = column(self.matrix, (self.lines, 1), spacing=12)
        if large:
            left.setStretch(0, 1)
        side = box(column(self.steps, self.checks, self.claim, None, spacing=12))
        side.setFixedWidth(theme.current().px(_SIDE))
        self._body = box(row((box(left), 1), side, spacing=12))
        self._limited = EmptyState("account-lock-outline", "只看得到部分网格的人。")
        self._no_canteen = no_canteen(self.context)
        self._stack = QStackedWidget()
        for widget in (self._body, self._limited, self._no_canteen):
            self._stack.addWidget(widget)
        self.setLayout(column((self._stack, 1), margins=(0, 0, 0, 0)))

    def _connect(self) -> None:
        self.top.month_chosen.connect(self._other_month)
        grid = self.matrix.grid
        grid.moved.connect(self._show_behind)
        grid.opened.connect(self.show_lines)
        for part in (grid, self.lines.table):
            part.focused.connect(self.legend_changed)
        grid.copy_asked.connect(lambda: doing.copy_matrix(self.context, self.matrix, self.facts))
        self.lines.back.connect(self.show_figures)
        self.lines.opened.connect(self.open_meal)
        self.checks.own_asked.connect(
            lambda gone: doing.own_money(self.context, doing.wrong_of(gone), self)
        )
        self.checks.day_asked.connect(
            lambda gone: doing.other_day(self.context, doing.wrong_of(gone), self)
        )
        self.claim.opened.connect(self.show_payer)
        self.claim.next_asked.connect(lambda: doing.take_step(self.context, self.facts, self))
        self.claim.back_asked.connect(lambda: doing.sign_again(self.context, self.facts, self))
        self.top.print_asked.connect(lambda: doing.print_settlement(self.context, self))
        self.top.forms_asked.connect(lambda: doing.show_forms(self.context, self))
        self.top.notice_asked.connect(lambda: doing.show_notice(self.context, self))

    def _other_month(self) -> None:
        self.matrix.grid.go_to(0, 0)
        if theme.current().large:
            self.lines.hide()
            self.matrix.show()
        self.refresh()


def _usual(months: Sequence[int]) -> int:
    """The month before the present one where it has meals: that is the one to settle."""
    return months[1] if len(months) > 1 else months[0]
