"""Characters that old GB text keeps in the private area, and what may stand in a name.

The mapping of U+E81A..U+E864 is that of GB 18030-2005/2022 to Unicode (facts of the standard).
"""

_FIRST = 0xE815
_MEANINGS = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻"
    "䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
_PUA = {_FIRST + offset: meaning for offset, meaning in enumerate(_MEANINGS)}
# U+E7C7 and the vertical signs came with GBK 1.0 and moved with GB 18030-2000 and -2022.
_PUA |= {0xE7C7: "ḿ", 0xE5E5: " "}


def repair_private_use(text: str) -> str:
    """Replace private-area code points of GBK/GB 18030 text by the characters they mean."""
    return text if text.isascii() else text.translate(_PUA)


def unknown_characters(text: str) -> str:
    """The characters that no font can be trusted to show: private area, surrogates, U+FFFD."""
    return "" if text.isalpha() else "".join(c for c in text if _is_unknown(ord(c)))


def _is_unknown(code: int) -> bool:
    private = 0xE000 <= code <= 0xF8FF or code >= 0xF0000
    return private or 0xD800 <= code <= 0xDFFF or code == 0xFFFD
