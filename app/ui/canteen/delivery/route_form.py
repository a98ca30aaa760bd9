"""A route: its name and area, who usually carries, and when it goes."""

from PySide6.QtWidgets import QSpinBox, QWidget

from app.context import Context
from app.models import DeliveryRoute
from app.services import delivery_carriers, delivery_routes
from app.services.delivery_routes import MOST_MINUTES, RouteInput
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import small
from app.ui.kit.signals import Area
from app.ui.recent.history import Record, history_button

ROLES = ("志愿者", "食堂员工", "党员先锋", "网格员", "社工")


class RouteForm(Dialog):
    """Of a route, or of a new one where `route_id` is None; `saved` is its id afterwards."""

    def __init__(
        self,
        context: Context,
        canteen_id: int,
        route_id: int | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("修改路线" if route_id else "新增路线", parent, width=480)
        self._context, self._canteen, self._route = context, canteen_id, route_id
        self.saved: int | None = None
        entered, self._version = RouteInput(name=""), 0
        with context.database.reading() as session:
            self._volunteers = {
                name: key for key, name in delivery_carriers.carriers(session).items()
            }
            if route_id is not None:
                entered, self._version = delivery_routes.input_of(session, route_id)
        self.name = line_edit(entered.name, hint="如 一路", name="路线", limit=40)
        self.area = line_edit(entered.area, hint="如 北岗街", name="范围", limit=40)
        self.carrier = choice(list(self._volunteers), entered.carrier, editable=True)
        self.carrier.setCurrentText(entered.carrier)
        self.role = choice(list(ROLES), entered.carrier_role, editable=True)
        self.role.setCurrentText(entered.carrier_role)
        self.after = QSpinBox()
        self.after.setRange(0, MOST_MINUTES)
        self.after.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.after.setSuffix(" 分钟")
        self.after.setValue(entered.departs_after)
        self._lay_out()

    @property
    def entered(self) -> RouteInput:
        """A carrier of a volunteer's name is that volunteer: only they get points."""
        carrier = self.carrier.currentText().strip()
        return RouteInput(
            name=self.name.text(),
            area=self.area.text(),
            volunteer_id=self._volunteers.get(carrier),
            carrier=carrier,
            carrier_role=self.role.currentText(),
            departs_after=self.after.value(),
        )

    def save(self) -> None:
        """Keep it and close; what cannot be is told."""
        entered, verb = self.entered, "修改" if self._route else "新增"
        with messages.domain_errors_shown(self):
            title = f"{verb}送餐路线 {entered.name}"
            with self._context.database.transaction(title) as session:
                if self._route is None:
                    self.saved = delivery_routes.add(session, self._canteen, entered)
                else:
                    delivery_routes.change(session, self._route, entered, version=self._version)
                    self.saved = self._route
            self._context.signals.changed.emit(Area.CANTEEN)
            self.accept()

    def _lay_out(self) -> None:
        form = Form(label=96)
        form.add("路线", self.name, required=True)
        form.add("范围", self.area)
        form.add("送餐人", self.carrier)
        form.add("身份", self.role)
        form.add("出锅后多久出发", self.after)
        form.finish()
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        self.body.addWidget(form)
        words = "送餐人是登记过的志愿者，登记返回后按规则送积分复核。"
        self.body.addWidget(small(words, wrap=True))
        if self._route is not None:
            self._foot.insertWidget(0, history_button(self._context, self, self._record))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.name.setFocus()

    def _record(self) -> Record:
        return Record(DeliveryRoute, self._route, f"送餐路线 {self.name.text()}")
