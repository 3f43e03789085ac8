"""A report in the parts that every form of it shows in the same order and words: terminal, HTML file, review desk."""

from collections.abc import Iterator, Sequence
from typing import Final

from mentions.plots import Bar, Series, bars, columns
from mentions.reporting.facts import By
from mentions.reporting.figures import Figures, Happened
from mentions.reporting.link_ends import advice, link_ends
from mentions.reporting.parts import MOST_LISTED, Line, Section, Table, left_out
from mentions.reporting.report import Report
from mentions.reporting.shares import share

_LEAST_MONTHS: Final = 2  # one column is no plot

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

GROUP_WORDS: Final = {
    By.TARGET: "target",
    By.PUBLISHER: "publisher",
    By.TEMPLATE: "template",
    By.CONTACT_ROLE: "contact role",
    By.MONTH: "month",
}
_VERDICT_WORDS: Final = {
    "linked": "linked",
    "qualified": "linked, but nofollow, sponsored or ugc",
    "misdirected": "linked, but to the wrong page of ours",
    "outside": "linked only outside the article",
    "bare_url": "our address printed, not linked",
    "unlinked": "nothing links to us",
}


def sections(report: Report) -> tuple[Section, ...]:
    """The parts of a report that have something to say, in order."""
    return tuple(_sections(report))


def _sections(report: Report) -> Iterator[Section]:
    yield _found(report)
    yield _asked(report)
    yield _happened(report)
    if report.months:
        yield _months(report)
    if report.groups:
        yield _groups(report)
    if report.domains.standing or report.domains.gained or report.domains.lost:
        yield _domains(report)
    if report.own_pages:
        yield _own_pages(report)
    if report.link_ends:
        yield link_ends(report.link_ends)
    if report.not_known:
        yield Section("What these figures cannot say", sentences=report.not_known)


def _found(report: Report) -> Section:
    found = report.total.found
    if not found.named:
        return Section("Found", sentences=("No page that names us was judged for the first time in this period.",))
    lines = [
        Line("Pages that name us", f"{found.named:,}"),
        Line("without a link that counts", share(found.unlinked, found.named), under=True),
        Line("worth asking about", share(found.worth_asking, found.unlinked), under=True),
        Line("with a draft", share(found.drafted, found.worth_asking), under=True),
    ]
    by_now = [
        Line(f"By now: {_VERDICT_WORDS[verdict.value]}", share(count, found.named))
        for verdict, count in found.verdicts.items()
    ]
    if found.lapsed:
        by_now.append(Line("By now: gone, or not naming us any more", share(found.lapsed, found.named)))
    rows = [
        Bar("name us", found.named),
        Bar("without a link", found.unlinked, share(found.unlinked, found.named)),
        Bar("worth asking about", found.worth_asking, share(found.worth_asking, found.unlinked)),
        Bar("with a draft", found.drafted, share(found.drafted, found.worth_asking)),
    ]
    described = "; ".join(f"{line.words} {line.value}" for line in lines)
    return Section(
        "Found",
        "Pages judged for the first time in this period. A page counts once for each target that it names.",
        (*lines, *by_now),
        bars("From pages that name us to drafts", described, rows),
    )


def _asked(report: Report) -> Section:
    asked = report.total.asked
    title = "Asked"
    if not asked.asked:
        return Section(title, sentences=("Nobody was asked for the first time in this period.",))
    lines = [
        Line("Asked", f"{asked.asked:,}"),
        Line("link reclaimed", share(asked.linked, asked.asked), under=True),
        Line("of these, there at the last look", share(asked.stands, asked.linked), under=True),
        Line(
            "linked, but to another or a dead page of ours",
            share(asked.linked_elsewhere, asked.asked),
            under=True,
        ),
        Line("refused", share(asked.refused, asked.asked), under=True),
        Line("given up without an answer", share(asked.unanswered, asked.asked), under=True),
        Line("still open", share(asked.open, asked.asked), under=True),
        Line("Answered, with a link or without", share(asked.answered, asked.asked)),
        Line("From the first email to the link", asked.days.words if asked.days else "–"),
    ]
    rows = [
        Bar("asked", asked.asked),
        Bar("answered", asked.answered, share(asked.answered, asked.asked)),
        Bar("link reclaimed", asked.linked, share(asked.linked, asked.asked)),
        Bar("still there", asked.stands, share(asked.stands, asked.linked)),
    ]
    described = "; ".join(f"{row.label} {row.note or row.value}" for row in rows)
    return Section(
        title,
        "Those to whom the first email was sent in this period, and what came of it up to "
        f"{report.made_at:%-d %B %Y}, however long after.",
        tuple(lines),
        bars("What came of those who were asked", described, rows),
    )


def _happened(report: Report) -> Section:
    happened = report.total.happened
    if happened == Happened():
        return Section("What happened in this period", sentences=("No email sent, no answer, no link gained or lost.",))
    followed = happened.reclaimed - happened.qualified - happened.noindex
    lines = (
        Line("Emails sent, follow-ups too", f"{happened.emails:,}"),
        Line("Answers", f"{happened.replies:,}"),
        Line("Links reclaimed after our email", f"{happened.reclaimed:,}"),
        Line("followed", share(followed, happened.reclaimed), under=True),
        Line("nofollow, sponsored or ugc", share(happened.qualified, happened.reclaimed), under=True),
        Line("on a page hidden from search engines", share(happened.noindex, happened.reclaimed), under=True),
        Line("Links that came without our asking", f"{happened.without_contact:,}"),
        Line("Links to another or a dead page of ours", f"{happened.elsewhere:,}"),
        Line("Links lost", f"{happened.lost:,}"),
        Line("Lost links that came back", f"{happened.back:,}"),
    )
    note = "Whenever the first email was sent: these are not parts of those who were asked in this period."
    return Section("What happened in this period", note, lines)


