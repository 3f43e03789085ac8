"""Pages drawn by scripts, for tests: their bytes hold no text, and a browser finds plenty."""

from tests.hostile_web import Answer

TEXT = "The harbour board met on Tuesday and spoke of Acme Robotics, whose cranes it means to buy. " * 8


def shell(script: str = "", *, head: str = "", text: str = TEXT) -> Answer:
    """An app root that a script fills with `text`; then `script` runs."""
    body = (
        f"<!doctype html><html><head><meta charset=utf-8><title>Shell</title>{head}</head>"
        '<body><div id="root"></div><script>'
        f'document.getElementById("root").innerHTML = "<article><h1>Cranes</h1><p>{text}</p></article>";'
        f"{script}</script></body></html>"
    )
    return Answer(body.encode(), content_type="text/html; charset=utf-8")


def only(script: str) -> Answer:
    """An empty app root and a script."""
    return Answer(f'<!doctype html><title>s</title><div id="root"></div><script>{script}</script>'.encode())


def once(promises: str) -> Answer:
    """An app root that is filled with TEXT when all of these promises (an array in JavaScript) have ended somehow."""
    article = f"<article><h1>Cranes</h1><p>{TEXT}</p></article>"
    return only(f"Promise.allSettled({promises}).then(() => document.getElementById('root').innerHTML = '{article}')")
