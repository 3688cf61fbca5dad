"""One customer's rating sheet for the credit file: a page of A4 in a file that fetches and runs nothing."""

from rung.sheet.drawing import rating_sheets
from rung.sheet.sheet import GivenInput, Grades, Sheet

__all__ = ["GivenInput", "Grades", "Sheet", "rating_sheets"]
