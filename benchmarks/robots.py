"""Do we read robots.txt as others do? Our reader beside Protego's and Google's on real files.

usage: python -m benchmarks.robots [ARCHIVE] [--names NAME,…]

ARCHIVE is a .tar.xz of robots.txt files (default ../shared/real-files/robots.tar.xz). Of each file, up to twelve rules
are turned into addresses (and addresses beside them), which every reader is asked about for each name. Google's own
reader is used where its Python binding is installed (`pip install fast-robotstxt`; no dependency of ours). Prints the
disagreements by file, and CPU time; ends with one line of JSON.
"""

import argparse
import re
import tarfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from protego import Protego

from benchmarks.common import SHARED, console, cpu_seconds, finish, needed, table
from mentions.crawling.robots import MAX_BYTES
from mentions.crawling.robots_rules import read_rules

ARCHIVE = SHARED / "real-files" / "robots.tar.xz"
NAMES = "MentionsBot,Googlebot,GPTBot,AhrefsBot,bingbot"
RULES_PER_FILE = 12
ORDINARY = ("/", "/index.html", "/news/2026/11/story.html", "/search?q=a", "/a/b?x=1&y=2", "/tag/x/feed/")

Reader = Callable[[bytes, str], Callable[[str], bool]]  # (file, name) → may this address be fetched?


def ours(body: bytes, name: str) -> Callable[[str], bool]:
    """Our own."""
    return read_rules(body, name).allows


def protegos(body: bytes, name: str) -> Callable[[str], bool]:
    """Scrapy's default."""
    rules = Protego.parse(body.decode("utf-8-sig", errors="ignore"))
    return lambda url: rules.can_fetch(url, name)


def googles() -> Reader | None:
    """Google's, where its binding is installed."""
    try:
        from robotstxt import RobotsMatcher  # type: ignore[import-not-found]  # optional, for this comparison only
    except ImportError:
        return None
    matcher = RobotsMatcher()

    def read(body: bytes, name: str) -> Callable[[str], bool]:
        text = body.decode("utf-8", errors="replace")
        return lambda url: bool(matcher.is_allowed(text, name, url))

    return read


def real_files(archive: Path) -> Iterator[tuple[str, bytes]]:
    """(host, robots.txt) of every file in `archive`, cut where we cut."""
    with tarfile.open(archive) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isfile() else None
            if content is not None and "/real/" in member.name:
                yield member.name.rpartition("/")[2], content.read(MAX_BYTES)


def addresses(host: str, body: bytes) -> list[str]:
    """Addresses that the file's rules speak of, and some beside them."""
    values = re.findall(r"(?im)^\s*(?:dis)?allow\s*:\s*(/[^\s#]*)", body.decode("utf-8", errors="replace"))
    paths = list(ORDINARY)
    for value in values[:RULES_PER_FILE]:
        path = value.replace("*", "xyz").replace("$", "")
        paths += [path, f"{path}more", path.rstrip("/") or "/"]
    # Google's binding normalises addresses first: it drops a "?" without a query, and backslashes.
    return [f"https://{host}{path}" for path in paths if path.isascii() and not path.endswith("?") and "\\" not in path]


def disagreements(reader: Reader, other: Reader, archive: Path, names: list[str]) -> tuple[dict[str, list[str]], int]:
    """({host: what they disagree on}, how many answers were compared)."""
    found, asked = defaultdict(list), 0
    for host, body in real_files(archive):
        urls = addresses(host, body)
        for name in names:
            mine, theirs = reader(body, name), other(body, name)
            for url in urls:
                asked += 1
                if (answer := mine(url)) != theirs(url):
                    found[host].append(f"{name} {url}: {'allowed' if answer else 'denied'} by the first")
    return dict(found), asked


def main() -> None:
    """Runs the comparison."""
    parser = argparse.ArgumentParser(description="Our reading of robots.txt beside others'.")
    parser.add_argument("archive", nargs="?", type=Path, default=ARCHIVE)
    parser.add_argument("--names", default=NAMES)
    arguments = parser.parse_args()
    archive, names = needed(arguments.archive), arguments.names.split(",")
    google = googles()
    pairs: list[tuple[str, Reader, Reader]] = [("ours, Protego", ours, protegos)]
    if google:
        pairs += [("ours, Google", ours, google), ("Protego, Google", protegos, google)]
    figures: dict[str, object] = {}
    shown = table(f"{archive.name}, {len(names)} names", ("readers", "answers", "different", "in files", "CPU s"))
    details = []
    for label, first, second in pairs:
        with cpu_seconds() as elapsed:
            found, asked = disagreements(first, second, archive, names)
        number = sum(map(len, found.values()))
        shown.add_row(label, f"{asked:,}", f"{number:,}", f"{len(found):,}", f"{elapsed():.1f}")
        key = label.lower().replace(", ", "_and_")
        figures[f"{key}_differ_in_files"] = len(found)
        figures[f"{key}_differ_share"] = round(number / asked, 6)
        if first is ours:
            details += [f"{label}: {host}: {lines[0]}" for host, lines in sorted(found.items())]
    for line in details:
        console.print(line, style="dim", soft_wrap=True)
    console.print(shown)
    finish("robots", figures)


if __name__ == "__main__":
    main()
