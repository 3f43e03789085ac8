"""mentions.toml: what loads, and what a mistake says."""

from pathlib import Path

import pytest

from mentions.cli.init import example
from mentions.config import ENVIRONMENT_VARIABLE, Config, find_config, load_config
from mentions.exceptions import ConfigError
from mentions.targets import Kind

TARGET = '[[targets]]\nname = "Acme"\ndomains = ["acme.example"]\n'


def load(folder: Path, text: str) -> Config:
    path = folder / "mentions.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load(folder, text)
    assert str(folder / "mentions.toml") in str(caught.value)
    return str(caught.value).removeprefix(f"{folder / 'mentions.toml'}: ")


def test_the_example_loads_and_says_everything(tmp_path: Path) -> None:
    config = load(tmp_path, example())
    brand, report = config.targets
    assert (brand.kind, report.kind) == (Kind.BRAND, Kind.REPORT)
    assert brand.names == ("Acme Robotics", "Acme", "ACME Robotics Inc.")
    assert brand.pages[0].when == ("warehouse", "picking")
    assert config.publisher("courier.example") is not None
    assert config.user_agent.startswith("MentionsBot/")
    assert config.user_agent.endswith("(+https://acme.example/about-our-crawler)")
    assert config.store_url == f"sqlite:///{tmp_path.resolve() / 'mentions.db'}"
    assert config.drafts_folder == tmp_path / "drafts"


def test_targets_alone_are_a_configuration(tmp_path: Path) -> None:
    config = load(tmp_path, TARGET)
    assert config.targets[0].link_url == "https://acme.example/"
    assert config.publishers == ()


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ('[[targets]\nname = "x"', "line 1", "not valid TOML"),
        (TARGET + "kind = ", "end of the file", "not valid TOML"),
        (
            TARGET + 'kind = "thing"',
            "targets[1].kind",
            "'thing' is not allowed; allowed: 'brand', 'product' or 'report'",
        ),
        (TARGET + 'colour = "red"', "targets[1].colour", "is not a key we know"),
        ('[[targets]]\nname = "Acme"', "targets[1].domains", "is missing"),
        (
            '[[targets]]\nname = "Acme"\ndomains = ["https://acme.example/"]',
            "targets[1].domains[1]",
            "without a scheme",
        ),
        ('[[targets]]\nname = "Acme"\ndomains = ["acme"]', "targets[1].domains[1]", "is not a host"),
        (TARGET + 'url = "acme.example"', "targets[1].url", "write it whole"),
        (TARGET + '[[publishers]]\nname = "P"\ndomain = "p.example"', "publishers[1]", "has no source"),
        (TARGET + TARGET, "", "'Acme' is declared twice"),
        ("targets = []", "targets", "at least 1 item"),
        (TARGET + '[sender]\nname = "J"\ncompany = "A"\nemail = "jo at acme"', "sender.email", "not an email address"),
        (TARGET + "[network]\ntimeout_s = 0", "network.timeout_s", "greater than or equal to 1"),
        (TARGET.replace("[[targets]]", 'include = ["more/*.toml"]\n[[targets]]'), "include", "matches no file"),
    ],
)
def test_a_mistake_names_its_place_and_what_is_allowed(tmp_path: Path, text: str, where: str, says: str) -> None:
    message = refusal(tmp_path, text)
    assert message.startswith(where)
    assert says in message
    assert "(and" not in message


def test_a_mistake_in_an_included_file_names_that_file(tmp_path: Path) -> None:
    (tmp_path / "publishers").mkdir()
    included = tmp_path / "publishers" / "a.toml"
    included.write_text('[[publishers]]\nname = "A"\ndomain = "a.example"\nfeeds = ["/rss"]\n', encoding="utf-8")
    path = tmp_path / "mentions.toml"
    path.write_text('include = ["publishers/*.toml"]\n' + TARGET, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert str(caught.value).startswith(f"{included}: publishers[1].feeds[1]: ")

    included.write_text('[[publishers]]\nname = "A"\ndomain = "a.example"\nfeeds = ["https://a.example/rss"]\n')
    assert [publisher.domain for publisher in load_config(path).publishers] == ["a.example"]


def test_international_domains_are_kept_in_their_ascii_form(tmp_path: Path) -> None:
    config = load(tmp_path, '[[targets]]\nname = "Bücher"\ndomains = ["Bücher.example/Shop/"]\n')
    assert config.targets[0].domains == ("xn--bcher-kva.example/Shop",)


def test_the_database_url_can_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = load(tmp_path, TARGET + '[store]\nurl_env = "OUR_DB"\n')
    monkeypatch.delenv("OUR_DB", raising=False)
    with pytest.raises(ConfigError, match="OUR_DB is not set"):
        _ = config.store_url
    monkeypatch.setenv("OUR_DB", "postgresql+psycopg://db.example/mentions")
    assert config.store_url == "postgresql+psycopg://db.example/mentions"


def test_where_the_configuration_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match="mentions init"):
        find_config()
    here, elsewhere = tmp_path / "mentions.toml", tmp_path / "other.toml"
    here.write_text(TARGET)
    elsewhere.write_text(TARGET)
    assert find_config() == here.resolve()
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(elsewhere))
    assert find_config() == elsewhere.resolve()
    assert find_config(here) == here.resolve()
    with pytest.raises(ConfigError, match="there is no such file"):
        find_config(tmp_path / "missing.toml")


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mentions.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(path)
