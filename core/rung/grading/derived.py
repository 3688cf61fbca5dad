"""Derived values as columns, computed in 128-bit whole numbers, one column a step."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from rung.grading.cases import Frame
from rung.policy.formula import Amount, Binary, Constant, Formula, Node
from rung.vocabulary import LIMIT

__all__ = ["with_derived"]


def with_derived(formulas: Sequence[Formula], frame: Frame) -> Frame:
    """Return the frame with a column for each derived value, scaled as its quantity says.

    Every step of a formula becomes a column of its own, since engines repeat a nested expression
    wherever it is used; those columns start with two underscores.
    """
    for number, formula in enumerate(formulas):
        steps = _Steps(f"__f{number}_", frame)
        have, want = formula.node.decimals, len(str(formula.result.scale)) - 1
        value = steps.node(formula.node)
        if want >= have:
            value = steps.keep(value * 10 ** (want - have))
        else:
            value = steps.divided(value, nw.lit(10 ** (have - want)).cast(nw.Int128))
        allowed = nw.when((value <= LIMIT) & (value >= -LIMIT)).then(value).cast(nw.Int64)
        frame = steps.frame.with_columns(allowed.alias(formula.result.id)).drop(*steps.names)
    return frame


class _Steps:
    """Builds one formula's columns, step by step."""

    def __init__(self, prefix: str, frame: Frame) -> None:
        self._prefix = prefix
        self.frame = frame
        self.names: list[str] = []

    def keep(self, value: nw.Expr) -> nw.Expr:
        """Make a step a column and return that column."""
        name = f"{self._prefix}{len(self.names)}"
        self.names.append(name)
        self.frame = self.frame.with_columns(value.alias(name))
        return nw.col(name)

    def node(self, node: Node) -> nw.Expr:
        """Return the column of a node's value, scaled by its decimals."""
        match node:
            case Constant(value, _):
                return nw.lit(value).cast(nw.Int128)
            case Amount(quantity):
                return nw.col(quantity.id).cast(nw.Int128)
            case Binary("*", left, right, _):
                return self.keep(self.node(left) * self.node(right))
            case Binary("/", left, right, decimals):
                shift = int(10 ** (decimals + right.decimals - left.decimals))
                return self.divided(self.keep(self.node(left) * shift), self.node(right))
            case Binary(sign, left, right, decimals):
                first = self.node(left) * int(10 ** (decimals - left.decimals))
                second = self.node(right) * int(10 ** (decimals - right.decimals))
                return self.keep(first + second if sign == "+" else first - second)

    def divided(self, numerator: nw.Expr, divisor: nw.Expr) -> nw.Expr:
        """Return the quotient rounded half up; null where the divisor is zero.

        Only non-negative numbers are divided, since engines differ on which way ``//`` goes below zero.
        """
        is_negative = divisor < 0
        positive = self.keep(nw.when(is_negative).then(divisor * -1).otherwise(divisor))
        whole = self.keep(nw.when(positive > 0).then(positive * 2))
        signed = nw.when(is_negative).then(numerator * -1).otherwise(numerator)
        doubled = self.keep(signed * 2 + positive)
        upward = doubled // whole
        downward = (doubled * -1 + whole - 1) // whole * -1
        return self.keep(nw.when(doubled >= 0).then(upward).otherwise(downward))
