"""Pure engines: facts in, answers out; no files, no network, no clock, no web."""
