"""Feeds and sitemaps made for the parser, and pages with charsets that are traps (F-08, F-09)."""

from tests.crawling.newsweb import UNLINKED, story
from tests.hostile_cases.case import LIVE_UNLINKED, TRAP_ADDRESS, Case
from tests.hostile_cases.trap import trap_port
from tests.hostile_web import Answer, Asked, Route


def hostile_sources() -> Case:
    """F-08: feeds and sitemaps made for the parser. The pages announced by the honest feed come through."""
    host = "sources.example"
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    bomb = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">' + laughs + b"]><rss><channel><item><title>&l11;"
    xxe = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "http://%s:%d/xxe">]><rss><channel><item>&x;</item>'
    old = b"<lastmod>2001-01-01</lastmod>"  # older than any publisher's max_age_days: none of them is asked for
    many = b"<urlset>" + b"".join(b"<url><loc>http://x.example/%d</loc>%b</url>" % (n, old) for n in range(75_000))
    index = "<sitemapindex><sitemap><loc>/{}.xml</loc></sitemap></sitemapindex>"

    def external(_: Asked) -> Answer:
        body = xxe % (TRAP_ADDRESS.encode(), trap_port())
        return Answer(body + b"</channel></rss>", content_type="application/rss+xml")

    routes: dict[str, Route] = {
        f"{host}/laughs.xml": Answer(bomb + b"</title></item></channel></rss>", content_type="application/rss+xml"),
        f"{host}/external.xml": external,
        f"{host}/ring.xml": Answer(index.format("gnir").encode(), content_type="application/xml"),
        f"{host}/gnir.xml": Answer(index.format("ring").encode(), content_type="application/xml"),
        f"{host}/many.xml": Answer(many + b"</urlset>", content_type="application/xml"),
        f"{host}/safe": story(UNLINKED),
    }
    more = (
        f'feeds = ["http://sources.feeds.example:{{port}}/feed.xml", "http://{host}:{{port}}/laughs.xml", '
        f'"http://{host}:{{port}}/external.xml"]\n'
        f'news_sitemaps = ["http://{host}:{{port}}/ring.xml", "http://{host}:{{port}}/many.xml"]'
    )
    return Case("F-08", "sources", routes, ("/safe",), {"/safe": LIVE_UNLINKED}, declaration=more)


def charsets() -> Case:
    """F-09: charsets that are traps or missing; é stays é."""
    host = "charsets.example"
    sentence = "Café owners like the machines from Acme Robotics, the foreman said."
    page = story(sentence).body.decode()
    routes: dict[str, Route] = {}
    for name in ("idna", "hex_codec", "rot13", "no-such-charset"):
        routes[f"{host}/{name}"] = Answer(page.replace("utf-8", name, 1).encode())
        routes[f"{host}/header-{name}"] = Answer(page.encode(), content_type=f"text/html; charset={name}")
    undeclared = page.replace('<meta charset="utf-8">', "")
    routes[f"{host}/latin"] = Answer(undeclared.encode("latin-1"))
    routes[f"{host}/bare"] = Answer(undeclared.encode())
    paths = [path.removeprefix(host) for path in routes]
    return Case("F-09", "charsets", routes, tuple(paths), dict.fromkeys(paths, LIVE_UNLINKED))
