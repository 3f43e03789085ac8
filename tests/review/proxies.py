"""nginx and Caddy of our own on loopback, with the files of deploy/ but for their ports, certificates and folders."""

import os
import shutil
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx2
import pytest

from tests.conftest import REPOSITORY
from tests.ports import free_port

NAME: Final = "desk.acme.example"  # as the files of deploy/ call the desk
UPSTREAM: Final = "127.0.0.1:8765"
SIGN_ON: Final = "127.0.0.1:9091"
_TRIES: Final = 4  # a port that was free may be taken by the time the proxy wants it
_STARTS_WITHIN_S: Final = 60
_SYSTEM_FOLDERS: Final = ("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin")

_AROUND_NGINX: Final = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
{user}
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/mentions.conf;
}}
"""
# An authority of its own instead of one on the internet, and nothing outside of the folder.
_ABOVE_CADDY: Final = """
{{
	admin off
	local_certs
	skip_install_trust
	http_port {http}
	https_port {https}
	default_bind 127.0.0.1
	storage file_system {folder}/storage
}}
"""


@dataclass(frozen=True, slots=True)
class Proxy:
    """A running reverse proxy: where it listens, and the certificate that vouches for its own."""

    http: int
    https: int
    authority: Path

    def client(self, *, local: str = "127.0.0.1") -> httpx2.Client:
        """A browser without scripts that finds the desk's name at this proxy, and comes from that address."""
        transport = _ToHere(self, local)
        return httpx2.Client(base_url=f"https://{NAME}", transport=transport, timeout=60, trust_env=False)


class _ToHere(httpx2.BaseTransport):
    """Asks for https://desk.acme.example/ where the proxy really listens; its certificate is checked for the name."""

    def __init__(self, proxy: Proxy, local: str) -> None:
        self._proxy = proxy
        verified = ssl.create_default_context(cafile=str(proxy.authority))
        self._inner = httpx2.HTTPTransport(verify=verified, local_address=local)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        port = self._proxy.https if request.url.scheme == "https" else self._proxy.http
        sent = httpx2.Request(
            request.method,
            request.url.copy_with(host="127.0.0.1", port=port),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": NAME},
        )
        return self._inner.handle_request(sent)

    def close(self) -> None:
        self._inner.close()


def rewritten(text: str, changes: Mapping[str, str]) -> str:
    """The text with every key, which must stand in it exactly once, as its value."""
    for old, new in changes.items():
        assert text.count(old) == 1, f"{old!r} stands in the file {text.count(old)} times"
        text = text.replace(old, new)
    return text


@contextmanager
def nginx(folder: Path, changes: Mapping[str, str], file: str = "mentions.conf") -> Iterator[Proxy]:
    """nginx with that file of deploy/nginx/. `changes`: see `rewritten`. Skips the test where there is none."""
    program = _program("nginx", "nginx")
    _certificate(folder)
    text = (REPOSITORY / "deploy/nginx" / file).read_text(encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""  # else its workers are nobody, who cannot read the folder

    def command(http: int, https: int) -> list[str]:
        ours = {
            "listen 443 ssl http2;": f"listen 127.0.0.1:{https} ssl http2;",
            "listen [::]:443 ssl http2;": "",
            "listen 80;": f"listen 127.0.0.1:{http};",
            "listen [::]:80;": "",
            f"/etc/ssl/{NAME}.pem": f"{folder}/server.crt",
            f"/etc/ssl/private/{NAME}.key": f"{folder}/server.key",
            **changes,
        }
        (folder / "mentions.conf").write_text(rewritten(text, ours), encoding="utf-8")
        main = folder / "nginx.conf"
        main.write_text(_AROUND_NGINX.format(folder=folder, user=user), encoding="utf-8")
        return [program, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(main)]

    with _running(folder, command, folder / "server.crt") as proxy:
        yield proxy


@contextmanager
def caddy(folder: Path, changes: Mapping[str, str], file: str = "Caddyfile") -> Iterator[Proxy]:
    """Caddy with that file of deploy/caddy/. `changes`: see `rewritten`. Skips the test where there is none."""
    program = _program("caddy", "caddy")
    text = (REPOSITORY / "deploy/caddy" / file).read_text(encoding="utf-8")

    def command(http: int, https: int) -> list[str]:
        ours = rewritten(text, changes)
        above = _ABOVE_CADDY.format(http=http, https=https, folder=folder)
        (folder / "Caddyfile").write_text(above + ours, encoding="utf-8")
        return [program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]

    with _running(folder, command, folder / "storage/pki/authorities/local/root.crt") as proxy:
        yield proxy


@contextmanager
def _running(folder: Path, command: Callable[[int, int], list[str]], authority: Path) -> Iterator[Proxy]:
    """Starts it, waits until it speaks TLS with its own certificate, and ends it by its process."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    log = folder / "started.log"
    for _ in range(_TRIES):
        http, https = free_port(), free_port()
        with log.open("wb") as out:
            process = subprocess.Popen(
                command(http, https), stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment
            )
        try:
            proxy = Proxy(http, https, authority)
            if _speaks(proxy, process):
                yield proxy
                return
        finally:
            process.terminate()
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    raise AssertionError(f"it does not start: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def _speaks(proxy: Proxy, process: subprocess.Popen[bytes]) -> bool:
    """Has it begun to answer? False where it ended instead. Whoever else may listen there has no such certificate."""
    deadline = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with proxy.client() as client:
                client.get(f"http://{NAME}/")
                client.get("/login")
        except (OSError, httpx2.TransportError):
            time.sleep(0.05)
        else:
            return process.poll() is None
    return False


def _program(name: str, package: str) -> str:
    found = shutil.which(name) or next(
        (f"{each}/{name}" for each in _SYSTEM_FOLDERS if Path(each, name).exists()), None
    )
    if found is None or shutil.which("openssl") is None:
        pytest.skip(f"no {name} (or openssl) here: apt-get install {package} openssl")
    return found


def _certificate(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-keyout", str(folder / "server.key"), "-out", str(folder / "server.crt"), "-days", "2"]
    command += ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
