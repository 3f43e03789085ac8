"""Files are put in their place whole; what is no file stays what it is."""

import os
import stat
from pathlib import Path

import pytest

from mentions.exceptions import ExportError
from mentions.exports.writing import save


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    try:
        assert save(pipe, lambda stream: stream.write(b"one,two\n")) == 8
        assert stat.S_ISFIFO(pipe.stat().st_mode), "a run as root would replace /dev/null"
        assert os.read(reader, 100) == b"one,two\n"
    finally:
        os.close(reader)
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_file_stays_as_it_was_until_the_new_one_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(b"old")

    def broken(_stream: object) -> int:
        raise OSError(28, "No space left on device")

    with pytest.raises(ExportError, match="No space left"):
        save(file, broken)
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (b"old", [file])


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="Is a directory"):
        save(tmp_path, lambda stream: stream.write(b""))
