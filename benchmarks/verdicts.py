"""How right are the verdicts? Labelled real pages, judged by the engine and, beside it, by simpler means.

usage: python -m benchmarks.verdicts [SPLIT_DIR] [--articles DIR] [--errors N] [--ablate]
                                     [--no-baselines] [--no-crossed]

Prints precision, recall and F1 by verdict and the slices that matter; then the score by cross-validation (each page
judged by zones, and senses, that were learnt without its site), the score on our own reading of other pages and of
names that may mean something else (a part of each never looked at for errors), the spread over sites, and one line of
JSON. `--errors N` shows N wrong pairs of each kind with sentence, zone and reasons, never those held back. `--ablate`
judges again with one part taken away at a time.
"""

import argparse
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from benchmarks.ablation import ablations
from benchmarks.baselines import extractor, visible_text
from benchmarks.common import ARTICLES, DEV, console, finish, needed, table
from benchmarks.crossed import crossed
from benchmarks.held_back import PARTS, read_held_back
from benchmarks.homonyms import PARTS as HOMONYM_PARTS
from benchmarks.homonyms import read_homonyms, show
from benchmarks.judged import Said, Split, by_baseline, engine, labels_said, read_folder
from benchmarks.scoring import LABELS, Pair, Score, answer, folds, interval, read_labels, score, slices
from benchmarks.senses_model import senses_without
from mentions.findings import Finding
from mentions.matching import Watchlist
from mentions.pages import Page

_BASELINES = {
    "trafilatura + boundaries + host rules": extractor,
    "regex on visible text + href substring": visible_text,
}


def main() -> None:
    """Runs the benchmark."""
    arguments = _arguments()
    folder = needed(arguments.split)
    split = read_folder(folder, read_labels(folder))
    findings, ms = engine(split)
    said = labels_said(findings)
    ours = score(split.labels, said)
    figures = _figures("", ours) | {"ms_per_page": round(ms, 2), "pairs": ours.pairs}
    _show(ours, split, said)
    _compare("The open pages, side by side", split, {"this engine": (ours, ms)}, baselines=not arguments.no_baselines)
    if not arguments.no_crossed:
        figures |= _crossed(split)
        figures |= _held_back(needed(arguments.articles), folder, baselines=not arguments.no_baselines)
    if arguments.ablate:
        _ablate(split, ours)
    if arguments.errors:
        _errors(split, said, findings, arguments.errors)
    finish("verdicts", figures | _spread(split, said))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("split", nargs="?", type=Path, default=DEV)
    parser.add_argument("--articles", type=Path, default=ARTICLES)
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    parser.add_argument("--no-baselines", action="store_true")
    parser.add_argument("--no-crossed", action="store_true")
    parser.add_argument("--ablate", action="store_true")
    return parser.parse_args()


def _figures(prefix: str, result: Score) -> dict[str, object]:
    return {
        f"{prefix}macro_f1": round(result.macro_f1, 4),
        f"{prefix}accuracy": round(result.accuracy, 4),
        f"{prefix}unlinked_f1": round(result.by_label["unlinked_mention"][2], 4),
    }


def _show(ours: Score, split: Split, said: Said) -> None:
    console.print(f"\n{ours.pairs} pairs: accuracy {ours.accuracy:.3f}, macro-F1 {ours.macro_f1:.3f}\n")
    verdicts = table("By verdict", ("verdict", "precision", "recall", "F1", "labelled", "said"))
    for name, (precision, recall, f1, labelled, predicted) in ours.by_label.items():
        verdicts.add_row(name, f"{precision:.3f}", f"{recall:.3f}", f"{f1:.3f}", str(labelled), str(predicted))
    console.print(verdicts, "")
    parts = table("By slice", ("slice", "accuracy", "pairs"))
    for name, (accuracy, count) in slices(split.labels, said).items():
        parts.add_row(name, f"{accuracy:.3f}", str(count))
    console.print(parts, "")


