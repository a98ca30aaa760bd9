"""Every page, dialog and wizard step of the program: the sweep test and `make shots` walk them.

A new page, dialog or step joins both by a line in SCREENS.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app import paths
from app.clock import FixedClock
from app.context import Context, LiveSettings
from app.errors import DomainError
from app.services import office, users
from app.services.office import Office, set_office
from app.storage.backup import backup_now, list_backups
from app.storage.engine import Database
from app.storage.faults import Damaged
from app.storage.office_file import create_office
from app.storage.slots import WEAK_COST
from app.storage.vault import Vault
from app.ui.crash_dialog import CrashDialog
from app.ui.first_start import FirstStart
from app.ui.frame import Frame
from app.ui.help_dialog import HelpDialog
from app.ui.kit.background import Background, Job
from app.ui.kit.dialogs import Message, ProgressDialog, Question
from app.ui.kit.memory import window_memory
from app.ui.kit.signals import BACKUPS, AppSignals
from app.ui.login import LoginFacts, LoginView
from app.ui.main_window import MainWindow
from app.ui.office.new_password import NewPasswordDialog
from app.ui.office.recover import RecoverDialog
from app.ui.office.sheet import NewSheetDialog
from app.ui.office.user_dialog import UserDialog
from app.ui.office.users import UsersTab
from app.ui.rescue import RescueDialog
from tests.actors import actor
from tests.ui import (
    account_states,
    activity_states,
    backup_states,
    bill_states,
    body_states,
    canteen_rule_states,
    certificate_states,
    claim_states,
    counter_states,
    delivery_states,
    diary_states,
    district_states,
    fund_states,
    grid_rule_states,
    handover_states,
    health_states,
    joint_states,
    kitchen_states,
    ledger_states,
    list_states,
    live_states,
    meal_counter_states,
    meeting_plan_states,
    menu_states,
    month_states,
    notice_states,
    order_states,
    organisation_states,
    paper_states,
    people_states,
    points_rule_states,
    print_states,
    privacy_states,
    recent_states,
    register_states,
    request_states,
    resident_states,
    resolution_states,
    statistics_states,
    stock_states,
    template_states,
    topic_states,
    user_states,
    visit_states,
    volunteer_states,
    vote_states,
)

CLOCK = FixedClock(datetime(2026, 11, 20, 9, 41))
OFFICE = Office("望海社区", "海湾街道", "210214", "望海路 18 号", "0411-84641234")
GROUPS = ("K7QM", "2XVD", "9RTA", "H4PE", "W8NC", "6JYB")
USERS = (("周立群", "书记"), ("赵敏", "社工"), ("李娜", "社工"), ("孙丽", "网格员"))


@dataclass(frozen=True)
class Stage:
    """An open office with or without residents, and a folder to write to."""

    database: Database
    vault: Vault
    folder: Path

    def sit_down(self) -> None:
        """The secretary at the desk again: the screen before may have been somebody else's."""
        user = self.vault.users()[0]
        secretary = actor(user.name, user.role, user.slot)
        # Who sits there already needs no reader of his own.
        if self.database.actor != secretary:
            self.database.act_as(secretary)

    def context(self) -> Context:
        signals = AppSignals()
        self.sit_down()
        return Context(
            self.database,
            signals,
            # Of the program, as in real life: no window takes the threads along when it goes.
            Background(QApplication.instance()),
            LiveSettings(self.database, signals),
            CLOCK,
        )


@dataclass(frozen=True)
class Screen:
    """`build` gives a window or dialog, ready to be shown."""

    name: str
    build: Callable[[Stage], QWidget]
    with_data: bool = True
    """Whether it looks different with and without residents."""


def page(key: str, then: Callable[[QWidget], object] | None = None) -> Callable[[Stage], QWidget]:
    """The main window on a page; `then` brings the page into a state."""

    def build(stage: Stage) -> QWidget:
        # As after a day on this page: the window opens with it, and builds no other.
        window_memory().setValue("窗口/页", key)
        window = MainWindow(stage.context())
        window.status.show_backup("备份 09:30 本机")
        window.status.show_saved("09:41")
        window.open_page(key)
        if then is not None:
            then(window.stack.currentWidget())
        return window

    return build


def visits_page(
    then: Callable[[Stage, QWidget], None],
) -> Callable[[Stage], QWidget]:
    """走访 on a stage that is lived in first."""
    return lambda stage: page("grids", lambda it: then(stage, it))(stage)


def points_page(
    then: Callable[[Stage, QWidget], None],
) -> Callable[[Stage], QWidget]:
    """积分超市 on a stage that is lived in first."""
    return lambda stage: page("points", lambda it: then(stage, it))(stage)


