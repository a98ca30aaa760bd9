"""The declarative base, the column types and the mixins that all tables share."""

import enum
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Self

from sqlalchemy import JSON, Date, DateTime, Enum, MetaData, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.schema import CreateTable

# Named constraints, so that a later migration can drop them on SQLite.
NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
}

Key = Annotated[int, mapped_column(primary_key=True)]
Text10 = Annotated[str, mapped_column(String(10))]
Text20 = Annotated[str, mapped_column(String(20))]
Text40 = Annotated[str, mapped_column(String(40))]
Text60 = Annotated[str, mapped_column(String(60))]
JsonDict = dict[str, Any]


class Worded(enum.StrEnum):
    """A code of the program, stored by its key and shown by its words."""

    label: str
    place: int
    """Among the codes of its kind, in the order in which they are written down"""

    def __new__(cls, key: str, words: str) -> Self:
        code = str.__new__(cls, key)
        code._value_ = key
        code.label, code.place = words, len(cls.__members__)
        return code

    @classmethod
    def of(cls, key: str) -> Self:
        """The code with this key; KeyError for one that the program does not know."""
        # Not cls(key), which knows no KeyError; lists ask it for every row.
        found: Self = cls._value2member_map_[key]  # type: ignore[assignment]  # the map of a class of ours holds its own members
        return found


def by_value(kind: type[enum.StrEnum]) -> Enum:
    """A column of codes, stored by value: renaming the Python member must not orphan old rows."""
    return Enum(
        kind, native_enum=False, length=20, values_callable=lambda e: [member.value for member in e]
    )


BY_TABLE: dict[str, type["Base"]] = {}
"""The classes that are loaded, by the names of their tables."""


class Base(DeclarativeBase):
    """`__journaled__` tables have every change recorded; `__ledger__` tables are append-only.

    A row of a `__papers__` table is undone as a whole or not at all: what was done to it before a
    later step (a number was given) stays, though that step touched other columns. A row that is
    `__part_of__` a row of another table is undone together with that one's change, or not at all.
    """

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        # None is NULL, not the JSON text null: rows without it can be asked for.
        JsonDict: JSON(none_as_null=True),
        date: Date(),
        datetime: DateTime(),
    }
    __journaled__: ClassVar[bool] = True
    __ledger__: ClassVar[bool] = False
    __papers__: ClassVar[bool] = False
    __part_of__: ClassVar[str] = ""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        BY_TABLE[cls.__tablename__] = cls


class Versioned:
    """A row that two people may edit: the second save is refused (architecture.md rule 5)."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class Deletable:
    """A row that goes to the recycle bin (回收站) before it goes for good."""

    deleted_at: Mapped[datetime | None] = mapped_column(default=None)


def label(text: str, kept_as: str = "") -> dict[str, str]:
    """`info=` of a column: its Chinese name, shown in histories and in lists of differences.

    `kept_as` tells what the value is where it is not shown as it is kept: "cents", "minutes",
    "tenths", "weekdays", "periods", "guests".
    """
    return {"label": text, "kept_as": kept_as} if kept_as else {"label": text}


def virtual(module: str, *arguments: str) -> dict[str, Any]:
    """`__table_args__` of a table that a module of SQLite keeps: fts5(...), fts5vocab(...)."""
    return {"info": {"module": module, "arguments": list(arguments)}}


@compiles(CreateTable)
def _create_table(element: CreateTable, compiler: Any, **options: Any) -> str:
    info = element.element.info
    if "module" not in info:
        return str(compiler.visit_create_table(element, **options))
    name = compiler.preparer.format_table(element.element)
    return f"CREATE VIRTUAL TABLE {name} USING {info['module']}({', '.join(info['arguments'])})"
