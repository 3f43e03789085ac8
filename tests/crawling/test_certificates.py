"""F-15: a page behind a certificate that cannot be trusted is an error with that reason."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mentions.pages import PageState
from tests.crawling.harness import config_for, crawl, hasty
from tests.hostile_web import Answer, Web

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]


def certified(folder: Path, *hosts: str, days: int = 30) -> tuple[ssl.SSLContext, Path]:
    """A server's context with a certificate it signed itself, and the file that makes a client trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(
            x509.SubjectAlternativeName([*map(x509.DNSName, hosts), x509.IPAddress(ip_address("127.0.0.9"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, private = folder / "certificate.pem", folder / "key.pem"
    trusted.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, private)
    return context, trusted


async def test_a_certificate_nobody_vouches_for(tmp_path: Path) -> None:
    context, _ = certified(tmp_path, "site.example")
    with Web({"/a": Answer()}, tls=context) as web:
        result = await crawl([web.url("/a")], config_for(web.port))
        assert web.asked == []
    trouble = result.trouble(web.url("/a"))
    assert trouble.state is PageState.ERROR
    assert "certificate cannot be trusted" in trouble.reason


async def test_a_person_may_except_one_site(tmp_path: Path) -> None:
    context, _ = certified(tmp_path, "elsewhere.example")
    sites = [hasty("site.example").model_copy(update={"untrusted_certificate": True}), hasty("other.example")]
    with Web({"/a": Answer()}, tls=context) as web:
        here, there = web.url("/a", "www.site.example"), web.url("/a", "other.example")
        result = await crawl([here, there], config_for(web.port, publishers=sites))
    assert here in result.pages
    assert "certificate cannot be trusted" in result.trouble(there).reason


@pytest.mark.parametrize(
    ("host", "days", "reason"),
    [
        ("site.example", 30, None),
        ("other.example", 30, "it was made out to another host"),
        ("site.example", -1, "certificate verify failed"),
    ],
)
async def test_a_trusted_certificate_holds_for_its_host_and_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, days: int, reason: str | None
) -> None:
    context, trusted = certified(tmp_path, "site.example", days=days)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with Web({"/a": Answer()}, tls=context) as web:
        url = web.url("/a", host)
        result = await crawl([url], config_for(web.port))
    if reason is None:
        assert url in result.pages
    else:
        assert reason in result.trouble(url).reason
