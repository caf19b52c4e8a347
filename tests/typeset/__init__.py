"""Typeset SOPs with known truth, for tests and the benchmark."""

from .book import save_truth, typeset
from .samples import ROLES, chain, sample
from .spec import ABOVE, Bundle, Cover, Edge, Matrix, Matter, Row, Signature, SopSpec, Style, Symbol

__all__ = [
    "ABOVE",
    "ROLES",
    "Bundle",
    "Cover",
    "Edge",
    "Matrix",
    "Matter",
    "Row",
    "Signature",
    "SopSpec",
    "Style",
    "Symbol",
    "chain",
    "sample",
    "save_truth",
    "typeset",
]
