"""Apprise is for chats: whatever would send email is refused (A-16)."""

import subprocess
import sys

import pytest

from mentions.exceptions import NotifyError
from mentions.notifying import services
from mentions.notifying.services import CHATS, tell

# Apprise's mail plugin imports a module that Python deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")

MAIL = (
    "mailto://user:pass@gmail.com",
    "mailtos://user:pass@acme.example?to=editor@courier.example",
    "ses://user@acme.example/key/secret/us-east-1/editor@courier.example",
    "sendgrid://apikey:from@acme.example/editor@courier.example",
    "mailgun://user@acme.example/apikey/editor@courier.example",
    "sparkpost://user@acme.example/apikey/editor@courier.example",
    "smtp2go://user@acme.example/apikey/editor@courier.example",
    "brevo://apikey:from@acme.example/editor@courier.example",
    "resend://apikey:from@acme.example/editor@courier.example",
    "postmark://apikey:from@acme.example/editor@courier.example",
    "o365://tenant:user@acme.example/client/secret/editor@courier.example",
    "azure://tenant:user@acme.example/client/secret/editor@courier.example",
    "ntfy://topic/?email=editor@courier.example",
    "apprise://host/key",
    "json://127.0.0.1/",
    "syslog://",
)


@pytest.mark.parametrize("url", MAIL)
def test_addresses_that_send_mail_or_are_no_chat_are_refused(url: str) -> None:
    with pytest.raises(NotifyError, match="only chats are") as caught:
        tell(url, "News", "text")
    assert "editor@" not in str(caught.value)


def test_one_address_is_one_chat_and_hides_no_other() -> None:
    """Apprise splits texts at commas and blanks; an address is never a list."""
    pytest.importorskip("apprise")
    mail = "mailto://user:pass@acme.example"
    for url in (f"gotify://host.example/token, {mail}", f"gotify://host.example/token {mail}"):
        try:
            service = services._service(url)
        except NotifyError:
            continue
        assert "email" not in type(service).__module__
        assert type(service).__name__ == "NotifyGotify"


def test_an_address_without_what_it_needs_is_refused() -> None:
    pytest.importorskip("apprise")
    with pytest.raises(NotifyError, match="cannot read its address"):
        tell("slack://", "News", "text")


def test_every_chat_of_the_list_is_one_of_apprises_and_none_sends_mail() -> None:
    apprise = pytest.importorskip("apprise")
    known: dict[str, str] = {}
    for service in apprise.Apprise().details()["schemas"]:
        for scheme in (*(service["protocols"] or ()), *(service["secure_protocols"] or ())):
            known[scheme] = str(service["service_name"])
    assert set(known) >= CHATS
    assert not [name for scheme, name in known.items() if scheme in CHATS and "mail" in name.lower()]


def test_a_service_that_fails_is_told_without_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def notify(self, **_: object) -> bool:
            raise RuntimeError("tgram://SECRET/1")

    monkeypatch.setattr(services, "_service", lambda url: Broken())
    with pytest.raises(NotifyError) as caught:
        tell("tgram://SECRET/1", "News", "text")
    assert "SECRET" not in str(caught.value)


def test_digests_are_made_without_anything_that_sends_mail() -> None:
    """A-16: neither this program nor Apprise's mail is loaded by making and posting a digest."""
    code = (
        "import sys, mentions.digesting, mentions.cli.digest; "
        "print(sorted({'smtplib', 'aiosmtplib', 'apprise'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
