"""robots.txt: late, broken, too long, or meant for us (F-01, F-02)."""

import time

from tests.crawling.newsweb import UNLINKED, story
from tests.hostile_cases.case import LIVE_UNLINKED, Case, Truth
from tests.hostile_cases.drips import drip
from tests.hostile_web import Answer, Asked, Route, redirect, text


def robots_race() -> Case:
    """F-01: many requests wait for one slow robots.txt."""

    def slow(_: Asked) -> Answer:
        time.sleep(0.3)  # in the server's own thread
        return text("User-agent: *\nDisallow: /private/\n")

    private, open_ = [f"/private/{n}" for n in range(30)], ["/open/1", "/open/2"]
    routes: dict[str, Route] = {"race.example/robots.txt": slow}
    routes |= {f"race.example{path}": story(UNLINKED) for path in (*private, *open_)}
    truth: dict[str, Truth] = dict.fromkeys(private, ("robots_denied", None))
    truth |= dict.fromkeys(open_, LIVE_UNLINKED)
    return Case("F-01", "race", routes, (*private, *open_), truth, frozenset(private))


def _robots_case(name: str, answer: Route, expected: Truth, path: str = "/page") -> Case:
    host = f"{name}.example"
    routes: dict[str, Route] = {f"{host}/robots.txt": answer, f"{host}{path}": story(UNLINKED)}
    forbidden = frozenset() if expected[0] == "live" else frozenset([path])
    return Case("F-02", name, routes, (path,), {path: expected}, forbidden)


def robots_answers() -> list[Case]:
    """F-02: what an answer that is no robots.txt means, and the first 512 KiB of one that is too long."""

    def hanging(_: Asked) -> Answer:
        return Answer(chunks=drip(b"#"), content_type="text/plain")

    deny = "User-agent: *\nDisallow: /\n"
    long = "User-agent: *\nDisallow: /page\n" + "# filler\n" * 120_000 + "Allow: /page\nDisallow: /late\n"
    cases = [
        _robots_case("robots503", Answer(b"", 503, (("Retry-After", "1"),)), ("error", None)),
        _robots_case("robotshang", hanging, ("error", None)),
        _robots_case("robotscut", Answer(b"", headers=(("Content-Length", "99"),), chunks=[b"User-"]), ("error", None)),
        _robots_case("robotslong", text(long), ("robots_denied", None)),
        _robots_case("robotslate", text(long), LIVE_UNLINKED, "/late"),
        _robots_case("robotshtml", Answer(b"<!doctype html><title>Welcome</title>"), LIVE_UNLINKED),
        _robots_case("robots404", text(deny, 404), LIVE_UNLINKED),
        _robots_case("robotsmoved", redirect("/rules"), ("robots_denied", None)),
    ]
    cases[-1].routes["robotsmoved.example/rules"] = text(deny)
    return cases


def opted_out() -> Case:
    """F-02: pages that ask our robot by its name to leave them out, and one that asks another robot."""
    host = "optout.example"
    routes: dict[str, Route] = {
        f"{host}/by-meta": _with_head('<meta name="MentionsBot" content="noindex">'),
        f"{host}/by-header": Answer(story(UNLINKED).body, headers=(("X-Robots-Tag", "mentionsbot: none"),)),
        f"{host}/another": _with_head('<meta name="OtherBot" content="noindex">'),
    }
    truth: dict[str, Truth] = {
        "/by-meta": ("robots_denied", None),
        "/by-header": ("robots_denied", None),
        "/another": LIVE_UNLINKED,
    }
    return Case("F-02", "optout", routes, tuple(truth), truth)


def _with_head(markup: str) -> Answer:
    return Answer(story(UNLINKED).body.replace(b"</head>", markup.encode() + b"</head>"))
