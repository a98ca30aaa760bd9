"""What is done with awards of stars: proposed, made public, given, not given; and their papers."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.services import star_papers, stars
from app.services.papers import Printing
from app.services.stars import StarRow, stars_words
from app.ui.kit import messages
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.kit.signals import Area
from app.ui.people.paper_job import Made, show_paper
from app.ui.people.paper_wish import MadeNotice

_NOT_GIVEN = ("公示期有异议，核实属实", "时长有误", "本人放弃", "虚报时长")


def propose(context: Context, parent: QWidget) -> None:
    """Everybody who has reached more stars than he has is put on the list."""
    with messages.domain_errors_shown(parent):
        with context.database.transaction("提出星级认定") as session:
            made = stars.propose(session, today=context.clock.today())
        if made:
            _told(context, f"提出认定 {len(made)} 人，请核对后公示")
        else:
            messages.notify(context.signals, "现在没有人够到新的星级")


def publish(context: Context, parent: QWidget, rows: Sequence[StarRow]) -> None:
    """From today on the list hangs; its paper is shown at once."""
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"公示星级名单 {len(rows)} 人") as session:
            today = context.clock.today()
            until = stars.publish(session, [one.id for one in rows], today=today)
        _told(context, f"公示 {len(rows)} 人，到 {until:%Y-%m-%d} 期满")
        print_list(context, parent, rows)


def confirm(context: Context, parent: QWidget, rows: Sequence[StarRow]) -> None:
    """Given, after asking: a certificate may hang on many a wall afterwards."""
    words = f"认定 {_names(rows)}。公示期满、没有异议或者异议已经答复，才可以认定。"
    if not messages.confirm(parent, "认定星级", words, "认定"):
        return
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"认定星级 {_names(rows)}") as session:
            count = stars.confirm(session, [one.id for one in rows], today=context.clock.today())
        _told(context, f"已认定 {count} 人")


def drop(context: Context, parent: QWidget, row: StarRow) -> None:
    """不予认定, with the reason; of a confirmed one the stars are taken away."""
    words = f"{row.volunteer.title} 的{stars_words(row.stars)}不予认定。"
    dialog = ReasonDialog("不予认定", words, "不予认定", usual=_NOT_GIVEN, parent=parent.window())
    if not dialog.exec():
        return
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"星级不予认定 {row.volunteer.title}") as session:
            stars.drop(
                session,
                row.id,
                reason=dialog.reason,
                version=row.version,
                today=context.clock.today(),
            )
        _told(context, f"不予认定：{row.volunteer.title}")


def print_list(context: Context, parent: QWidget, rows: Sequence[StarRow]) -> None:
    """星级志愿者公示 of these, for the wall."""
    ids = [one.id for one in rows]

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        from app.reports import star_list

        data = star_papers.wall_list(session, ids, printing)
        return lambda: (star_list.render(data), _people(rows))

    show_paper(context, parent, f"星级志愿者公示 {len(ids):,} 人", make)


def write_notice(context: Context, parent: QWidget, rows: Sequence[StarRow]) -> None:
    """A 公示 in 文书, with its days, objections and the photograph of the board; one is shown."""
    written = {one.notice_id for one in rows}
    if len(written) == 1 and None not in written:
        context.signals.page_requested.emit("papers", MadeNotice(rows[0].notice_id or 0))
        return
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"写星级公示通知 {_names(rows)}") as session:
            ids = [one.id for one in rows]
            made = star_papers.notice(session, ids, now=context.clock.now())
        context.signals.changed.emit(Area.PAPERS | Area.POINTS)
        messages.notify(context.signals, "公示通知写好了，在“文书 · 通知”里改和打印")
        context.signals.page_requested.emit("papers", MadeNotice(made))


def print_certificates(context: Context, parent: QWidget, rows: Sequence[StarRow]) -> None:
    """A sheet of honour for each who was confirmed."""
    ids = [one.id for one in rows]

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        from app.reports import certificate

        found, _ = star_papers.certificates(session, ids, today=printing.at.date())
        return lambda: (certificate.render_many(found), _people(rows))

    show_paper(context, parent, f"星级志愿者证书 {len(ids):,} 张", make)


def _people(rows: Sequence[StarRow]) -> list[int]:
    found = (one.volunteer.resident_id for one in rows)
    return [one for one in found if one is not None]


def _names(rows: Sequence[StarRow]) -> str:
    if len(rows) == 1:
        return f"{rows[0].volunteer.title} {stars_words(rows[0].stars)}"
    return f"{rows[0].volunteer.name} 等 {len(rows)} 人的星级" if rows else ""


def _told(context: Context, sentence: str) -> None:
    context.signals.changed.emit(Area.POINTS)
    messages.notify(context.signals, sentence)
