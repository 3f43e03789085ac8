"""The demo's mentions.toml loads, and everything it names is there."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from mentions.config import Config, load_config
from mentions.demo.configuration import config_text
from mentions.demo.content import load_sites
from mentions.demo.newsroom import Newsroom
from mentions.demo.truth import TARGETS
from mentions.urls import registrable_domain
from tests.demo.conftest import ask


@pytest.fixture
def config(tmp_path: Path, newsroom: Newsroom) -> Config:
    path = tmp_path / "mentions.toml"
    path.write_text(config_text(newsroom.port), encoding="utf-8")
    return load_config(path)


def test_the_truth_is_about_its_targets(config: Config) -> None:
    assert tuple(target.name for target in config.targets) == TARGETS


def test_every_source_is_served_by_its_publisher(config: Config, newsroom: Newsroom) -> None:
    for publisher in config.publishers:
        for url in (*publisher.feeds, *publisher.news_sitemaps, *publisher.listings, *publisher.crawl):
            parts = urlsplit(url)
            assert registrable_domain(parts.hostname or "") == publisher.domain
            response, body = ask(newsroom, parts.hostname or "", parts.path)
            assert response.status == 200, url
            assert body, url


def test_nothing_but_loopback_can_be_reached(config: Config, newsroom: Newsroom) -> None:
    assert config.network.ports == (newsroom.port,)
    assert config.network.resolve == {"*.example": "127.0.0.1"}
    assert config.network.allow_private == ("127.0.0.0/8",)
    hosts = {urlsplit(target.link_url).hostname for target in config.targets}
    assert hosts <= set(load_sites())
