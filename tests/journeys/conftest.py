"""A phone in a kader's hand: Debian's Chromium, 360 px wide, Indonesian, cut off from every other host."""

import os
from urllib.parse import urlsplit

import pytest

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="package")
def browser():
    """One browser for all journeys. Under Playwright's event loop Django refuses queries; here it is told not to."""
    from playwright.sync_api import sync_playwright

    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def phone(browser, live_server):
    """Open a new phone: `phone(javascript=False)` gives a Playwright page; its relative addresses are the server's."""
    contexts, errors = [], []

    def only_here(route):
        if urlsplit(route.request.url).hostname in ("127.0.0.1", "localhost"):
            route.continue_()
        else:
            errors.append(f"request to another host: {route.request.url}")
            route.abort()

    def open_phone(*, javascript=True, width=360, height=740):
        context = browser.new_context(
            base_url=live_server.url,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            accept_downloads=True,
        )
        context.set_default_timeout(10_000)
        context.route("**/*", only_here)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"script error: {error}"))
        page.on("console", lambda message: note_refusal(message, errors))
        return page

    yield open_phone
    for context in contexts:
        context.close()
    assert not errors, errors


def note_refusal(message, errors):
    """A page that breaks its own Content-Security-Policy is a mistake of ours."""
    if "Content Security Policy" in message.text:
        errors.append(message.text)


@pytest.fixture
def page(phone):
    """A phone with JavaScript."""
    return phone()


@pytest.fixture
def plain_page(phone):
    """The same phone with JavaScript off."""
    return phone(javascript=False)
