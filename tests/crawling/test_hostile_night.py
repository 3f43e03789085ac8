"""The hostile web in one run: every danger at once, and beside them good sites that must come through complete.

F-01 … F-15; what must come of every page is listed in tests/hostile_cases/. It takes as long as what drips until the
timeout: a robots.txt, and a page.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from mentions.config import Config
from tests.crawling.newsweb import query
from tests.crawling.test_certificates import certified
from tests.hostile_cases import CRAWL_BUDGET, GOOD, Case, Truth, all_cases
from tests.hostile_night import HostileWeb, Watched, hostile_web, lost, outcomes, run_ours, wrong


@dataclass
class Night:
    """The run, and the web it was let loose on."""

    web: HostileWeb
    config: Config
    watched: Watched
    found: dict[str, Truth]

    def case(self, name: str) -> Case:
        """The case of that name."""
        return next(case for case in self.web.cases if case.name == name)


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    """One run for all tests of this module."""
    folder = tmp_path_factory.mktemp("hostile")
    context, _ = certified(folder, "elsewhere.example")
    with hostile_web(all_cases(), context) as web:
        config, watched = run_ours(web, folder / "run")
        yield Night(web, config, watched, outcomes(config))


def test_exactly_the_right_pages_in_the_right_states_with_the_right_verdicts(night: Night) -> None:
    why = query(night.config, "select url, state, reason from page where reason is not null")
    assert wrong(night.web, night.found) == [], why


def test_the_good_sites_come_through_complete(night: Night) -> None:
    good = [case for case in night.web.cases if case.id == GOOD]
    assert sum(len(case.truth) for case in good) == 80
    assert lost(night.web, night.found, [GOOD]) == []
    for case in good:
        asked = night.web.web.paths(case.host)
        contacts = [path for path in asked if path == "/about"]  # looked at for whom to ask, once a month
        assert len(contacts) <= 1
        assert sorted(set(asked) - set(contacts)) == sorted(case.truth)
        assert len(asked) == len(set(asked))  # each once


def test_f01_f02_f05_f15_nothing_forbidden_was_asked_for(night: Night) -> None:
    assert {case.name: asked for case in night.web.cases if (asked := night.web.forbidden_asked(case))} == {}
    assert night.web.tls is not None
    assert night.web.tls.asked == []


def test_f03_f04_f05_f08_nobody_connected_where_nobody_may(night: Night) -> None:
    assert night.web.inside.connections == 0
    assert night.web.other_port.connections == 0
    reached = [url for url, (state, _) in night.found.items() if state == "live" and f":{night.web.ports.trap}/" in url]
    assert reached == []


def test_f06_f07_memory_stays_small(night: Night) -> None:
    """A run of 40 ordinary pages takes 250 MB, most of it libraries; test_hostile_bodies looks at the bombs alone."""
    assert 0 < night.watched.peak_mb < 400


def test_f10_every_page_that_was_found_has_an_outcome(night: Night) -> None:
    assert (
        query(night.config, "select url from page where state is null and attempts = 0 and url not like '%endless%'")
        == []
    )


def test_f12_the_endless_site_ends_at_its_budget(night: Night) -> None:
    asked = night.web.web.paths("endless.example")
    assert len(asked) <= CRAWL_BUDGET + 1  # the start page is a source
    assert set(night.case("endless").truth) <= set(asked)


def test_f13_no_cookie_and_no_referrer_is_ever_sent(night: Night) -> None:
    assert [asked.path for asked in night.web.web.asked if {"cookie", "referer"} & set(asked.headers)] == []


def test_f14_no_port_is_opened_and_no_state_file_is_written(night: Night) -> None:
    assert night.watched.listened == set()
    home = night.config.folder / "home"
    assert [path.relative_to(home) for path in home.rglob("*") if "scrapy" in str(path.relative_to(home))] == []


def test_every_request_says_who_we_are(night: Night) -> None:
    assert {asked.headers["user-agent"].split(" ")[1] for asked in night.web.web.asked} == {
        "(+https://acme.example/robots)"
    }


def test_hosts_keep_their_pace(night: Night) -> None:
    """Retry-After (3 s) and Crawl-delay (four times 1 s), in the middle of all the noise.

    A busy machine writes the first request down late and the last one in time: half a second of each must be left.
    """
    rested = [asked.at_s for asked in night.web.web.asked if asked.path == "/page" and asked.host == "resting.example"]
    assert len(rested) == 2
    assert rested[1] - rested[0] > 0.5
    paced = [
        asked.at_s
        for asked in night.web.web.asked
        if asked.host == "paced.example" and asked.path not in {"/robots.txt", "/about"}  # looked at for whom to ask
    ]
    assert len(paced) == 5
    assert paced[-1] - paced[0] > 0.5


def test_a_page_or_two_that_fail_are_no_failure_of_their_publisher(night: Night) -> None:
    assert night.watched.exit_code == 0, night.watched.said
    assert "Traceback" not in night.watched.said
    assert query(night.config, "select state from run") == [("finished",)]
