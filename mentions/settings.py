"""Scrapy's settings for every crawl. Each that differs from Scrapy 2.19's default says the default, ours and why.

What depends on mentions.toml is put over these by `mentions.crawling.configuration.settings_from_config`.
"""

from typing import Any

BOT_NAME = "mentions"  # default "scrapybot"; only shown by Scrapy's own commands
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
ADDONS = {"mentions.crawling.configuration.ApplyConfig": 0}  # `scrapy crawl` beside a mentions.toml uses it too

ITEM_PIPELINES = {
    "pipelines.extract_article.ExtractArticle": 100,
    "pipelines.match_mentions.MatchMentions": 200,
    "pipelines.judge_links.JudgeLinks": 300,
    "pipelines.look_at_links.LookAtLinks": 350,
    "pipelines.find_contacts.FindContacts": 370,
    "pipelines.store_findings.StoreFindings": 400,
    "pipelines.render_drafts.RenderDrafts": 500,
}

# --- What may be reached, and how -------------------------------------------------------------------------------------

TWISTED_DNS_RESOLVER = "mentions.crawling.resolver.GuardedResolver"  # default has no guard: private networks are open
DNS_TIMEOUT = 10  # s, default 60; a name server that takes longer has failed
DOWNLOAD_HANDLERS: dict[str, str | None] = {
    "data": None,  # default all on; we read the web only
    "file": None,
    "ftp": None,
    "s3": None,
    "http": "mentions.crawling.handler.BoundedHandler",  # default has no bound on headers
    "https": "mentions.crawling.handler.BoundedHandler",
}
HTTPPROXY_ENABLED = False  # default True; a proxy from the environment would connect past the address guard
DOWNLOAD_VERIFY_CERTIFICATES = True  # default False; what anyone may have rewritten proves nothing; see certificates.py
COOKIES_ENABLED = False  # default True; a crawler that is remembered sees other pages than readers do

DOWNLOADER_MIDDLEWARES: dict[str, int | None] = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # drops requests without telling their errback
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # lets requests past: mentions.crawling.robots
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,  # we never log in
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,  # the ledger counts, by publisher
    # Engine side. The guard stands before robots.txt: no robots.txt is asked of an address we must not touch.
    "mentions.crawling.request_guard.RequestGuard": 20,
    "mentions.crawling.politeness.PublisherPoliteness": 40,
    "mentions.crawling.start_gap.StartGap": 45,
    "mentions.crawling.robots.RobotsTxt": 100,
    "mentions.crawling.rendering.shells.RenderShells": 500,
    "mentions.crawling.retries.Retries": 550,
    "mentions.crawling.page_rules.PageRules": 570,
    "mentions.crawling.redirects.InstantRefreshes": 580,
    "mentions.crawling.bodies.Decompression": 590,
    "mentions.crawling.redirects.Redirects": 600,
    # Downloader side.
}
SPIDER_MIDDLEWARES: dict[str, int | None] = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,  # the page row knows its depth
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,  # tells a site which page of another site led to it
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,  # notes in each request what nobody asks for
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,  # looks for a mistake we do not make
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,  # drops without an answer; request_guard refuses
}
SCHEDULER = "mentions.crawling.scheduler.HostsInTurn"  # default looks at every host for each request, last one first
DOWNLOADER = "mentions.crawling.downloader.PacedDownloader"  # default counts requests that wait as under way
EXTENSIONS: dict[str, int | None] = {
    "scrapy.extensions.corestats.CoreStats": None,  # counts what the ledger counts, with a signal for each page
    "scrapy.extensions.telnet.TelnetConsole": None,  # default on: a port that runs code
    "scrapy.extensions.remote_control.RemoteControl": None,  # default on: another, and a file in ~/.local/state/scrapy
    "scrapy.extensions.throttle.AutoThrottle": None,  # undercuts a Crawl-delay; ours below has a floor
    "mentions.crawling.politeness.PoliteThrottle": 0,
    "mentions.crawling.looking.LookAtOwnPages": 0,
}
TELNETCONSOLE_ENABLED = False  # default True; said twice on purpose, the extension list may be edited
REMOTE_CONTROL_ENABLED = False  # default True; likewise

