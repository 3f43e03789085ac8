"""The settings as Scrapy sees them; Scrapy's own commands beside a mentions.toml; F-14: nothing listens or stays."""

import subprocess
import sys
from pathlib import Path

import pytest
from scrapy import Spider
from scrapy.settings import Settings, overridden_settings
from scrapy.utils.test import get_crawler

import mentions.settings
from mentions.config import load_config
from mentions.crawling.configuration import ApplyConfig, config_of, crawl_settings, network_of, settings_from_config
from mentions.exceptions import ConfigError

TOML = """
[[targets]]
name = "Acme Robotics"
domains = ["acme.example"]

[[publishers]]
name = "The Daily Courier"
domain = "courier.example"
feeds = ["https://courier.example/rss"]
politeness = { delay_s = 2.5, concurrency = 3 }

[network]
contact_url = "https://acme.example/crawler"
robots_name = "AcmeBot"
timeout_s = 7
max_body_bytes = 123456
concurrency = 9
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mentions.toml").write_text(TOML)
    monkeypatch.delenv("MENTIONS_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_configuration_reaches_the_settings(folder: Path) -> None:
    settings = crawl_settings(load_config(folder / "mentions.toml"), {"LOG_LEVEL": "ERROR"})
    assert settings["USER_AGENT"].startswith("AcmeBot/")
    assert settings["USER_AGENT"].endswith("(+https://acme.example/crawler)")
    assert settings["ROBOTSTXT_USER_AGENT"] == "AcmeBot"
    assert settings.getfloat("DOWNLOAD_TIMEOUT") == 7
    assert settings.getint("DOWNLOAD_MAXSIZE") == 123_456
    assert settings.getint("CONCURRENT_REQUESTS") == 9
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 3
    assert settings["LOG_LEVEL"] == "ERROR"
    assert config_of(settings).publishers[0].name == "The Daily Courier"


def test_scrapys_log_of_settings_does_not_hold_the_configuration(folder: Path) -> None:
    """F-16: a database's URL may carry a password, and Scrapy logs every setting that is not the default."""
    path = folder / "mentions.toml"
    path.write_text(TOML + '[store]\nurl = "postgresql+psycopg://me:secret@db.example/x"')
    logged = dict(overridden_settings(crawl_settings(load_config(path))))
    assert "DOWNLOAD_TIMEOUT" in logged
    assert "secret" not in str(logged)


@pytest.mark.parametrize(
    ("line", "where"),
    [('allow_private = ["10.0.0.1/8"]', "network.allow_private"), ('resolve = { "*" = "here" }', "network.resolve.*")],
)
def test_networks_and_addresses_that_are_none_are_mistakes_of_the_configuration(
    folder: Path, line: str, where: str
) -> None:
    path = folder / "mentions.toml"
    path.write_text(TOML + line)
    with pytest.raises(ConfigError) as raised:
        settings_from_config(load_config(path))
    assert raised.value.where == where


def test_without_a_configuration_a_crawl_reaches_the_public_web_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings()
    settings.setmodule("mentions.settings")
    ApplyConfig.update_pre_crawler_settings(settings)
    assert network_of(settings).allow_private == ()
    assert network_of(settings).ports == (80, 443)
    with pytest.raises(ConfigError, match=r"no mentions\.toml here"):
        config_of(settings)


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.usefixtures("reactor")
async def test_no_extension_listens_and_every_part_is_ours(folder: Path) -> None:
    settings = crawl_settings(load_config(folder / "mentions.toml"), {"SPIDER_MODULES": []})
    crawler = get_crawler(Spider, settings_dict=dict(settings))
    extensions = {type(extension).__name__ for extension in crawler.extensions.middlewares}
    assert not extensions & {"TelnetConsole", "RemoteControl", "AutoThrottle"}
    assert "PoliteThrottle" in extensions
    assert {scheme for scheme, handler in mentions.settings.DOWNLOAD_HANDLERS.items() if handler} == {"http", "https"}


def _scrapy(*arguments: str, home: Path) -> "subprocess.CompletedProcess[str]":
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, env=environment)


def test_scrapys_own_commands_work_in_a_folder_that_init_made(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    (folder / "scrapy.cfg").write_text("[settings]\ndefault = mentions.settings\n")
    listed = _scrapy("list", home=home)
    assert listed.returncode == 0, listed.stderr
    assert {"news", "industry"} <= set(listed.stdout.split())
    asked = _scrapy("settings", "--get", "BOT_NAME", home=home)
    assert asked.stdout == "mentions\n"
    assert list(home.iterdir()) == []


def test_scrapy_says_a_mistake_of_the_configuration_in_a_sentence(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (folder / "scrapy.cfg").write_text("[settings]\ndefault = mentions.settings\n")
    (folder / "mentions.toml").write_text(TOML.replace("robots_name", "robot_name"))
    done = _scrapy("crawl", "news", home=tmp_path_factory.mktemp("home"))
    assert done.returncode == 2
    assert "mentions.toml: network.robot_name: is not a key we know" in done.stderr
    assert "Traceback" not in done.stderr
