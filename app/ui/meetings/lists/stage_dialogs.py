"""登记进展 and 完工, 验收, 评价: how a project goes on."""

from abc import abstractmethod
from datetime import date

from PySide6.QtWidgets import QPlainTextEdit, QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.errors import DomainError
from app.models import Project, Verdict
from app.services import project_life
from app.services.evaluations import EvaluationInput
from app.services.progress import StepInput
from app.services.project_views import ProjectView
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import Label, small
from app.ui.kit.segment_choice import SegmentChoice
from app.ui.kit.signals import Area
from app.ui.meetings.lists.words import name_of
from app.ui.people.date_line import NearLine
from app.ui.people.photos_field import PhotosField
from app.ui.people.resident_link import ResidentLink
from app.ui.recent.unsaved import keep_dialog

STEP_DRAFT = "project_step"


class StageDialog(Dialog):
    """The name of the project above, the form, and one thing that is done with it."""

    grows = True

    def __init__(
        self, context: Context, one: ProjectView, verb: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(verb, parent, width=640)
        self._context, self._one, self._verb = context, one, verb
        today = context.clock.today()
        self.day = NearLine(today, today)
        self.form = Form(label=76)
        self.body.addWidget(Label(name_of(one), bold=True, wrap=True))

    @property
    def on_date(self) -> date:
        """The day that was typed; raises DomainError for none."""
        day = self.day.value()
        if day is None:
            raise DomainError("请填日期，写成 2026-11-20 或 11-20。")
        return day

    def close_form(self) -> None:
        """After the last field."""
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button(self._verb, kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        sentence = f"{self._verb} {name_of(self._one)}"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(sentence) as session:
                self.write(session)
            self._context.signals.changed.emit(Area.MEETINGS)
            messages.notify(self._context.signals, f"已{sentence}")
            self.accept()

    @abstractmethod
    def write(self, session: Session) -> None:
        """What is done."""


class StepDialog(StageDialog):
    """With `last` it is the end of the work: its words become the effect (成效)."""

    def __init__(
        self,
        context: Context,
        one: ProjectView,
        *,
        last: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, one, "完工" if last else "登记进展", parent)
        self._last = last
        self.percent = line_edit(hint="0 到 100，说不准就空着", limit=3)
        self.words = QPlainTextEdit()
        hint = "做成了什么样，多少人受益" if last else "做了什么，做到哪里，下一步是什么"
        self.words.setPlaceholderText(hint)
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.current().px(96))
        self.words.textChanged.connect(self._dress)
        self.photos = PhotosField("一步进展")
        self.form.add("日期", self.day, required=True)
        self.form.add("成效" if last else "进展", self.words, required=True)
        if not last:
            self.form.add("进度（%）", self.percent)
        self.form.add("照片", self.photos)
        self.close_form()
        if not last:
            record = (Project.__tablename__, one.id)
            title = f"登记进展 {name_of(one)}"
            keep_dialog(context, self, self.form, f"{STEP_DRAFT}:{one.id}", title, record=record)
        self.words.setFocus()

    def write(self, session: Session) -> None:
        act = project_life.finish if self._last else project_life.step
        entered = StepInput(
            on_date=self.on_date,
            words=self.words.toPlainText(),
            percent=None if self._last else self._percent(),
            photos=self.photos.added,
        )
        now = self._context.clock.now()
        act(session, self._one.id, entered, version=self._one.version, now=now)

    def _dress(self) -> None:
        theme.ensure_glyphs(self.words.toPlainText())

    def _percent(self) -> int | None:
        typed = self.percent.text().strip().removesuffix("%")
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit()):
            raise DomainError("进度请填 0 到 100 之间的整数。")
        return int(typed)


class AcceptDialog(StageDialog):
    """验收: by whom and on which day."""

    def __init__(self, context: Context, one: ProjectView, parent: QWidget | None = None) -> None:
        super().__init__(context, one, "验收", parent)
        self.by = line_edit(hint="如 周立群、居民代表李建国", limit=60)
        self.form.add("验收人", self.by, required=True)
        self.form.add("验收日期", self.day, required=True)
        self.form.add_full(small(f"成效：{one.effect}", wrap=True))
        self.close_form()
        self.by.setFocus()

    def write(self, session: Session) -> None:
        project_life.accept(
            session,
            self._one.id,
            on_date=self.on_date,
            accepted_by=self.by.text(),
            version=self._one.version,
            now=self._context.clock.now(),
        )


class EvaluateDialog(StageDialog):
    """评价 of one of those concerned; what was said before stands above."""

    def __init__(self, context: Context, one: ProjectView, parent: QWidget | None = None) -> None:
        super().__init__(context, one, "评价", parent)
        with context.database.lookup() as lookup:
            said = project_life.said(lookup, one.id)
        told = [f"{each.name} {each.verdict.label} {each.words}".strip() for each in said[-3:]]
        count, named = sum(one.verdicts.values()), f"：{'；'.join(told)}" if told else "。"
        before = f"已有 {count} 人评价{named}" if count else "还没有人评价。"
        self.body.addWidget(small(before, wrap=True))
        self.resident = ResidentLink(context)
        self.name = line_edit(hint="不在册的人或单位才填", limit=60)
        self.verdict = SegmentChoice([each.label for each in Verdict])
        self.words = line_edit(hint="不满意的写明哪里没做好", limit=200)
        self.form.add("居民", self.resident)
        self.form.add("姓名", self.name)
        self.form.add("评价", self.verdict, required=True)
        self.form.add("意见", self.words)
        self.form.add("日期", self.day, required=True)
        self.close_form()
        self.resident.setFocus()

    def write(self, session: Session) -> None:
        verdict = next((one for one in Verdict if one.label == self.verdict.value()), None)
        if verdict is None:
            raise DomainError("请选满意、基本满意或不满意。")
        entered = EvaluationInput(
            name=self.name.text(),
            resident_id=self.resident.value(),
            verdict=verdict,
            words=self.words.text(),
            on_date=self.on_date,
        )
        project_life.evaluate(session, self._one.id, entered, version=self._one.version)
