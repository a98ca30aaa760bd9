"""任职, 接任, 改任, 更正: who holds which post, where, and from when."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import PostKind
from app.services import organisation, posts
from app.services.organisation import COMMUNITY, Place
from app.services.post_words import LEVELS, Level
from app.services.posts import Done, PostInput, PostTaken, PostView
from app.ui.grids.organisation import choices
from app.ui.grids.organisation.end_dialog import remove_post
from app.ui.grids.organisation.member_dialog import MemberDialog
from app.ui.grids.organisation.remarks import tell_remarks
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Field, Form, choice, line_edit
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import hide_unless, small
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine

APPOINT, FOLLOW, TRANSFER, CORRECT = "任职", "接任", "改任", "更正"
_KINDS = {kind.label: kind for kind in PostKind}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form begins with; `post` is the one that is followed, left or corrected."""

    what: str = APPOINT
    kind: PostKind | None = None
    place: Place = COMMUNITY
    member_id: int | None = None
    post: PostView | None = None


class PostDialog(Dialog):
    """One step: who is in the way is ended with it, if the user agrees."""

    def __init__(self, context: Context, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(asked.what, parent, width=560)
        self._context = context
        self._asked = asked
        self._today = context.clock.today()
        with context.database.lookup() as lookup:
            self._trees = organisation.trees(lookup, on=self._today)
        self.form = self._fields()
        self.body.addWidget(small(_told(asked), wrap=True))
        self.body.addWidget(self.form)
        self.add_person = Button("添加人员…", icon="account-plus-outline")
        self.add_person.clicked.connect(self.add_member)
        hide_unless(asked.what in (APPOINT, FOLLOW), self.add_person)
        self._foot.insertWidget(0, self.add_person)
        self.remove_button = Button("删除", kind="danger")
        self.remove_button.clicked.connect(self.remove)
        hide_unless(asked.what == CORRECT, self.remove_button)
        self._foot.insertWidget(1, self.remove_button)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button(asked.what, kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        self._begin()

    def save(self) -> None:
        """Do it and close; a fault is said, and what was typed stays."""
        with messages.domain_errors_shown(self):
            try:
                done = self._do(follow=self._asked.what == FOLLOW)
            except PostTaken as taken:
                if not taken.can_follow or not self._agreed(taken):
                    raise
                done = self._do(follow=True)
            self._context.signals.changed.emit(Area.GRIDS)
            tell_remarks(self, self._context, done)
            self.accept()

    def add_member(self) -> None:
        """Somebody who is not on the list yet; he is chosen then."""
        dialog = MemberDialog(self._context, None, self)
        if dialog.exec() and dialog.member_id is not None:
            self.member.offer(choices.people(self._context))
            self.member.choose_id(dialog.member_id)
            self.since.setFocus()

    def remove(self) -> None:
        """It was registered by mistake."""
        if self._asked.post is not None and remove_post(self._context, self._asked.post, self):
            self.accept()

    def entered(self) -> PostInput:
        """What stands in the form; raises DomainError naming what is missing."""
        member_id, since = self.member.chosen_id, self.since.value()
        if member_id is None:
            raise DomainError("请选谁来任职；名单里还没有的人，按“添加人员”。")
        if since is None:
            raise DomainError("任职日期不对，请写成 2026-11-25。")
        if self.until.is_wrong:
            raise DomainError("离任日期不对，请写成 2026-11-25，不用的话留空。")
        return PostInput(
            member_id=member_id,
            kind=self.kind_chosen,
            since=since,
            until=self.until.value(),
            grid_id=self.grid.chosen_id,
            building_id=self.building.chosen_id,
            unit=self.unit.text(),
        )

    @property
    def kind_chosen(self) -> PostKind:
        return _KINDS[self.kind.currentText()]

    # -- assembling

    def _fields(self) -> Form:
        self.member = IdChoice(
            choices.people(self._context), name="谁", blank="打姓名拼音首字母，或按 ↓ 选"
        )
        self.kind = choice(list(_KINDS), name="职务")
        self.grid = IdChoice(choices.grids(self._trees), name="网格", blank="请选网格")
        self.building = IdChoice(choices.buildings(self._trees), name="楼", blank="请选楼")
        self.unit = line_edit(hint="如 2", limit=10)
        self.since = DateLine(self._today, self._today, future=True)
        self.until = DateLine(self._today, future=True)
        self.until.setPlaceholderText("没有定下来的不用填")
        self.reason = line_edit(hint="如 退休、搬走", limit=200)
        form = Form(label=76)
        self._fields_of = {
            "member": form.add("谁", self.member, required=True),
            "kind": form.add("职务", self.kind, required=True),
            "grid": form.add("网格", self.grid, required=True),
            "building": form.add("楼", self.building, required=True),
            "unit": form.add("单元", self.unit, required=True),
            "since": form.add("任职日期", self.since, required=True),
            "until": form.add("离任日期", self.until),
            "reason": form.add("离任原因", self.reason),
        }
        form.finish()
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        self.kind.currentTextChanged.connect(lambda _: self._show_place())
        return form

    def _begin(self) -> None:
        asked, post = self._asked, self._asked.post
        kind = asked.kind or (post.kind if post else PostKind.GRID_STAFF)
        self.kind.setCurrentText(kind.label)
        place = asked.place
        if post is not None:
            place = Place(post.grid_id, post.building_id, post.unit)
        self.grid.choose_id(place.grid_id)
        self.building.choose_id(place.building_id)
        self.unit.setText(place.unit)
        self.member.choose_id(asked.member_id)
        self._fields_of["reason"].setVisible(asked.what == CORRECT)
        self._fields_of["reason"].label.setVisible(asked.what == CORRECT)
        if post is not None and asked.what == CORRECT:
            self.member.choose_id(post.member_id)
            self.since.set_value(post.since)
            self.until.set_value(post.until)
            self.reason.setText(post.reason)
        if post is not None and asked.what == TRANSFER:
            self.member.choose_id(post.member_id)
            self.member.setEnabled(False)
        if asked.what == FOLLOW:
            for control in (self.kind, self.grid, self.building, self.unit):
                control.setEnabled(False)
        self._show_place()
        self.form.mark_clean()
        (self.kind if not self.member.isEnabled() else self.member).setFocus()

    def _show_place(self) -> None:
        level = LEVELS[self.kind_chosen]
        self._show("grid", level is Level.GRID)
        self._show("building", level in (Level.BUILDING, Level.UNIT))
        self._show("unit", level is Level.UNIT)

    def _show(self, name: str, on: bool) -> None:
        field: Field = self._fields_of[name]
        field.setVisible(on)
        field.label.setVisible(on)

    # -- doing

    def _do(self, *, follow: bool) -> Done:
        entered, asked, today = self.entered(), self._asked, self._today
        with self._context.database.transaction(self._sentence(entered)) as session:
            if asked.post is None or asked.what in (APPOINT, FOLLOW):
                return posts.appoint(session, entered, today=today, follow=follow)
            key, version = asked.post.id, asked.post.version
            if asked.what == TRANSFER:
                return posts.transfer(
                    session, key, entered, version=version, today=today, follow=follow
                )
            reason = self.reason.text()
            return posts.correct(session, key, entered, reason=reason, version=version, today=today)

    def _sentence(self, entered: PostInput) -> str:
        name = self.member.currentText().partition("（")[0]
        where = {
            Level.GRID: self.grid.currentText(),
            Level.BUILDING: self.building.currentText(),
            Level.UNIT: f"{self.building.currentText()} {entered.unit} 单元",
        }.get(LEVELS[entered.kind], "")
        return f"{self._asked.what}：{name} {where} {entered.kind.label}".replace("  ", " ")

    def _agreed(self, taken: PostTaken) -> bool:
        entered = self.entered()
        name = self.member.currentText().partition("（")[0]
        words = (
            f"这个职务从 {taken.since} 起由{taken.holder}担任。办接任：{taken.holder}任到 "
            f"{entered.since} 的前一天，{name}从 {entered.since} 起任。一步完成，可以撤销。"
        )
        return messages.confirm(self, "办接任？", words, "办接任")


_TOLD = {
    APPOINT: "一个职务同一时间只能有一个人时，程序会告诉您现在是谁，并可以直接办接任。",
    FOLLOW: "前任任到这一天的前一天，一步完成，可以撤销。",
    TRANSFER: "这个人离开原来的职务，从这一天起任新的职务，一步完成，可以撤销。",
    CORRECT: "只改登记错的内容；换人请用接任，离开请用离任。",
}


def _told(asked: Asked) -> str:
    """What the step does, and to whom."""
    now = f"现在：{asked.post.name} {asked.post.words}，{asked.post.term}。" if asked.post else ""
    return now + _TOLD[asked.what]
