"""One heavy library at a time: two threads that import what shares a third library meet it half made."""

import threading

IMPORTING = threading.RLock()
"""Held while spaCy, openai or llama.cpp is imported. Seen without it: pydantic, "partially initialized"."""
