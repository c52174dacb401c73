"""The client's own screens, in her own language."""
