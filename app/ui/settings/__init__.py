"""The settings panel, drawn from the declared settings."""
