"""The cookie in which a message travels from a saved form to the next page."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class MessageCookie(CookieStorage):
    """Django's own, under the name that the settings give all our cookies."""

    cookie_name = settings.METGEZEL_MESSAGE_COOKIE_NAME
