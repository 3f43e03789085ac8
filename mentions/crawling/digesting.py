"""The last phase of a night: what is new is told, here and in the team's chats."""

from mentions.crawling.job import Job, summary_of
from mentions.digesting import digest_run


def tell_what_is_new(job: Job) -> None:
    """Writes the digest of this run, and sends it where the configuration says; a chat that fails is a warning."""
    told = digest_run(job.store, job.config, summary_of(job), now=job.clock())
    for warning in told.warnings:
        job.ledger.warn(warning)
