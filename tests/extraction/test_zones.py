"""Every piece of a page gets the zone the policy gives it."""

import numpy as np
import pytest
from numpy.typing import NDArray

from mentions.extraction import zones
from mentions.extraction.article import Zone
from mentions.extraction.features import Description
from mentions.extraction.model import load_model
from tests.extraction.pages_for_tests import page_html, read, zone_of

FORUM = "https://forum.arms.example/threads/arm-stops-at-noon.71/"


def test_the_parts_of_a_plain_article_page() -> None:
    article = read(page_html())
    assert zone_of(article, "Robots take the night shift") is Zone.HEADLINE
    assert zone_of(article, "Acme Robotics built the arms") is Zone.BODY
    assert zone_of(article, "Ines Falk") is Zone.BODY
    for words in (
        "Politics",
        "Jane Doe",
        "Senior Reporter",
        "Ten cheeses Acme",
        "All rights reserved",
        "Privacy policy",
    ):
        assert zone_of(article, words) is Zone.BOILERPLATE, words


def test_captions_are_article_and_their_credits_are_not() -> None:
    figure = (
        '<figure><img src="a.jpg"><figcaption>An arm lifts a box at dawn. Photo: Getty Images</figcaption></figure>'
    )
    article = read(page_html(figure))
    assert zone_of(article, "lifts a box at dawn") is Zone.CAPTION
    assert zone_of(article, "Getty Images") is Zone.BOILERPLATE


def test_datelines_are_not_article() -> None:
    paragraph = (
        "PORT LINDOW (Reuters) — The port has bought forty machines, and they work at night, the "
        "authority said on Monday."
    )
    article = read(
        page_html(paragraphs=(paragraph, *["Another long sentence, with a comma, follows here to fill the page."] * 3))
    )
    assert zone_of(article, "Reuters") is Zone.BOILERPLATE
    assert zone_of(article, "The port has bought") is Zone.BODY


def test_block_quotes_are_quotes() -> None:
    quote = (
        "<blockquote><p>The machines do not tire, and they do not sing either, which I miss most "
        "of all.</p></blockquote>"
    )
    assert zone_of(read(page_html(quote)), "do not sing") is Zone.QUOTE


def test_tables_and_lists_are_article() -> None:
    body = """<ul><li>Forty arms made by Acme, each with its own number and name</li><li>Two hundred sensors,
          which see in fog</li></ul>
      <table><tr><th>Port</th><th>Arms in use</th></tr><tr><td>Lindow harbour</td><td>forty arms</td></tr></table>"""
    article = read(page_html(body))
    assert zone_of(article, "Two hundred sensors") is Zone.BODY


COMMENTS = """<section id="comments" class="comments-area"><h2>3 comments</h2><ol class="comment-list">
  <li class="comment"><div class="comment-author">harbourcat</div><div class="comment-content"><p>I worked with
    Acme arms in
  Oslo and they are slower than they say, believe me.</p></div></li>
  <li class="comment"><div class="comment-author">old docker</div><div class="comment-content"><p>Nobody asked
    us, as usual.
  The pension fund did not either.</p></div></li></ol></section>"""


def test_reader_comments_are_comments() -> None:
    article = read(page_html(after=COMMENTS))
    assert zone_of(article, "Acme arms in Oslo") is Zone.COMMENTS
    assert zone_of(article, "Acme Robotics built") is Zone.BODY


def test_an_article_in_an_element_named_after_comments_stays_article() -> None:
    body = page_html().replace(b"<main>", b'<main class="has-comments comments-open">')
    assert zone_of(read(body), "Acme Robotics built") is Zone.BODY