def canteen_page(
    then: Callable[[Stage, QWidget], None],
) -> Callable[[Stage], QWidget]:
    """食堂 on a stage that is lived in first."""
    return lambda stage: page("canteen", lambda it: then(stage, it))(stage)


def meetings_page(
    then: Callable[[Stage, QWidget], None],
) -> Callable[[Stage], QWidget]:
    """议事 on a stage that is lived in first."""
    return lambda stage: page("meetings", lambda it: then(stage, it))(stage)


def _backups(stage: Stage) -> QWidget:
    backup_now(stage.database, stage.vault, paths.backup_dir(), reason="手动")
    return page("office", lambda it: it.show_record(BACKUPS))(stage)


def _no_sheet(office_page: QWidget) -> None:
    office_page.show_record("使用人")
    office_page.findChild(UsersTab).show_sheet_missing(True)
    office_page.window().status.show_sheet_missing(True)


def _backups_in(state: Callable[[Stage], object]) -> Callable[[Stage], QWidget]:
    def build(stage: Stage) -> QWidget:
        state(stage)
        return page("office", backup_states.show_tab)(stage)

    return build


def _first_start_with_stick(stage: Stage) -> QWidget:
    frame = first_start(0)(stage)
    backup_states.offered(stage, frame.findChild(FirstStart))
    return frame


def _rescue(stage: Stage) -> QWidget:
    for reason in ("退出时", "导入前"):
        backup_now(stage.database, stage.vault, paths.backup_dir(), reason=reason)
    file = stage.database.file
    return RescueDialog(str(Damaged(file)), list_backups(paths.backup_dir()), file, CLOCK)


def _login(stage: Stage) -> QWidget:
    facts = LoginFacts("海湾街道望海社区", "备份 今天 09:30，本机已核验", backup_good=True)
    return Frame(LoginView(stage.vault, CLOCK, facts))


def _refused(stage: Stage) -> QWidget:
    frame = _login(stage)
    view = frame.findChild(LoginView)
    view.users.choose(stage.vault.users()[1].slot)
    view.password.setText("mistyped")
    view.enter()
    view.caps.show()
    return frame


def first_start(step: int, folder: str = "D:/邻里/望海社区") -> Callable[[Stage], QWidget]:
    """The wizard at one of its steps, filled as a person would."""

    def build(_stage: Stage) -> QWidget:
        from app.reports.recovery_sheet import RecoverySheet, render

        sheet = RecoverySheet(
            office="海湾街道望海社区居民委员会",
            issued_on=CLOCK.today(),
            groups=GROUPS,
            program="邻里 · 社区工作台",
            file_number="A3F0-7C1E",
        )
        view = FirstStart(
            CLOCK,
            create=lambda *_: GROUPS,
            change_office=lambda _: None,
            make_sheet=lambda *_: render(sheet),
            folder=Path(folder),
        )
        _fill_first_start(view, step)
        return Frame(view)

    return build


def _fill_first_start(view: FirstStart, step: int) -> None:
    view.community.name.setText("望海社区")
    view.community.street.setText("海湾街道")
    view.community.address.setText("望海路 18 号")
    view.secretary.name.setText("周立群")
    view.secretary.first.setText("three quiet words")
    view.secretary.second.setText("three quiet words" if step > 1 else "three")
    while view.step < min(step, 2):
        view.go_on()
    if step >= 2 and view.recovery is not None:
        view.recovery.note_done("已打印")
        view.recovery.proof.setText("6J")
    if step == 3 and view.recovery is not None:
        view.recovery.proof.setText("6JYB")
        view.recovery.away.setChecked(True)
        view.go_on()


def _progress(stage: Stage) -> QWidget:
    dialog = ProgressDialog("正在导入名册", Job(QApplication.instance()))
    dialog.show_progress(1200, 2528, "第 1,200 行，共 2,528 行")
    return dialog


def _crash(_stage: Stage) -> QWidget:
    try:
        raise LookupError("no such row")
    except LookupError as error:
        return CrashDialog(error)


def _new_sheet(stage: Stage) -> QWidget:
    return NewSheetDialog(GROUPS, b"", CLOCK)


def _recover(stage: Stage) -> QWidget:
    return RecoverDialog(stage.vault, CLOCK, lambda *_: b"")


WORDS = "删除后可以在回收站里找回，保留 30 天。这个人的积分和走访记录都还在。"

