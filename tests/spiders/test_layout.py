"""Spiders: found by name, one a file, and thin."""

from pathlib import Path

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from mentions.crawling.publisher_spider import PublisherSpider
from mentions.crawling.runner import NIGHTLY


def loader() -> SpiderLoader:
    """As `scrapy list` sees them."""
    settings = Settings()
    settings.setmodule("mentions.settings")
    return SpiderLoader.from_settings(settings)


def test_the_runner_and_scrapy_know_the_same_spiders() -> None:
    assert sorted(loader().list()) == sorted(NIGHTLY)


@pytest.mark.parametrize("name", NIGHTLY)
def test_file_class_and_name_agree(name: str, repository: Path) -> None:
    spider = loader().load(name)
    assert (spider.__module__, spider.__name__) == (f"spiders.{name}", f"{name.title().replace('_', '')}Spider")
    assert issubclass(spider, PublisherSpider)
    assert len((repository / "spiders" / f"{name}.py").read_text().splitlines()) <= 60


def test_every_pipeline_is_one_job_in_one_small_file(repository: Path) -> None:
    settings = Settings()
    settings.setmodule("mentions.settings")
    in_order = sorted(settings.getdict("ITEM_PIPELINES").items(), key=lambda entry: entry[1])
    assert [path for path, _ in in_order] == [
        "pipelines.extract_article.ExtractArticle",
        "pipelines.match_mentions.MatchMentions",
        "pipelines.judge_links.JudgeLinks",
        "pipelines.look_at_links.LookAtLinks",
        "pipelines.find_contacts.FindContacts",
        "pipelines.store_findings.StoreFindings",
        "pipelines.render_drafts.RenderDrafts",
    ]
    for file in (repository / "pipelines").glob("*_*.py"):
        assert len(file.read_text().splitlines()) <= 80, file
