"""换人送: who carries a walk on this day."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import MealPeriod
from app.services import delivery_carriers, delivery_walks
from app.services.delivery_board import Walk
from app.ui.canteen.delivery.route_form import ROLES
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.labels import small
from app.ui.kit.signals import Area


class CarrierDialog(Dialog):
    """For the day alone: the route keeps who usually carries."""

    def __init__(
        self,
        context: Context,
        walk: Walk,
        on_date: date,
        period: MealPeriod,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"{walk.name}换人送", parent, width=440)
        self._context, self._walk = context, walk
        self._on_date, self._period = on_date, period
        with context.database.lookup() as lookup:
            known = delivery_carriers.carriers(lookup)
        self._volunteers = {name: key for key, name in known.items()}
        self.carrier = choice(list(self._volunteers), name="送餐人", editable=True)
        self.carrier.setCurrentText(walk.carrier)
        self.role = choice(list(ROLES), name="身份", editable=True)
        self.role.setCurrentText(walk.carrier_role)
        form = Form(label=60)
        form.add("送餐人", self.carrier, required=True)
        form.add("身份", self.role)
        form.finish()
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        self.body.addWidget(form)
        self.body.addWidget(small("只改这一天。志愿者的积分，记给实际送的人。", wrap=True))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.carrier.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is told."""
        name = self.carrier.currentText().strip()
        with messages.domain_errors_shown(self):
            title = f"{self._walk.name}由 {name} 送"
            with self._context.database.transaction(title) as session:
                delivery_walks.name_carrier(
                    session,
                    self._walk.route_id,
                    self._on_date,
                    self._period,
                    carrier=name,
                    carrier_role=self.role.currentText(),
                    volunteer_id=self._volunteers.get(name),
                )
            self._context.signals.changed.emit(Area.CANTEEN)
            self.accept()
