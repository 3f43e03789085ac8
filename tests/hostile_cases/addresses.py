"""Addresses that nobody may be led to (F-03, F-04, F-05)."""

from tests.crawling.newsweb import UNLINKED, story
from tests.hostile_cases.case import LIVE_UNLINKED, TRAP_ADDRESS, TRAP_HOST, Case, Truth
from tests.hostile_cases.trap import trap_port
from tests.hostile_web import Answer, Route, redirect

# All of them lead to TRAP_ADDRESS, or would on some machine. The trap listens there.
DIRECT = (
    "http://127.0.0.2:{trap}/direct",
    "http://2130706434:{trap}/number",
    "http://127.2:{trap}/short",
    "http://0x7f000002:{trap}/hexadecimal",
    "http://0177.0.0.02:{trap}/octal",
    "http://0.0.0.0:{trap}/any",
    "http://①②⑦.⓪.⓪.②:{trap}/circled",
    "http://[::1]:{trap}/six",
    "http://[::ffff:127.0.0.2]:{trap}/mapped",
    "http://[64:ff9b::7f00:2]:{trap}/nat64",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://100.64.0.1/",
    "http://192.0.0.192/opc/v2/",
    "http://168.63.129.16/machine",
    "http://inside.example:{trap}/by-name",
)


def private_addresses() -> Case:
    """F-03, F-04: into the local network by address, by name, by redirect and by refresh."""
    host = "ssrf.example"
    routes: dict[str, Route] = {
        f"{host}/redirect": lambda _: redirect(f"http://{TRAP_ADDRESS}:{trap_port()}/redirected"),
        f"{host}/twice": redirect("/redirect"),
        f"{host}/refresh": lambda _: Answer(
            f'<meta http-equiv="refresh" content="0; url=http://{TRAP_HOST}:{trap_port()}/refreshed">'.encode()
        ),
        f"{host}/safe": story(UNLINKED),
    }
    paths = ("/redirect", "/twice", "/refresh")
    truth: dict[str, Truth] = dict.fromkeys(paths, ("error", None))
    return Case("F-03", "ssrf", routes, (*DIRECT, *paths, "/safe"), {**truth, "/safe": LIVE_UNLINKED})


def odd_addresses() -> Case:
    """F-05: other ports, other schemes, user names."""
    announced = (
        "http://oddports.example:22/",
        "http://oddports.example:25/",
        "http://oddports.example:6379/",
        "http://oddports.example:{other}/unlisted",
        "ftp://oddports.example/x",
        "file:///etc/passwd",
        "gopher://oddports.example:70/x",
        "http://user:secret@oddports.example:{web}/user",
        "/safe",
    )
    routes: dict[str, Route] = {"oddports.example/safe": story(UNLINKED), "oddports.example/user": story(UNLINKED)}
    return Case("F-05", "oddports", routes, announced, {"/safe": LIVE_UNLINKED}, frozenset(["/user"]))
