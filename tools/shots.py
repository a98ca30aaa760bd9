"""`make shots`: every screen and every paper as PNG, with an index, into build/shots.

The screens are those of the sweep test (tests/ui/screens.py), the papers those of tests/reports.
"""

import html
import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from app.reports.catalogue import PAPERS
from app.ui.kit import theme
from app.ui.kit.pdf_pages import PdfPages
from app.ui.kit.tokens import Mode
from tests.reports import papers
from tests.ui.screens import SCREENS, Screen, Stage, close, make_stage, show

TARGET = Path("build/shots")
PAPER_WIDTH = 1000
PEOPLE = 2600


def main() -> int:
    """Make all pictures; the names given on the command line, or all."""
    wanted = sys.argv[1:]
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="linli-shots-") as folder:
        os.environ["LINLI_DATA"] = folder
        made = take_screens(Path(folder), wanted) + take_papers(wanted)
    write_index(made)
    print(f"{len(made)} pictures in {TARGET}/index.html")
    return 0


def take_screens(folder: Path, wanted: list[str]) -> list[tuple[str, Path]]:
    """Each screen in both sizes, with data and, where that differs, without records."""
    app = QApplication.instance() or QApplication([])
    app.setCursorFlashTime(0)
    full = make_stage(folder / "full", people=PEOPLE)
    empty = make_stage(folder / "empty", people=0)
    made = []
    for mode in Mode:
        theme.apply(app, mode)
        for screen in chosen(wanted):
            made.append(shoot(app, screen, full, f"{screen.name} {mode.value}"))
            if screen.with_data:
                made.append(shoot(app, screen, empty, f"{screen.name} {mode.value} 空"))
    for stage in (full, empty):
        stage.database.close()
    return made


def chosen(wanted: list[str]) -> list[Screen]:
    return [one for one in SCREENS if not wanted or any(word in one.name for word in wanted)]


def shoot(app: QApplication, screen: Screen, stage: Stage, name: str) -> tuple[str, Path]:
    """Grab one screen."""
    window = show(app, screen, stage)
    path = TARGET / f"{name.replace(' ', '_')}.png"
    window.grab().save(str(path))
    close(window)
    return name, path


def take_papers(wanted: list[str]) -> list[tuple[str, Path]]:
    """The first page of every paper of the catalogue."""
    made = []
    for paper in PAPERS:
        if wanted and not any(word in paper.title for word in wanted):
            continue
        path = TARGET / f"文书_{paper.title}.png"
        PdfPages(paper.render(papers.EXAMPLES[paper.key])).image(0, PAPER_WIDTH).save(str(path))
        made.append((f"文书 {paper.title}", path))
    return made


def write_index(made: list[tuple[str, Path]]) -> None:
    figures = "\n".join(
        f'<figure><a href="{path.name}"><img src="{path.name}" loading="lazy" alt=""></a>'
        f"<figcaption>{html.escape(name)}</figcaption></figure>"
        for name, path in made
    )
    style = (
        "body{font-family:sans-serif;margin:24px;background:#f4f5f7;display:grid;"
        "grid-template-columns:repeat(auto-fill,minmax(420px,1fr));gap:20px}"
        "figure{margin:0}img{width:100%;border:1px solid #dde1e6;background:#fff}"
    )
    page = (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>邻里 · 截图</title>'
        f"<style>{style}</style>{figures}</html>"
    )
    (TARGET / "index.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
