"""Photographs that fill the file: the program scales them down, another may not have."""

# ruff: noqa: S608 - statements are put together from the program's own words alone

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from app.services.health.kinds import Check, Found, Group, Kind, Level
from app.storage.lookup import Sql, lookup_of

_KIB = 1024
# A photo of 358 x 441 pixels takes 60 KB, one of a board 700 KB.
_LARGEST_OF_PERSON = 300 * _KIB
_LARGEST_OF_NOTICE = 3000 * _KIB


def _larger(table: str, column: str, limit: int) -> Callable[[Session, datetime], Iterator[Found]]:
    def look(session: Session, _now: datetime) -> Iterator[Found]:
        found = Sql(
            f"SELECT {column}, length(jpeg) FROM {table} WHERE length(jpeg) > ? ORDER BY {column}",
            (limit,),
        )
        for key, size in lookup_of(session).rows(found):
            yield key, f"照片有 {size // _KIB:,} KB"

    return look


_WHY = "照片太大，资料文件和每一份备份都跟着变大，U 盘装不下；换一张，程序会自动缩小。"

CHECKS = (
    Check(
        key="large_photo",
        group=Group.PICTURES,
        level=Level.WANTING,
        kind=Kind.RESIDENT,
        title="居民照片太大",
        why=_WHY,
        example="一张照片有 2,400 KB",
        look=_larger("resident_photo", "resident_id", _LARGEST_OF_PERSON),
    ),
    Check(
        key="large_board_photo",
        group=Group.PICTURES,
        level=Level.WANTING,
        kind=Kind.NOTICE,
        title="公示照片太大",
        why=_WHY,
        example="一张公示栏的照片有 8,000 KB",
        look=_larger("notice_photo", "notice_id", _LARGEST_OF_NOTICE),
    ),
)
