"""Rung grades customers by a written policy, explains every grade and keeps what was promised with it."""

__all__ = ["__version__"]

__version__ = "0.1.0"
