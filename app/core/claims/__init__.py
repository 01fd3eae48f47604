"""Compares two answers to one question: what they both say, and where they differ."""

from app.core.claims.compare import compare

__all__ = ["compare"]
