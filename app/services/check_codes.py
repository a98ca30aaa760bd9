"""Check codes (校验码): 7F3K-92QD on a paper shows that its number, date and name belong together.

An HMAC with a key of the office, for its own comparing only: no public system knows these codes.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Certificate, Setting, Stage
from app.services import certificate_views as views
from app.services.identity_texts import ERASED_WORDS
from app.values.masking import mask_name_public
from app.values.text import compact

# Without 0, O, 1 and I, which are read for each other; 32 signs are 5 bits each.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 8
_KEY = "check_key"
_BETWEEN = "|"
_CODE = re.compile(rf"(?<![0-9A-Z])([{ALPHABET}]{{4}})[-—–_]?([{ALPHABET}]{{4}})(?![0-9A-Z])")
_NUMBER = re.compile(r"(.*?)[\[\](){}〔〕【】《》<>〈〉]*(20\d\d)[^\d]{0,3}?(\d{1,6})(?:号|$)")
_SERIAL = re.compile(r"\D*(\d{1,6})\D*")
_DAY = re.compile(r"(20\d\d)-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether a paper is ours; `line` is what the register says, even where it does not match."""

    ok: bool
    sentence: str
    line: views.PaperFacts | None = None
    incomplete: bool = False
    """Something is still to be typed: nothing is wrong with the paper yet."""
    stale: bool = False
    """Ours, and past the last day on which it was valid."""


def code(session: Session, number: str, day: date, name: str) -> str:
    """The code of a paper; the first one ever makes the office's key. Needs a transaction."""
    if _key(session) is None:
        set_key(session, secrets.token_hex(32))
    return _code(_key(session) or "", number, day, name)


def set_key(session: Session, key: str) -> None:
    """Keep the office's key in its encrypted file; codes of another key no longer match."""
    session.add(Setting(key=_KEY, value=key))
    session.flush()


def qr_text(*, number: str, title: str, name: str, day: date, code: str) -> str:
    """What the QR says to any telephone: plain words, the name masked as in public notices."""
    return _BETWEEN.join((number, title, mask_name_public(name), day.isoformat(), code))


def holds_code(text: str) -> bool:
    """Whether a text has a check code in it, as that of a scanned QR."""
    return _CODE.search(_tight(text)) is not None


def verify(session: Session, text: str, code: str = "", *, today: date | None = None) -> Verified:
    """Compare a typed number and code, or the text of a scanned QR, with the register.

    With `today` a paper that is no longer valid is told apart.
    """
    scanned = _tight(text)
    typed = _tight(code) or scanned
    found = _CODE.search(typed)
    wanted = "-".join(found.groups()) if found else ""
    rows = _rows(session, _CODE.sub("", scanned) if not code else scanned, wanted)
    if not rows:
        return Verified(False, _not_found(text, wanted), incomplete=not text.strip())
    row = next((one for one in rows if one.check_code == wanted), rows[0])
    if not wanted:
        return Verified(False, _no_code(code), views.facts(row), incomplete=True)
    return _compare(session, row, wanted, scanned, today)


def _compare(
    session: Session, row: Certificate, wanted: str, scanned: str, today: date | None
) -> Verified:
    facts = views.facts(row)
    if row.holder == ERASED_WORDS:
        words = f"{row.number} 的存根保存期已满，内容已经抹去，不能再核对。"
        return Verified(False, words, facts, incomplete=True)
    right = _code(_key(session) or "", row.number or "", row.issued_on or date.min, row.holder)
    if not hmac.compare_digest(wanted, right) or not _same_facts(row, scanned):
        return Verified(False, _mismatch(row), facts)
    if row.stage is Stage.VOID:
        return Verified(False, f"{row.number} 是本社区出具的，但已经作废，不能再使用。", facts)
    if today and facts.valid_until and facts.valid_until < today:
        words = f"{row.number} 确由本社区出具，但有效期到 {facts.valid_until.isoformat()} 已满。"
        return Verified(True, words, facts, stale=True)
    return Verified(True, f"{row.number} 确由本社区出具，请再对照下面的登记内容。", facts)


def _same_facts(row: Certificate, scanned: str) -> bool:
    """A QR also says the day and the name: a paper with another one's code is noticed."""
    day = _DAY.search(scanned)
    if day and row.issued_on and day[0] != row.issued_on.isoformat():
        return False
    parts, name = scanned.split(_BETWEEN), _tight(mask_name_public(row.holder))
    # A scanner that types like a keyboard loses what is not ASCII: that says nothing of the name.
    lost = len(parts) < 5 or (parts[2].isascii() and not name.isascii())
    return lost or parts[2] == name


def _mismatch(row: Certificate) -> str:
    return (
        f"校验码与 {row.number} 不符。请对照纸面再输一次；仍然不符，这张纸不是登记簿上的那一份，"
        "请不要采信，留下复印件并报告书记。"
    )


def _no_code(typed: str) -> str:
    if not typed.strip():
        return "还没有填校验码：它印在纸的左下角，8 位，如 7F3K-92QD。"
    return "校验码应是 8 位字母和数字，没有 0、O、1、I，请照纸面再看一遍。"


def _not_found(text: str, wanted: str) -> str:
    if not text.strip():
        return "请填写编号，或把光标放在这里扫一下纸上的二维码。"
    if wanted:
        return "登记簿里没有这个编号和校验码。请核对后再输一次；仍然没有，这张纸不是本社区出具的。"
    return "登记簿里没有这个编号。请照纸面填写，如 望海社证〔2026〕12号。"


def _rows(session: Session, text: str, wanted: str) -> list[Certificate]:
    """Papers that the number can mean; by the code alone where a scanner garbled the number."""
    named = _NUMBER.match(_DAY.sub("", text.split(_BETWEEN)[0]))
    if named:
        found = session.scalars(
            select(Certificate)
            .where(Certificate.year == int(named[2]), Certificate.serial == int(named[3]))
            .order_by(Certificate.id)
        ).all()
        word = re.sub(r"[^\w]", "", named[1])
        return [one for one in found if not word or word in _tight(one.series or "")]
    if not wanted:
        return []
    found = session.scalars(select(Certificate).where(Certificate.check_code == wanted)).all()
    bare = _SERIAL.fullmatch(text)
    return [one for one in found if not bare or one.serial == int(bare[1])]


def _tight(text: str) -> str:
    return compact(text).upper()


def _key(session: Session) -> str | None:
    stored = session.scalar(select(Setting.value).where(Setting.key == _KEY))
    return stored if isinstance(stored, str) else None


def _code(key: str, number: str, day: date, name: str) -> str:
    words = "\n".join((number, day.isoformat(), name))
    digest = hmac.new(key.encode(), words.encode(), hashlib.sha256).digest()
    bits = int.from_bytes(digest[:5], "big")
    signs = [ALPHABET[bits >> shift & 31] for shift in range(35, -1, -5)]
    return f"{''.join(signs[:4])}-{''.join(signs[4:])}"
