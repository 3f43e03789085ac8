"""The demo's web server answers as the sites it stands for would."""

import pytest

from mentions.demo.content import load_sites
from mentions.demo.newsroom import Newsroom, PortTaken, serve
from tests.demo.conftest import ask


def test_sites_are_told_apart_by_the_host_header(newsroom: Newsroom) -> None:
    titles = {host: ask(newsroom, host, "/")[1] for host in ("courier.example", "elmtalbote.example")}
    assert b"The Harbour Courier" in titles["courier.example"]
    assert b"Elmtalbote" in titles["elmtalbote.example"]


def test_a_site_or_page_that_does_not_exist_is_404(newsroom: Newsroom) -> None:
    assert ask(newsroom, "nobody.example", "/")[0].status == 404
    assert ask(newsroom, "courier.example", "/no-such-story")[0].status == 404
    assert ask(newsroom, "kelvarra.example", "/reports/flood-atlas-2023")[0].status == 404


def test_links_between_the_sites_name_the_port(newsroom: Newsroom) -> None:
    _, body = ask(newsroom, "courier.example", "/news/school-river-survey")
    assert f'href="http://kelvarra.example:{newsroom.port}/"'.encode() in body


def test_an_unchanged_page_is_answered_with_304(newsroom: Newsroom) -> None:
    first, _ = ask(newsroom, "courier.example", "/news/ferry-timetable")
    again, body = ask(newsroom, "courier.example", "/news/ferry-timetable", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status, body) == (304, b"")


def test_pages_say_what_the_cases_need(newsroom: Newsroom) -> None:
    windows, body = ask(newsroom, "pumpandpipe.example", "/news/1047.htm")
    assert windows.headers["Content-Type"] == "text/html"
    assert b"Kelvarra\x92s" in body
    japanese, body = ask(newsroom, "minato.example", "/kurashi/20390")
    assert japanese.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "ケルヴァラ".encode("shift_jis") in body
    assert ask(newsroom, "deepcurrent.example", "/2026/calibration-diary/")[0].headers["X-Robots-Tag"] == "nofollow"
    assert ask(newsroom, "pumpandpipe.example", "/news/1050.htm")[1] == b""
    assert len(ask(newsroom, "wirelane.example", "/releases/20451/all-readings-of-the-year")[1]) > 10_000_000
    moved, _ = ask(newsroom, "courier.example", "/a/20931")
    assert (moved.status, moved.headers["Location"]) == (301, "/news/rail-bridge-closure")


def test_tracking_parameters_do_not_hide_a_page(newsroom: Newsroom) -> None:
    assert ask(newsroom, "rillwatch.example", "/hochwasser?utm_source=elmtalbote")[0].status == 200


def test_robots_txt_of_every_site(newsroom: Newsroom) -> None:
    answers = {host: ask(newsroom, host, "/robots.txt") for host in load_sites()}
    assert {response.status for response, _ in answers.values()} == {200}
    assert b"Disallow: /intern/" in answers["elmtalbote.example"][1]
    assert b"Crawl-delay: 0.4" in answers["elmtalbote.example"][1]


def test_browsers_find_the_sites_under_localhost(newsroom: Newsroom) -> None:
    _, index = ask(newsroom, "127.0.0.1", "/")
    assert f'href="http://courier.example.localhost:{newsroom.port}/"'.encode() in index
    _, page = ask(newsroom, "courier.example.localhost", "/news/school-river-survey")
    assert f'href="http://kelvarra.example.localhost:{newsroom.port}/"'.encode() in page


def test_a_taken_port_is_said_plainly(newsroom: Newsroom) -> None:
    with (
        pytest.raises(PortTaken, match=f"port {newsroom.port} on 127.0.0.1 is in use by another program"),
        serve(newsroom.port),
    ):
        pass


def test_the_port_is_free_again_after_closing() -> None:
    with serve(0) as first:
        port = first.port
    with serve(port) as second:
        assert second.port == port
