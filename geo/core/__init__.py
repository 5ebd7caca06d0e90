"""What every app builds on."""
