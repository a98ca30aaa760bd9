"""Embeds a TrueType font as ONE composite font with two-byte codes.

reportlab cuts a font into pieces of 256 characters and tells readers nothing usable about
characters beyond the BMP, so such names could be neither searched nor copied. Here each face is
one Type0 font (PDF 32000-1, 9.7) with a full ToUnicode map, and text is written as hexadecimal.
"""

from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFont

# reportlab's documents and references are published without types.
Document = Any
Reference = Any

_TAG = "AAAAAA"
_MAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_MAP_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
# A ToUnicode map may hold at most this many pairs in one block.
_BLOCK = 100


class Codes(dict[str, str]):
    """The codes of one face in one document: each character gets the next one at first use."""

    def __init__(self) -> None:
        super().__init__()
        self.characters: list[int] = [0]

    def __missing__(self, character: str) -> str:
        code = f"{len(self.characters):04X}"
        self.characters.append(ord(character))
        self[character] = code
        return code


class HanFont(TTFont):
    """A font of the program; `codes(document)` turns text into the strings of that document."""

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(name, str(path), asciiReadable=False, shapable=False)
        self._codes: WeakKeyDictionary[Document, Codes] = WeakKeyDictionary()

    def codes(self, document: Document) -> Codes:
        """The codes given out in `document`; the first call enters the font there."""
        known = self._codes.get(document)
        if known is None:
            known = self._codes[document] = Codes()
            document.fontMapping[self.fontName] = f"/F{len(document.fontMapping) + 1}"
            document.delayedFonts.append(self)
        return known

    def resource_name(self, document: Document) -> str:
        """The name by which page content selects this font, such as /F1."""
        self.codes(document)
        return str(document.fontMapping[self.fontName])

    def getSubsetInternalName(self, subset: int, doc: Document) -> str:
        return self.resource_name(doc)

    def splitString(
        self, text: str, doc: Document, encoding: str = "utf-8"
    ) -> list[tuple[int, bytes]]:
        """What reportlab's own drawing calls ask for: one piece, two bytes a character."""
        codes = self.codes(doc)
        return [(0, bytes.fromhex("".join(map(codes.__getitem__, text))))]

    def addObjects(self, doc: Document) -> None:
        """Writes the font with the characters used; reportlab calls it when a document is saved."""
        face: Any = self.face
        characters = self._codes.pop(doc).characters
        name = f"{_TAG}+{face.name.decode('ascii')}"
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": pdfdoc.PDFName(name),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": face.addSubsetObjects(doc, name, characters),
                "DW": 1000,
                "W": self._widths(characters),
                "CIDToGIDMap": self._glyph_map(doc, characters),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": pdfdoc.PDFName(name),
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant)]),
                "ToUnicode": _stream(doc, unicode_map(characters).encode("ascii")),
            }
        )
        fonts = doc.idToObject["BasicFonts"].dict
        fonts[doc.fontMapping[self.fontName][1:]] = doc.Reference(font)

    def draw_as(self, character: int, other: int) -> None:
        """Give a code point the glyph and width of another; text keeps the code point itself."""
        face: Any = self.face
        face.charToGlyph[character] = face.charToGlyph[other]
        face.charWidths[character] = face.charWidths[other]

    def width(self, character: int) -> float:
        """Advance of a code point in thousandths of an em."""
        face: Any = self.face
        return float(face.getCharWidth(character))

    def _widths(self, characters: list[int]) -> pdfdoc.PDFArray:
        """Widths of all codes that are not a full em wide, as the pairs `code [width]`."""
        pairs: list[object] = []
        for code, character in enumerate(characters):
            width = round(self.width(character))
            if width != 1000:
                pairs += [code, pdfdoc.PDFArray([width])]
        return pdfdoc.PDFArray(pairs)

    def _glyph_map(self, doc: Document, characters: list[int]) -> Reference:
        """Glyph of each code, in the order in which reportlab's makeSubset writes the glyphs."""
        order = {0: 0}
        glyphs = [self.face.charToGlyph.get(c, 0) for c in characters]
        places = (order.setdefault(glyph, len(order)) for glyph in glyphs)
        return _stream(doc, b"".join(place.to_bytes(2, "big") for place in places))


def unicode_map(characters: list[int]) -> str:
    """The ToUnicode map of codes 0, 1, 2 ...: UTF-16, so surrogate pairs beyond the BMP."""
    pairs = [
        f"<{code:04X}> <{chr(character).encode('utf-16-be').hex().upper()}>"
        for code, character in enumerate(characters)
        if code
    ]
    blocks = (pairs[start : start + _BLOCK] for start in range(0, len(pairs), _BLOCK))
    body = "".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar\n" for b in blocks)
    return _MAP_HEAD + body + _MAP_TAIL


def _stream(doc: Document, content: bytes) -> Reference:
    stream = pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])
    return doc.Reference(stream)
