"""The closing of a certificate: two lines to sign on, office and date, place for the seal, QR.

It stays in one piece, below the last lines of the text; code and QR stand at the foot.
"""

from app.reports import official, qr
from app.reports.certificate_data import Certificate
from app.reports.clean import one_line
from app.reports.fonts import Face
from app.reports.marks import RING, draw_seal_place
from app.reports.page import GREY, MM, Sheet
from app.reports.prose import SPREAD
from app.reports.text import text_width, wrap
from app.reports.words import long_date

_QR = 21 * MM
_NOTE = 8.5
_NOTE_LEADING = 13.0
_SIGN_SIZE = 14.0
_SIGNATURE = 32 * MM
_OFFICE_EMS = 22
# From the line of signatures down to the office: the seal's upper half lies between them.
_WITH_SEAL = 25 * MM
_WITHOUT_SEAL = 15 * MM
_GAP = 0.6


class Signing:
    """The closing in the size of the text above it; `height` is the room that it takes."""

    def __init__(self, data: Certificate, size: float) -> None:
        self._data, self._size = data, size
        self._leading = size * SPREAD
        room = _OFFICE_EMS * official.PITCH
        offices = wrap(one_line(data.office), Face.FANG, size, room)
        self._offices = [line.text for line in offices if line.pieces]
        self._day = long_date(data.issued_on) if data.issued_on else ""
        self._sign = self._leading * _GAP + min(size, _SIGN_SIZE)
        office = self._sign + (_WITH_SEAL if data.seal_mark else _WITHOUT_SEAL)
        self._office = office
        date = office + len(self._offices) * self._leading
        self._ring = date - self._leading / 2 - 0.38 * size
        lower = self._ring + RING if data.seal_mark else date
        self.height = max(lower, self._sign + (8 * MM + _QR if data.check_code else 0))

    def draw(self, sheet: Sheet, top: float, foot: float) -> None:
        """Draws it below `top`; the code and the QR above `foot`."""
        self._draw_signatures(sheet, top - self._sign)
        middle = self._middle()
        y = top - self._office
        for line in (*self._offices, self._day):
            sheet.text(middle, y, line, Face.FANG, self._size, align="center")
            y -= self._leading
        if self._data.seal_mark:
            draw_seal_place(sheet, middle, top - self._ring)
        self._draw_code(sheet, foot)

    def _middle(self) -> float:
        """Where office and date are centred: the date four characters from the edge."""
        em, width = self._size, self._width
        widest = max((width(line) for line in self._offices), default=0.0)
        return official.LEFT + official.WIDTH - max(4 * em + width(self._day) / 2, em + widest / 2)

    def _width(self, words: str) -> float:
        return text_width(words, Face.FANG, self._size)

    def _draw_signatures(self, sheet: Sheet, y: float) -> None:
        size = min(self._size, _SIGN_SIZE)
        x = official.LEFT + 2 * self._size
        for label in ("负责人签字：", "经办人签字："):
            x += sheet.text(x, y, label, Face.FANG, size)
            sheet.rule(x, y - 2, x + _SIGNATURE, y - 2)
            x += _SIGNATURE + 6 * MM

    def _draw_code(self, sheet: Sheet, foot: float) -> None:
        data, x = self._data, official.LEFT
        if data.qr_text:
            qr.draw(sheet, x, foot, _QR, data.qr_text)
            x += _QR + 3 * MM
        if not data.check_code:
            return
        phone = one_line(data.office_phone)
        ask = f"核验：到社区或拨 {phone}" if phone else "核验：请到社区窗口"
        y = foot + _QR / 2 + _NOTE_LEADING - 0.38 * _NOTE
        for words in (f"校验码 {data.check_code}", ask, "报编号与校验码即可"):
            sheet.text(x, y, words, Face.SONG, _NOTE, ink=GREY)
            y -= _NOTE_LEADING
