"""Articles written down in a few lines, for tests of what comes after reading them."""

import re
from dataclasses import replace

from mentions.extraction.article import Article, Block, Link, Metadata, Zone
from mentions.links import read_href
from mentions.matching.mention import Decision, Matches, Mention, Method, Sense
from mentions.targets import Kind, Target

PAGE = "https://courier.example/story"
ACME = Target(
    name="Acme",
    aliases=("Acme Robotics",),
    domains=("acme.example", "maker.example/acme"),
    profiles=("https://www.linkedin.com/company/acme",),
)
REPORT = Target(
    name="Robot Report", kind=Kind.REPORT, domains=("acme.example",), url="https://acme.example/robot-report"
)
_ANCHOR = re.compile(r"\[([^\]]*)\]\(([^)\s]*)((?:\s[\w-]+)*)\)")


def article(*blocks: str | tuple[Zone, str], metadata: Metadata | None = None, shell: bool = False) -> Article:
    """An article of these blocks (plain text is body); `[anchor](href rel tokens)` makes a link, `hidden` hides it."""
    text, made, links = "", [], []
    for block in blocks:
        zone, source = block if isinstance(block, tuple) else (Zone.BODY, block)
        start = len(text)
        last = 0
        for match in _ANCHOR.finditer(source):
            text += source[last : match.start()]
            last = match.end()
            links.append(_link(match[1], match[2], match[3].split(), zone, len(text)))
            text += match[1]
        text += source[last:]
        made.append(Block(start, len(text), zone, "p"))
        text += "\n"
    return Article(PAGE, text.rstrip("\n"), tuple(made), tuple(links), metadata or Metadata(), needs_rendering=shell)


def _link(anchor: str, href: str, words: list[str], zone: Zone, start: int) -> Link:
    found = read_href(href, PAGE)
    rel = tuple(sorted(set(words) - {"hidden"}))
    end = start + len(anchor)
    return Link(
        href, found.url, found.effective_url, found.kind, anchor, rel, zone, start, end, hidden="hidden" in words
    )


def picture(page: Article, href: str, alt: str, zone: Zone = Zone.BODY) -> Article:
    """The article with a linked picture at its end: a link that shows no text."""
    link = replace(_link(alt, href, [], zone, len(page.text)), end=len(page.text))
    return replace(page, links=(*page.links, link))


def matches(
    page: Article, target: Target, *, decision: Decision = Decision.US, method: Method = Method.EXACT
) -> Matches:
    """Every place where one of the target's names stands, as matching would say it."""
    names = "|".join(re.escape(name) for name in sorted(target.names, key=len, reverse=True))
    found = []
    for hit in re.finditer(rf"(?<![\w.]){names}(?![\w.]\w)", page.text):
        block = page.block_at(hit.start())
        start = max(page.text.rfind(". ", block.start, hit.start()) + 2, block.start)
        if start == 1:
            start = block.start
        end = page.text.find(". ", hit.end(), block.end)
        sentence = page.text[start : block.end if end < 0 else end + 1]
        sense = Sense(decision, 0.9 if decision is Decision.US else 0.4, ("the name stands as it is configured",))
        found.append(
            Mention(target.name, hit[0], hit[0], hit.start(), hit.end(), block.zone, sentence, 1.0, method, sense)
        )
    if decision is Decision.NOT_US:
        return Matches((), tuple(found))
    return Matches(tuple(found))
