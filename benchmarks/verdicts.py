"""How right are the verdicts? The labelled real pages, judged by the engine and, beside it, by simpler means.

usage: python benchmarks/verdicts.py [SPLIT_DIR] [--errors N] [--no-baselines] [--ablate]

Prints precision, recall and F1 by verdict, the slices that matter, the spread over sites, and ends with one line of
JSON. `--errors N` shows N wrong pairs of each kind with sentence, zone and reasons. `--ablate` judges again with one
part of the engine taken away at a time.
"""

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks.baselines import extractor, visible_text
from benchmarks.common import DEV, console, cpu_seconds, finish, needed, table
from benchmarks.scoring import LABELS, Label, Pair, Score, answer, as_label, folds, interval, read_labels, score, slices
from mentions.analysis import analyse
from mentions.archive import read_pages
from mentions.config import load_config
from mentions.extraction.article import Article, Link, Zone
from mentions.findings import Finding
from mentions.links import LinkKind
from mentions.matching import Watchlist, compile_watchlist
from mentions.matching.mention import Matches, Method
from mentions.pages import Page
from mentions.targets import Target
from mentions.verdicts import judge

NOW = datetime(2026, 11, 21, tzinfo=UTC)
Said = dict[Pair, str]


def main() -> None:
    """Runs the benchmark."""
    arguments = _arguments()
    folder = needed(arguments.split)
    labels = read_labels(folder)
    pages, watchlist = _read(folder, labels)
    targets = watchlist.targets

    findings, ms = _engine(pages, watchlist)
    said = _labels_said(findings)
    ours = score(labels, said)
    rows = [("this engine", ours, ms)]
    if not arguments.no_baselines:
        rows += [
            ("regex on visible text + href substring", *_baseline(labels, pages, targets, visible_text)),
            ("trafilatura + boundaries + host rules", *_baseline(labels, pages, targets, extractor)),
        ]
    _show(ours, labels, said)
    _compare(rows)
    if arguments.ablate:
        _ablate(labels, pages, watchlist, ours)
    if arguments.errors:
        _errors(labels, said, findings, pages, watchlist, arguments.errors)
    low, high = interval(labels, said)
    parts = [score(fold, said).macro_f1 for fold in folds(labels)]
    spread = ", ".join(f"{value:.3f}" for value in parts)
    console.print(f"macro-F1 in five parts that share no site: {spread}; 95 % interval {low:.3f} … {high:.3f}")
    finish(
        "verdicts",
        {
            "macro_f1": round(ours.macro_f1, 4),
            "accuracy": round(ours.accuracy, 4),
            "unlinked_f1": round(ours.by_label["unlinked_mention"][2], 4),
            "macro_f1_low": round(low, 4),
            "macro_f1_high": round(high, 4),
            "macro_f1_worst_part": round(min(parts), 4),
            "ms_per_page": round(ms, 2),
            "pairs": ours.pairs,
        },
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("split", nargs="?", type=Path, default=DEV)
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    parser.add_argument("--no-baselines", action="store_true")
    parser.add_argument("--ablate", action="store_true")
    return parser.parse_args()


def judged_pages(folder: Path, labels: Sequence[Label]) -> Said:
    """What the engine says of every labelled page of a split."""
    return _labels_said(_engine(*_read(folder, labels))[0])


def _read(folder: Path, labels: Sequence[Label]) -> tuple[list[Page], Watchlist]:
    wanted = {label["url"] for label in labels}
    pages = [page for page in read_pages(folder / "pages.warc.gz") if page.url in wanted]
    return pages, compile_watchlist(load_config(folder / "targets.toml").targets)


def _labels_said(findings: Mapping[Pair, Finding]) -> Said:
    return {pair: as_label(finding) for pair, finding in findings.items()}


def _engine(pages: Sequence[Page], watchlist: Watchlist) -> tuple[dict[Pair, Finding], float]:
    """Every finding by (URL, target), and CPU milliseconds a page."""
    found: dict[Pair, Finding] = {}
    with cpu_seconds() as elapsed:
        for page in pages:
            for finding, _ in analyse(page, watchlist, now=NOW).findings:
                found[page.url, finding.target] = finding
    return found, elapsed() * 1000 / len(pages)


Baseline = Callable[[Page, Sequence[Target]], Iterator[tuple[Target, str]]]


def _baseline(
    labels: Sequence[Label], pages: Sequence[Page], targets: Sequence[Target], baseline: Baseline
) -> tuple[Score, float]:
    asked = defaultdict(list)
    by_name = {target.name: target for target in targets}
    for label in labels:
        asked[label["url"]].append(by_name[label["target"]])
    said: Said = {}
    with cpu_seconds() as elapsed:
        for page in pages:
            for target, guess in baseline(page, asked[page.url]):
                said[page.url, target.name] = guess
    return score(labels, said), elapsed() * 1000 / len(pages)


def _show(ours: Score, labels: Sequence[Label], said: Said) -> None:
    console.print(f"\n{ours.pairs} pairs: accuracy {ours.accuracy:.3f}, macro-F1 {ours.macro_f1:.3f}\n")
    verdicts = table("By verdict", ("verdict", "precision", "recall", "F1", "labelled", "said"))
    for name, (precision, recall, f1, labelled, predicted) in ours.by_label.items():
        verdicts.add_row(name, f"{precision:.3f}", f"{recall:.3f}", f"{f1:.3f}", str(labelled), str(predicted))
    console.print(verdicts, "")
    parts = table("By slice", ("slice", "accuracy", "pairs"))
    for name, (accuracy, count) in slices(labels, said).items():
        parts.add_row(name, f"{accuracy:.3f}", str(count))
    console.print(parts, "")


def _compare(rows: Iterable[tuple[str, Score, float]]) -> None:
    compared = table("Side by side", ("", "accuracy", "macro-F1", "unlinked F1", "ms a page"))
    for name, result, ms in rows:
        unlinked = result.by_label["unlinked_mention"][2]
        compared.add_row(name, f"{result.accuracy:.3f}", f"{result.macro_f1:.3f}", f"{unlinked:.3f}", f"{ms:.1f}")
    console.print(compared, "")


Change = Callable[[Article, Matches], tuple[Article, Matches]]


def _without_zones(article: Article, matches: Matches) -> tuple[Article, Matches]:
    changed = replace(
        article,
        blocks=tuple(replace(block, zone=Zone.BODY) for block in article.blocks),
        links=tuple(replace(link, zone=Zone.BODY) for link in article.links),
    )
    mentions = tuple(replace(mention, zone=Zone.BODY) for mention in matches.mentions)
    return changed, Matches(mentions, matches.rejected)


def _without_senses(article: Article, matches: Matches) -> tuple[Article, Matches]:
    return article, Matches((*matches.mentions, *matches.rejected))


def _only(methods: set[Method], article: Article, matches: Matches) -> tuple[Article, Matches]:
    return article, Matches(tuple(m for m in matches.mentions if m.method in methods), matches.rejected)


def _changed_links(
    change: Callable[[Link], Link | None], article: Article, matches: Matches
) -> tuple[Article, Matches]:
    return replace(article, links=tuple(kept for link in article.links if (kept := change(link)))), matches


def _not_unwrapped(link: Link) -> Link:
    return replace(link, effective_url=link.url) if link.kind is LinkKind.WEB else link


def _share_is_link(link: Link) -> Link:
    return replace(link, kind=LinkKind.WEB, effective_url=link.url) if link.kind is LinkKind.SHARE else link


_ABLATIONS: Mapping[str, Change] = {
    "zones (everything is article)": _without_zones,
    "senses (every spelling is us)": _without_senses,
    "misspellings": partial(_only, {Method.EXACT, Method.VARIANT}),
    "ordinary variants and misspellings": partial(_only, {Method.EXACT}),
    "unwrapping of redirectors": partial(_changed_links, _not_unwrapped),
    "share buttons told from links": partial(_changed_links, _share_is_link),
    "labels of opaque redirectors": partial(_changed_links, lambda k: None if k.kind is LinkKind.OPAQUE else k),
}


def _ablate(labels: Sequence[Label], pages: Sequence[Page], watchlist: Watchlist, ours: Score) -> None:
    from mentions.extraction import read_article
    from mentions.matching import match_article

    read = []
    for page in pages:
        if watchlist.may_mention(page.body):
            article = read_article(page)
            read.append((article, match_article(article, watchlist)))
    own = {(p.url, f.target): as_label(f) for p in pages for f, _ in analyse(p, watchlist, now=NOW).findings}
    own = {pair: label for pair, label in own.items() if label == "own_site"}
    by_name = {target.name: target for target in watchlist.targets}
    lost = table("What each part brings: scores without it", ("without", "accuracy", "macro-F1", "change"))
    for name, change in _ABLATIONS.items():
        said: Said = {}
        for article, matches in read:
            changed, kept = change(article, matches)
            for target in {mention.target for mention in (*kept.mentions, *kept.rejected)}:
                finding = judge(changed, kept.of(target), by_name[target])
                said[article.url, target] = as_label(finding)
        result = score(labels, said | own)
        difference = f"{result.macro_f1 - ours.macro_f1:+.3f}"
        lost.add_row(name, f"{result.accuracy:.3f}", f"{result.macro_f1:.3f}", difference)
    console.print(lost, "")


def _errors(
    labels: Sequence[Label],
    said: Said,
    findings: Mapping[Pair, Finding],
    pages: Sequence[Page],
    watchlist: Watchlist,
    most: int,
) -> None:
    """The wrong pairs, with what we saw: for the people who build the parts."""
    kinds = defaultdict(list)
    for label in labels:
        if answer(label, said) != label["verdict"]:
            kinds[label["verdict"], answer(label, said)].append(label)
    bodies = {page.url: page for page in pages}
    for gold in LABELS:
        for guess in LABELS:
            for label in kinds[gold, guess][:most]:
                print(f"\n{gold} read as {guess}: {label['target']}  {label['page_id']}  {label['url'][:150]}")
                print(f"  label: zone {label['mention_zone']}, note {label.get('note')}, {label['sentence']}")
                if label["link_url"]:
                    print(f"  label: link {label['link']} in {label['link_zone']}: {label['link_url'][:200]}")
                _said(findings.get((label["url"], label["target"])), bodies[label["url"]], watchlist)


def _said(finding: Finding | None, page: Page, watchlist: Watchlist) -> None:
    if finding is None:
        early = "" if watchlist.may_mention(page.body) else " (left early: the bytes hold no name)"
        print(f"  ours: no candidate{early}")
        return
    print(f"  ours: {finding.verdict.value}: {'; '.join(finding.reasons)[:300]}")
    for judged in finding.mentions[:6]:
        mention = judged.mention
        print(
            f"    mention [{mention.zone.value}] {mention.matched!r} {mention.method.value} {mention.sense.score:.2f}"
            f" {judged.distance.value}: {mention.sentence[:200]}"
        )
    for judged_link in finding.links[:6]:
        link = judged_link.link
        ours, rel = judged_link.ours, " ".join(judged_link.rel)
        print(f"    link [{link.zone.value}] ours={ours} rel={rel!r} {link.url} «{link.anchor[:60]}»")


if __name__ == "__main__":
    main()
