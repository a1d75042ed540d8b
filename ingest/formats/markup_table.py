"""A table of a page or book: rows of cells where it holds data, what it frames where it is a layout."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.text import squeeze
from ingest.formats.blocks import Block

# A table of data in one or two rows has no cell that is a page of text.
_FEW_ROWS, _LONG_CELL = 2, 500


@dataclass(slots=True)
class Table:
    """A table that is being read: all its blocks, those around its cells, and the cells' texts in rows."""

    blocks: list[Block] = field(default_factory=list)
    around: list[Block] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    cell: list[Block] | None = None
    framing: bool = False

    def begin(self, name: str) -> None:
        """A row or cell begins; what begins before the last one ended ends it."""
        self.end_cell()
        if name == "tr" or not self.rows:
            self.rows.append([])
        if name != "tr":
            self.cell = []

    def add(self, blocks: list[Block]) -> None:
        """Blocks in the open cell, or around the cells."""
        if self.cell is None:
            self.around += blocks
            self.blocks += blocks
        else:
            self.cell += blocks

    def end_cell(self) -> None:
        """The open cell, if any, becomes one text of its row; the items of a list in it stay apart."""
        if self.cell is not None:
            self.rows[-1].append(squeeze(" ".join(block.text.replace("\n", "; ") for block in self.cell)))
            self.framing |= any(block.level for block in self.cell)
            self.blocks += self.cell
            self.cell = None

    def result(self) -> list[Block]:
        """Its caption and one block of rows; a table that frames headings, tables or one cell gives what it frames."""
        self.end_cell()
        rows = [row for row in self.rows if any(row)]
        cells = [cell for row in rows for cell in row]
        # Old pages are laid out so: a column of menus beside a column of text.
        laid_out = len(rows) <= _FEW_ROWS and max(map(len, cells), default=0) > _LONG_CELL
        if self.framing or laid_out or len(cells) < 2:
            return self.blocks
        return [*self.around, Block("\n".join(" | ".join(row) for row in rows))]
