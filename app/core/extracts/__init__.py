"""Long documents: searched on this computer, so that only a few checked passages need leave it."""
