"""Local model files: which there are, whether they are sound, whether they fit."""
