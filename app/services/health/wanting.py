"""What a person's papers lack; the office says what counts as complete (settings, 数据体检)."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from app.services import settings
from app.services.health.kinds import Check, Found, Group, Kind, Level, Look
from app.services.health.people import COUNTED, select_people
from app.services.setting_kinds import FlagSetting
from app.values.lawful import BY_CONSENT


def _lacking(where: str, words: str) -> Look:
    def look(session: Session, _now: datetime) -> Iterator[Found]:
        rows = select_people(session, "resident.id", f"{COUNTED} AND {where}")
        return ((key, words) for (key,) in rows)

    return look


def _without_consent(session: Session, _now: datetime) -> Iterator[Found]:
    """Whoever's data rests on consent; who has no basis of his own has the office's usual one."""
    usual = settings.value(session, settings.LAWFUL_BASIS)
    where = f"{COUNTED} AND coalesce(lawful_basis, ?) = ? AND consent_on IS NULL"
    rows = select_people(session, "resident.id", where, (usual, BY_CONSENT))
    return ((key, "依据是同意，没有登记同意") for (key,) in rows)


def _check(
    key: str, title: str, why: str, example: str, wanted: FlagSetting, look: Look | None = None
) -> Check:
    return Check(
        key=key,
        group=Group.WANTING,
        level=Level.WANTING,
        kind=Kind.RESIDENT,
        title=title,
        why=why,
        example=example,
        look=look or _lacking(_EMPTY[key], title),
        wanted=wanted,
    )


_EMPTY = {
    "no_birth": "birth_date IS NULL",
    "no_document": "coalesce(document_number, '') = ''",
    "no_address": "dwelling_id IS NULL AND coalesce(other_address, '') = ''",
    "no_phone": "coalesce(phone, '') = ''",
}

CHECKS = (
    _check(
        "no_birth",
        "没有出生日期",
        "算不出年龄，高龄、儿童、适龄的名单里都没有他们。",
        "名册上只写了出生年份",
        settings.WANT_BIRTH,
    ),
    _check(
        "no_document",
        "没有证件号码",
        "没有号码，同名的人分不开，报表也报不上去。",
        "名册上的证件号一栏是空的",
        settings.WANT_DOCUMENT,
    ),
    _check(
        "no_address",
        "没有住址",
        "走访、发通知、按楼栋数人都找不到他们。",
        "只登记了姓名和电话",
        settings.WANT_ADDRESS,
    ),
    _check(
        "no_phone",
        "没有电话",
        "有事只能上门找；家里有老人孩子的，最好留一个。",
        "电话一栏是空的",
        settings.WANT_PHONE,
    ),
    _check(
        "no_consent",
        "没有登记本人同意",
        "处理依据是“同意”的，要有本人签字的告知书（个人信息保护法第十三条）。",
        "依据是同意，采集告知书还没有签",
        settings.WANT_CONSENT,
        _without_consent,
    ),
)
