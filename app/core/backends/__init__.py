"""Stronger models for the filter, which a person may add; each is off, and not even loaded, until then."""
