"""One nightly run on the hostile web, in a process of its own, watched from outside."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from ssl import SSLContext

from mentions.config import Config, load_config
from tests.conftest import REPOSITORY
from tests.crawling.newsweb import query
from tests.hostile_cases import Case, Ports, Truth, configuration, serve
from tests.hostile_web import Trap, Web

TIMEOUT_S = 600.0
LOOK_EVERY_S = 0.05
_LISTENING = "0A"  # of the state column in /proc/net/tcp


@dataclass
class HostileWeb:
    """What a crawl is let loose on, and what it did there."""

    cases: Sequence[Case]
    web: Web
    tls: Web | None
    inside: Trap  # stands for the private network
    other_port: Trap

    @property
    def ports(self) -> Ports:
        """Where all of it listens."""
        return Ports(self.web.port, self.tls.port if self.tls else 0, self.inside.port, self.other_port.port)

    @property
    def private_connections(self) -> int:
        """How often somebody connected where nobody may."""
        return self.inside.connections + self.other_port.connections

    def forbidden_asked(self, case: Case) -> list[str]:
        """The pages of a case that were asked for although they must not be."""
        servers = [server for server in (self.web, self.tls) if server is not None]
        return [path for server in servers for path in server.paths(case.host) if path in case.forbidden]


@contextmanager
def hostile_web(cases: Sequence[Case], tls: SSLContext | None = None) -> Iterator[HostileWeb]:
    """The cases, served. Without `tls` those behind a certificate are not reached at all."""
    with Web() as web, Trap() as inside, Trap("127.0.0.1") as other:
        if tls is None:
            whole = HostileWeb(cases, web, None, inside, other)
            serve(cases, whole.ports, web.routes)
            yield whole
            return
        with Web(tls=tls) as behind:
            whole = HostileWeb(cases, web, behind, inside, other)
            serve(cases, whole.ports, web.routes)
            yield whole


@dataclass
class Watched:
    """A process from outside."""

    exit_code: int | None = None  # None: it did not end in time, and was killed
    seconds: float = 0.0
    said: str = ""
    peak_mb: float = 0.0  # of the largest process, at any one time; 0 where there is no /proc
    listened: set[str] = field(default_factory=set)  # ports that it, or a process it started, opened for others


def watch(command: Sequence[str], *, folder: Path, home: Path, timeout_s: float = TIMEOUT_S) -> Watched:
    """Runs a command in `folder` to its end, or to `timeout_s`, and looks at it all the time."""
    seen, started = Watched(), time.monotonic()
    output = folder / "said.txt"
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "HOME": str(home)}
    environment.pop("XDG_STATE_HOME", None)
    with output.open("wb") as said:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT)
        try:
            while process.poll() is None and time.monotonic() - started < timeout_s:
                for pid in _family(process.pid):
                    seen.peak_mb = max(seen.peak_mb, _peak_mb(pid))
                    seen.listened |= _listening(pid)
                try:
                    process.wait(LOOK_EVERY_S)
                except subprocess.TimeoutExpired:
                    continue
            seen.exit_code = process.poll()
        finally:
            for pid in _family(process.pid):
                _kill(pid)
            process.wait()
    seen.seconds = time.monotonic() - started
    seen.said = output.read_text("utf-8", "replace")
    return seen


def run_ours(web: HostileWeb, folder: Path) -> tuple[Config, Watched]:
    """`mentions nightly` on the hostile web."""
    home = folder / "home"
    home.mkdir(parents=True)
    path = folder / "mentions.toml"
    path.write_text(configuration(web.cases, web.ports), encoding="utf-8")
    command = [sys.executable, "-m", "mentions.cli", "nightly", "--config", str(path)]
    return load_config(path), watch(command, folder=folder, home=home)


def outcomes(config: Config) -> dict[str, Truth]:
    """What came of every page in the database, by its address as announced."""
    verdicts = dict(query(config, "select page_id, verdict from finding"))
    rows = query(config, "select id, url, state from page")
    return {url: (state, verdicts.get(number)) for number, url, state in rows}


def wrong(web: HostileWeb, found: dict[str, Truth]) -> list[str]:
    """Where what was found is not the truth, page by page."""
    return [
        f"{case.id} {url}: {found.get(url)}, not {expected}"
        for case in web.cases
        for path, expected in case.truth.items()
        if found.get(url := case.url(path, web.ports)) != expected
    ]


def lost(web: HostileWeb, found: dict[str, Truth], ids: Iterable[str]) -> list[str]:
    """Pages of these cases that should have been read, and were not."""
    wanted = set(ids)
    return [line for line in wrong(web, found) if line.split(" ")[0] in wanted and "not ('live'" in line]


def _family(pid: int) -> list[int]:
    """A process and all below it, on Linux; elsewhere only itself."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        parents[int(entry.parent.name)] = int(fields[1])
    family = [pid]
    for member in family:
        family += [child for child, parent in parents.items() if parent == member]
    return family


def _peak_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def _listening(pid: int) -> set[str]:
    """Ports on which a process waits for others, as "address:port" in hexadecimal."""
    try:
        sockets = {str(entry.readlink()) for entry in Path(f"/proc/{pid}/fd").iterdir()}
        tables = [Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:] for name in ("tcp", "tcp6")]
    except OSError:
        return set()
    rows = [line.split() for table in tables for line in table]
    return {row[1] for row in rows if row[3] == _LISTENING and f"socket:[{row[9]}]" in sockets}


def _kill(pid: int) -> None:
    try:
        os.kill(pid, 9)
    except ProcessLookupError:
        return
