"""A Dovecot of our own on loopback: its own folder, ports, users and certificate; ended by its process id."""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from mentions.mailboxes import Imap
from tests.ports import free_port

PASSWORD = "a-long-app-password"  # of every user but those below
TOKEN_USER = "token.user"
BINARIES = ("/usr/sbin/dovecot", "/usr/local/sbin/dovecot", "/opt/homebrew/sbin/dovecot")

_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/dovecot.log
info_log_path = {folder}/dovecot.log
debug_log_path = {folder}/dovecot.log
instance_name = mentions-test
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
ssl_cert = <{folder}/server.crt
ssl_key = <{folder}/server.key
disable_plaintext_auth = {encrypted}
auth_mechanisms = plain login xoauth2
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
mail_location = maildir:{folder}/mail/%u
mail_plugins =
rawlog_dir = {folder}/rawlog
first_valid_uid = {uid}
first_valid_gid = {gid}
passdb {{
  driver = passwd-file
  mechanisms = xoauth2
  args = scheme=PLAIN username_format=%u {folder}/tokens
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
{folders}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""

GERMAN = (("Entwürfe", "\\Drafts"), ("Gesendet", "\\Sent"))
UNMARKED = (("Ablage/Brouillons", ""), ("Envoyés", ""))
NEITHER = (("Ablage", ""),)


@dataclass(frozen=True)
class Dovecot:
    """A running server."""

    folder: Path
    port: int
    tls_port: int

    @property
    def certificate(self) -> Path:
        return self.folder / "server.crt"

    def settings(self, user: str = "mara@quillon.example", **changes: object) -> Imap:
        """[imap] for a user of this server, over TLS."""
        data: dict[str, object] = {
            "host": "127.0.0.1",
            "port": self.tls_port,
            "user": user,
            "password_env": "MAIL_PASSWORD",
            "ca_file": str(self.certificate),
            "timeout_s": 120,
        }
        return Imap.model_validate(data | changes)

    def log(self) -> str:
        """What the server wrote down so far."""
        log = self.folder / "dovecot.log"
        return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""

    def connections(self) -> set[Path]:
        """A file for every connection after its login: the commands that it brought."""
        return set((self.folder / "rawlog").glob("*.in"))

    def said_since(self, before: set[Path]) -> bytes:
        """Every command of the connections that began since; one of them must have logged out.

        The server bids farewell first and writes down what it heard a moment later.
        """
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            said = b"".join(path.read_bytes() for path in sorted(self.connections() - before))
            if b"LOGOUT" in said:
                return said
            time.sleep(0.02)
        raise TimeoutError(f"nobody logged out: {said!r}")


def find_dovecot() -> str | None:
    """The server's program, or None."""
    return next((path for path in BINARIES if Path(path).exists()), shutil.which("dovecot"))


def start(
    folder: Path, folders: tuple[tuple[str, str], ...] = GERMAN, *, tls: bool = True
) -> tuple[Dovecot, subprocess.Popen[bytes]]:
    """Starts a server in this folder (a short path: it holds sockets) and returns it with its process."""
    binary = find_dovecot()
    assert binary is not None
    me = pwd.getpwuid(os.getuid())
    # Dovecot refuses to handle mail as root; its own package brings users for this.
    mail = pwd.getpwnam("dovecot") if me.pw_uid == 0 else me
    internal, login = ("dovecot", "dovenull") if me.pw_uid == 0 else (me.pw_name, me.pw_name)
    for name in ("run", "mail", "home", "rawlog"):
        (folder / name).mkdir()
        os.chown(folder / name, mail.pw_uid, mail.pw_gid)
    folder.chmod(0o755)
    (folder / "rawlog").chmod(0o777)
    (folder / "tokens").write_text(f"{TOKEN_USER}:{{PLAIN}}unused\n", encoding="utf-8")
    _certificate(folder)
    server = Dovecot(folder, free_port(), free_port())
    config = folder / "dovecot.conf"
    config.write_text(
        _CONFIG.format(
            folder=folder,
            ssl="yes" if tls else "no",
            encrypted="yes" if tls else "no",
            internal=internal,
            login=login,
            group=grp.getgrgid(mail.pw_gid).gr_name,
            uid=mail.pw_uid,
            gid=mail.pw_gid,
            password=PASSWORD,
            port=server.port,
            tls_port=server.tls_port,
            folders="\n".join(map(_mailbox, folders)),
        ),
        encoding="utf-8",
    )
    with (folder / "started.log").open("wb") as log:
        process = subprocess.Popen([binary, "-F", "-c", str(config)], stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        _wait_for(server, process)
    except BaseException:
        process.kill()
        process.wait()
        raise
    return server, process


def _mailbox(folder: tuple[str, str]) -> str:
    name, use = folder
    special = f"    special_use = {use}\n" if use else ""
    return f'  mailbox "{name}" {{\n    auto = subscribe\n{special}  }}'


def _certificate(folder: Path) -> None:
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-keyout",
            str(folder / "server.key"),
            "-out",
            str(folder / "server.crt"),
            "-days",
            "2",
            "-subj",
            "/CN=mentions test",
            "-addext",
            "subjectAltName=IP:127.0.0.1,DNS:localhost",
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )


def _wait_for(server: Dovecot, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", server.port)) == 0:
                return
        time.sleep(0.05)
    said = (server.folder / "started.log").read_text(encoding="utf-8", errors="replace")
    raise TimeoutError(f"the mail server does not answer: {said} {server.log()}")
