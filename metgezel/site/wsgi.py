"""What a web server starts: ``metgezel.site.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

from metgezel.foundation.association.demo_accounts import refuse_demo_accounts
from metgezel.foundation.keys.proof import prove_keys_at_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "metgezel.site.settings")
os.environ.setdefault("METGEZEL_SERVES_PAGES", "1")
application = get_wsgi_application()
refuse_demo_accounts()
prove_keys_at_start()  # last: it leaves no connection behind for the workers to share
