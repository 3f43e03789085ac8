"""Ways that lead nowhere: redirects, a site without end, a certificate of nobody (F-10 … F-13, F-15)."""

from tests.crawling.newsweb import UNLINKED, story
from tests.hostile_cases.case import LIVE_UNLINKED, Case, Truth
from tests.hostile_web import Answer, Route, redirect


def redirects() -> Case:
    """F-10: every page asked for ends somewhere. F-11: a header that names code. F-13: cookies."""
    host = "redirects.example"
    routes: dict[str, Route] = {
        f"{host}/a": redirect("/t"),
        f"{host}/b": redirect("/t"),
        f"{host}/t": story(UNLINKED),
        f"{host}/self": redirect("/self"),
        **{f"{host}/hop{n}": redirect(f"/hop{n + 1}") for n in range(20)},
        f"{host}/hop20": story(UNLINKED),
        f"{host}/referrer": Answer(story(UNLINKED).body, headers=(("Referrer-Policy", "sys.exit"),)),
        f"{host}/cookies": Answer(
            story(UNLINKED).body,
            headers=tuple(("Set-Cookie", f"c{n}=1; Domain=example; Path=/") for n in range(100)),
        ),
        f"{host}/later": story(UNLINKED),
    }
    truth: dict[str, Truth] = {
        "/a": ("redirected", None),
        "/b": ("redirected", None),
        "/self": ("error", None),
        "/hop0": ("error", None),
        "/referrer": LIVE_UNLINKED,
        "/cookies": LIVE_UNLINKED,
        "/later": LIVE_UNLINKED,
    }
    return Case("F-10", "redirects", routes, tuple(truth), truth)


def endless_site() -> Case:
    """F-12: a site without end, with twelve articles in it."""
    host = "endless.example"
    articles = [f"/2026/11/{day:02}/cranes-in-the-harbour-part-{day}" for day in range(1, 13)]
    routes: dict[str, Route] = {f"{host}{path}": story(UNLINKED) for path in articles}
    links = [
        f'<p><a href="{path}">Cranes in the harbour, part {path[-2:]} of the long story</a></p>' for path in articles
    ]
    routes[f"{host}/"] = Answer(("<!doctype html><title>Endless</title>" + "".join(links) + _doors(0)).encode())
    routes[f"{host}/*"] = lambda asked: Answer(f"<!doctype html><p>{_doors(len(asked.path))}".encode())
    more = f'crawl = ["http://{host}:{{port}}/"]'
    return Case("F-12", "endless", routes, (), dict.fromkeys(articles, LIVE_UNLINKED), declaration=more)


def _doors(seed: int) -> str:
    doors = [f"/calendar/{2027 + seed}/{month:02}" for month in range(1, 13)]
    doors += [f"/shop?colour={n}&size={seed}&sort=price&page={n}" for n in range(30)]
    doors += [f"/list?offset={seed * 10 + n}" for n in range(30)]
    doors += [f"/s/{seed:08x}{n:08x}/page;jsessionid={seed:016x}{n}" for n in range(10)]
    doors += ["a/", "./a/a/", "a/b/a/b/"]
    return "".join(f'<a href="{door}">{door[-6:]}</a> ' for door in doors)


def bad_certificate() -> Case:
    """F-15: a certificate that nobody vouches for."""
    return Case("F-15", "certificate", {}, ("/page",), {"/page": ("error", None)}, frozenset(["/page"]), tls=True)