def test_forum_posts_are_body() -> None:
    posts = "".join(
        f"""<div class="post"><div class="postprofile">user{number}</div><div class="postbody"><div
              class="content">{text}</div>
        </div></div>"""
        for number, text in enumerate(
            (
                (
                    "I bought the Acme arm last year and the gripper fails after an hour. Has anybody seen "
                    "this before, or found a fix?"
                ),
                "Yes, I have seen it. You need to update the firmware, then calibrate the wrist, and it works again.",
                "Thank you, that was it. The Acme support line did not know about it, which is a bit odd.",
                "You are welcome. Please mark the thread as solved, so that others can find it.",
            )
        )
    )
    page = f"<html><body><h1>Gripper fails after an hour</h1><div class='forumbg'>{posts}</div></body></html>"
    article = read(page, "https://forum.example/viewtopic.php?t=7")
    assert zone_of(article, "I bought the Acme arm") is Zone.BODY
    assert zone_of(article, "The Acme support line") is Zone.BODY


def test_the_signature_under_a_forum_post_is_not_article() -> None:
    posts = "".join(
        f'<div class="post"><div class="post_content"><p>{words}</p></div><div class="signature">{sign}</div></div>'
        for words, sign in (
            ("My arm stops at noon, every day, whatever I do. Has anybody seen this before?", "Acme fan since 2009"),
            ("Mine did too, until I cleaned the third joint with warm water and a little soap.", "Works for Globex"),
            ("Soap, of all things. It runs again, thank you, and so do the two others we have.", "On a boat"),
        )
    )
    article = read(f"<html><body><h1>Arm stops at noon</h1><div id='posts'>{posts}</div></body></html>", FORUM)
    assert zone_of(article, "cleaned the third joint") is Zone.BODY
    assert zone_of(article, "Acme fan since 2009") is Zone.BOILERPLATE
    assert zone_of(article, "Works for Globex") is Zone.BOILERPLATE


def test_reference_lists_are_article() -> None:
    references = """<h2>References</h2><ol><li><a href="https://acme.example/report">Acme, State of Robotics</a></li>
      <li><a href="https://ports.example/yearbook">Yearbook of Ports, 2025</a></li></ol>"""
    article = read(page_html().replace(b"</div></article>", references.encode() + b"</div></article>"))
    assert zone_of(article, "State of Robotics") is Zone.BODY
    assert next(link for link in article.links if "acme.example" in link.href).zone is Zone.BODY


@pytest.mark.parametrize(
    ("language", "headline", "paragraphs", "menu", "related"),
    [
        (
            "de",
            "Roboter übernehmen die Nachtschicht",
            (
                (
                    "Der Hafen von Lindow hat in dieser Woche vierzig neue Maschinen in Betrieb genommen, und "
                    "die Menschen lernen noch."
                ),
                (
                    "Die Arme stammen von Acme, einem Hersteller aus dem Süden, der bisher vor allem für "
                    "Brauereien gebaut hat."
                ),
                (
                    "„Erst hatten wir Angst, dann Langeweile, und jetzt schimpfen wir mit ihnen“, sagt Ines "
                    "Falk, die die Schicht leitet."
                ),
            ),
            "Politik",
            "Mehr zum Thema",
        ),
        (
            "ja",
            "港の夜勤はロボットに",
            (
                (
                    "リンドウ港では今週、四十台の新しい機械が働き始めた。これまで手で作業をしていた人々は、機械"
                    "に指示を出す方法を学んでいる。"
                ),
                (
                    "アームを作ったのはアクメ社で、これまでは主に醸造所向けの機械を手がけてきた。三年の歳月がか"
                    "かったという。"
                ),
                "「最初は怖かったが、今では怒鳴っている」と、夜勤を率いるイネスさんは話す。年末までに三割増を目指す。",
            ),
            "政治",
            "関連記事",
        ),
        (
            "zh",
            "机器人接管港口夜班",
            (
                "林多港本周投入了四十台新机器，过去用手捆扎集装箱的工人正在学习如何指挥它们，场面一度十分热闹。",
                "机械臂由阿克米公司制造，该公司过去主要为啤酒厂生产设备，这一次花了三个冬天才完成。",
                "“一开始我们害怕，后来觉得无聊，现在我们对它们大喊大叫。”夜班主管说，年底前要多运三分之一的货。",
            ),
            "政治新闻",
            "相关阅读",
        ),
        (
            "fr",
            "Les robots prennent le service de nuit",
            (
                (
                    "Le port de Lindow a mis quarante nouvelles machines au travail cette semaine, et les "
                    "dockers apprennent à les guider."
                ),
                (
                    "Les bras ont été construits par Acme, un fabricant du Sud, qui travaillait jusqu'ici "
                    "surtout pour des brasseries."
                ),
                (
                    "« Nous avons eu peur, puis nous nous sommes ennuyés », dit Ines Falk, qui dirige l'équipe "
                    "de nuit depuis 2009."
                ),
            ),
            "Politique",
            "À lire aussi",
        ),
        (
            "es",
            "Los robots toman el turno de noche",
            (
                (
                    "El puerto de Lindow ha puesto a trabajar cuarenta máquinas nuevas esta semana, y los "
                    "estibadores aprenden a guiarlas."
                ),
                (
                    "Los brazos los construyó Acme, un fabricante del sur, que hasta ahora trabajaba sobre "
                    "todo para cervecerías."
                ),
                (
                    "«Primero tuvimos miedo, luego nos aburrimos», dice Inés Falk, que dirige el turno de "
                    "noche desde 2009."
                ),
            ),
            "Política",
            "Te puede interesar",
        ),
    ],
)
def test_zones_hold_in_other_languages(
    language: str, headline: str, paragraphs: tuple[str, ...], menu: str, related: str
) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = f"""<html lang="{language}"><head><meta charset="utf-8"><title>{headline}</title></head><body>
      <nav><ul><li><a href="/1">{menu}</a></li><li><a href="/2">Sport</a></li></ul></nav>
      <article><h1>{headline}</h1><div class="text">{body}</div></article>
      <div class="related"><h3>{related}</h3><ul><li><a href="/3">Acme 2025</a></li><li><a href="/4">Lindow
        2024</a></li></ul></div>
      <footer><a href="/5">Impressum</a></footer></body></html>"""
    article = read(page)
    assert article.metadata.language == language
    assert article.zone_at(article.text.index(headline)) is Zone.HEADLINE
    for paragraph in paragraphs:
        assert zone_of(article, paragraph[:30]) is Zone.BODY
    for words in (menu, related, "Acme 2025", "Impressum"):
        assert zone_of(article, words) is Zone.BOILERPLATE, words


