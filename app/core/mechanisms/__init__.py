"""The ways in which the two models work together, one file each."""