def _months(report: Report) -> Section:
    months = report.months
    table = Table(
        ("Month", "Emails", "Answers", "Reclaimed", "Unasked", "Lost"),
        tuple(
            (month.key, *_numbers(month.emails, month.replies, month.reclaimed, month.without_contact, month.lost))
            for month in months
        ),
    )
    plot = ""
    if len(months) >= _LEAST_MONTHS:
        plot = columns(
            "Input and outcome by month",
            f"{months[0].key} to {months[-1].key}; the numbers stand in the table",
            [_short_month(month.key, first=not place) for place, month in enumerate(months)],
            [
                Series("emails sent", [month.emails for month in months]),
                Series("answers", [month.replies for month in months]),
                Series("links reclaimed", [month.reclaimed for month in months]),
            ],
        )
    return Section("Month by month", "Up to the end of the period, a year at most.", plot=plot, table=table)


def _short_month(key: str, *, first: bool) -> str:
    """ "Mar", with the year in the first one and in January: "Jan 26"."""
    year, month = key.split("-")
    name = _MONTHS[int(month) - 1]
    return f"{name} {year[2:]}" if first or month == "01" else name


def _groups(report: Report) -> Section:
    word = GROUP_WORDS[report.by]
    shown = report.groups[:MOST_LISTED] if report.by is not By.MONTH else report.groups
    rows = [_group_row(key, group) for key, group in shown]
    if len(report.groups) > 1:
        rows.append(_group_row("all", report.total))
    headings = (word.capitalize(), "No link", "To ask", "Asked", "Answered", "Reclaimed", "Lost")
    note = (
        "No link: of the pages found that name us. To ask: of these. Answered, reclaimed: of those asked, up to now. "
        "Lost: in this period."
    )
    if report.by in {By.TEMPLATE, By.CONTACT_ROLE}:
        note += f" A page by itself has no {word}: the first column is empty."
    if report.by is By.MONTH:
        note += " Asked: in that month."
    return Section(f"By {word}", note, table=Table(headings, tuple(rows), left_out(len(report.groups), len(shown))))


def _group_row(key: str, group: Figures) -> tuple[str, ...]:
    found, asked = group.found, group.asked
    return (
        key,
        _of(found.unlinked, found.named),
        *_numbers(found.worth_asking, asked.asked),
        _of(asked.answered, asked.asked),
        share(asked.linked, asked.asked) if asked.asked else "·",
        *_numbers(group.happened.lost),
    )


def _domains(report: Report) -> Section:
    domains = report.domains
    lines = (
        Line("Sites that link to us in an article", f"{domains.standing:,}"),
        Line("new in this period", f"{len(domains.gained):,}", under=True),
        Line("Sites whose last link went away in this period", f"{len(domains.lost):,}"),
    )
    rows = [(each.domain, "new", f"{each.first_seen_at:%Y-%m-%d}") for each in domains.gained]
    rows += [(each.domain, "lost", f"{each.last_seen_at:%Y-%m-%d}") for each in domains.lost]
    shown = tuple(rows[:MOST_LISTED])
    table = Table(("Site", "What happened", "Day"), shown, left_out(len(rows), len(shown))) if rows else None
    note = "Among the pages that were looked at; followed links or not."
    return Section("Sites that link to us", note, lines, table=table)


def _own_pages(report: Report) -> Section:
    shown = report.own_pages[:MOST_LISTED]
    table = Table(
        ("Page of ours", "Linked from", "New", "Gone"),
        tuple((each.url, *_numbers(each.stand, each.gained, each.gone)) for each in shown),
        left_out(len(report.own_pages), len(shown)),
    )
    note = "How many pages of others link to each page of ours in their article, and how that changed in this period."
    return Section("Growth of our pages", note, table=table)


def _of(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}" if whole else "·"


def _numbers(*numbers: int) -> tuple[str, ...]:
    """Nothing is a dot: a column of noughts hides the numbers."""
    return tuple(f"{number:,}" if number else "·" for number in numbers)


def headline(report: Report) -> Sequence[str]:
    """The few sentences to read if one reads nothing else."""
    happened, asked = report.total.happened, report.total.asked
    came = f"{_counted(happened.reclaimed, 'link')} reclaimed after our email"
    said = [f"{came}, {happened.without_contact:,} without our asking, {happened.lost:,} lost."]
    if asked.asked:
        said.append(
            f"Asked for the first time: {asked.asked:,}; reclaimed of these by now: {share(asked.linked, asked.asked)}."
        )
    if report.total.found.named:
        found = report.total.found
        said.append(
            f"{_counted(found.named, 'page')} named us for the first time; {share(found.unlinked, found.named)} "
            "without a link that counts."
        )
    return [*said, *advice(report.link_ends)]


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
