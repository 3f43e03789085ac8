"""Nobody hears what a command says: the work is done all the same, and the exit code is that of the work."""

import errno
import os
from pathlib import Path

import pytest

from mentions.cli import main
from mentions.cli.watching import watched
from mentions.config import load_config
from mentions.crawling.progress import progress_of
from mentions.store.lock import run_lock
from tests.crawling.newsweb import newspaper, query
from tests.crawling.test_nightly_process import configured
from tests.crawling.test_runner_process import TIMEOUT_S, start
from tests.hostile_web import Web


class Deaf:
    """An output that takes nothing, and counts how often it was asked to."""

    encoding = "utf-8"

    def __init__(self, number: int) -> None:
        self.number, self.asked = number, 0

    def write(self, text: str | bytes) -> int:
        self.asked += bool(text)  # Click tries with nothing first, to learn what it may write
        raise OSError(self.number, os.strerror(self.number))

    def flush(self) -> None:
        """Nothing waits."""

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        raise OSError(errno.EBADF, "no file")


@pytest.mark.parametrize("number", [errno.EPIPE, errno.ENOSPC])
def test_progress_that_cannot_be_told_is_told_no_more(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """A run of hours must not end because its log's disk is full, or because `| head` has seen enough."""
    from mentions.cli.common import console

    err = console(stderr=True)
    deaf = Deaf(number)
    monkeypatch.setattr("sys.stderr", deaf)
    with watched(err) as tell:
        for seconds in range(0, 60, 12):
            tell(progress_of({}, float(seconds), publishers=1, done=0, failing=0))
    assert deaf.asked == 1


@pytest.mark.parametrize(("number", "code"), [(errno.EPIPE, 0), (errno.ENOSPC, 1)])
def test_what_a_command_finds_and_cannot_show_is_no_traceback(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    number: int,
    code: int,
) -> None:
    path = configured(tmp_path, 80)
    monkeypatch.setattr("sys.stdout", Deaf(number))
    assert main(["digest", "--config", str(path)]) == code
    assert main(["db", "check", "--config", str(path)]) == code
    said = capsys.readouterr().err
    assert said.count("cannot be written there: No space left on device") == (2 if code else 0)


def test_an_error_that_names_a_file_is_not_taken_for_one_of_the_output(tmp_path: Path) -> None:
    path = configured(tmp_path, 80)
    with run_lock(load_config(path).store_url):
        assert main(["nightly", "--config", str(path)]) == 75


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_night_whose_log_and_summary_find_no_room_is_done_and_told_as_done(tmp_path: Path) -> None:
    with Web(newspaper("courier.example", 4)) as web:
        path = configured(tmp_path, web.port, '[monitoring]\nheartbeat = "alive.json"\n')
        full = os.open("/dev/full", os.O_WRONLY)
        try:
            night = start(path, "nightly", out=full, err=full)
            assert night.wait(TIMEOUT_S) == 0
        finally:
            os.close(full)
    assert query(load_config(path), "select state from run") == [("finished",)]
    assert '"exit code 0"' in (tmp_path / "alive.json").read_text(encoding="utf-8")
