"""Conditions in plain words: Narwhals' own notation of an expression, read back for people."""

from __future__ import annotations

import ast

import narwhals as nw

_OPERATORS = {
    "__le__": "<=", "__lt__": "<", "__ge__": ">=", "__gt__": ">",
    "__eq__": "=", "__ne__": "!=", "__and__": "and", "__or__": "or",
}  # fmt: skip


def in_words(condition: nw.Expr) -> str:
    """The condition as a sentence.

    >>> in_words((nw.col("paid") & ~nw.col("net_amount").is_null()) | (nw.col("days_late") > 0))
    '(paid and net_amount known) or days_late > 0'
    """
    return _unwrapped(_words(ast.parse(repr(condition), mode="eval").body))


def _words(node: ast.expr) -> str:
    if not isinstance(node, ast.Call):
        return ast.unparse(node)
    if not isinstance(node.func, ast.Attribute):
        return _words(node.args[0])
    subject, method = _words(node.func.value), node.func.attr
    if method == "is_null":
        return f"{subject} unknown"
    if method == "__invert__":
        return (
            f"{subject.removesuffix(' unknown')} known" if subject.endswith(" unknown") else f"not {subject}"
        )
    words = f"{subject} {_OPERATORS.get(method, method)} {_words(node.args[0])}"
    if method == "__and__":
        return f"({_unwrapped(subject, ' and ')} and {_unwrapped(_words(node.args[0]), ' and ')})"
    return f"({words})" if method == "__or__" else words


def _unwrapped(words: str, joined_by: str = "") -> str:
    """Without brackets around the whole, if all within is joined by the same word."""
    inner = words[1:-1]
    is_wrapped = words.startswith("(") and words.endswith(")") and _is_balanced(inner)
    return inner if is_wrapped and joined_by in inner and (not joined_by or " or " not in inner) else words


def _is_balanced(words: str) -> bool:
    depth = 0
    for letter in words:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return False
    return depth == 0
