"""The office: units, colleagues and their roles."""
