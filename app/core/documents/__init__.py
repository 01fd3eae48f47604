"""Attached documents: read in a process of their own, cut, indexed, and asked about."""
