"""What all tables of the ledger share: the set they are of, and how numbers and texts are kept in them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Integer, MetaData, Text

__all__ = ["METADATA", "NUMBER", "TEXT"]

METADATA: Final = MetaData()

NUMBER: Final = BigInteger().with_variant(Integer, "sqlite")
# SQLite keeps rows by an INTEGER key; a BIGINT one would cost an index more.
TEXT: Final = Text().with_variant(Text(collation="C"), "postgresql")
# Texts sort by their bytes, as SQLite's do, whatever the language of the server.
