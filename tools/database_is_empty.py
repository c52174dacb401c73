"""Print `yes` when the database holds no account, person or unit yet, else `no`."""

import django

django.setup()

from metgezel.site.demo.existing import holds_data  # noqa: E402  (needs Django)

print("no" if holds_data() else "yes")
