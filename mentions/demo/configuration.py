"""The demo's `mentions.toml` and list of addresses: the invented company's names, and where the newsroom finds them."""

from pathlib import Path
from string import Template

_HERE = Path(__file__).parent
_TEMPLATE = Template((_HERE / "mentions.toml").read_text("utf-8"))
_LIST = Template((_HERE / "backlinks.csv").read_text("utf-8"))


def config_text(port: int) -> str:
    """The configuration for a newsroom on that port; it reaches nothing but this machine's loopback."""
    return _TEMPLATE.substitute(port=port)


def write_configuration(folder: Path, port: int) -> Path:
    """Writes mentions.toml and the list it names into `folder`, which is made; the path of mentions.toml."""
    (folder / "lists").mkdir(parents=True, exist_ok=True)
    # As the SEO tool that PR people use most exports it: UTF-16, tab-separated.
    (folder / "lists" / "backlinks.csv").write_text(_LIST.substitute(port=port), encoding="utf-16")
    path = folder / "mentions.toml"
    path.write_text(config_text(port), encoding="utf-8")
    return path
