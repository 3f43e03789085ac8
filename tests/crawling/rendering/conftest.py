"""A busy machine gets all the time that it takes, but where a test is about time."""

import pytest

PATIENCE_S = 90.0  # for a page that is to come through


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting and closing a browser, and a text that is still on its way, may take long."""
    monkeypatch.setattr("mentions.crawling.rendering.browser.START_WITHIN_S", 180.0)
    monkeypatch.setattr("mentions.crawling.rendering.browser.CLOSE_WITHIN_S", 30.0)
    monkeypatch.setattr("mentions.crawling.rendering.contexts.CLOSE_WITHIN_S", 30.0)
    monkeypatch.setattr("mentions.crawling.rendering.visit._SHORT_QUIET_MS", 10_000)
