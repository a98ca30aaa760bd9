"""What is done with a team: some join it, some leave, it ends, goes on, is thrown away."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import teams
from app.services.teams import TeamView
from app.ui.kit import messages
from app.ui.kit.signals import Area
from app.ui.points.volunteers.picker import VolunteerPicker


def join(context: Context, parent: QWidget, team: TeamView, there: Sequence[int]) -> None:
    """Choose several who come into the team today; who is `there` is not offered."""
    title = f"加入{team.name}"
    dialog = VolunteerPicker(context, title, parent.window(), without=there, several=True)
    if not dialog.exec():
        return
    with messages.domain_errors_shown(parent):
        sentence = f"{team.name}加入 {len(dialog.chosen)} 名队员"
        with context.database.transaction(sentence) as session:
            teams.join(session, team.id, dialog.chosen, since=context.clock.today())
        _changed(context, sentence)


def part(context: Context, parent: QWidget, team: TeamView, chosen: Sequence[int]) -> None:
    """These leave the team from today on, after asking."""
    words = f"{len(chosen)} 人从今天起不在{team.name}，以前的活动和时长都留着。"
    if not messages.confirm(parent, "离队", words, "离队"):
        return
    with messages.domain_errors_shown(parent):
        sentence = f"{team.name}离队 {len(chosen)} 人"
        with context.database.transaction(sentence) as session:
            teams.part(session, team.id, chosen, on=context.clock.today())
        _changed(context, sentence)


def close(context: Context, parent: QWidget, team: TeamView) -> None:
    """解散 after asking; a team that is closed goes on."""
    back = team.closed_on is not None
    verb = "恢复队伍" if back else "解散队伍"
    words = f"{team.name}解散后，队员同一天离队；办过的活动和时长都留着。"
    if not back and not messages.confirm(parent, verb, words, "解散"):
        return
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"{verb} {team.name}") as session:
            if back:
                teams.reopen(session, team.id, version=team.version)
            else:
                teams.close(session, team.id, on=context.clock.today(), version=team.version)
        _changed(context, f"已{verb}：{team.name}")


def remove(context: Context, parent: QWidget, team: TeamView) -> None:
    """Into the recycle bin, after asking."""
    words = f"“{team.name}”会移到回收站，30 天内可以放回。"
    if not messages.confirm(parent, "删除队伍", words, "删除", destructive=True):
        return
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"删除队伍 {team.name}") as session:
            teams.remove(session, team.id, now=context.clock.now())
        _changed(context, f"已删除：{team.name}")


def _changed(context: Context, sentence: str) -> None:
    context.signals.changed.emit(Area.POINTS)
    messages.notify(context.signals, sentence)
