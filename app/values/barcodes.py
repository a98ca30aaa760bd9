"""Barcodes of goods as they are typed or scanned."""

import re

from app.values.text import Fault, compact

_CODE = re.compile(r"[0-9A-Z-]{3,20}")
# EAN-8, UPC-A and EAN-13: their last digit is reckoned from the others (GB 12904).
_CHECKED = (8, 12, 13)


def tidy_barcode(typed: str) -> str:
    """Half-width capitals without blanks."""
    return compact(typed).upper()


def fault(code: str) -> Fault | None:
    """What is wrong with a barcode; a wrong digit is met by the check digit."""
    if not _CODE.fullmatch(code):
        return Fault("barcode", f"条码“{code}”只能有数字、字母和短横线，3 到 20 位。请用扫码枪扫。")
    if code.isdigit() and len(code) in _CHECKED and not _check_digit_fits(code):
        return Fault("check", f"条码 {code} 抄错了：最后一位对不上。请用扫码枪扫，或核对包装。")
    return None


def _check_digit_fits(code: str) -> bool:
    digits = [int(one) for one in reversed(code)]
    return (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0
