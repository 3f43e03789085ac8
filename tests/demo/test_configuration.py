"""The demo's mentions.toml loads, and everything it names is there."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from mentions.config import Config, load_config
from mentions.demo.configuration import write_configuration
from mentions.demo.content import load_sites
from mentions.demo.newsroom import Newsroom
from mentions.demo.truth import TARGETS
from mentions.searching import files_of
from mentions.sources.lists import read_list
from mentions.urls import registrable_domain
from tests.demo.conftest import ask


@pytest.fixture
def config(tmp_path: Path, newsroom: Newsroom) -> Config:
    return load_config(write_configuration(tmp_path, newsroom.port))


def test_the_truth_is_about_its_targets(config: Config) -> None:
    assert tuple(target.name for target in config.targets) == TARGETS


def test_every_source_is_served_by_its_publisher(config: Config, newsroom: Newsroom) -> None:
    for publisher in config.publishers:
        for url in (
            *publisher.feeds,
            *publisher.news_sitemaps,
            *publisher.sitemaps,
            *publisher.listings,
            *publisher.crawl,
        ):
            parts = urlsplit(url)
            assert registrable_domain(parts.hostname or "") == publisher.domain
            response, body = ask(newsroom, parts.hostname or "", parts.path)
            assert response.status == 200, url
            assert body, url


def test_searches_the_index_and_the_list_are_there(config: Config, newsroom: Newsroom) -> None:
    searches = [url for target in config.targets for url in target.searches]
    for url in (*searches, f"{config.gdelt.endpoint}?query=Rillwatch"):
        parts = urlsplit(url)
        response, body = ask(newsroom, parts.hostname or "", f"{parts.path}?{parts.query}".rstrip("?"))
        assert response.status == 200, url
        assert b"tidemark.example" in body, url
    [found] = [
        read_list(path.read_bytes()) for declared in config.lists for path in files_of(declared.file, config.folder)
    ]
    assert len(found.pages) == 2
    assert found.problems == ()


def test_nothing_but_loopback_can_be_reached(config: Config, newsroom: Newsroom) -> None:
    assert config.network.ports == (newsroom.port,)
    assert config.network.resolve == {"*.example": "127.0.0.1"}
    assert config.network.allow_private == ("127.0.0.0/8",)
    hosts = {urlsplit(target.link_url).hostname for target in config.targets}
    assert hosts <= set(load_sites())