def _compare(title: str, split: Split, rows: Mapping[str, tuple[Score, float | None]], *, baselines: bool) -> None:
    title = f"{title} ({len(split.labels)} pairs)"
    compared = table(title, ("", "accuracy", "macro-F1", "unlinked F1", "ms a page"))
    compared_rows: dict[str, tuple[Score, float | None]] = dict(rows)
    for name, baseline in _BASELINES.items() if baselines else ():
        said, ms = by_baseline(split, baseline)
        compared_rows[name] = score(split.labels, said), ms
    for name, (result, cost_ms) in compared_rows.items():
        unlinked = result.by_label["unlinked_mention"][2]
        cost = "" if cost_ms is None else f"{cost_ms:.1f}"
        compared.add_row(name, f"{result.accuracy:.3f}", f"{result.macro_f1:.3f}", f"{unlinked:.3f}", cost)
    console.print(compared, "")


def _crossed(split: Split) -> dict[str, object]:
    """The open pages by weights that never saw their sites."""
    zones = score(split.labels, labels_said(crossed(split)))
    said = labels_said(crossed(split, senses_without))
    both = score(split.labels, said)
    title = "The open pages, each judged by weights that never saw its site"
    shown = table(title, ("learnt anew", "accuracy", "macro-F1", "unlinked F1"))
    for name, result in (("zones", zones), ("zones and senses", both)):
        unlinked = result.by_label["unlinked_mention"][2]
        shown.add_row(name, f"{result.accuracy:.3f}", f"{result.macro_f1:.3f}", f"{unlinked:.3f}")
    console.print(shown, "")
    parts = table("By slice, zones and senses learnt anew", ("slice", "accuracy", "pairs"))
    for name, (accuracy, count) in slices(split.labels, said).items():
        parts.add_row(name, f"{accuracy:.3f}", str(count))
    console.print(parts, "")
    return _figures("crossed_", both)


def _held_back(articles: Path, benchmark: Path, *, baselines: bool) -> dict[str, object]:
    """Our own reading of other pages, by weights that never saw their sites."""
    figures: dict[str, object] = {}
    for part in PARTS:
        split = read_held_back([part], articles=articles, benchmark=benchmark)
        result = score(split.labels, labels_said(crossed(split, senses_without)))
        rows = {"this engine, never trained on these sites": (result, None)}
        _compare(f"Our own reading, {part}", split, rows, baselines=baselines)
        figures |= _figures(f"{part.replace(' ', '_')}_", result)
    for part in HOMONYM_PARTS:
        split = read_homonyms([part], articles=articles, benchmark=benchmark)
        figures |= show(part, split, crossed(split, senses_without))
    return figures


def _spread(split: Split, said: Said) -> dict[str, object]:
    """How much the score depends on which sites were labelled."""
    low, high = interval(split.labels, said)
    parts = [score(fold, said).macro_f1 for fold in folds(split.labels)]
    spread = ", ".join(f"{value:.3f}" for value in parts)
    console.print(f"macro-F1 in five parts that share no site: {spread}; 95 % interval {low:.3f} … {high:.3f}")
    return {
        "macro_f1_low": round(low, 4),
        "macro_f1_high": round(high, 4),
        "macro_f1_worst_part": round(min(parts), 4),
    }


def _ablate(split: Split, ours: Score) -> None:
    lost = table("What each part brings: scores without it", ("without", "accuracy", "macro-F1", "change"))
    for name, result in ablations(split).items():
        difference = f"{result.macro_f1 - ours.macro_f1:+.3f}"
        lost.add_row(name, f"{result.accuracy:.3f}", f"{result.macro_f1:.3f}", difference)
    console.print(lost, "")


def _errors(split: Split, said: Said, findings: Mapping[Pair, Finding], most: int) -> None:
    """The wrong pairs, with what we saw: for the people who build the parts."""
    kinds = defaultdict(list)
    for label in split.labels:
        if answer(label, said) != label["verdict"]:
            kinds[label["verdict"], answer(label, said)].append(label)
    bodies = {page.url: page for page in split.pages}
    for gold in LABELS:
        for guess in LABELS:
            for label in kinds[gold, guess][:most]:
                print(f"\n{gold} read as {guess}: {label['target']}  {label['page_id']}  {label['url'][:150]}")
                print(f"  label: zone {label['mention_zone']}, note {label.get('note')}, {label['sentence']}")
                if label["link_url"]:
                    print(f"  label: link {label['link']} in {label['link_zone']}: {label['link_url'][:200]}")
                _said(findings.get((label["url"], label["target"])), bodies[label["url"]], split.watchlist)


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
