"""[handoff] and [imap]: no secret in the file, no open line, no line break; A-10, A-12."""

from pathlib import Path

import pytest

from mentions.config import load_config
from mentions.exceptions import ConfigError
from mentions.mailboxes import is_loopback

TARGET = '[[targets]]\nname = "Acme Robotics"\ndomains = ["acme.example"]\n'
GOOD = 'host = "imap.acme.example"\nuser = "mara@acme.example"\npassword_env = "MAIL_PASSWORD"\n'


def config(folder: Path, table: str) -> Path:
    path = folder / "mentions.toml"
    path.write_text(f"{TARGET}\n[imap]\n{table}", encoding="utf-8")
    return path


def test_a_mailbox_needs_three_lines(tmp_path: Path) -> None:
    mailbox = load_config(config(tmp_path, GOOD + 'ca_file = "ca.pem"\n')).mailbox
    assert (mailbox.security, mailbox.port_used) == ("tls", 993)
    assert mailbox.name == "mara@acme.example at imap.acme.example"
    assert mailbox.ca_file == tmp_path / "ca.pem"


@pytest.mark.parametrize("key", ["password", "token", "secret", "access_token"])
def test_a_secret_in_the_file_is_refused_without_repeating_it(tmp_path: Path, key: str) -> None:
    with pytest.raises(ConfigError, match=rf"imap: {key} must not stand in the file.*password_env") as caught:
        load_config(config(tmp_path, f'{GOOD}{key} = "hunter2hunter2"\n'))
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ('host = "a.example"\nuser = "mara"\n', "exactly one of password_env"),
        (GOOD + 'token_command = ["oauth"]\n', "exactly one of password_env"),
        (GOOD + 'security = "none"\n', "only for a server on this machine"),
        (GOOD + 'drafts_folder = "a\\r\\nX LOGOUT"\n', "imap.drafts_folder: holds a line break"),
        (GOOD.replace("mara@acme.example", "mara\\r\\nX"), "imap.user: holds a line break"),
        (GOOD + "port = 0\n", "imap.port"),
        (GOOD + "port = 587\n", "port 587 is for sending mail"),
        (GOOD + "timeout_s = 0\n", "imap.timeout_s"),
        (GOOD.replace("MAIL_PASSWORD", "my password"), "imap.password_env"),
        (GOOD + 'tls = "no"\n', "imap.tls: is not a key we know"),
    ],
)
def test_every_mistake_names_its_key_a10(tmp_path: Path, table: str, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(config(tmp_path, table))
    assert says in str(caught.value)


def test_a_server_on_this_machine_may_do_without_tls(tmp_path: Path) -> None:
    table = GOOD.replace("imap.acme.example", "127.0.0.1") + 'security = "none"\n'
    assert load_config(config(tmp_path, table)).mailbox.port_used == 143


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost.acme.example", False),
        ("127.0.0.1.evil.example", False),
        ("10.0.0.1", False),
    ],
)
def test_what_never_leaves_the_machine(host: str, local: bool) -> None:
    assert is_loopback(host) is local


def test_the_way_of_a_hand_off_is_one_we_know(tmp_path: Path) -> None:
    path = tmp_path / "mentions.toml"
    path.write_text(f'{TARGET}\n[handoff]\nto = "smtp"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"handoff\.to"):
        load_config(path)