# --- How we appear ----------------------------------------------------------------------------------------------------

USER_AGENT = "MentionsBot (started without a configuration)"  # a mentions.toml puts its owner's address here
ROBOTSTXT_OBEY = True  # default False; our own middleware obeys with or without it, other parts may look here
ROBOTSTXT_USER_AGENT = "MentionsBot"  # default: the whole User-Agent; sites address a robot by its name
DEFAULT_REQUEST_HEADERS = {  # default also Accept-Language "en"; we want the page as its readers get it
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
}

# --- Politeness -------------------------------------------------------------------------------------------------------

CONCURRENT_REQUESTS = 32  # transfers over all hosts, default 16 with those that wait; hosts are slow, we are not
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default 8; each slot gets its publisher's own (mentions.crawling.politeness)
DOWNLOAD_DELAY = 1.0  # s between two requests to one host, default 0; likewise
DOWNLOAD_DELAY_JITTER = 0.0  # share, default 0.5; half of the gaps would be shorter than promised
AUTOTHROTTLE_ENABLED = True  # default False; slow sites get more time
AUTOTHROTTLE_START_DELAY = 0.0  # s, default 5; ruins nights of few pages a host; the host's own delay is the floor
AUTOTHROTTLE_MAX_DELAY = 30.0  # s, default 60; longer than a request may take is no help to anyone
RETRY_TIMES = 1  # default 2; the store looks again on the next two nights
RETRY_HTTP_CODES = [500, 502, 504, 520, 522, 524, 408]  # default also 429 and 503: those rest first (retries.py)
RETRY_EXCEPTIONS = [  # default also timeouts: asking a slow site twice costs it, and us, as much again
    "scrapy.exceptions.CannotResolveHostError",
    "scrapy.exceptions.DownloadConnectionRefusedError",
    "scrapy.exceptions.DownloadFailedError",
    "scrapy.exceptions.ResponseDataLossError",
]
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # default ERROR; the outcome of every page is stored and counted
BACKOFF_FIRST_S = 30.0  # ours: how long a host rests after its first 429 or 503 without Retry-After; doubles
BACKOFF_LONGEST_S = 120.0  # ours: a host that wants more rest than this gets it until the next run

# --- Bounds -----------------------------------------------------------------------------------------------------------

DOWNLOAD_TIMEOUT = 30.0  # s for a whole answer, default 180; slow drips end here
DOWNLOAD_MAXSIZE = 5_000_000  # bytes, before and after unpacking, default 1 GiB; articles are far smaller
DOWNLOAD_WARNSIZE = 0  # bytes, default 32 MiB; what is too large is counted, not warned about
REDIRECT_MAX_TIMES = 10  # default 20; every hop waits for its host's turn
METAREFRESH_MAXDELAY = 5  # s, default 100; slower ones are pages that reload themselves while people read
RENDERING = "shells"  # ours: which pages a browser draws; "off" and "always" are for single checks
CONCURRENT_ITEMS = 1  # default 100: Scrapy starts that many tasks for each page, and a page is one item
REACTOR_THREADPOOL_MAXSIZE = 20  # threads, default 10; host names are looked up in them, a slow one must not stop all

# --- Logs -------------------------------------------------------------------------------------------------------------

LOG_FORMATTER = "mentions.crawling.logs.OnlyIfAsked"  # default makes lines that nobody reads
LOG_LEVEL = "INFO"  # default DEBUG, which says every request
LOG_VERSIONS: list[Any] = []  # default a list of libraries; `mentions doctor` says them
DEFAULT_DROPITEM_LOG_LEVEL = "DEBUG"  # default WARNING; a page without a candidate is the normal case
