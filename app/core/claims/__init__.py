"""Compares two answers to one question: what they both say, and where they differ."""

from app.core.claims.compare import compare
from app.core.claims.doubt import is_doubtful

__all__ = ["compare", "is_doubtful"]
