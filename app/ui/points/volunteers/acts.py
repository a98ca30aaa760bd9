"""What can be done with one volunteer, by the names of the buttons of the card."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import points_accounts, points_owner, templates, volunteers
from app.services.certificate_paper import document_words
from app.services.service_record import NUMBER, PERIOD
from app.services.template_input import VOLUNTEER
from app.services.volunteer_views import VolunteerRow
from app.ui.kit import messages
from app.ui.kit.signals import Area
from app.ui.people.paper_wish import CERTIFICATE, PaperWish
from app.ui.people.points_wish import ShowAccount
from app.ui.points.volunteers.form_dialog import VolunteerDialog
from app.ui.points.volunteers.leave_dialog import LeaveDialog
from app.values.rights import Right

Act = Callable[[Context, VolunteerRow, QWidget], None]


def edit(context: Context, line: VolunteerRow, parent: QWidget) -> None:
    """The form, for who may change it."""
    if context.may(Right.RECORD_POINTS):
        VolunteerDialog(context, line.id, parent.window()).exec()


def show_hours(context: Context, line: VolunteerRow, parent: QWidget) -> None:
    """服务记录: the lines of the book of hours."""
    from app.ui.points.volunteers.hours_dialog import HoursDialog

    dialog = HoursDialog(context, line, parent.window())
    if dialog.exec():
        _ask_certificate(context, line, parent, dialog.days)


def show_notes(context: Context, line: VolunteerRow, parent: QWidget) -> None:
    """Trainings, honours, assessments, complaints."""
    from app.ui.points.volunteers.notes_dialog import NotesDialog

    NotesDialog(context, line, parent.window()).exec()


def show_account(context: Context, line: VolunteerRow, parent: QWidget) -> None:
    """The points of somebody; an account is opened where there is none and one may."""
    with messages.domain_errors_shown(parent):
        account_id = _account(context, line)
        if account_id is None:
            messages.warn(context.signals, f"{line.name}还没有积分账户，记第一笔积分时开户。")
        else:
            context.signals.page_requested.emit("points", ShowAccount(account_id))


def make_certificate(context: Context, line: VolunteerRow, parent: QWidget) -> None:
    """志愿服务记录证明 in 文书, of this year up to today; the clerk may choose other days."""
    today = context.clock.today()
    _ask_certificate(context, line, parent, (today.replace(month=1, day=1), today))


def _ask_certificate(
    context: Context, line: VolunteerRow, parent: QWidget, days: tuple[date, date]
) -> None:
    with messages.domain_errors_shown(parent):
        with context.database.reading() as session:
            found = [one for one in templates.templates(session) if one.key == VOLUNTEER]
        if not found or not found[0].usable:
            messages.warn(context.signals, "“志愿服务记录证明”没有启用，请书记在文书的模板里启用。")
            return
        context.signals.page_requested.emit("papers", _wish(context, line, found[0].id, days))


def leave(context: Context, line: VolunteerRow, parent: QWidget) -> None:
    """退出, or back again."""
    if line.left_on is None:
        LeaveDialog(context, line, parent.window()).exec()
        return
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"志愿者重新加入 {line.title}") as session:
            volunteers.come_back(session, line.id, version=line.version)
        _changed(context, f"{line.name}重新加入了，请选好队伍。")


def remove(context: Context, line: VolunteerRow, parent: QWidget) -> None:
    """Into the recycle bin, after asking."""
    words = f"“{line.title}”会移到回收站，30 天内可以放回。登记错了才删除；不再参加了请办退出。"
    if not messages.confirm(parent, "删除志愿者", words, "删除", destructive=True):
        return
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"删除志愿者 {line.title}") as session:
            volunteers.remove(session, line.id, now=context.clock.now())
        _changed(context, f"已删除：{line.title}")


ACTS: dict[str, Act] = {
    "edit": edit,
    "hours": show_hours,
    "notes": show_notes,
    "account": show_account,
    "certificate": make_certificate,
    "leave": leave,
    "remove": remove,
}


def _wish(
    context: Context, line: VolunteerRow, template_id: int, days: tuple[date, date]
) -> PaperWish:
    answers = [(PERIOD, f"{days[0]}至{days[1]}")]
    kind = f"{CERTIFICATE}{template_id}"
    if line.resident_id is not None:
        return PaperWish(kind, (line.resident_id,), answers=tuple(answers))
    seen = context.may(Right.SEE_NUMBERS) and bool(line.id_number)
    document = document_words("id_card", line.id_number) if seen else ""
    if seen:
        # The preview of the paper shows it whole before anything is on file.
        with context.database.transaction(f"查看志愿者 {line.title}的证件号码") as session:
            volunteers.note_opened(session, line.id)
    answers.append((NUMBER, line.number_words))
    return PaperWish(kind, outsider=(line.name, document), answers=tuple(answers))


def _account(context: Context, line: VolunteerRow) -> int | None:
    with context.database.lookup() as lookup:
        known = points_owner.account_of_volunteer(lookup, line.id, line.resident_id)
    if known is not None or not context.may(Right.RECORD_POINTS):
        return known
    with context.database.transaction(f"开积分账户 {line.title}") as session:
        opened = points_accounts.ensure_account(
            session, volunteer_id=line.id, today=context.clock.today()
        )
    context.signals.changed.emit(Area.POINTS)
    return opened


def _changed(context: Context, sentence: str) -> None:
    context.signals.changed.emit(Area.POINTS)
    messages.notify(context.signals, sentence)
