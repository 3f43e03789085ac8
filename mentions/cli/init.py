"""`mentions init`: a configuration to start from."""

from importlib.resources import files
from pathlib import Path

import click

from mentions.cli.common import EXIT_CODES
from mentions.config import FILE_NAME, load_config
from mentions.exceptions import ConfigError

# Scrapy finds its settings by this file; without it `scrapy list` and `scrapy crawl` know no spiders.
SCRAPY_CFG = (
    "# Lets `scrapy list` and `scrapy crawl news` work in this folder.\n[settings]\ndefault = mentions.settings\n"
)


def example() -> str:
    """The annotated example configuration."""
    return files("mentions").joinpath("example.toml").read_text(encoding="utf-8")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
def init(folder: Path) -> int:
    """Write a commented mentions.toml into FOLDER (here), to be filled in.

    Nothing that exists is overwritten.
    """
    try:
        return _write(folder)
    except OSError as error:
        raise ConfigError(
            f"cannot be written to: {error.strerror or error}; name another folder", path=folder
        ) from error


def _write(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / FILE_NAME
    if config.exists():
        click.echo(f"{config} exists already; nothing was changed. Remove it first to start again.", err=True)
        return EXIT_CODES["configuration"]
    config.write_text(example(), encoding="utf-8")
    load_config(config)
    click.echo(f"Wrote {config}")
    scrapy_cfg = folder / "scrapy.cfg"
    if not scrapy_cfg.exists():
        scrapy_cfg.write_text(SCRAPY_CFG, encoding="utf-8")
        click.echo(f"Wrote {scrapy_cfg} (so that scrapy's own commands work here)")
    click.echo("Next: put your names and publishers in, then run  mentions doctor")
    return 0