SCREENS: list[Screen] = [
    Screen("登录", _login, with_data=False),
    Screen("登录 密码不对", _refused, with_data=False),
    Screen("登录 已锁定", lambda stage: user_states.locked(stage, CLOCK), with_data=False),
    Screen("登录 换一个人用", lambda stage: user_states.another(stage, CLOCK), with_data=False),
    *(
        Screen(f"首次使用 {number + 1}", first_start(number), with_data=False)
        for number in range(4)
    ),
    Screen("首次使用 同步文件夹", first_start(0, "D:/OneDrive - 海湾街道/邻里"), with_data=False),
    Screen("居民", page("residents")),
    Screen("居民 筛选", page("residents", people_states.filtered)),
    Screen("居民 全部勾选", page("residents", people_states.all_ticked), with_data=False),
    Screen("居民 已离开", page("residents", people_states.departed)),
    Screen("居民 没有找到", page("residents", people_states.found_nobody)),
    *(
        Screen(name, people_states.dialog(make), with_data=False)
        for name, make in people_states.DIALOGS.items()
    ),
    Screen("新增居民", page("residents", resident_states.new_form)),
    Screen("新增居民 有错", page("residents", resident_states.form_with_faults), with_data=False),
    Screen(
        "新增居民 很像", page("residents", resident_states.form_with_look_alike), with_data=False
    ),
    Screen("修改居民", page("residents", resident_states.edit_form), with_data=False),
    *(
        Screen(
            f"导入 {step + 1}",
            page("residents", resident_states.import_step(step)),
            # Whom the file brings anew, and whom not, shows in the preview alone.
            with_data=step == resident_states.PREVIEW,
        )
        for step in range(4)
    ),
    Screen("导入 文件不对", page("residents", resident_states.wrong_file), with_data=False),
    Screen("导入 待确认", page("residents", resident_states.import_question), with_data=False),
    *(Screen(name, build, with_data=False) for name, build in recent_states.STATES.items()),
    Screen("网格楼栋", page("grids")),
    *(
        Screen(name, page("grids", then), with_data=False)
        for name, then in district_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in district_states.DIALOGS.items()),
    *(
        Screen(name, canteen_page(then), with_data=False)
        for name, then in delivery_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in delivery_states.DIALOGS.items()),
    *(
        Screen(name, canteen_page(then), with_data=name in order_states.ALSO_EMPTY)
        for name, then in order_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in order_states.DIALOGS.items()),
    *(
        Screen(name, canteen_page(then), with_data=name in menu_states.ALSO_EMPTY)
        for name, then in menu_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in menu_states.DIALOGS.items()),
    *(
        Screen(name, page("canteen", then), with_data=False)
        for name, then in meal_counter_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in meal_counter_states.DIALOGS.items()),
    Screen("食堂", page("canteen")),
    *(
        Screen(name, canteen_page(then), with_data=False)
        for name, then in kitchen_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in kitchen_states.DIALOGS.items()),
    *(Screen(name, canteen_page(then)) for name, then in account_states.PAGES.items()),
    *(Screen(name, build, with_data=False) for name, build in account_states.DIALOGS.items()),
    *(
        Screen(name, canteen_page(then), with_data=False)
        for name, then in claim_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in claim_states.DIALOGS.items()),
    Screen("积分超市 柜台", page("points")),
    *(
        Screen(name, points_page(then), with_data=False)
        for name, then in counter_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in counter_states.DIALOGS.items()),
    *(
        Screen(name, points_page(then), with_data=name == "积分台账")
        for name, then in ledger_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in ledger_states.DIALOGS.items()),
    *(
        Screen(name, points_page(then), with_data=name in volunteer_states.ALSO_EMPTY)
        for name, then in volunteer_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in volunteer_states.DIALOGS.items()),
    *(
        Screen(name, page("points", then), with_data=name in activity_states.ALSO_EMPTY)
        for name, then in activity_states.STATES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in activity_states.DIALOGS.items()),
    Screen("文书", page("papers")),
    *(
        Screen(f"证明 {name}", page("papers", then), with_data=False)
        for name, then in certificate_states.STATES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in certificate_states.DIALOGS.items()),
    *(Screen(name, build, with_data=False) for name, build in template_states.DIALOGS.items()),
    *(
        Screen(name, build, with_data=name not in register_states.ALWAYS_THE_SAME)
        for name, build in register_states.DIALOGS.items()
    ),
    Screen("文书 写通知", page("papers", paper_states.notice_form), with_data=False),
    *(
        Screen(name, page("papers", then), with_data=False)
        for name, then in notice_states.PAGES.items()
    ),
    *(
        Screen(name, notice_states.dialog(make), with_data=False)
        for name, make in notice_states.DIALOGS.items()
    ),
    Screen("文书 花名册", page("papers", paper_states.roster)),
    Screen("文书 本人信息单", page("papers", paper_states.sheet)),
    Screen("文书 花名册 完整号码", page("papers", list_states.whole_numbers), with_data=False),
    Screen("文书 走访登记表", page("papers", list_states.opened("visit_form"))),
    Screen("文书 走访登记表 找人", page("papers", list_states.searching)),
    Screen("文书 签到表", page("papers", list_states.sign_in)),
    Screen("文书 领取签字表", page("papers", list_states.picked)),
    Screen("文书 领取签字表 选人", page("papers", list_states.picking), with_data=False),
    Screen("文书 信封 人多", page("papers", list_states.many), with_data=False),
    Screen("文书 地址签", page("papers", list_states.used_labels)),
    Screen("文书 地址签 选人", page("papers", list_states.label_people), with_data=False),
    Screen("文书 信封", page("papers", list_states.opened("envelopes"))),
    Screen("文书 告知书", page("papers", list_states.opened("privacy_notice"))),
    *(
        Screen(name, lambda _, make=make: make(), with_data=False)
        for name, make in print_states.DIALOGS.items()
    ),
    Screen("从备份恢复", _rescue, with_data=False),
    Screen("设置 社区", page("office"), with_data=False),
    Screen("设置 使用人", page("office", lambda it: it.show_record("使用人")), with_data=False),
    Screen("设置 恢复单没打印", page("office", _no_sheet), with_data=False),
    Screen("设置 备份", _backups, with_data=False),
    *(
        Screen(f"设置 备份 {name}", _backups_in(state), with_data=False)
        for name, state in backup_states.STATES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in backup_states.DIALOGS.items()),
    Screen("首次使用 U 盘上有备份", _first_start_with_stick, with_data=False),
    *(
        Screen(name, page("office", then), with_data=False)
        for name, then in health_states.PAGES.items()
    ),
    *(
        Screen(name, notice_states.dialog(make), with_data=False)
        for name, make in handover_states.DIALOGS.items()
    ),
    Screen("资料怎样算齐全", health_states.complete, with_data=False),
    Screen(
        "设置 显示与安全", page("office", lambda it: it.show_record("显示与安全")), with_data=False
    ),
    Screen("设置 节假日", page("office", lambda it: it.show_record("节假日")), with_data=False),
    Screen("设置 节假日 没有数据", page("office", notice_states.no_holidays), with_data=False),
    *(
        Screen(name, page("office", then), with_data=False)
        for name, then in grid_rule_states.PAGES.items()
    ),
    *(
        Screen(name, page("office", then), with_data=False)
        for name, then in points_rule_states.PAGES.items()
    ),
    *(
        Screen(name, page("office", then), with_data=False)
        for name, then in canteen_rule_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in canteen_rule_states.DIALOGS.items()),
    *(
        Screen(name, page("office", then), with_data=False)
        for name, then in vote_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in vote_states.DIALOGS.items()),
    Screen("记走访", grid_rule_states.put_down_visit, with_data=False),
    Screen("设置 文书", page("office", lambda it: it.show_record("文书")), with_data=False),
    *(
        Screen(name, page("office", then), with_data=False)
        for name, then in privacy_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in privacy_states.DIALOGS.items()),
    Screen("新增居民 孩子", page("residents", privacy_states.child_form), with_data=False),
    Screen("设置 关于", page("office", lambda it: it.show_record("关于")), with_data=False),
    *(
        Screen(name, page("grids", then), with_data=name == "平安日记")
        for name, then in diary_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in diary_states.DIALOGS.items()),
    *(
        Screen(name, page("grids", then), with_data=name == "幸福账单")
        for name, then in bill_states.PAGES.items()
    ),
    *(
        Screen(name, visits_page(then), with_data=name == "走访")
        for name, then in visit_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in visit_states.DIALOGS.items()),
    *(
        Screen(name, page("grids", then), with_data=with_data)
        for name, (then, with_data) in request_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in request_states.DIALOGS.items()),
    *(Screen(name, build) for name, build in organisation_states.PAGES.items()),
    *(Screen(name, build, with_data=False) for name, build in organisation_states.DIALOGS.items()),
    *(
        Screen(name, points_page(then), with_data=not stock_states.alike(name))
        for name, then in stock_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in stock_states.DIALOGS.items()),
    *(
        Screen(name, page("points", then), with_data=name == "月结")
        for name, then in month_states.PAGES.items()
    ),
    *(
        Screen(name, lambda stage, build=build: build(stage.context()), with_data=False)
        for name, build in month_states.DIALOGS.items()
    ),
    *(
        Screen(name, page("points", then), with_data=name == "积分统计")
        for name, then in statistics_states.PAGES.items()
    ),
    *(Screen(name, page("meetings", then)) for name, then in topic_states.PAGES.items()),
    *(Screen(name, page("meetings", then)) for name, then in resolution_states.PAGES.items()),
    *(Screen(name, build, with_data=False) for name, build in resolution_states.DIALOGS.items()),
    *(
        Screen(name, page("meetings", then), with_data=name == "议事组织")
        for name, then in body_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in body_states.DIALOGS.items()),
    *(Screen(name, build, with_data=False) for name, build in topic_states.DIALOGS.items()),
    *(
        Screen(name, page("meetings", then), with_data=name == "会议")
        for name, then in meeting_plan_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in meeting_plan_states.DIALOGS.items()),
    *(
        Screen(name, meetings_page(then), with_data=False)
        for name, then in (*joint_states.PAGES.items(), *fund_states.PAGES.items())
    ),
    *(Screen(name, build, with_data=False) for name, build in joint_states.DIALOGS.items()),
    *(Screen(name, build, with_data=False) for name, build in fund_states.DIALOGS.items()),
    *(
        Screen(name, page("meetings", then), with_data=False)
        for name, then in live_states.PAGES.items()
    ),
    *(Screen(name, build, with_data=False) for name, build in live_states.DIALOGS.items()),
    Screen("按键一览", lambda _: HelpDialog(), with_data=False),
    Screen(
        "提问", lambda _: Question("删除 王秀兰", WORDS, "删除", destructive=True), with_data=False
    ),
    Screen("说明", lambda _: Message("没有完成", str(DomainError(WORDS))), with_data=False),
    Screen("进度", _progress, with_data=False),
    Screen("程序出错", _crash, with_data=False),
    Screen("忘了密码", _recover, with_data=False),
    Screen("新的恢复单", _new_sheet, with_data=False),
    Screen("添加使用人", lambda _: UserDialog(), with_data=False),
    Screen("设置 使用人 同事", page("office", user_states.colleague), with_data=False),
    Screen("设置 各岗位的权限", page("office", user_states.rights), with_data=False),
    *(
        Screen(name, lambda _, make=make: make(), with_data=False)
        for name, make in user_states.DIALOGS.items()
    ),
    Screen(
        "换密码",
        lambda _: NewPasswordDialog("换我的密码", "先输入现在的密码。", ask_old=True),
        with_data=False,
    ),
]


