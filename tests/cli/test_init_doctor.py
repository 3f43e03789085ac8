"""`mentions init` and `mentions doctor`, as a newcomer meets them."""

from pathlib import Path

import pytest

from mentions.cli import main


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = main(argv)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_init_writes_a_configuration_that_doctor_can_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, said, _ = run(capsys, "init")
    assert code == 0
    assert "mentions doctor" in said
    assert (tmp_path / "scrapy.cfg").read_text().endswith("default = mentions.settings\n")
    code, said, _ = run(capsys, "doctor")
    assert code == 2, "the example's invented names must be replaced before a run"
    assert "invented examples" in said
    assert "4 things missing" in said, "targets, publishers, who signs, and the page in the User-Agent"


def test_init_overwrites_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mentions.toml").write_text("# mine\n")
    code, _, error = run(capsys, "init")
    assert code == 2
    assert "nothing was changed" in error
    assert (tmp_path / "mentions.toml").read_text() == "# mine\n"


@pytest.mark.parametrize("folder", ["a-file", "a-file/below"])
def test_init_says_where_it_cannot_write(tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: str) -> None:
    (tmp_path / "a-file").write_text("no folder")
    code, _, error = run(capsys, "init", str(tmp_path / folder))
    assert code == 2
    assert "a-file" in error


def test_doctor_says_ready_when_nothing_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mentions.toml"
    path.write_text(
        '[[targets]]\nname = "Acme Robotics"\ndomains = ["acme-robotics.com"]\n'
        '[[publishers]]\nname = "C"\ndomain = "courier.news"\nfeeds = ["https://courier.news/rss"]\n'
        'pages_per_night = [1, 10]\n[sender]\nname = "Jo"\nemail = "jo@acme-robotics.com"\ncompany = "Acme"\n'
    )
    code, said, _ = run(capsys, "doctor", "--config", str(path))
    assert code == 0, said
    assert "Ready" in said
    assert "set sender.postal_address" in said.replace("\n", " ")


def test_doctor_names_the_chat_whose_address_nobody_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A digest that reaches nobody is a warning of the night, which is read after the fact."""
    monkeypatch.setenv("CHAT_THAT_IS_SET", "https://chat.example/x")
    monkeypatch.delenv("CHAT_THAT_IS_NOT", raising=False)
    path = tmp_path / "mentions.toml"
    path.write_text(
        '[[targets]]\nname = "Acme Robotics"\ndomains = ["acme-robotics.com"]\n[digest]\n'
        'webhooks = [{ kind = "slack", url_env = "CHAT_THAT_IS_SET" }]\napprise_env = ["CHAT_THAT_IS_NOT"]\n'
    )
    _, said, _ = run(capsys, "doctor", "--config", str(path))
    words = " ".join(said.split())
    assert "the environment variable CHAT_THAT_IS_NOT is not set" in words
    assert "CHAT_THAT_IS_SET" not in words


def test_a_broken_configuration_ends_with_code_2_and_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mentions.toml"
    path.write_text('[[targets]]\nname = "A"\nkind = "thing"\ndomains = ["a.example"]\n')
    code, _, error = run(capsys, "doctor", "--config", str(path))
    assert code == 2
    assert "targets[1].kind" in error
    assert "Traceback" not in error


@pytest.mark.parametrize("argv", [["--help"], ["--version"], ["init", "--help"], ["doctor", "-h"], ["list", "--help"]])
def test_help_is_there(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = run(capsys, *argv)
    assert code == 0
    assert "mentions" in said


def test_an_unknown_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, error = run(capsys, "chekc")
    assert code == 2
    assert "chekc" in error


def test_a_mistyped_command_is_told_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, error = run(capsys, "nightlly")
    assert code == 2
    assert "Did you mean 'nightly'?" in error


def test_doctor_does_not_take_an_invented_sender_for_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Real editors would get drafts signed by nobody, and could reach nobody about the crawler."""
    path = tmp_path / "mentions.toml"
    path.write_text(
        '[[targets]]\nname = "Acme Robotics"\ndomains = ["acme-robotics.com"]\n'
        '[[publishers]]\nname = "C"\ndomain = "courier.news"\nfeeds = ["https://courier.news/rss"]\n'
        '[sender]\nname = "Jo"\nemail = "jo@acme.example"\ncompany = "Acme"\n'
        '[network]\ncontact_url = "https://acme.example/crawler"\n'
    )
    code, said, _ = run(capsys, "doctor", "--config", str(path))
    assert code == 2
    words = " ".join(said.split())
    assert "Jo <jo@acme.example>: an invented example" in words
    assert "no site could reach you" in words
    assert "1 publisher says no pages_per_night (C)" in words
