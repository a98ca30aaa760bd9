import pytest
import segno
import zxingcpp
from PIL import Image

from app.reports import qr


@pytest.mark.parametrize("text", ["7F3K-92QD", "张𣲗，居住情况证明，2026年3月5日", "0", "a" * 400])
def test_a_reader_gets_the_text_back(text: str) -> None:
    rows = qr.matrix(text)
    scale, rim = 4, 4
    side = (len(rows) + 2 * rim) * scale
    picture = Image.new("L", (side, side), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                box = ((x + rim) * scale, (y + rim) * scale)
                picture.paste(0, (*box, box[0] + scale, box[1] + scale))

    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [text]


def test_mask_and_strength_are_fixed_so_that_the_same_text_gives_the_same_modules() -> None:
    code = segno.make_qr("望海社证", error="m", mask=3, boost_error=False, encoding="utf-8")

    assert qr.matrix("望海社证") == qr.matrix("望海社证") == code.matrix


def test_more_than_a_code_can_hold_is_refused() -> None:
    with pytest.raises(qr.TooMuchForQr):
        qr.matrix("字" * 800)