def show(app: QApplication, screen: Screen, stage: Stage) -> QWidget:
    """Build a screen, give it the size of the smallest office PC, let it settle."""
    stage.sit_down()
    window = screen.build(stage)
    if isinstance(window, Frame | MainWindow):
        window.resize(1366, 728)
    window.show()
    app.processEvents()
    while (due := [one for one in window.findChildren(QTimer) if _is_due(one)]) or _works(app):
        for timer in due:
            timer.setInterval(0)
        app.processEvents()
        # A loop that never rests leaves a thread five milliseconds for each row that it reads.
        time.sleep(0.005)
    for _ in range(6):
        app.processEvents()
    return window


def _works(app: QApplication) -> bool:
    """Papers are drawn in a thread: the picture waits for them, and so does the next window."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    return any(background.busy for background in app.findChildren(Background, options=direct))


def _is_due(timer: QTimer) -> bool:
    """What pages put off for a moment (counts, the card, look-alikes): nobody waits for it here."""
    return timer.isActive() and timer.isSingleShot() and timer.interval() < 1000


def close(window: QWidget) -> None:
    """Take a screen away at once: windows that linger are dressed anew with every mode."""
    window.hide()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def make_stage(folder: Path, *, people: int) -> Stage:
    """An office with `people` made-up residents, as the demo makes them."""
    new = create_office(
        folder / "社区资料.linli",
        user=USERS[0][0],
        role=USERS[0][1],
        password="three quiet words",
        clock=CLOCK,
        cost=WEAK_COST,
    )
    new.vault.note_sheet_kept()
    if people:
        from app.demo import build_demo

        build_demo(new.database, people=people, today=CLOCK.today())
    with new.database.transaction("填写社区资料") as session:
        set_office(session, OFFICE)
        if not people:
            office.seed(session, today=CLOCK.today())
        for name, role in USERS[1:]:
            slot = new.vault.add_user(
                new.database.key, name=name, role=role, password="three quiet words"
            )
            users.add(session, name=name, role=role, slot=slot)
    return Stage(new.database, new.vault, folder)
