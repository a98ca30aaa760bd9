"""An item that the province or the office adds to the list of what must not be certified."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.context import Context
from app.models import ForbiddenItem as ForbiddenItemRow
from app.services import forbidden
from app.services.forbidden import OWN, PROVINCE, ForbiddenItem
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import small
from app.ui.recent.unsaved import keep_dialog

_KEYWORDS_HINT = "一行一个，标题或正文里有它就拦下。中间隔几个字的写成 系…之子。"
_HELP = "全国清单的 20 项不能删改；这里增列的，告知单照您写的“去哪里”印。"


class ForbiddenItemDialog(Dialog):
    """`item` is changed, None adds one; `sentence` tells what was done after accepting."""

    def __init__(
        self, context: Context, item: ForbiddenItem | None, parent: QWidget | None = None
    ) -> None:
        super().__init__("修改增列的事项" if item else "增列不得出具的事项", parent, width=560)
        self.sentence = ""
        self._context = context
        self._item = item
        self._add_form(item)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        key = item.id if item is not None else None
        record = (ForbiddenItemRow.__tablename__, key) if key is not None else None
        title = f"{self.windowTitle()} {self.name.text()}".strip()
        keep_dialog(context, self, self.form, f"forbidden:{key or 'new'}", title, record=record)
        self.name.setFocus()

    def save(self) -> None:
        """Keep it and close; what is missing or too short is told and the form stays."""
        name, verb = self.name.text().strip(), "修改" if self._item else "增列"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"{verb}不得出具事项 {name}") as session:
                if self._item is None:
                    forbidden.add(session, **self._fields())
                else:
                    forbidden.update(
                        session, self._item.id, version=self._item.version, **self._fields()
                    )
            self.sentence = f"已{verb} {name}"
            self.accept()

    def _fields(self) -> dict[str, str]:
        return {
            "level": self.level.currentText(),
            "name": self.name.text(),
            "keywords": self.keywords.toPlainText(),
            "document": self.document.text(),
            "redirect": self.redirect.text(),
        }

    def _add_form(self, item: ForbiddenItem | None) -> None:
        self.form = Form(label=64)
        self.level = choice([PROVINCE, OWN], item.level if item else OWN)
        self.name = line_edit(item.name if item else "", hint="如 家庭成员证明", limit=60)
        self.keywords = QPlainTextEdit("\n".join(item.keywords) if item else "")
        self.keywords.setPlaceholderText(_KEYWORDS_HINT)
        self.keywords.setTabChangesFocus(True)
        self.keywords.setFixedHeight(theme.current().px(96))
        self.document = line_edit(item.document if item else "", hint="文件名称和文号", limit=120)
        self.redirect = line_edit(
            item.redirect if item else "", hint="居民该去哪里办，可不填", limit=200
        )
        self.form.add("谁增列", self.level)
        self.form.add("事项", self.name, required=True)
        self.form.add("关键词", self.keywords, required=True)
        self.form.add("文件", self.document)
        self.form.add("去哪里", self.redirect)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.body.addWidget(small(_HELP, wrap=True))
