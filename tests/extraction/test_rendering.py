"""Pages that are filled in by scripts are recognised, static ones are not."""

from tests.extraction.pages_for_tests import page_html, read

SHELL = (
    "<html><head><title>x</title></head><body><noscript>{plea}</noscript><div "
    'id="{root}"></div><script src="/app.js"></script>'
)


def test_an_empty_app_root_needs_rendering() -> None:
    assert read(SHELL.format(plea="", root="root")).needs_rendering


def test_a_plea_for_javascript_needs_rendering() -> None:
    assert read(SHELL.format(plea="You need to enable JavaScript to run this app.", root="x")).needs_rendering


def test_an_article_does_not_need_rendering() -> None:
    assert not read(page_html(after='<div id="root"></div><script src="/app.js"></script>')).needs_rendering


def test_a_short_static_page_does_not_need_rendering() -> None:
    assert not read("<html><body><p>Acme is closed today.</p></body></html>").needs_rendering
