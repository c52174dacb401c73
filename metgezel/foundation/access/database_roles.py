"""The roles PostgreSQL knows us by. Neither owns anything nor can log in by itself."""

#: Works for whoever is logged in; the policies hold for it.
WEB = "metgezel_web"
#: Reads past the policies, for the few things that must know of files nobody is shown: which
#: journal a line belongs in, and the numbers the privacy officer works with.
KEEPER = "metgezel_keeper"
