"""Files with a password: nobody opens them without it, and with it they are what they were."""

from io import BytesIO

import msoffcrypto
import openpyxl
import pytest
import pyzipper
from msoffcrypto.exceptions import InvalidKeyError

from app.ui.kit.sealing import SHORTEST, Sealing, proposal, sealed
from app.ui.kit.spreadsheet import make_xlsx

NUMBER = "210214194805111826"
PASSWORD = "海湾-8mk2"


@pytest.fixture(scope="module")
def book() -> bytes:
    rows = [("王秀兰", NUMBER)] * 40
    return make_xlsx(("姓名", "证件号码"), rows, count=40, progress=lambda *_: None)


def opened(data: bytes, password: str) -> bytes:
    clear = BytesIO()
    office = msoffcrypto.OfficeFile(BytesIO(data))
    office.load_key(password=password, verify_password=True)
    office.decrypt(clear, verify_integrity=True)
    return clear.getvalue()


def test_a_locked_spreadsheet_opens_with_its_password_and_holds_the_same(book: bytes) -> None:
    locked = sealed(book, Sealing.XLSX, PASSWORD, name="居民.xlsx")

    assert opened(locked, PASSWORD) == book
    assert openpyxl.load_workbook(BytesIO(opened(locked, PASSWORD))).active["B2"].value == NUMBER
    assert locked.startswith(bytes.fromhex("d0cf11e0a1b11ae1"))
    with pytest.raises(InvalidKeyError):
        opened(locked, "海湾-8mk3")


def test_a_locked_zip_is_aes_256_and_opens_with_its_password_only(book: bytes) -> None:
    locked = sealed(book, Sealing.ZIP, PASSWORD, name="居民.xlsx")

    with pyzipper.AESZipFile(BytesIO(locked)) as archive:
        (inside,) = archive.infolist()
        archive.setpassword(PASSWORD.encode())
        assert (inside.filename, inside.wz_aes_strength) == ("居民.xlsx", 3)
        assert archive.read(inside) == book
        archive.setpassword(b"something else")
        with pytest.raises(RuntimeError):
            archive.read(inside)
    assert b"sheet1.xml" not in locked


def test_full_width_digits_of_an_input_method_are_the_same_password(book: bytes) -> None:
    locked = sealed(book, Sealing.XLSX, "ｋ２３４５６７８", name="")

    assert opened(locked, "k2345678") == book


def test_proposals_are_long_differ_and_have_no_signs_that_look_alike() -> None:
    drawn = {proposal() for _ in range(50)}

    assert len(drawn) == 50
    assert min(map(len, drawn)) > SHORTEST
    assert not set("".join(drawn)) & set("0O1Il")
