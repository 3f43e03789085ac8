"""WARC records, written by hand so that tests can break them at will."""


def record(
    url: str = "https://courier.example/a",
    body: bytes = b"<p>Acme</p>",
    *,
    headers: tuple[str, ...] = ("Content-Type: text/html",),
    status: str = "200 OK",
    kind: str = "response",
    warc: tuple[str, ...] = (),
) -> bytes:
    """One record, not compressed."""
    if kind == "response":
        block = "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body
        content_type = "application/http; msgtype=response"
    else:
        block, content_type = body, headers[0].partition(": ")[2]
    lines = (
        "WARC/1.0", f"WARC-Type: {kind}", "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>",
        f"WARC-Target-URI: {url}", "WARC-Date: 2026-11-20T22:15:00Z", f"Content-Type: {content_type}", *warc,
        f"Content-Length: {len(block)}", "", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"
