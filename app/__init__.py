"""Confidant: a private desktop assistant in which two language models work together."""

__version__ = "0.1.0"
