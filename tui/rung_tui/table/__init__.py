"""A table of any length: rows come page by page from a source, and only what is seen is drawn."""

from rung_tui.table.arranged import Arranged
from rung_tui.table.columns import Cell, Column, SortSign
from rung_tui.table.source import RowSource
from rung_tui.table.virtual_table import VirtualTable

__all__ = ["Arranged", "Cell", "Column", "RowSource", "SortSign", "VirtualTable"]
