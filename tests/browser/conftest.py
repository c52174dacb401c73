"""The browser: one Chromium for the run, a fresh profile for each test."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.services.chromium import find_chromium, node_for_playwright

# Playwright's event loop runs in the thread of the test, which Django would take for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    chromium = find_chromium()
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = node_for_playwright()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium.program,
            args=chromium.arguments,
            env={**os.environ, **chromium.environment},
        )
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile: no cookies, Dutch, in Amsterdam."""
    fresh = browser.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam")
    fresh.set_default_timeout(10_000)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """An empty tab; errors in a page's scripts fail the test at its end."""
    tab = context.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(f"{tab.url}: {error}"))
    yield tab
    assert not errors, "\n".join(errors)
