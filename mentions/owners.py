"""Whose page is it? An index of the targets' domains, so that ten thousand targets cost a page no more than one."""

from collections import defaultdict
from collections.abc import Iterable

from mentions.links import is_ours
from mentions.targets import Target
from mentions.urls import host_of


class Owners:
    """The targets by the hosts of their domains."""

    def __init__(self, targets: Iterable[Target]) -> None:
        by_host: dict[str, list[Target]] = defaultdict(list)
        for target in targets:
            for host in dict.fromkeys(domain.partition("/")[0] for domain in target.domains):
                by_host[host].append(target)
        self._by_host = dict(by_host)

    def of(self, url: str) -> tuple[Target, ...]:
        """The targets on whose domains this address stands, in the order of the configuration's hosts."""
        labels = host_of(url).split(".")
        found: dict[str, Target] = {}
        for start in range(len(labels)):
            for target in self._by_host.get(".".join(labels[start:]), ()):
                if target.name not in found and is_ours(url, target):
                    found[target.name] = target
        return tuple(found.values())
