"""证明模板: all templates at the left, the chosen one as fields, its paper at the right."""

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import CertificateTemplate
from app.services import fill_codes, forbidden, templates
from app.services.templates import TemplateInput, TemplateView
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Notice
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import column, row, small
from app.ui.kit.pdf_panel import PdfPanel
from app.ui.kit.signals import Area
from app.ui.papers.choices import Choice, PaperChoices
from app.ui.papers.grades import grade_chip
from app.ui.papers.templates.editor import TemplateEditor
from app.ui.papers.templates.forbidden_notice import ForbiddenNotice, in_words
from app.ui.papers.templates.preview import Sample, SamplePreview
from app.ui.recent.history import Record, history_button
from app.ui.recent.unsaved import FormKeeper
from app.values.rights import Right

NEW = TemplateInput(title="新的证明", body="兹证明{姓名}，{性别}，{证件类型}{证件号码}，")
_READ_ONLY = "证明模板由书记修改和启用，您可以看。"
_NEW_KEY = ""


class TemplatesDialog(Dialog):
    """Nothing is kept before 保存; what would be lost is asked about."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        # In 大字 the width of the smallest screen is the limit, not the text.
        super().__init__("证明模板", parent, width=1064 if theme.current().large else 1320)
        self._context = context
        self._views: dict[str, TemplateView] = {}
        self._current: TemplateView | None = None
        self._items: tuple[forbidden.ForbiddenItem, ...] = ()
        self._may_change = context.may(Right.EDIT_TEMPLATES)
        self.choices = PaperChoices()
        self.choices.setAccessibleName("证明模板")
        self.editor = TemplateEditor()
        self.panel = PdfPanel()
        self.preview = SamplePreview(context, self)
        self.notice = Notice("", tone="warn")
        self.state = small()
        self.keeper = FormKeeper(context, self.editor.form, self)
        self.keeper.told.connect(self.state.setText)
        self._make_buttons()
        self._lay_out()
        self._connect()
        self.refresh()
        if self._views:
            self.open_template(next(iter(self._views.values())).id)
        else:
            self.start_new()

    # -- what is looked at

    def refresh(self) -> None:
        """Read the list anew."""
        with self._context.database.reading() as session:
            found = templates.templates(session)
        self._views = {str(view.id): view for view in found}
        self.choices.set_groups(_groups(found))

    def open_template(self, template_id: int) -> None:
        """Show a template in the editor; what was typed before has been asked about.

        It is read anew, since somebody else may have changed it; DomainError if it is gone.
        """
        with self._context.database.reading() as session:
            view = templates.template(session, template_id)
        self._current = self._views[str(template_id)] = view
        self.choices.blockSignals(True)
        self.choices.choose(str(template_id))
        self.choices.blockSignals(False)
        self.editor.show_template(view)
        self._show_state()
        self._watch(f"template:{view.id}", (CertificateTemplate.__tablename__, view.id))
        self.preview.now(self.editor.entered())

    def start_new(self) -> None:
        """Fields for a template that the office makes itself."""
        if not self._may_leave():
            return
        self._current = None
        self.choices.setCurrentRow(-1)
        self.editor.show_input(NEW)
        self._show_state()
        self._watch("template:new")
        self.preview.now(self.editor.entered())
        self.editor.title.setFocus()
        self.editor.title.selectAll()

    # -- what is done

    def save(self) -> bool:
        """Keep what stands in the fields; False where something is wrong, which is told."""
        if not self._may_change or self.editor.wrong_days():
            return False
        entered = self.editor.entered()
        with self._context.database.reading() as session:
            items = forbidden.match(session, entered.title, entered.body)
        if items:
            ForbiddenNotice(self._context, items, self).exec()
            return False
        return self._stored(entered)

    def toggle(self) -> None:
        """Offer the template when papers are made, or not any more; changes are kept first."""
        if self.editor.dirty and not self.save():
            return
        view = self._current
        if view is None:
            return
        verb = "停用" if view.enabled else "启用"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"{verb}证明模板 {view.title}") as session:
                templates.set_enabled(session, view.id, not view.enabled)
            self._done(view.id, f"已{verb} {view.title}")

    def restore(self) -> None:
        """The shipped wording again, after asking."""
        view = self._current
        if view is None:
            return
        words = f"“{view.title}”的标题、正文和各项都换回随程序带来的原文，社区改过的不再保留。"
        if not messages.confirm(self, "恢复原文", words, "恢复原文", destructive=True):
            return
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"恢复证明模板 {view.title} 的原文") as session:
                templates.restore(session, view.id)
            self._done(view.id, "已恢复原文")

    def delete(self) -> None:
        """Put an own template into the recycle bin, after asking."""
        view = self._current
        if view is None:
            return
        words = f"“{view.title}”不再能用来开证明。已经开出的证明不受影响。"
        if not messages.confirm(self, "删除模板", words, "删除", destructive=True):
            return
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"删除证明模板 {view.title}") as session:
                templates.delete(session, view.id, now=self._context.clock.now())
            self._current = None
            self._done(None, f"已删除 {view.title}")

    def reject(self) -> None:
        if self._may_leave():
            self.preview.stop()
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The cross of the window asks as Esc does."""
        if self._may_leave():
            super().closeEvent(event)
        else:
            event.ignore()

    # -- assembling

    def _make_buttons(self) -> None:
        self.new_button = Button("新建模板", size="small", icon="plus", action="new")
        self.restore_button = Button("恢复原文", kind="danger")
        self.delete_button = Button("删除", kind="danger")
        self.toggle_button = Button("启用")
        self.save_button = Button("保存", kind="primary", cap=CONFIRM_CAP)
        self.close_button = Button("关闭", cap="Esc")
        self.history = history_button(self._context, self, self._record)

    def _lay_out(self) -> None:
        metrics = theme.current()
        shelf = Card(margins=(1, 8, 1, 8), spacing=4)
        shelf.body.addLayout(row(small("　能开的证明"), None))
        shelf.body.addWidget(self.choices, 1)
        shelf.body.addLayout(row(self.new_button, None, margins=(12, 0, 12, 0)))
        shelf.setFixedWidth(244 if metrics.large else 228)
        middle = column(self.notice, (self.editor, 1), spacing=8)
        for widget in (self.editor, self.notice):
            widget.setFixedWidth(640 if metrics.large else 570)
        # In 大字 the room of these goes to the fields; a sample is seldom printed.
        for button in (self.panel.save_button, self.panel.print_button):
            button.setHidden(metrics.large)
        self.body.addLayout(row(shelf, middle, (self.panel, 1), spacing=12), 1)
        self.panel.setMinimumHeight(540 if metrics.large else 560)
        self._foot.insertWidget(0, self.restore_button)
        self._foot.insertWidget(1, self.delete_button)
        self._foot.insertWidget(2, self.history)
        self._foot.insertWidget(3, self.state)
        self.add_button(self.close_button, closes=False)
        for button in (self.toggle_button, self.save_button):
            self.add_button(button)

    def _connect(self) -> None:
        self.choices.chosen.connect(self._choose)
        self.editor.changed.connect(self._on_changed)
        self.editor.save_requested.connect(self.save)
        self.editor.leave_requested.connect(self.reject)
        self.preview.composed.connect(self._show_sample)
        self.new_button.clicked.connect(self.start_new)
        self.new_button.bind(self)
        self.restore_button.clicked.connect(self.restore)
        self.delete_button.clicked.connect(self.delete)
        self.toggle_button.clicked.connect(self.toggle)
        self.save_button.clicked.connect(self.save)

    # -- inside

    def _record(self) -> Record | None:
        view = self._current
        return Record(CertificateTemplate, view.id, view.title) if view is not None else None

    def _choose(self, key: str) -> None:
        view = self._views[key]
        if self._current is not None and view.id == self._current.id:
            return
        if not self._may_leave():
            self._stay()
            return
        with messages.domain_errors_shown(self):
            self.open_template(view.id)

    def _stay(self) -> None:
        """The list goes back to the template that is still being written."""
        self.choices.blockSignals(True)
        if self._current is None or not self.choices.choose(str(self._current.id)):
            self.choices.setCurrentRow(-1)
        self.choices.blockSignals(False)

    def _may_leave(self) -> bool:
        words = "刚改的还没有保存，离开就没有了。"
        may = not self.editor.dirty or messages.confirm(
            self, "没有保存", words, "不要了", destructive=True
        )
        if may:
            self.keeper.drop()
        return may

    def _watch(self, key: str, record: tuple[str, int] | None = None) -> None:
        """What is typed from here on is kept, and shown again if the program is killed."""
        self.keeper.start(key, lambda: f"证明模板 {self.editor.title.text()}", record=record)

    def _stored(self, entered: TemplateInput) -> bool:
        """Whether it was kept; a wrong code is told below the body, all else in a box."""
        try:
            self._store(entered)
        except fill_codes.WrongCode as fault:
            self.editor.show_fault(str(fault))
            self.editor.body_field.setFocus()
        except DomainError as error:
            messages.tell(self, str(error))
        else:
            return True
        return False

    def _store(self, entered: TemplateInput) -> None:
        view = self._current
        verb = "修改" if view else "新建"
        with self._context.database.transaction(f"{verb}证明模板 {entered.title}") as session:
            stored = templates.save(
                session,
                view.id if view else None,
                entered,
                view.version if view else 0,
            )
        self._done(stored, f"已保存 {self._context.clock.now():%H:%M}")

    def _done(self, template_id: int | None, sentence: str) -> None:
        self.editor.form.mark_clean()
        self.keeper.drop()
        self.refresh()
        self._context.signals.changed.emit(Area.PAPERS)
        messages.notify(self._context.signals, sentence)
        if template_id is None:
            template_id = next(iter(self._views.values())).id
        self.open_template(template_id)
        self.state.setText(sentence)

    def _on_changed(self) -> None:
        self.state.setText("还没有保存" if self.editor.dirty else "")
        self.preview.soon(self.editor.entered())

    def _show_sample(self, sample: Sample) -> None:
        self._items = sample.items
        known = self._current is not None and sample.fault == self._current.damaged
        self.editor.show_fault("" if known else sample.fault)
        if sample.fault:
            self.panel.show_nothing("正文改好以后，这里就是样张。")
        else:
            self.panel.show_pdf(sample.pdf, f"{sample.title}（样张）")
        self._show_notice()

    def _show_state(self) -> None:
        view = self._current
        self.state.setText("")
        self._items = ()
        self.editor.set_usable(self._may_change)
        self.new_button.setEnabled(self._may_change)
        self.save_button.setEnabled(self._may_change)
        can_start = view is not None and (view.enabled or bool(view.legal_basis))
        self.toggle_button.setEnabled(self._may_change and can_start)
        self.history.setVisible(view is not None)
        self.toggle_button.setText("停用" if view and view.enabled else "启用")
        self.restore_button.setVisible(bool(view and view.shipped) and self._may_change)
        self.delete_button.setVisible(bool(view and not view.shipped) and self._may_change)
        self._show_notice()

    def _show_notice(self) -> None:
        words, detail, tone = self._notice_words()
        self.notice.setVisible(bool(words))
        self.notice.show_text(words, detail, tone=tone)

    def _notice_words(self) -> tuple[str, str, str]:
        view = self._current
        if view is not None and view.damaged:
            mend = "请点“恢复原文”，或改好后保存。" if view.shipped else "请改好后保存，或者删除。"
            return "这个模板坏了，不能用来开证明", f"{view.damaged}{mend}", "danger"
        if self._items:
            return "这是不得出具的证明，不能保存", in_words(self._items[0]), "danger"
        if not self._may_change:
            return _READ_ONLY, "", "info"
        if view is not None and not view.legal_basis:
            detail = "请写上本区县公布的文件名称和文号，保存后再启用。"
            return "没有法律依据，还不能启用", detail, "warn"
        return "", "", "info"


def _groups(found: list[TemplateView]) -> list[tuple[str, list[Choice]]]:
    """In use, switched off, damaged; the grade of the basis stands at the right."""
    groups: dict[str, list[Choice]] = {"启用": [], "没有启用": [], "坏了": []}
    for view in found:
        group = "坏了" if view.damaged else "启用" if view.enabled else "没有启用"
        note = grade_chip(view.basis_grade).text if view.legal_basis else "缺依据"
        title = view.title.strip() or "没有标题"
        groups[group].append(Choice(str(view.id), title, note, enabled=view.usable))
    return list(groups.items())
