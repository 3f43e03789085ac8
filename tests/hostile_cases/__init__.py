"""The hostile web: every F case of the crawl at once, beside good sites that must come through complete.

Each case says what it serves, and for each of its pages what must come of it. One `Web` serves them all on loopback,
told apart by host name; private addresses that must never be touched are `Trap`s, which count who connects to them.
All of it is made up here.
"""

from collections.abc import Iterable

from tests.hostile_cases.addresses import odd_addresses, private_addresses
from tests.hostile_cases.bodies import hostile_bodies, parser_traps
from tests.hostile_cases.case import (
    CRAWL_BUDGET,
    GOOD,
    MAX_BODY_BYTES,
    TIMEOUT_S,
    TRAP_ADDRESS,
    TRAP_HOST,
    Case,
    Ports,
    Truth,
)
from tests.hostile_cases.good import good_site, not_now, slow_pace
from tests.hostile_cases.robots import opted_out, robots_answers, robots_race
from tests.hostile_cases.sources import charsets, hostile_sources
from tests.hostile_cases.trap import lay_trap
from tests.hostile_cases.ways import bad_certificate, endless_site, redirects
from tests.hostile_web import Route

__all__ = [
    "CRAWL_BUDGET",
    "GOOD",
    "TRAP_ADDRESS",
    "TRAP_HOST",
    "Case",
    "Ports",
    "Truth",
    "all_cases",
    "configuration",
    "serve",
]


def all_cases() -> list[Case]:
    """Every case, made anew: some remember what they answered."""
    return [
        robots_race(),
        *robots_answers(),
        opted_out(),
        private_addresses(),
        odd_addresses(),
        hostile_bodies(),
        parser_traps(),
        hostile_sources(),
        charsets(),
        redirects(),
        endless_site(),
        bad_certificate(),
        not_now(),
        slow_pace(),
        good_site("courier", 40),
        good_site("herald", 40),
    ]


def configuration(cases: Iterable[Case], ports: Ports) -> str:
    """A mentions.toml with a publisher for each case, and nothing private allowed but the web itself."""
    tables = "".join(_publisher(case, ports) for case in cases)
    return f"""
[[targets]]
name = "Acme Robotics"
domains = ["acme.example"]

{tables}
[network]
contact_url = "https://acme.example/robots"
allow_private = ["127.0.0.1/32"]
resolve = {{ "{TRAP_HOST}" = "{TRAP_ADDRESS}", "*" = "127.0.0.1" }}
ports = [{ports.web}, {ports.tls}, {ports.trap}]
timeout_s = {TIMEOUT_S}
max_body_bytes = {MAX_BODY_BYTES}
"""


def _publisher(case: Case, ports: Ports) -> str:
    sources = case.declaration.replace("{port}", str(ports.web))
    if not sources:
        sources = f'feeds = ["http://{case.name}.feeds.example:{ports.web}/feed.xml"]'
    budget = CRAWL_BUDGET if "crawl" in sources else 400
    return f"""[[publishers]]
name = "{case.name.title()}"
domain = "{case.host}"
max_age_days = 36500
{sources}
politeness = {{ delay_s = 0, concurrency = 8, max_pages = {budget} }}

"""


def serve(cases: Iterable[Case], ports: Ports, routes: dict[str, Route]) -> None:
    """Puts what the cases serve into a web's routes."""
    lay_trap(ports.trap)
    for case in cases:
        routes.update(case.routes_with_feed(ports))
