"""Papers that belong to a file: letters and cards, kept sealed and given out inert."""
