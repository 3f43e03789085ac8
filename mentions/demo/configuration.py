"""The demo's `mentions.toml`: the invented company's names, and the newsroom's sites as publishers."""

from pathlib import Path
from string import Template

_TEMPLATE = Template((Path(__file__).parent / "mentions.toml").read_text("utf-8"))


def config_text(port: int) -> str:
    """The configuration for a newsroom on that port; it reaches nothing but this machine's loopback."""
    return _TEMPLATE.substitute(port=port)
