"""From `mentions.toml` to Scrapy's settings, and back to the configuration from inside a crawl."""

import sys
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any

from scrapy.settings import BaseSettings, Settings

from mentions.budgets import Rendering
from mentions.config import Config, Network, find_config, load_config
from mentions.crawling.address_guard import parse_networks
from mentions.exceptions import ConfigError

CONFIG_SETTING = "MENTIONS_CONFIG"  # holds the Config itself; never a default setting, so Scrapy never logs it


def settings_from_config(config: Config) -> dict[str, Any]:
    """The settings that depend on `mentions.toml`; everything else stands in mentions/settings.py.

    Raises ConfigError when network.allow_private or network.resolve hold what is no network or address.
    """
    network = config.network
    _check_network(config)
    return {
        CONFIG_SETTING: config,
        "USER_AGENT": config.user_agent,
        "ROBOTSTXT_USER_AGENT": network.robots_name,
        "CONCURRENT_REQUESTS": network.concurrency or min(max(len(config.publishers), 32), 128),
        # Only bounds the connections kept open to one host; how many requests run at once is set slot by slot
        # (mentions.crawling.politeness).
        "CONCURRENT_REQUESTS_PER_DOMAIN": max([p.politeness.concurrency for p in config.publishers], default=1),
        "DOWNLOAD_TIMEOUT": network.timeout_s,
        "DOWNLOAD_MAXSIZE": network.max_body_bytes,
    }


def crawl_settings(config: Config, changes: Mapping[str, Any] | None = None) -> Settings:
    """Everything a crawl with `config` runs with: mentions/settings.py, what the configuration says, and `changes`."""
    settings = Settings()
    settings.setmodule("mentions.settings", priority="project")
    settings.setdict(settings_from_config(config), priority="project")
    settings.setdict(dict(changes or {}), priority="cmdline")
    return settings


def config_of(settings: BaseSettings) -> Config:
    """The configuration this crawl runs with. Raises ConfigError when it was started without one."""
    config = settings.get(CONFIG_SETTING)
    if not isinstance(config, Config):
        find_config()  # raises, saying where one was looked for
        raise ConfigError("this crawl was started without a configuration; start it with `mentions crawl`")
    return config


def network_of(settings: BaseSettings) -> Network:
    """What the crawl may reach; the strictest there is when it was started without a configuration."""
    config = settings.get(CONFIG_SETTING)
    return config.network if isinstance(config, Config) else Network()


def rendering_of(settings: BaseSettings) -> Rendering:
    """How the crawl renders pages; the defaults when it was started without a configuration."""
    config = settings.get(CONFIG_SETTING)
    return config.rendering if isinstance(config, Config) else Rendering()


class ApplyConfig:
    """Add-on: gives `scrapy crawl` and `scrapy shell` the settings of the mentions.toml they are started beside.

    `mentions crawl` and `mentions nightly` put the configuration in themselves; then there is nothing to do here.
    """

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Called by Scrapy before it makes a crawler, so that the resolver of the process sees the settings too."""
        if settings.get(CONFIG_SETTING) is not None:
            return
        try:
            path = find_config()
        except ConfigError:
            return  # `scrapy list` and `scrapy version` need none; a spider that does says so (config_of)
        try:
            found = settings_from_config(load_config(path))
        except ConfigError as error:
            # Scrapy's command line shows a traceback for every exception; a spelling mistake deserves a sentence.
            sys.stderr.write(f"mentions: {error}\n")
            raise SystemExit(2) from error
        settings.setdict(found, priority="project")


def _check_network(config: Config) -> None:
    network = config.network
    try:
        parse_networks(network.allow_private)
    except ValueError as error:
        raise ConfigError(
            f'{error}; write networks as in "10.0.0.0/8"', path=config.path, where="network.allow_private"
        ) from error
    for name, address in network.resolve.items():
        try:
            ip_address(address)
        except ValueError as error:
            raise ConfigError(str(error), path=config.path, where=f"network.resolve.{name}") from error
