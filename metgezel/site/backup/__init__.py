"""One encrypted file with everything: the database, the papers and the keys.

A backup is a tar archive, packed and then sealed piece by piece, under a key that is not kept with
it. In it, in this order: ``about.json`` (who made it, with which changes of tables),
``keys.json``, ``database/…`` in pieces, ``papers/…`` as they stand (each sealed by itself), and
``manifest.json`` (counts and hashes). So it is written and read in one pass, and nothing readable
ever stands on a disk, except SQLite's own copy for as long as that takes, beside the original.
"""
