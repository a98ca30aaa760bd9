"""The name of a branch or a group of the party."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import organisation
from app.services.organisation import Node
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.signals import Area


class BodyDialog(Dialog):
    """Left empty, the body is called after its grid or building."""

    def __init__(self, context: Context, node: Node, parent: QWidget | None = None) -> None:
        super().__init__(f"改名：{node.title}", parent, width=480)
        self._context = context
        self._node = node
        with context.database.reading() as session:
            name, self._version = organisation.body_name(session, node.place)
        self.name = line_edit(name, hint="不填就按网格、楼号起名", limit=60)
        self.form = Form(label=52)
        self.form.add("名称", self.name)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        self.name.setFocus()

    def save(self) -> None:
        """Keep the name and close."""
        with messages.domain_errors_shown(self):
            name = self.name.text().strip()
            sentence = f"{self._node.title} 改名{f'为 {name}' if name else ''}"
            with self._context.database.transaction(sentence) as session:
                organisation.rename_body(session, self._node.place, name, version=self._version)
            self._context.signals.changed.emit(Area.GRIDS)
            self.accept()
