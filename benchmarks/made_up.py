"""Pages for benchmarks that need many: of the size and build of news pages, and of nobody's copyright."""

import random
from collections.abc import Iterator

from mentions.pages import Page

TARGETS = """
[[targets]]
name = "Acme Robotics"
aliases = ["Acme", "ACME Robotics Inc."]
domains = ["acme.example", "acme-robotics.example"]
about = "industrial robots, warehouse automation"

[[targets]]
name = "Globex Fleet Manager"
kind = "product"
domains = ["globex.example"]
"""
_TEXT = """
the market report shows that companies in this region invest more in machines than last year while their suppliers wait
for orders and customers ask for shorter delivery times although prices of energy and steel stay high
"""
_WORDS = _TEXT.split()


DIFFERENT = 1_000  # bodies; more pages share them, so that fifty thousand fit into memory


def made_up_pages(hosts: int, pages: int) -> Iterator[Page]:
    """Pages of the size and build of news pages, the same ones every time; one in ten names us."""
    dice = random.Random(1)
    styles = "".join(f".c{n}{{margin:{n}px;padding:{n % 7}px;color:#{n:06x}}}\n" for n in range(700))
    script = "".join(f"window.q{n}=function(a){{return a+{n}}};" for n in range(500))
    bodies: list[bytes] = []
    for number in range(pages):
        host = f"www.site{number % hosts}.example"
        if number < DIFFERENT:
            bodies.append(_page(dice, number, host, styles, script))
        body = bodies[number % DIFFERENT]
        yield Page(f"https://{host}/2026/{number // hosts}/story.html", body, headers={"content-type": "text/html"})


def _page(dice: random.Random, number: int, host: str, styles: str, script: str) -> bytes:
    def words(count: int) -> str:
        return " ".join(dice.choice(_WORDS) for _ in range(count))

    naming = {
        0: "Analysts at Acme Robotics expect the same.",
        10: "The numbers come from <a href='https://acme.example/report'>Acme Robotics</a>.",
    }.get(number % 20, "Nobody expects more.")
    navigation = "".join(f"<li><a href='/section/{n}'>{words(2)}</a></li>" for n in range(60))
    cards = "".join(
        f"<div class='card'><a href='/2026/{n}/story.html'><img src='/i/{n}.jpg' alt=''><h3>{words(8)}</h3></a></div>"
        for n in range(40)
    )
    story = "".join(f"<p>{words(60).capitalize()}.</p>" for _ in range(14))
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{words(7)} {number}</title>"
        f"<style>{styles}</style><script>{script}</script></head><body><nav><ul>{navigation}</ul></nav><main><article><h1>{words(8)}</h1>"
        f"<p class=byline>By Jo Writer</p>{story}<p>{naming} {words(30)}.</p>{story}</article></main>"
        f"<aside class=related>{cards}</aside><footer>{host}</footer></body></html>"
    ).encode()
