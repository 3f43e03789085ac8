"""Lines for a server: nothing that came out of somebody's link can become a directive."""

import pytest

from mentions.own_pages.redirect_lines import Redirect, apache, nginx

TO = "https://quillon.example/reports/2026"


def test_lines_for_each_server_sorted_by_host() -> None:
    redirects = [
        Redirect("https://www.quillon.example/b.html", TO),
        Redirect("https://quillon.example/caf%C3%A9/old report", TO),
    ]
    assert list(nginx(redirects)) == [
        "# Suggestions: look at each before you use it.",
        "# inside of server { server_name quillon.example; … }",
        f'location = "/café/old report" {{ return 301 "{TO}"; }}',
        "# inside of server { server_name www.quillon.example; … }",
        f'location = "/b.html" {{ return 301 "{TO}"; }}',
    ]
    assert f'RedirectMatch 301 "^/b\\.html$" "{TO}"' in list(apache(redirects))


@pytest.mark.parametrize(
    "path",
    [
        '/a"; } location / { return 301 "https://evil.test',
        "/a%22%3B%20%7D%20location%20/%20%7B",
        "/a%0Ainclude%20/etc/passwd",
        "/a%5C",
        "/$request_uri",
        "/a;b{c}",
        "/a%FF",
        "/a?p=1",
        "/\u202eevil",
        "/a%E2%80%AE",
        "/#{x}",
    ],
)
def test_what_could_leave_its_string_is_only_named(path: str) -> None:
    for server in (nginx, apache):
        *_, line = server([Redirect(f"https://quillon.example{path}", TO)])
        if line.startswith("# by hand"):
            assert not set(line) & set("\"'{};$\\\n\u202e")
        else:
            assert path == "/#{x}"  # a fragment: no server ever sees it
            assert '"/"' in line or "^/$" in line


def test_a_target_with_variables_is_only_named() -> None:
    for server in (nginx, apache):
        *_, line = server([Redirect("https://quillon.example/a", "https://quillon.example/$1&x")])
        assert line == "# by hand, its address has a query or odd characters: https://quillon.example/a"
