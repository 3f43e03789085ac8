"""How a page's evidence looks on a terminal: what the page says is shown, never obeyed."""

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.text import Text

from mentions.analysis import Analysis
from mentions.cli.words import clean, hanging, indented, marked
from mentions.evidence import is_followed
from mentions.findings import Finding, JudgedLink, JudgedMention, LinkDistance, Verdict
from mentions.matching.mention import Decision, Method
from mentions.opportunities import Assessment

_COLOURS = {
    Verdict.LINKED: "green",
    Verdict.QUALIFIED: "yellow",
    Verdict.MISDIRECTED: "yellow",
    Verdict.UNLINKED: "red",
    Verdict.BARE_URL: "red",
    Verdict.OUTSIDE: "red",
}
_DISTANCES = {
    LinkDistance.INSIDE: "inside a link to us",
    LinkDistance.SENTENCE: "link to us in the same sentence",
    LinkDistance.PARAGRAPH: "link to us in the same paragraph",
    LinkDistance.ELSEWHERE: "link to us elsewhere in the article",
    LinkDistance.NONE: "no link to us in the article",
}
_METHODS = {Method.EXACT: "", Method.VARIANT: "another spelling", Method.FUZZY: "misspelt"}
_MOST_OUTSIDE = 2
_MOST = 8  # mentions or links shown of one target; the rest is counted


def show(screen: Console, analysis: Analysis, unnamed: Sequence[str]) -> None:
    """Prints the page, then every target that has evidence, then the names of those that have none."""
    screen.print(_page(analysis))
    for finding, assessment in analysis.findings:
        screen.print()
        screen.print(_finding(finding, assessment))
    if unnamed:
        screen.print()
        more = f" and {len(unnamed) - 12} more" if len(unnamed) > 12 else ""
        screen.print(Text(f"Not named on this page: {', '.join(unnamed[:12])}{more}", style="dim"))


def _page(analysis: Analysis) -> RenderableType:
    lines = [Text(clean(analysis.page.url), overflow="fold")]
    article = analysis.article
    if article:
        about = article.metadata
        if about.title:
            lines.insert(0, Text(clean(about.title), style="bold"))
        facts = [clean(", ".join(about.authors)), f"{about.published:%Y-%m-%d}" if about.published else ""]
        facts += [about.language or "", f"robots: {', '.join(sorted(about.robots))}" if about.robots else ""]
        line = " · ".join(fact for fact in facts if fact)
        lines += [Text(line, style="dim")] if line else []
        if about.canonical and about.canonical != article.url:
            lines.append(Text(f"names another address as its own: {clean(about.canonical)}", style="dim"))
    if analysis.reason:
        lines.append(Text(f"{analysis.state.value}: {clean(analysis.reason)}", style="red"))
    return Group(*lines)


def _finding(finding: Finding, assessment: Assessment) -> RenderableType:
    head = Text.assemble(
        (clean(finding.target), "bold"), "  ", (finding.verdict.value, f"bold {_COLOURS.get(finding.verdict, 'cyan')}")
    )
    if assessment.priority is not None:
        head.append(f"  {assessment.level.value.replace('_', ' ')}, priority {assessment.priority}", style="dim")
    return Group(head, *(indented(line, 2) for line in _evidence(finding, assessment)))


def _evidence(finding: Finding, assessment: Assessment) -> Iterator[RenderableType]:
    for reason in finding.reasons:
        yield hanging("·", Text(clean(reason), overflow="fold"))
    if finding.mentions:
        yield Text("Mentions", style="underline")
        # What stands in the article decides; a name in the navigation of every page is only counted.
        inside = [judged for judged in finding.mentions if judged.mention.zone.is_article]
        outside = [judged for judged in finding.mentions if not judged.mention.zone.is_article]
        shown = inside[:_MOST] or outside[:_MOST_OUTSIDE]
        for judged in shown:
            yield from _mention(judged)
        yield from _not_shown(inside, outside, len(shown))
    if finding.links:
        yield Text("Links to us", style="underline")
        for link in finding.links[:_MOST]:
            yield _link(link)
        yield from _more(len(finding.links))
    if assessment.reasons and finding.mentions:
        yield Text("Worth asking?", style="underline")
        for reason in assessment.reasons:
            yield hanging("·", Text(clean(reason), overflow="fold"))
    if assessment.parts:
        yield Text(f"Priority {assessment.priority}", style="underline")
        for part in assessment.parts:
            yield Text(f"{part.points:3d} of {part.out_of:2d}  {part.name}: {clean(part.why)}", overflow="fold")


def _not_shown(inside: Sequence[JudgedMention], outside: Sequence[JudgedMention], shown: int) -> Iterator[Text]:
    more_inside = max(0, len(inside) - shown)
    more_outside = len(outside) if inside else len(outside) - shown
    if more_inside:
        yield Text(f"and {more_inside} more in the article", style="dim")
    if more_outside:
        zones = ", ".join(sorted({judged.mention.zone.value for judged in outside}))
        yield Text(f"and {more_outside} more outside the article ({zones})", style="dim")


def _mention(judged: JudgedMention) -> Iterator[RenderableType]:
    mention = judged.mention
    facts = [
        mention.zone.value,
        _METHODS[mention.method],
        _DISTANCES[judged.distance] if mention.zone.is_article else "",
    ]
    if mention.method is Method.FUZZY:
        facts.append(f"{mention.similarity:.0%} like {clean(mention.alias)!r}")
    if mention.sense.decision is Decision.UNSURE:
        facts.append("perhaps not us")
    yield Text.assemble(("  ".join(fact for fact in facts if fact), "dim"))
    yield indented(marked(mention.sentence, mention.matched), 2)


def _link(judged: JudgedLink) -> RenderableType:
    link = judged.link
    line = Text(clean(link.url or link.href), overflow="fold")
    if link.effective_url and link.effective_url != link.url:
        line.append("  leads to ", style="dim").append(clean(link.effective_url))
    facts = [link.zone.value, "followed" if is_followed(judged) else f"rel={' '.join(judged.rel)}"]
    if not judged.ours:
        facts.append("no domain of ours")
    if link.anchor:
        facts.append(f"on the words “{clean(link.anchor)[:80]}”")
    return hanging("→", line.append(f"  {', '.join(facts)}", style="dim"))


def _more(count: int) -> Iterator[RenderableType]:
    if count > _MOST:
        yield Text(f"and {count - _MOST} more", style="dim")
