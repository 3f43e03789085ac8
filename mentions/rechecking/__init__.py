"""Looking again at articles that were judged: what became of the link we asked for, and when to look next. Pure.

    look at a page ──▶ Look ──▶ after(watched, look, standing) ──▶ Watched, what happened, moves ──▶ next_look_at

`Watched` is what is known of one opportunity's article: its `Truth` (what the last good looks proved), since when, and
what is only suspected so far. One 5xx, timeout or block changes no truth; a link counts as lost after two good looks a
day apart, a page as gone after three looks on three days; a page that cannot be seen keeps its last truth and its age.

What happened is written to the history as one event of the opportunity (subject "opportunity/12", actor NULL). Its kind
is a word of `Happening`. Each detail has `truth` (a word of Truth, as it is now) and, where there is a link, `url`
(where it leads), `rel` (tokens joined by blanks, empty: followed), `anchor`, `zone` and `target_status` (HTTP status of
that page of ours; null: not known). Times in details are ISO 8601, UTC. The kinds, with what else their details hold:

    reclaimed               after our email a link to an agreed page of ours stands in the article:
                            asked_at (when that email was sent or handed off), days (since then)
    linked without contact  the same where nothing was handed off or sent, or where the link is older than that
    linked elsewhere        a link of ours appeared, and leads to another page of ours or a dead one
    link changed            a link that stood leads elsewhere or is marked otherwise, or its page became noindex:
                            was (Truth), was_url, was_rel
    link lost               two good looks a day apart saw none where one stood:
                            why (link removed, mention removed, article rewritten), was, was_url, was_rel,
                            stood_since (of that truth), lost_since (the first look without it)
    link back               a link that was lost stands again: lost_at
    mention removed         two good looks a day apart saw no name, where no link stood:
                            why (mention removed, article rewritten)
    page gone               three looks on three days say that the page is not there: why, http_status
    page back               a page that was gone could be read again: gone_at
    unverifiable            the page cannot be seen (blocked, paywalled, robots.txt …), written once until it is again:
                            page_state, why, truth_at (when that truth was last proved)
    look asked              a person wants another look; the actor is their name

Beside these, mentions.store.moving writes `article moved` where an address led to the same article elsewhere: url
(where it stands now), was_url.

`reclaimed` comes with the truths linked, qualified and noindex, which a report keeps apart. A link that stood when the
opportunity was found is not reclaimed by standing there still. A link we asked for that is back is both.
"""

from mentions.rechecking.words import Happening, Sight, Truth

__all__ = ["Happening", "Sight", "Truth"]
