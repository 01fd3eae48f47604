"""The Qt windows: they show and ask, and leave every decision to core and privacy."""
