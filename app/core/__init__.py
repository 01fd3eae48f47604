"""Turns, engines, mechanisms, memory, settings and storage; no Qt and no vault contents."""
