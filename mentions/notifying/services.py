"""Other chats by way of Apprise, an optional extra. This program sends no mail: only services named here are used."""

from typing import Any, Final

from mentions.exceptions import NotifyError

# Chats. Apprise knows a hundred more, and some of them send email; ntfy too, when its address asks for it.
CHATS: Final = frozenset(
    {
        "discord",
        "gchat",
        "gotify",
        "gotifys",
        "matrix",
        "matrixs",
        "mmost",
        "mmosts",
        "rocket",
        "rockets",
        "slack",
        "tgram",
        "webex",
        "workflow",
        "workflows",
        "wxteams",
        "zulip",
    }
)


def tell(url: str, title: str, body: str) -> None:
    """Hands a message to one service. Raises NotifyError, which says what happened and never where."""
    service = _service(url)
    try:
        taken = service.notify(body=body, title=title)
    except Exception as error:  # noqa: BLE001  # a hundred plugins raise what they like, and quote the address in it
        raise NotifyError(f"Apprise failed ({type(error).__name__})") from None
    if not taken:
        raise NotifyError("Apprise says that it was not taken; is the address still valid?")


def _service(url: str) -> Any:
    """The one service of an address. Raises NotifyError where it is no chat."""
    scheme = url.partition("://")[0].strip().lower()
    if scheme not in CHATS:
        shown = scheme if scheme.isalnum() and len(scheme) < 20 else "of this kind"
        raise NotifyError(
            f"addresses {shown}:// are not used: only chats are ({', '.join(sorted(CHATS))}); "
            "mail is never sent by this program"
        )
    try:
        from apprise import Apprise
    except ImportError:
        raise NotifyError("Apprise is not installed: pip install 'mentions[notify]'") from None
    # One address is one service: a list would let a second one in behind the first.
    service = Apprise.instantiate(url, suppress_exceptions=True)
    if service is None:
        raise NotifyError("Apprise cannot read its address")
    names = {*_names(service.protocol), *_names(service.secure_protocol)}
    if not names or not names <= CHATS:
        raise NotifyError("its address leads to a service that is no chat")
    return service


def _names(protocol: object) -> tuple[str, ...]:
    if isinstance(protocol, str):
        return (protocol,)
    return tuple(map(str, protocol)) if isinstance(protocol, tuple | list | set | frozenset) else ()
