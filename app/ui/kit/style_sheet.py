"""The style sheet: only what a palette cannot say (frames, rings, thin scroll bars)."""

from dataclasses import asdict
from pathlib import Path

from app.ui.kit.tokens import COLORS, Metrics

_SHEET = """
QFrame#card, QFrame#soft, QFrame#ok, QFrame#warn, QFrame#danger, QFrame#info {{
  border:1px solid {border}; border-radius:6px; background:{surface}; }}
QFrame#soft {{ background:{alt}; }}
QFrame#ok {{ background:{ok_soft}; border-color:{ok_edge}; }}
QFrame#warn {{ background:{warn_soft}; border-color:{warn_edge}; }}
QFrame#danger {{ background:{danger_soft}; border-color:{danger_edge}; }}
QFrame#info {{ background:{primary_soft}; border-color:{primary_edge}; }}
QFrame#rule {{ background:{border}; border:none; }}
QWidget#sidebar {{ background:{surface}; border-right:1px solid {border}; }}
QFrame#recent {{ background:{surface}; border-left:1px solid {input_border}; }}
QWidget#statusbar {{ background:{surface}; border-top:1px solid {border}; }}
QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox {{
  background:{surface}; border:1px solid {input_border}; border-radius:4px; padding:0 {pad9}px;
  selection-background-color:{primary}; selection-color:{surface}; }}
QLineEdit, QComboBox, QAbstractSpinBox {{ min-height:{control2}px; max-height:{control2}px; }}
QComboBox {{ padding-left:{pad11}px; }}
QPlainTextEdit {{ padding:4px 5px; }}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{
  border:2px solid {focus}; padding:0 {pad8}px;
  min-height:{control4}px; max-height:{control4}px; }}
QComboBox:focus {{ padding-left:{pad10}px; }}
QPlainTextEdit:focus {{ border:2px solid {focus}; padding:3px 4px; }}
QLineEdit[state="auto"], QComboBox[state="auto"] {{ background:{alt}; border-color:{border}; }}
QLineEdit[state="warn"], QComboBox[state="warn"] {{ border-color:{warn}; }}
QLineEdit[state="danger"], QComboBox[state="danger"], QPlainTextEdit[state="danger"] {{
  border-color:{danger}; }}
QLineEdit[state]:focus, QComboBox[state]:focus, QPlainTextEdit[state]:focus {{
  border-color:{focus}; }}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {{
  background:{bg}; border-color:{border}; color:{disabled}; }}
QComboBox QLineEdit, QComboBox QLineEdit:focus {{
  border:none; padding:0; background:transparent; min-height:0; max-height:{control4}px; }}
QComboBox::drop-down {{ border:none; width:{arrow_box}px; }}
QComboBox::down-arrow {{ image:url("{icons}/chevron-down.png");
  width:{icon_small}px; height:{icon_small}px; }}
QComboBox::down-arrow:disabled {{ image:none; }}
QComboBox QAbstractItemView, QListView#choices {{
  background:{surface}; border:1px solid {input_border}; outline:none; padding:2px;
  selection-background-color:{primary_soft}; selection-color:{sel_text}; }}
QComboBox QAbstractItemView::item, QListView#choices::item {{
  min-height:{control_small}px; padding:0 {pad8}px; }}
QCheckBox, QRadioButton {{ spacing:{pad8}px; }}
QCheckBox::indicator, QRadioButton::indicator {{
  width:{box}px; height:{box}px; border:1px solid {input_border}; background:{surface}; }}
QCheckBox::indicator {{ border-radius:3px; }}
QRadioButton::indicator {{ border-radius:{radio}px; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border:2px solid {focus}; }}
QCheckBox::indicator:checked {{
  background:{primary}; border-color:{primary}; image:url("{icons}/check.png"); }}
QRadioButton::indicator:checked {{
  background:{surface}; border:5px solid {primary}; width:{dot}px; height:{dot}px; }}
QCheckBox::indicator:disabled {{ background:{bg}; border-color:{border}; }}
QTableView, QTreeView, QListView, QScrollArea {{ border:none; outline:none; }}
QLabel#clear_number {{ background:{primary_soft}; color:{sel_text}; }}
QTreeView::item, QListView::item {{ min-height:{control_small}px; }}
QScrollBar:vertical {{ background:transparent; width:10px; margin:2px; }}
QScrollBar:horizontal {{ background:transparent; height:10px; margin:2px; }}
QScrollBar::handle {{ background:{thumb}; border-radius:3px; }}
QScrollBar::handle:vertical {{ min-height:36px; }}
QScrollBar::handle:horizontal {{ min-width:36px; }}
QScrollBar::handle:hover {{ background:{input_border}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  width:0; height:0; background:none; border:none; }}
QMenu {{ background:{surface}; border:1px solid {input_border}; padding:4px; }}
QMenu::item {{ padding:{menu_y}px {menu_x}px; border-radius:3px; }}
QMenu::item:selected {{ background:{primary_soft}; color:{sel_text}; }}
QMenu::item:disabled {{ color:{disabled}; }}
QMenu::separator {{ height:1px; background:{border}; margin:4px 6px; }}
QProgressBar {{ border:none; border-radius:4px; background:{neutral_soft}; text-align:center; }}
QProgressBar::chunk {{ border-radius:4px; background:{primary}; }}
QToolTip {{ border:1px solid {input_border}; padding:4px; background:{surface}; color:{text}; }}
"""


def style_sheet(metrics: Metrics, icons: Path) -> str:
    """The sheet for one mode; `icons` holds the check mark and the arrow."""
    return _SHEET.format(
        **asdict(COLORS),
        icons=icons.as_posix(),
        control2=metrics.control - 2,
        control4=metrics.control - 4,
        control_small=metrics.control_small,
        icon_small=metrics.icon_small,
        box=metrics.box,
        radio=metrics.box // 2 + 1,
        dot=metrics.box - 8,
        pad9=metrics.px(9),
        pad11=metrics.px(9) + 2,
        pad10=metrics.px(9) + 1,
        pad8=metrics.px(9) - 1,
        arrow_box=metrics.px(26),
        menu_x=metrics.px(20),
        menu_y=metrics.px(5),
    )
