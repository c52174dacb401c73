"""Print `yes` when nobody has an account in the database yet, else `no`."""

import django
from django.contrib.auth import get_user_model

django.setup()
print("no" if get_user_model()._default_manager.exists() else "yes")
