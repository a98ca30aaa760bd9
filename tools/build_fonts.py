"""Builds resources/fonts from published packages; run by a developer, never by the program.

Every source is named by package, version and SHA-256, and fetched with the ordinary package
clients (npm, apt-get). Fonts are cut down to what papers need; the licence of each lies beside it.
Usage: python tools/build_fonts.py [folder for the downloaded packages]
"""

import bz2
import gzip
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

OUT = Path(__file__).parents[1] / "resources" / "fonts"


@dataclass(frozen=True)
class Package:
    """One archive of a registry: how to fetch it and what its bytes must hash to."""

    client: str
    name: str
    version: str
    sha256: str

    def command(self) -> list[str]:
        if self.client == "npm":
            return ["npm", "pack", "--silent", f"{self.name}@{self.version}"]
        return ["apt-get", "download", f"{self.name}={self.version}"]


SERIF = Package(
    "npm",
    "@expo-google-fonts/noto-serif-sc",
    "0.4.3",
    "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
)
SANS = Package(
    "npm",
    "@expo-google-fonts/noto-sans-sc",
    "0.4.3",
    "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
)
FANDOL = Package(
    "apt",
    "texlive-lang-chinese",
    "2022.20230122-1",
    "9cfa07bd44e7b9098e26f0ecac1b5ad210d2249d474c8074d53de92d650b0ec0",
)
WENKAI = Package(
    "apt",
    "fonts-lxgw-wenkai",
    "1.250+repack-1",
    "6d1e4c4aac78ad32062aefa2c836ee4d6e58f9dcf8b3f4407c9eefe304615318",
)
HANAZONO = Package(
    "apt",
    "fonts-hanazono",
    "20170904-2.1",
    "a6943366b4f5a6cec34221f8b4eb22555a628f0ee6ef4e3d3401cabe9363aeae",
)
BABELSTONE = Package(
    "apt",
    "fonts-babelstone-han",
    "15.0.5-2",
    "c7b7f9b5b78ad14c94d7e6d2b103307a7a643844c7db856fb97611d9d8a80589",
)
UNIHAN = Package(
    "apt",
    "unicode-data",
    "15.0.0-1",
    "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc",
)
PACKAGES = (SERIF, SANS, FANDOL, WENKAI, HANAZONO, BABELSTONE, UNIHAN)


@dataclass(frozen=True)
class Recipe:
    """One font of the program: its source, the characters kept, and the family name given.

    `family` is empty where the licence lets the font keep its name.
    """

    target: str
    package: Package
    member: str
    characters: Callable[[], set[int]] | None
    family: str = ""


def fetch(package: Package, folder: Path) -> Path:
    """The archive in `folder`, downloaded if absent; SystemExit if its bytes are others."""
    for known in (*folder.glob("*.tgz"), *folder.glob("*.deb")):
        if digest(known) == package.sha256:
            return known
    before = set(folder.iterdir())
    subprocess.run(package.command(), cwd=folder, check=True)
    (fresh,) = set(folder.iterdir()) - before
    if digest(fresh) != package.sha256:
        raise SystemExit(f"{package.name} {package.version}: unexpected bytes {digest(fresh)}")
    return fresh


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unpack(archive: Path, folder: Path) -> Path:
    target = folder / archive.stem
    target.mkdir(exist_ok=True)
    if archive.suffix == ".deb":
        subprocess.run(["dpkg-deb", "-x", str(archive), str(target)], check=True)
    else:
        with tarfile.open(archive) as tar:
            tar.extractall(target, filter="data")
    return target


class Sources:
    """The unpacked packages, found by the name of a file inside them."""

    def __init__(self, downloads: Path, unpacked: Path) -> None:
        self._roots = {p.name: unpack(fetch(p, downloads), unpacked) for p in PACKAGES}

    def find(self, package: Package, member: str) -> Path:
        return next(self._roots[package.name].rglob(member))


def standard_characters(sources: Sources) -> set[int]:
    """GB 2312, the 8105 characters of 通用规范汉字表 (Unihan kTGH), Latin and common signs."""
    kept = set(range(0x20, 0x7F)) | set(range(0xA1, 0x100))
    kept |= set(range(0x2010, 0x2060)) | set(range(0x2100, 0x2200)) | set(range(0x2460, 0x24A0))
    kept |= set(range(0x2500, 0x2700)) | set(range(0x3000, 0x3040)) | set(range(0xFF00, 0xFFF0))
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            kept.update(map(ord, bytes((row, cell)).decode("gb2312", "ignore")))
    with bz2.open(sources.find(UNIHAN, "Unihan_OtherMappings.txt.bz2"), "rt") as lines:
        kept.update(int(line.split()[0][2:], 16) for line in lines if "\tkTGH\t" in line)
    return kept


def code_characters() -> set[int]:
    return set(range(0x20, 0x7F))


def covered(path: Path) -> set[int]:
    return set(TTFont(path, lazy=True).getBestCmap())


def han_only(characters: Iterable[int]) -> set[int]:
    """The Chinese characters and radicals: all that a rare pack is asked for."""
    return {c for c in characters if 0x2E80 <= c < 0xA000 or 0xF900 <= c < 0xFB00 or c >= 0x20000}


