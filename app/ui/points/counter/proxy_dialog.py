"""代领: who collects for the person, and what they are to each other."""

from PySide6.QtWidgets import QWidget

from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.labels import Label
from app.ui.points.counter.till import Till

RELATIONS = ("配偶", "儿子", "女儿", "父母", "邻居", "网格员", "志愿者")


class ProxyDialog(Dialog):
    """People of the household are offered; anybody else is typed."""

    def __init__(self, till: Till, parent: QWidget | None = None) -> None:
        super().__init__("代领", parent, width=440)
        self._till = till
        person = till.person
        family = person.relatives if person is not None else ()
        self.name = choice([name for name, _ in family], name="代领人", editable=True)
        self.relation = choice(list(RELATIONS), name="和本人的关系", editable=True)
        name, relation = till.proxy
        self.name.setCurrentText(name)
        self.relation.setCurrentText(relation)
        self.form = Form(label=96)
        self._name_field = self.form.add("代领人", self.name, required=True)
        self._relation_field = self.form.add("和本人的关系", self.relation, required=True)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        whose = person.name if person is not None else ""
        self.body.addWidget(Label(f"替 {whose} 领取，签字的是代领人。", tone="text2", wrap=True))
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("代领", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.name.setFocus()

    def save(self) -> None:
        """Both are needed on the slip."""
        name, relation = self.name.currentText().strip(), self.relation.currentText().strip()
        self._name_field.set_message("" if name else "请写代领人的姓名。", "danger")
        self._relation_field.set_message("" if relation else "请写和本人的关系。", "danger")
        if name and relation:
            self._till.set_proxy(name, relation)
            self.accept()
