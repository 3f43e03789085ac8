"""Sites that only want some patience, and good ones that must come through complete."""

from tests.crawling.newsweb import LINKED, NAMELESS, UNLINKED, story
from tests.hostile_cases.case import GOOD, LIVE_LINKED, LIVE_NAMELESS, LIVE_UNLINKED, Case
from tests.hostile_web import Answer, Asked, Route, text


def not_now() -> Case:
    """A host that asks for three seconds' rest once, and then answers."""
    answers = [Answer(b"", 429, (("Retry-After", "3"),))]

    def busy(_: Asked) -> Answer:
        return answers.pop() if answers else story(UNLINKED)

    return Case("rest", "resting", {"resting.example/page": busy}, ("/page",), {"/page": LIVE_UNLINKED})


def slow_pace() -> Case:
    """A robots.txt with a Crawl-delay of a second."""
    paths = [f"/p{n}" for n in range(5)]
    routes: dict[str, Route] = {f"paced.example{path}": story(UNLINKED) for path in paths}
    routes["paced.example/robots.txt"] = text("User-agent: *\nCrawl-delay: 1\n")
    return Case("pace", "paced", routes, tuple(paths), dict.fromkeys(paths, LIVE_UNLINKED))


def good_site(name: str, count: int) -> Case:
    """A newspaper: of four stories one names us without a link, one with a link, two not at all."""
    kinds = ((UNLINKED, LIVE_UNLINKED), (LINKED, LIVE_LINKED), (NAMELESS, LIVE_NAMELESS), (NAMELESS, LIVE_NAMELESS))
    paths = [f"/2026/11/20/story-number-{n}" for n in range(count)]
    routes: dict[str, Route] = {
        f"{name}.example{path}": story(kinds[n % 4][0], f"Story number {n} of the harbour")
        for n, path in enumerate(paths)
    }
    return Case(GOOD, name, routes, tuple(paths), {path: kinds[n % 4][1] for n, path in enumerate(paths)})
