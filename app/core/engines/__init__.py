"""The models that answer: one on this computer, one in the cloud, one scripted."""
