"""Judging pages with weights that never saw their site: for the zones and, where they are trained anew, the senses.

Sites fall into FOLDS parts by a digest of their name, the same on every machine and for every set of pages.
`benchmarks/train_zones.py` writes one file of zone weights for each part, trained without the sites of that part.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final
from unittest import mock

from benchmarks.common import ROOT
from benchmarks.judged import Split, engine
from benchmarks.scoring import Pair
from mentions.extraction import zones
from mentions.extraction.model import Model, read_model
from mentions.findings import Finding
from mentions.matching import senses
from mentions.matching.senses import Weights
from mentions.pages import Page
from mentions.urls import host_of, registrable_domain

FOLDS: Final = 5
FOLDER: Final = ROOT / "benchmarks" / "zone_folds"
SensesWithout = Callable[[Collection[str]], Weights]


def site_of(url: str) -> str:
    """The site of a page: its registrable domain."""
    return registrable_domain(host_of(url))


def fold_of(site: str) -> int:
    """The part that a site falls into, 0 … FOLDS - 1."""
    return hashlib.sha256(site.encode()).digest()[0] % FOLDS


def weights_of(fold: int) -> Path:
    """The zone weights that never saw a site of this part."""
    return FOLDER / f"{fold}.npz"


@contextmanager
def zones_by(model: Model) -> Iterator[None]:
    """Zones are told by `model` instead of the packaged weights."""
    with mock.patch.object(zones, "load_model", return_value=model):
        yield


def crossed(split: Split, senses_without: SensesWithout | None = None) -> dict[Pair, Finding]:
    """Every finding of the split by (URL, target), each page judged by weights that never saw its site.

    `senses_without` gives the weights of the senses learnt without some sites; None keeps the packaged ones.
    """
    parts: dict[int, list[Page]] = defaultdict(list)
    for page in split.pages:
        parts[fold_of(site_of(page.url))].append(page)
    found: dict[Pair, Finding] = {}
    for fold, pages in sorted(parts.items()):
        with zones_by(read_model(weights_of(fold).read_bytes())), _senses(senses_without, pages):
            found |= engine(replace(split, pages=pages))[0]
    return found


@contextmanager
def _senses(senses_without: SensesWithout | None, pages: Sequence[Page]) -> Iterator[None]:
    if senses_without is None:
        yield
        return
    weights = senses_without({site_of(page.url) for page in pages})
    with mock.patch.object(senses, "learnt_weights", return_value=weights):
        yield
