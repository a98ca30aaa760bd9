"""At the start: which forms were not saved last time, and going on with them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.context import Context
from app.services import drafts
from app.services.drafts import Draft
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import Label, box, column, row, rule, small, tip_of
from app.ui.people.unsaved_wish import Unsaved

PLACES = {
    "resident": ("居民", "residents"),
    "notice": ("通知", "papers"),
    "certificate": ("证明", "papers"),
    "template": ("证明模板", "papers"),
    "forbidden": ("不得出具清单", "papers"),
    "seal": ("用印登记", "papers"),
    "objection": ("异议", "papers"),
    "diary": ("平安日记", "grids"),
    "visit_sheet": ("走访单", "grids"),
    "delivery_sheet": ("送餐单", "canteen"),
    "meal_sheet": ("签到表", "canteen"),
    "samples": ("留样", "canteen"),
    "checks": ("晨检", "canteen"),
    "request": ("诉求", "grids"),
    "request_step": ("诉求办理", "grids"),
    "visit": ("走访", "grids"),
    "member": ("网格人员", "grids"),
    "grid": ("网格", "grids"),
    "building": ("楼栋", "grids"),
    "volunteer": ("志愿者", "points"),
    "team": ("队伍", "points"),
    "activity": ("活动", "points"),
    "attendance": ("签到", "points"),
    "summary": ("活动小结", "points"),
    "points_claim": ("手工记分", "points"),
    "weighing": ("回收称重", "points"),
    "goods": ("商品", "points"),
    "receipt": ("入库单", "points"),
    "standing_order": ("长期订餐", "canteen"),
    "dish": ("菜", "canteen"),
    "subsidy_rule": ("补贴档次", "office"),
    "vote_rule": ("表决规则", "office"),
    "topic": ("议题", "meetings"),
    "meeting": ("会议", "meetings"),
    "agenda_item": ("议程", "meetings"),
    "agenda_of": ("加议程", "meetings"),
    "minutes": ("会议记录", "meetings"),
    "meeting_words": ("会上写的文字", "meetings"),
    "member_report": ("述职", "meetings"),
    "progress": ("决议进展", "meetings"),
    "fund_entry": ("经费", "meetings"),
    "body": ("议事组织", "meetings"),
    "body_member": ("成员", "meetings"),
    "body_member_of": ("任职", "meetings"),
    "owner": ("业主", "meetings"),
    "owner_of": ("加业主", "meetings"),
    "appraisal": ("民主评议", "meetings"),
    "resource": ("资源", "meetings"),
    "need": ("需求", "meetings"),
    "project": ("项目", "meetings"),
    "project_step": ("项目进展", "meetings"),
    "joint_unit": ("共建单位", "meetings"),
    "settings": ("设置", "office"),
}
"""By the kind of a form: what it is called where it has no title, and the page that opens it."""
_NAMED = 2


class UnsavedBar(QFrame):
    """One quiet line in the sidebar, where it covers nothing that is read; gone with the last."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("info")
        self.look = Button("", kind="link", size="small", icon="content-save-alert-outline")
        self.look.clicked.connect(self.open)
        self.setLayout(row(self.look, None, margins=(2, 0, 0, 0)))
        self.hide()

    def show_waiting(self) -> None:
        """Read what waits; nothing is shown where nothing does."""
        found = self._waiting()
        self.look.setText(f"没有保存 {len(found)} 份")
        self.look.setToolTip(tip_of(bar_words(found)))
        self.look.setAccessibleName(bar_words(found))
        self.setVisible(bool(found))

    def open(self) -> None:
        """The list, and what was chosen in it; all of it may have been saved since."""
        if self._waiting():
            dialog = UnsavedDialog(self._context, self.window())
            dialog.exec()
            if dialog.chosen is not None:
                self.hide()
                page = PLACES[dialog.chosen.kind][1]
                self._context.signals.page_requested.emit(page, dialog.chosen)
                return
        self.show_waiting()

    def _waiting(self) -> list[Draft]:
        with self._context.database.reading() as session:
            return [one for one in drafts.waiting(session) if Unsaved(one.key).kind in PLACES]


class UnsavedDialog(Dialog):
    """`chosen` is the form to go on with, None where the list was just closed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("上次没有保存的内容", parent, width=560)
        self.chosen: Unsaved | None = None
        self._context = context
        self._lines: list[QWidget] = []
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(small("程序关掉以前正在填、还没有保存的，都替您留着。", wrap=True))
        self.body.addLayout(self._place)
        self._show()
        self.close_button = self.add_button(Button("以后再说", cap="Esc"), closes=False)

    def go_on(self, key: str) -> None:
        self.chosen = Unsaved(key)
        self.accept()

    def give_up(self, key: str) -> None:
        """Forget one of them; the dialog goes with the last."""
        with self._context.database.transaction("清除草稿") as session:
            drafts.drop(session, key)
        self._show()

    def _show(self) -> None:
        for line in self._lines:
            self._place.removeWidget(line)
            line.deleteLater()
        with self._context.database.reading() as session:
            found = [one for one in drafts.waiting(session) if Unsaved(one.key).kind in PLACES]
        self._lines = [self._line(draft) for draft in found]
        for line in self._lines:
            self._place.addWidget(line)
        if not found:
            self.reject()

    def _line(self, draft: Draft) -> QWidget:
        go_on = Button("继续填", kind="primary", size="small")
        give_up = Button("不要了", size="small")
        go_on.clicked.connect(partial(self.go_on, draft.key))
        give_up.clicked.connect(partial(self.give_up, draft.key))
        when = small(f"{draft.saved_at:%m-%d %H:%M} 自动存下", wrap=True)
        if draft.changed_by:
            since = f"这条后来改过：{draft.changed_by}，继续填时请核对"
            when = small(since, tone="warn", wrap=True)
        words = column(Label(title_of(draft), bold=True, wrap=True), when, spacing=2)
        return box(column(rule(), row((words, 1), go_on, give_up), spacing=8))


def title_of(draft: Draft) -> str:
    return draft.title or PLACES[Unsaved(draft.key).kind][0]


def bar_words(waiting: Sequence[Draft]) -> str:
    """上次有 2 份没有保存的内容：居民 王秀兰、通知《停水》."""
    named = "、".join(title_of(one) for one in waiting[:_NAMED])
    more = "等" if len(waiting) > _NAMED else ""
    return f"上次有 {len(waiting)} 份没有保存的内容：{named}{more}" if waiting else ""
