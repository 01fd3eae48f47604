"""Conversations that come from elsewhere, and conversations that go along."""
