"""One detector a file, each behind `app.privacy.types.Detector`."""
