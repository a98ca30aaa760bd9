"""星级: who has reached how many stars, whose list hangs, who was confirmed."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import StarAward, StarState
from app.services import settings, stars
from app.services.stars import StarRow, stars_words
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Notice
from app.ui.kit.chips import Chip, FilterChip
from app.ui.kit.labels import column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.points.volunteers import star_actions
from app.ui.recent.history import Record, history_button
from app.values.rights import Right
from app.values.times import hours_figure

_TONES = {
    StarState.PROPOSED: "info",
    StarState.PUBLISHED: "warn",
    StarState.CONFIRMED: "ok",
    StarState.DROPPED: "grey",
}


def _when(line: StarRow, today: date) -> Cell:
    if line.state is StarState.PUBLISHED and line.public_until is not None:
        if line.public_until < today:
            return Cell("公示期满", sub="可以认定", tone="ok")
        return Cell(f"公示到 {line.public_until}")
    if line.decided_on is not None:
        return Cell(line.decided_on.isoformat(), sub=line.decided_by)
    return Cell(line.proposed_on.isoformat(), sub="提出", tone="text2")


def _name(line: StarRow) -> Cell:
    quiet = "" if line.volunteer.publish_consent_on else "公示只写编号"
    return Cell(line.volunteer.name, sub=quiet, bold=True)


def _columns(today: Callable[[], date]) -> tuple[Column, ...]:
    return (
        Column("number", "编号", lambda line: line.volunteer.number_words, 70),
        Column("name", "姓名", _name, 170, weight=2),
        Column(
            "teams",
            "队伍",
            lambda line: "、".join(line.volunteer.teams),
            110,
            weight=2,
            large_mode=False,
        ),
        Column("stars", "星级", lambda line: Cell(stars_words(line.stars), bold=True), 64),
        Column(
            "hours", "提出时的时长", lambda line: hours_figure(line.half_hours), 110, align="right"
        ),
        Column("state", "状态", lambda line: (Chip(line.state.label, _TONES[line.state]),), 92),
        Column("when", "日期", lambda line: _when(line, today()), 160, weight=1),
        Column(
            "reason",
            "原因",
            lambda line: Cell(line.reason, tone="text2"),
            90,
            weight=1,
            large_mode=False,
        ),
    )


def _on_notice(chosen: Sequence[StarRow]) -> bool:
    """Whether the notice of these was written."""
    return bool(chosen) and all(one.notice_id is not None for one in chosen)


class StarsView(QWidget):
    """`member_asked` carries who is to be shown among the volunteers."""

    member_asked = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rows: dict[int, StarRow] = {}
        self.state = FilterChip("状态")
        self.state.set_choices([(one, one.label) for one in StarState])
        self.rule = Notice("", tone="soft")
        shown = _columns(context.clock.today)
        self.model = PagedTableModel(shown, self._fetch, tickable=True, parent=self)
        self.table = PagedTable(self.model, name="星级认定")
        self.table.paper.people = self._residents
        self.table.paper.filter_words = lambda: self.state.text() if self.state.value else ""
        self._make_buttons()
        self.setLayout(
            column(
                self.rule,
                row(self.state, None, self.propose_button, self.history),
                (TableCard(self.table, TableFoot(self.table, unit="人")), 1),
                row(*(button for button, _, _ in self._acts), None),
            )
        )
        self._connect()

    @property
    def chosen(self) -> list[StarRow]:
        """Who is ticked, or else the line with the cursor."""
        current = self.table.current_id()
        ids = self.model.ticked_in_order() or ([current] if current is not None else [])
        return [self._rows[one] for one in ids]

    def refresh(self) -> None:
        """Read all anew; the line that is chosen stays chosen."""
        current = self.table.current_id()
        today = self._context.clock.today()
        wanted = self.state.value
        with self._context.database.lookup() as lookup:
            state = wanted if isinstance(wanted, StarState) else None
            found = stars.awards(lookup, state, today=today)
            levels = stars.levels(lookup, today)
            days = settings.value(lookup, settings.STAR_NOTICE_DAYS)
        self._say_rule(levels, days)
        self._rows = {one.id: one for one in found}
        if not found:
            self.table.set_empty(self._nothing())
        self.model.set_ids(list(self._rows))
        if found and not (current is not None and self.table.select_id(current)):
            self.table.select_row(0)
        self._show_buttons()

    # -- inside

    def _make_buttons(self) -> None:
        self.propose_button = Button("提出认定", kind="primary", action="propose_stars")
        self.publish_button = Button("公示…")
        self.list_button = Button("打印公示名单")
        self.notice_button = Button("写公示通知")
        self.confirm_button = Button("认定…", kind="primary")
        self.certificate_button = Button("打印证书")
        self.drop_button = Button("不予认定…", kind="danger")
        self.history = history_button(self._context, self, self._record)
        self._acts: tuple[tuple[Button, Callable[[], object], tuple[StarState, ...]], ...] = (
            (self.publish_button, self._publish, (StarState.PROPOSED,)),
            (self.list_button, self._print_list, (StarState.PROPOSED, StarState.PUBLISHED)),
            (self.notice_button, self._write_notice, (StarState.PUBLISHED,)),
            (self.confirm_button, self._confirm, (StarState.PUBLISHED,)),
            (self.certificate_button, self._print_certificates, (StarState.CONFIRMED,)),
            (
                self.drop_button,
                self._drop,
                (StarState.PROPOSED, StarState.PUBLISHED, StarState.CONFIRMED),
            ),
        )
        may = self._context.may
        offer(may(Right.RECORD_POINTS), self.propose_button, self.publish_button)
        offer(may(Right.REVIEW_POINTS), self.confirm_button, self.drop_button)
        offer(may(Right.ISSUE_PAPERS), self.notice_button)
        offer(may(Right.PRINT), self.list_button, self.certificate_button)

    def _connect(self) -> None:
        self.state.changed.connect(lambda _: self.refresh())
        self.table.current_changed.connect(lambda _: self._show_buttons())
        self.table.ticks_changed.connect(lambda _: self._show_buttons())
        self.table.opened.connect(lambda key: self.member_asked.emit(self._rows[key].volunteer.id))
        self.propose_button.clicked.connect(lambda: star_actions.propose(self._context, self))
        self.propose_button.bind(self)
        for button, act, _ in self._acts:
            button.clicked.connect(lambda _=False, call=act: call())

    def _show_buttons(self) -> None:
        """What may be done with all that is chosen."""
        chosen = self.chosen
        for button, _, states in self._acts:
            fits = bool(chosen) and all(one.state in states for one in chosen)
            button.setVisible(fits and (button is not self.drop_button or len(chosen) == 1))
        self.notice_button.setText("看公示通知" if _on_notice(chosen) else "写公示通知")
        self.history.setEnabled(len(chosen) == 1)

    def _say_rule(self, levels: Sequence[tuple[int, int]], days: int) -> None:
        words = "，".join(f"{stars_words(one)} {hours:,} 小时" for one, hours in reversed(levels))
        detail = f"名单公示 {days} 个工作日，期满以后认定；标准和天数在“设置 · 积分”里改。"
        self.rule.show_text(words or "还没有星级标准", detail, tone="soft")

    def _nothing(self) -> EmptyState:
        if self.state.value is not None:
            return not_found("没有这样的星级认定", lambda: self.state.choose(None))
        advice = "按 Alt+G 提出认定：时长够了的人会列在这里。"
        return EmptyState("star-outline", "还没有星级认定", advice)

    def _publish(self) -> None:
        star_actions.publish(self._context, self, self.chosen)

    def _write_notice(self) -> None:
        star_actions.write_notice(self._context, self, self.chosen)

    def _confirm(self) -> None:
        star_actions.confirm(self._context, self, self.chosen)

    def _drop(self) -> None:
        star_actions.drop(self._context, self, self.chosen[0])

    def _print_list(self) -> None:
        star_actions.print_list(self._context, self, self.chosen)

    def _print_certificates(self) -> None:
        star_actions.print_certificates(self._context, self, self.chosen)

    def _record(self) -> Record | None:
        chosen = self.chosen
        if len(chosen) != 1:
            return None
        name = f"{chosen[0].volunteer.title} {stars_words(chosen[0].stars)}"
        return Record(StarAward, chosen[0].id, name)

    def _residents(self, ids: Sequence[int]) -> list[int]:
        found = (self._rows[one].volunteer.resident_id for one in ids)
        return [one for one in found if one is not None]

    def _fetch(self, ids: Sequence[int]) -> list[StarRow]:
        return [self._rows[one] for one in ids]
