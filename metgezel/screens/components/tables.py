"""What a table shows; below 48rem each row becomes a card with its column names in it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString

from .days import short_day


@dataclass(frozen=True)
class Column:
    """A column; `kind` is text, number, date or badge and decides only the alignment."""

    label: str
    kind: str = "text"


@dataclass(frozen=True)
class Cell:
    """What stands in one place; `html` is for a component already rendered."""

    text: str = ""
    href: str = ""
    html: SafeString | str = ""


@dataclass(frozen=True)
class Row:
    """Cells in the order of the columns; the first names the row."""

    cells: Sequence[Cell | str | int | dt.date]


class Placed(NamedTuple):
    """A cell together with its column, for the template."""

    column: Column
    cell: Cell
    first: bool


@dataclass(frozen=True)
class Table:
    """A table with a caption, which is read out but may be hidden on screen."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    show_caption: bool = False

    def placed(self) -> Iterator[list[Placed]]:
        """Yield each row as cells that know their column."""
        for row in self.rows:
            yield [
                Placed(column, _as_cell(cell), index == 0)
                for index, (column, cell) in enumerate(zip(self.columns, row.cells, strict=True))
            ]


def _as_cell(value: Cell | str | int | dt.date) -> Cell:
    if isinstance(value, Cell):
        return value
    if isinstance(value, dt.date):
        return Cell(short_day(value))
    return Cell(str(value))
