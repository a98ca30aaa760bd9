"""Tags of one person or of many: since when, from where, which level; ended ones stay."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import tags
from app.services.cards import CardTag
from app.storage.backup import back_up_before
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.chips import ChipLabel
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import row, rule, small
from app.ui.people.date_line import DateLine
from app.ui.people.tag_chips import TONES

ADD, END = "加上", "结束"


class TagDialog(Dialog):
    """`who` names the people in the title: 王秀兰, or 已选 3 人. `current`: tags of one person."""

    def __init__(
        self,
        context: Context,
        resident_ids: Sequence[int],
        who: str,
        *,
        current: Sequence[CardTag] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"标签：{who}", parent, width=560)
        self.sentence = ""
        """What was done, after the dialog was accepted."""
        self._context = context
        self._ids = list(resident_ids)
        self._who = who
        self._edited: CardTag | None = None
        with context.database.reading() as session:
            self._tags = tags.tags(session)
        if current:
            self._show_current(current)
        self._add_form()
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("保存", kind="primary", cap="Ctrl+Enter"))
        self.confirm.clicked.connect(self.save)
        self.tag.setFocus()

    def edit(self, tag: CardTag, *, ending: bool) -> None:
        """Take a tag that the person has into the form, to be corrected or ended."""
        self._edited = tag
        self.tag.setCurrentText(tag.name)
        self.tag.setEnabled(False)
        self.action.setEnabled(False)
        self.action.setCurrentText(END if ending else ADD)
        self.since.set_value(tag.since)
        self.until.set_value(self._context.clock.today() if ending else tag.until)
        self.level.setText(tag.level)
        self.source.setText(tag.source)
        (self.until if ending else self.since).setFocus()

    def save(self) -> None:
        """Store it and close; a broken rule is told and the dialog stays."""
        if self._wrong_date():
            return
        with messages.domain_errors_shown(self):
            if self._edited is not None:
                self._save_edited(self._edited)
            elif self.action.currentText() == END:
                self._save_ended()
            else:
                self._save_given()
            self.accept()

    def _show_current(self, current: Sequence[CardTag]) -> None:
        for tag in current:
            chip = ChipLabel(tag.name, TONES.get(tag.tone, "grey"))
            change = Button("修改", kind="link", size="small")
            change.setAccessibleName(f"修改 {tag.name}")
            change.clicked.connect(lambda _=False, one=tag: self.edit(one, ending=False))
            end = Button("结束", kind="link", size="small")
            end.setAccessibleName(f"结束 {tag.name}")
            end.clicked.connect(lambda _=False, one=tag: self.edit(one, ending=True))
            line = row(chip, small(_circumstance(tag)), None, change, end)
            self.body.addLayout(line)
        self.body.addWidget(rule())

    def _add_form(self) -> None:
        today = self._context.clock.today()
        self.form = Form()
        self.action = choice([ADD, END], ADD, name="要做什么")
        self.tag = choice([one.name for one in self._tags])
        self.since, self.until = DateLine(today, today), DateLine(today)
        self.level = line_edit(hint="如：二级，可不填", limit=20)
        self.source = line_edit(hint="如：民政名单、走访，可不填", limit=40)
        self.form.add("要做什么", self.action)
        self.form.add("标签", self.tag, required=True)
        self._since_field = self.form.add("开始", self.since)
        self._until_field = self.form.add("结束", self.until)
        self.form.add("等级", self.level)
        self.form.add("来源", self.source)
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.action.currentTextChanged.connect(lambda _: self._show_fields())
        self.form.finish()
        self._show_fields()
        self.body.addWidget(self.form)

    def _show_fields(self) -> None:
        """Only what the chosen action needs can be typed in."""
        ending = self.action.currentText() == END
        for control in (self.since, self.level, self.source):
            control.setEnabled(self._edited is not None or not ending)
        self.until.setEnabled(ending or self._edited is not None)
        if ending and not self.until.text():
            self.until.set_value(self._context.clock.today())

    def _wrong_date(self) -> bool:
        for field, line in ((self._since_field, self.since), (self._until_field, self.until)):
            if line.is_wrong:
                field.set_message("看不懂这个日期，请写成 2026-11-20 这样。", "danger")
                line.setFocus()
                return True
        return False

    def _tag_id(self) -> int:
        return self._tags[self.tag.currentIndex()].id

    def _spoken(self) -> str:
        """As the journal names it: sensitive tags without their name."""
        return self._tags[self.tag.currentIndex()].spoken

    def _until_date(self) -> date:
        return self.until.value() or self._context.clock.today()

    def _save_given(self) -> None:
        name = self.tag.currentText()
        back_up_before(self._context.database, "批量改标签前", rows=len(self._ids))
        with self._context.database.transaction(f"给 {self._who} 加{self._spoken()}") as session:
            count = tags.give(
                session,
                self._ids,
                self._tag_id(),
                since=self.since.value(),
                source=self.source.text().strip(),
                level=self.level.text().strip(),
            )
        self.sentence = _done(count, len(self._ids), f"已加标签“{name}”", "原来就有，没有改动")

    def _save_ended(self) -> None:
        name = self.tag.currentText()
        back_up_before(self._context.database, "批量改标签前", rows=len(self._ids))
        with self._context.database.transaction(f"结束 {self._who} 的{self._spoken()}") as session:
            count = tags.end(session, self._ids, self._tag_id(), until=self._until_date())
        self.sentence = _done(count, len(self._ids), f"已结束标签“{name}”", "没有这个标签")

    def _save_edited(self, tag: CardTag) -> None:
        until = self._until_date() if self.action.currentText() == END else self.until.value()
        with self._context.database.transaction(f"修改 {self._who} 的{self._spoken()}") as session:
            tags.edit(
                session,
                tag.id,
                since=self.since.value(),
                until=until,
                source=self.source.text().strip(),
                level=self.level.text().strip(),
            )
        self.sentence = f"已修改 {self._who} 的标签“{tag.name}”"


def _circumstance(tag: CardTag) -> str:
    since = "" if tag.since is None else f"{tag.since:%Y-%m-%d} 起"
    return "・".join(part for part in (since, tag.level, tag.source) if part)


def _done(count: int, of: int, words: str, rest: str) -> str:
    left = of - count
    return f"{words}：{count:,} 人" + (f"；{left:,} 人{rest}" if left else "")
