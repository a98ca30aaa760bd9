"""路线和站序: the walks at the left, who is on the chosen one at the right, ordered by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import DeliveryRoute, RouteStop
from app.services import delivery_routes
from app.services.delivery_routes import RouteView, StopView
from app.ui.canteen.delivery.elsewhere_dialog import ElsewhereDialog
from app.ui.canteen.delivery.route_form import RouteForm
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.dialogs import Dialog
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import box, column, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

ROUTE_COLUMNS = (
    Column("name", "路线", lambda it: Cell(it.name, bold=True, sub=it.area), 140, weight=1),
    Column("carrier", "送餐人", lambda it: it.carrier, 96, weight=1, large_mode=False),
    Column("stops", "户", lambda it: str(it.stops), 46, align="right"),
)
STOP_COLUMNS = (
    Column("place", "站", lambda it: Cell(str(it[0]), tone="text2"), 46, align="right"),
    Column("name", "姓名", lambda it: Cell(it[1].name, bold=True), 110, weight=1),
    Column("home", "住址", lambda it: it[1].home, 190, weight=2),
)


class RoutesDialog(Dialog):
    """Every change is kept at once, as a step of its own that can be taken back."""

    def __init__(self, context: Context, canteen_id: int, parent: QWidget | None = None) -> None:
        metrics = theme.current()
        wide = 1080 if metrics.large else 940
        super().__init__("送餐路线和站序", parent, width=round(wide / metrics.factor))
        self._context, self._canteen = context, canteen_id
        self._may = context.may(Right.RUN_CANTEEN)
        self.routes: dict[int, RouteView] = {}
        self.stops: dict[int, StopView] = {}
        """By resident, in the order of the walk"""
        walks = PagedTableModel(ROUTE_COLUMNS, self._route_rows)
        self.route_table = PagedTable(walks, name="送餐路线")
        there = PagedTableModel(STOP_COLUMNS, self._stop_rows)
        self.stop_table = PagedTable(there, name="路线上的站")
        self.stop_table.paper.people = list
        self.loose = IdChoice(name="还没有路线的人", blank="还没有路线的人")
        self._make_buttons()
        self._lay_out()
        self._connect()
        self.refresh()
        self.route_table.setFocus()

    def refresh(self) -> None:
        """Read the routes anew; the one on which one stands stays."""
        with self._context.database.lookup() as lookup:
            found = delivery_routes.routes(lookup, self._canteen)
            today = self._context.clock.today()
            free = delivery_routes.without_route(lookup, self._canteen, today)
        self.routes = {one.id: one for one in found}
        current = self.route_id
        self.route_table.paged_model.set_ids(list(self.routes))
        if self.routes:
            self.route_table.select_id(
                current if current in self.routes else next(iter(self.routes))
            )
        self.loose.offer({one.resident_id: f"{one.name} {one.home}" for one in free})
        self.waiting.setText(f"还有 {len(free)} 人没有路线" if free else "订了送餐的都有路线了")
        self._show_stops()

    @property
    def route_id(self) -> int | None:
        """The route on which one stands."""
        found = self.route_table.current_id()
        return found if isinstance(found, int) else None

    # -- the routes

    def new_route(self) -> None:
        """A route behind the others."""
        self._form(None)

    def edit_route(self) -> None:
        """What the chosen route is called, who carries."""
        if self.route_id is not None:
            self._form(self.route_id)

    def delete_route(self) -> None:
        """An empty route goes into the recycle bin."""
        route = self.routes.get(self.route_id or 0)
        if route is not None:
            now = self._context.clock.now()
            self._do(
                f"删除送餐路线 {route.name}",
                lambda session: delivery_routes.remove(session, route.id, now=now),
            )

    # -- the stops

    def move_stop(self, by: int) -> None:
        """The chosen stop one place up or down; a walk where one stands among the walks."""
        if self.route_table.hasFocus():
            self._move_route(by)
            return
        person = self.stop_table.current_id()
        order = list(self.stops)
        if person not in order:
            return
        here = order.index(person)
        there = here + by
        if 0 <= there < len(order):
            order.insert(there, order.pop(here))
            self._keep(order, f"{self.stops[person].name} 改到第 {there + 1} 站")

    def take_off(self) -> None:
        """The chosen stop leaves the walk."""
        person = self.stop_table.current_id()
        if person in self.stops:
            left = [one for one in self.stops if one != person]
            self._keep(left, f"去掉 {self.stops[person].name}")

    def put_on(self) -> None:
        """Whoever is chosen among those without a route comes behind the last stop; where nobody
        is, it is asked who."""
        person = self.loose.chosen_id
        if person is not None:
            self._keep([*self.stops, person], "加一站")
        elif self.loose.count() > len(self.loose.none):
            self.loose.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.loose.showPopup()

    def by_address(self) -> None:
        """As one walks from door to door."""
        order = sorted(self.stops, key=lambda one: self.stops[one].order)
        if order != list(self.stops):
            self._keep(order, "按住址排")

    def to_another(self) -> None:
        """The chosen stop comes to another walk, behind its last."""
        person = self.stop_table.current_id()
        others = {key: one.words for key, one in self.routes.items() if key != self.route_id}
        if person not in self.stops or not others:
            return
        dialog = ElsewhereDialog(self.stops[person].name, others, self.window())
        if dialog.exec() and dialog.route_id is not None:
            self._append(dialog.route_id, int(person))

    # -- inside

    def _make_buttons(self) -> None:
        self.new_button = Button("新增", size="small", action="new")
        self.edit_button = Button("修改", size="small", action="edit_route")
        self.delete_button = Button("删除", size="small", action="delete_route")
        self.up_button = Button("前移", size="small", action="stop_up")
        self.down_button = Button("后移", size="small", action="stop_down")
        self.off_button = Button("去掉", size="small", action="stop_off")
        self.sort_button = Button("按住址排", size="small", action="by_address")
        self.other_button = Button("换路线", size="small", action="stop_elsewhere")
        self.on_button = Button("排进来", size="small", action="stop_on")
        for button in self._buttons:
            offer(self._may, button)

    @property
    def _buttons(self) -> tuple[Button, ...]:
        routes = (self.new_button, self.edit_button, self.delete_button)
        stops = (self.up_button, self.down_button, self.off_button)
        return (*routes, *stops, self.other_button, self.sort_button, self.on_button)

    def _lay_out(self) -> None:
        metrics = theme.current()
        lines = 6 if metrics.large else 9
        for table, words in (
            (self.route_table, "还没有路线"),
            (self.stop_table, "这条路线还没有人"),
        ):
            table.setFixedHeight(metrics.head + lines * metrics.row)
            table.set_empty(EmptyState("", words))
        self.waiting = small()
        left = box(
            column(
                TableCard(self.route_table, TableFoot(self.route_table, unit="条")),
                row(self.new_button, self.edit_button, self.delete_button, None),
                None,
            )
        )
        left.setFixedWidth(metrics.px(330) if not metrics.large else metrics.px(300))
        right = column(
            TableCard(self.stop_table, TableFoot(self.stop_table, unit="户")),
            row(self.up_button, self.down_button, self.off_button, self.other_button, None),
            row((self.loose, 1), self.on_button, self.sort_button),
            None,
        )
        self.body.addLayout(row(left, (right, 1), spacing=12))
        self.body.addWidget(self.waiting)
        self._foot.insertWidget(0, history_button(self._context, self, self._record))
        self.add_button(Button("关闭", cap="Esc"), closes=False)

    def _connect(self) -> None:
        self.route_table.current_changed.connect(lambda _: self._show_stops())
        self.route_table.opened.connect(lambda _: self.edit_route() if self._may else None)
        slots: tuple[Callable[[], object], ...] = (
            *(self.new_route, self.edit_route, self.delete_route),
            *(lambda: self.move_stop(-1), lambda: self.move_stop(1), self.take_off),
            *(self.to_another, self.by_address, self.put_on),
        )
        for button, slot in zip(self._buttons, slots, strict=True):
            button.clicked.connect(slot)
            button.bind(self)

    def _move_route(self, by: int) -> None:
        route = self.routes.get(self.route_id or 0)
        if route is not None:
            self._do(
                f"送餐路线 {route.name} 换位置",
                lambda session: delivery_routes.move(session, route.id, places_on=by),
            )

    def _form(self, route_id: int | None) -> None:
        form = RouteForm(self._context, self._canteen, route_id, self.window())
        if form.exec():
            self.refresh()
            self.route_table.select_id(form.saved)

    def _append(self, route_id: int, person: int) -> None:
        today = self._context.clock.today()

        def act(session: Any) -> None:
            there = [one.resident_id for one in delivery_routes.stops(session, route_id)]
            delivery_routes.set_stops(session, route_id, [*there, person], today=today)
            rest = [one for one in self.stops if one != person]
            delivery_routes.set_stops(session, self.route_id or 0, rest, today=today, before=rest)

        name = self.routes[route_id].name
        self._do(f"{self.stops[person].name} 换到 {name}", act)

    def _keep(self, order: Sequence[int], what: str) -> None:
        route = self.routes.get(self.route_id or 0)
        if route is None:
            return
        today, person = self._context.clock.today(), self.stop_table.current_id()
        self._do(
            f"送餐路线 {route.name}：{what}",
            lambda session: delivery_routes.set_stops(
                session, route.id, order, today=today, before=self.stops
            ),
        )
        if person in self.stops:
            self.stop_table.select_id(person)
        self.stop_table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _do(self, title: str, act: Callable[[Any], object]) -> None:
        with (
            messages.domain_errors_shown(self),
            self._context.database.transaction(title) as session,
        ):
            act(session)
        self._context.signals.changed.emit(Area.CANTEEN)
        self.refresh()

    def _show_stops(self) -> None:
        route_id = self.route_id
        found: list[StopView] = []
        if route_id is not None:
            with self._context.database.lookup() as lookup:
                found = delivery_routes.stops(lookup, route_id)
        self.stops = {one.resident_id: one for one in found}
        self.stop_table.paged_model.set_ids(list(self.stops))
        if self.stops and self.stop_table.current_id() is None:
            self.stop_table.select_row(0)
        for button in (self.edit_button, self.delete_button, self.on_button):
            button.setEnabled(route_id is not None)

    def _route_rows(self, ids: Sequence[int]) -> list[RouteView]:
        return [self.routes[one] for one in ids]

    def _stop_rows(self, ids: Sequence[int]) -> list[tuple[int, StopView]]:
        places = {person: place for place, person in enumerate(self.stops, start=1)}
        return [(places[one], self.stops[one]) for one in ids]

    def _record(self) -> Record | None:
        """The history of all stops where one stands on a stop, else of the route."""
        route = self.routes.get(self.route_id or 0)
        if route is None or self.stop_table.hasFocus():
            return Record((DeliveryRoute, RouteStop), None, "送餐路线和站序")
        return Record(DeliveryRoute, route.id, f"送餐路线 {route.name}")
