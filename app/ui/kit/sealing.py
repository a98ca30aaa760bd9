"""Files with a password: .xlsx as Excel and WPS lock it, .zip with AES-256. All in memory."""

import secrets
import unicodedata
from enum import StrEnum
from io import BytesIO

# Without signs that look alike in handwriting and print.
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS, _GROUP = 3, 5
SHORTEST = 8
"""Signs of a password that a file of people's numbers must have at least."""


class Sealing(StrEnum):
    """How a file leaves the program."""

    XLSX = "加密的表格（.xlsx）"
    ZIP = "加密的压缩包（.zip）"
    NONE = "不加密（不建议）"


def proposal() -> str:
    """A password that can be read over the phone: three groups of five, 74 bits."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def sealed(data: bytes, way: Sealing, password: str, *, name: str) -> bytes:
    """`data` under a password; `name` is what the file inside a .zip is called."""
    # Full-width digits of a Chinese input method are the same digits.
    password = unicodedata.normalize("NFKC", password)
    if way is Sealing.XLSX:
        return _locked_xlsx(data, password)
    return _locked_zip(data, password, name) if way is Sealing.ZIP else data


def _locked_xlsx(data: bytes, password: str) -> bytes:
    """ECMA-376 agile encryption: AES-256, SHA-512, 100,000 rounds."""
    # Loaded with the first file that gets a password.
    from msoffcrypto.format.ooxml import OOXMLFile

    locked = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, locked)
    return locked.getvalue()


def _locked_zip(data: bytes, password: str, name: str) -> bytes:
    """WinZip AE-2, AES-256: opened by WPS, 7-Zip and Bandizip, not by Windows alone."""
    from pyzipper import WZ_AES, ZIP_DEFLATED, AESZipFile

    locked = BytesIO()
    with AESZipFile(locked, "w", compression=ZIP_DEFLATED, encryption=WZ_AES) as book:
        book.setpassword(password.encode())
        book.writestr(name, data)
    return locked.getvalue()
