"""Thousands of real robots.txt files: each is read, and read as others read it but where we decided otherwise."""

import pytest

from benchmarks.robots import ARCHIVE, disagreements, ours, protegos, real_files
from mentions.crawling.robots_rules import read_rules

pytestmark = pytest.mark.bench

# Protego closes a group at Crawl-delay (Google and RFC 9309 do not), takes "User-agent: mention" for MentionsBot, and
# reads rules that are whole addresses as if they had no host.
DIFFERENT_FILES = 45


def test_every_real_file_is_read_for_every_name() -> None:
    files = list(real_files(ARCHIVE))
    assert len(files) > 4_000
    for _, body in files:
        rules = read_rules(body, "MentionsBot")
        assert rules.allows("https://site.example/robots.txt")
        assert rules.crawl_delay_s >= 0.0


def test_our_reading_differs_from_protegos_in_few_files() -> None:
    found, asked = disagreements(ours, protegos, ARCHIVE, ["MentionsBot"])
    assert asked > 100_000
    assert len(found) <= DIFFERENT_FILES, sorted(found)