STANDFIRST = "Acme machines lift the boxes now; the people who did it before tell them where to go."


def test_the_sentence_right_under_the_title_is_the_standfirst() -> None:
    page = page_html().replace(b"in the harbour</h1>", f"in the harbour</h1><p>{STANDFIRST}</p>".encode())
    assert zone_of(read(page), "Acme machines lift the boxes now") is Zone.HEADLINE


def test_a_byline_right_under_the_title_is_no_standfirst() -> None:
    line = "By Ines Falk and Rosalind Quay, our correspondents in Port Lindow."
    page = page_html().replace(b"in the harbour</h1>", f"in the harbour</h1><p>{line}</p>".encode())
    assert zone_of(read(page), "Rosalind Quay") is Zone.BOILERPLATE


def test_the_offer_that_stands_for_the_rest_of_a_paid_article_is_not_article() -> None:
    paid = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
        '<meta name="author" content="Jane Doe">'
    )
    offer = "<p>This article is for our subscribers, who get four weeks of it for one crown and may leave whenever.</p>"
    assert zone_of(read(page_html(offer, head=paid)), "for our subscribers") is Zone.BOILERPLATE
    assert zone_of(read(page_html(offer)), "for our subscribers") is Zone.BODY


@pytest.mark.parametrize(("doubt", "zone"), [(-0.4, Zone.BODY), (-2.0, Zone.BOILERPLATE)])
def test_a_paragraph_between_two_of_the_article_is_its_too(
    monkeypatch: pytest.MonkeyPatch, doubt: float, zone: Zone
) -> None:
    model = load_model()

    class Doubting:
        """The packaged model, but for the longest paragraph, of which it is not sure."""

        def article_odds(self, page: Description) -> NDArray[np.float32]:
            odds = model.article_odds(page)
            odds[np.argmax(page.size)] = doubt
            return odds

    monkeypatch.setattr(zones, "load_model", Doubting)
    assert zone_of(read(page_html()), "She has kept her gloves") is zone
