"""What a run asks search services for the targets, and the sites elsewhere that wait since earlier runs."""

from mentions.crawling.job import Job
from mentions.sources import Source, gdelt_of, searches_of


def searches(job: Job) -> list[Source]:
    """Every search feed and GDELT query of every target, for what is new since its last good answer."""
    found = [source for target in job.config.targets for source in searches_of(target)]
    for target in job.config.targets:
        for named in gdelt_of(target, job.config.gdelt, since=None, now=job.clock()):
            since = job.store.source_last_good_at(named.url)
            dated = gdelt_of(target, job.config.gdelt, since=since, now=job.clock())
            found.extend(source for source in dated if source.url == named.url)
    return list({source.url: source for source in reversed(found)}.values())[::-1]


def waiting_elsewhere(job: Job) -> list[str]:
    """The domains of sites that nobody declared and whose pages wait since earlier runs."""
    return [
        domain for domain in job.store.publishers_waiting(now=job.started_at) if job.config.publisher(domain) is None
    ]
