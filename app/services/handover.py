"""交接: what the next secretary is told on paper, gathered from the file and its backups."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Action, NumberBook, Refusal, Request, SealUse, User
from app.reports.handover import Handover, Matter
from app.services import papers, rights, settings, templates, users
from app.services.open_matters import open_matters
from app.services.standing import FINAL
from app.storage import journal
from app.storage.backup import BackupInfo, list_backups
from app.storage.backup_info import latest
from app.storage.counts import COUNTED
from app.storage.vault import keyfile_of
from app.values.rights import Right

_NO_SECOND = "没有设，请在 设置 → 备份与恢复 里设一个"
_TASKS = (
    "用自己的姓名和密码进入一次，把临时密码换成只有自己知道的。",
    "设置 → 使用人：移除不再来的人，选上更换资料钥匙。",
    "点收恢复单 2 张：照单子念出第 6 组，装进信封，锁进保险柜，在上面写明保管地点。",
    "设置 → 备份与恢复：插上自己的 U 盘，设成第二备份位置，点一次立即备份。",
    "把交接包另存一份到街道指定的地方，原来的 U 盘封存。",
    "照“没办完的事”逐件看一遍，先看公示的期满日；再到 设置 → 数据体检 查一遍。",
)
_SHEET_TASK = "恢复单这次没有换：设置 → 使用人，换一张新的，打印 2 张，旧的作废。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """Who hands over to whom, and who watches; '' is written by hand on the paper."""

    giver: str
    receiver: str
    witness: str = ""

    @property
    def sentence(self) -> str:
        """周立群 移交给 李娜，监交 赵敏."""
        watched = f"，监交 {self.witness}" if self.witness else ""
        return f"{self.giver or '（待填）'} 移交给 {self.receiver or '（待填）'}{watched}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where things lie: the office's file as people find it, and the two places of backups."""

    file: Path
    backups: Path
    second: Path | None


def require_right(session: Session) -> None:
    """Raise NotAllowed for whoever may not copy the file or change its keys."""
    rights.require(session, Right.BACK_UP)
    rights.require(session, Right.MANAGE_USERS)


def handover(
    session: Session,
    *,
    persons: Persons,
    info: BackupInfo,
    places: Places,
    sheet_changed: bool,
    today: date,
    program: str,
) -> Handover:
    """The paper for a backup that was just made; raises NotAllowed."""
    require_right(session)
    return Handover(
        office=papers.committee(session),
        day=today,
        giver=persons.giver,
        receiver=persons.receiver,
        witness=persons.witness,
        as_of=info.at,
        package=str(info.folder),
        held=_held(info),
        matters=[
            Matter(what=one.what, count=one.count, where=one.where)
            for one in open_matters(session, today=today)
        ],
        places=list(_places(places, info)),
        books=list(_books(session)),
        templates=[one.title for one in templates.templates(session, usable_only=True)],
        users=[(one.name, one.role) for one in users.users(session)],
        tasks=_TASKS if sheet_changed else (*_TASKS[:2], _SHEET_TASK, *_TASKS[3:]),
        program=program,
    )


def note(session: Session, user_id: int, done: Sequence[str]) -> None:
    """Keep in the journal what was done; it cannot be taken back. Raises NotAllowed."""
    require_right(session)
    ids = [user_id] if user_id else session.scalars(select(User.id).order_by(User.id).limit(1))
    journal.record_look(session, Action.KEYED, User, ids)
    journal.set_details(session, {FINAL: "已经交接", "done": list(done)})


def _held(info: BackupInfo) -> list[tuple[str, str]]:
    values = info.counts.values
    counts = [
        (one.label, f"{values[one.key]:,} {one.unit}") for one in COUNTED if one.key in values
    ]
    return [*counts, ("操作记录", f"{info.operations:,} 条")]


def _places(places: Places, info: BackupInfo) -> Iterator[tuple[str, str]]:
    yield "资料文件", str(places.file)
    yield "密钥文件", f"{keyfile_of(places.file).name}，与资料文件在一起，缺一不可"
    yield "本机备份", _standing(places.backups, info)
    yield "第二备份位置", _standing(places.second, info) if places.second else _NO_SECOND
    yield "恢复单 2 张", "第 1 张：　　　　　　　　　　第 2 张：　　　　　　　　　　（手写）"


def _standing(folder: Path, info: BackupInfo) -> str:
    good = [one for one in list_backups(folder, info.office_id) if one.ok]
    newest = latest(folder, info.office_id, info.at)
    words = f"{len(good)} 份，最近一份 {newest.at:%Y-%m-%d %H:%M}" if newest else "现在看不到备份"
    return f"{folder}，{words}"


def _books(session: Session) -> Iterator[tuple[str, str]]:
    """Every book of numbers with its last one, then the lists without numbers."""
    rows = session.execute(
        select(NumberBook.series, NumberBook.year, NumberBook.last).order_by(
            NumberBook.year.desc(), NumberBook.series
        )
    )
    for series, year, last in rows:
        yield f"证明 {series}〔{year}〕", f"用到 {last:,} 号"
    asked = session.scalar(select(func.max(Request.number)))
    if asked:
        yield "诉求", f"用到 {asked:,} 号"
    seals = select(func.count()).select_from(SealUse).where(SealUse.deleted_at.is_(None))
    yield "用印登记", f"{session.scalar(seals) or 0:,} 条"
    refused = session.scalar(select(func.count()).select_from(Refusal)) or 0
    if refused:
        yield "不予出具告知单", f"{refused:,} 份"


def second_place(session: Session) -> Path | None:
    """The second place for backups, where one is set."""
    folder = settings.value(session, settings.BACKUP_FOLDER)
    return Path(folder) if folder else None