def without_private(characters: Iterable[int]) -> set[int]:
    return {c for c in characters if not 0xE000 <= c < 0xF900 and c < 0xF0000}


def cut(font: TTFont, characters: set[int]) -> None:
    """Keeps the glyphs of `characters`; layout tables and hints go, since papers use neither."""
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG", "STAT"]
    options.drop_tables += ["FFTM", "meta"]
    cutter = Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)


def to_quadratic(font: TTFont) -> None:
    """Rewrites CFF outlines as TrueType ones (reportlab embeds no others); error at most 1 unit."""
    order = font.getGlyphOrder()
    outlines = font.getGlyphSet()
    glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        glyf.glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), glyf
    del font["CFF "]
    font.sfntVersion = "\000\001\000\000"
    describe_true_type(font, len(order))


def describe_true_type(font: TTFont, glyphs: int) -> None:
    maxp = font["maxp"]
    maxp.tableVersion, maxp.numGlyphs = 0x00010000, glyphs
    for field in ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(maxp, field, 0)
    for field in ("maxStackElements", "maxSizeOfInstructions", "maxComponentElements"):
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    font["post"].formatType = 3.0


def rename(font: TTFont, family: str) -> None:
    """Gives a cut font its own name: reserved names may not be kept."""
    table = font["name"]
    note = f"Cut down by tools/build_fonts.py from {table.getDebugName(4)} {table.getDebugName(5)}"
    names = {1: family, 3: f"{family} ({note})", 4: family, 6: family.replace(" ", "")}
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    table.setName(f"{table.getDebugName(0)} {note}.", 0, 3, 1, 0x409)


def build(recipe: Recipe, sources: Sources) -> None:
    source = sources.find(recipe.package, recipe.member)
    font = TTFont(source, recalcTimestamp=False)
    if "CFF " in font:
        to_quadratic(font)
    drawn = without_private(font.getBestCmap())
    cut(font, drawn & recipe.characters() if recipe.characters else drawn)
    if recipe.family:
        rename(font, recipe.family)
    font.save(OUT / recipe.target)
    print(recipe.target, f"{(OUT / recipe.target).stat().st_size / 1e6:.2f} MB")


def recipes(sources: Sources) -> tuple[Recipe, ...]:
    def standard() -> set[int]:
        return standard_characters(sources)

    def rare() -> set[int]:
        hana = covered(sources.find(HANAZONO, "HanaMinB.ttf"))
        return han_only(hana - covered(OUT / "NotoSerifSC-Regular.ttf"))

    def rarest() -> set[int]:
        stone = covered(sources.find(BABELSTONE, "BabelStoneHan.ttf"))
        return han_only(stone - covered(OUT / "NotoSerifSC-Regular.ttf") - rare())

    return (
        Recipe("NotoSerifSC-Regular.ttf", SERIF, "NotoSerifSC_400Regular.ttf", None),
        Recipe("NotoSerifSC-Black.ttf", SERIF, "NotoSerifSC_900Black.ttf", standard),
        Recipe("NotoSansSC-Regular.ttf", SANS, "NotoSansSC_400Regular.ttf", standard),
        Recipe("NotoSansSC-Bold.ttf", SANS, "NotoSansSC_700Bold.ttf", code_characters),
        Recipe("FandolFang-Regular.ttf", FANDOL, "FandolFang-Regular.otf", None),
        Recipe("LinliKai.ttf", WENKAI, "LXGWWenKai-Regular.ttf", standard, "Linli Kai"),
        Recipe("LinliRareB.ttf", HANAZONO, "HanaMinB.ttf", rare, "Linli Rare B"),
        Recipe("LinliRareG.ttf", BABELSTONE, "BabelStoneHan.ttf", rarest, "Linli Rare G"),
    )


LICENCES = (
    ("Noto-OFL.txt", SERIF, "LICENSE_FONT"),
    ("FandolFang-GPL-with-font-exception.txt.gz", FANDOL, "fandol/COPYING.gz"),
    ("FandolFang-README.txt", FANDOL, "fandol/README"),
    ("LinliKai-OFL.txt", WENKAI, "fonts-lxgw-wenkai/copyright"),
    ("LinliRareB-Hanazono.txt", HANAZONO, "fonts-hanazono/copyright"),
    ("LinliRareG-Arphic.txt", BABELSTONE, "fonts-babelstone-han/copyright"),
)


def copy_licences(sources: Sources) -> None:
    for target, package, member in LICENCES:
        data = sources.find(package, member).read_bytes()
        if target.endswith(".gz"):
            data, target = gzip.decompress(data), target.removesuffix(".gz")
        (OUT / target).write_bytes(data)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        downloads = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(scratch) / "packages"
        unpacked = Path(scratch) / "unpacked"
        for folder in (OUT, downloads, unpacked):
            folder.mkdir(parents=True, exist_ok=True)
        sources = Sources(downloads, unpacked)
        for recipe in recipes(sources):
            build(recipe, sources)
        copy_licences(sources)


if __name__ == "__main__":
    main()
