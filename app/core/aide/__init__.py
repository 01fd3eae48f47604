"""What the model on this computer does for the cloud, and the cloud for it."""
