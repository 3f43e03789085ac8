"""What stands around a post in a forum says who wrote it, and is no article."""

import pytest

from mentions.extraction.article import Zone
from tests.extraction.pages_for_tests import page_html, read, zone_of

URL = "https://jetty.example/showthread.php?t=551"
TABLES = """<html><head><title>Battery life of pier lights - The Jetty Board</title></head><body>
<table class="tborder" cellpadding="6" width="100%"><tr><td class="alt1"><span class="navbar"><a
href="index.php">The Jetty Board</a></span> &gt; <span class="navbar"><a
href="forumdisplay.php?f=2">Lights</a></span><h1 class="navbar"><strong>Battery life of pier
lights</strong></h1></td><td class="alt2">User Name <input name=u> Remember Me?</td></tr></table>
<table class="tborder" id="post551" width="100%"><tr><td class="thead">03-02-2009, 08:11 AM</td><td
class="thead" align="right">#1</td></tr>
<tr><td class="alt2" width="175"><div id="postmenu_551"><a class="bigusername"
href="member.php?u=4">Lanternjack</a></div><div class="smallfont">Senior Member</div><div
class="smallfont"><div>Join Date: Jan 2006</div><div>Location: Oddling Quay</div><div>Posts:
812</div></div></td>
<td class="alt1" id="td_post_551"><div class="smallfont"><strong>Battery life of pier lights</strong></div><hr
size="1"><div id="post_message_551">I put four lights from Veltmar on the jetty in autumn and two of them are
dark already. The box says three winters.<br><br>Is this the cold, or did I get a bad
batch?</div><div>__________________<br>Lights by Corabix, coffee by me.</div></td></tr></table>
<table class="tborder" id="post552" width="100%"><tr><td class="thead">03-02-2009, 10:30 AM</td><td
class="thead" align="right">#2</td></tr>
<tr><td class="alt2"><div id="postmenu_552"><a class="bigusername" href="member.php?u=8">tidewife</a></div><div
class="smallfont">Member</div><div class="smallfont"><div>Join Date: May 2008</div><div>Location:
Pixmoor</div><div>Posts: 57</div></div></td>
<td class="alt1" id="td_post_552"><hr size="1"><div id="post_message_552"><div style="margin:20px"><div
class="smallfont">Quote:</div><table><tr><td class="alt2" style="border:1px inset"><div>Originally Posted by
<strong>Lanternjack</strong></div><div style="font-style:italic">The box says three
winters.</div></td></tr></table></div>The box also says "store dry". I changed to the sealed ones from Quillon
Marine and have not touched them since. They cost more, but you buy them once.</div></td></tr></table>
<table class="tborder"><tr><td class="thead">Similar Threads</td></tr><tr><td class="alt1"><a
href="showthread.php?t=9">Grellmann lamp flickers</a></td></tr></table>
<div class="smallfont" align="center">All times are GMT. The time now is 04:12 PM. Powered by Boardmoor
Software</div></body></html>
"""
LISTS = """<html><head><title>Which tide logger for a small pier? - Pier Owners' Forum</title></head><body>
<div id="wrap"><div id="page-header"><div class="headerbar"><h1>Pier Owners' Forum</h1><p>A place for people
with piers</p></div>
<div class="navbar"><ul class="linklist navlinks"><li><a href="./index.php">Board index</a> ‹ <a
href="./viewforum.php?f=3">Hardware</a> ‹ <a href="./viewforum.php?f=9">Gauges and Loggers</a></li></ul><ul
class="linklist"><li><a href="ucp.php">Login</a></li><li><a href="faq.php">FAQ</a></li></ul></div></div>
<div id="page-body"><h2><a href="./viewtopic.php?t=411">Which tide logger for a small pier?</a></h2>
<div class="topic-actions">Post a reply <div class="pagination">6 posts • Page 1 of 1</div></div>
<div id="p1" class="post bg2"><div class="postbody"><h3 class="first"><a href="#p1">Which tide logger for a
small pier?</a></h3><p class="author">by <strong><a href="./memberlist.php?u=7">mudlark</a></strong> » Tue Mar
02, 2021 8:14 am</p>
<div class="content">My pier is eleven metres long and I would like to know how high the water gets when I am
not there. Somebody at the yard said that Veltmar makes a logger that runs for a year on one battery. Has anyone
here used it in salt water?<br /><br />I do not need radio, a memory card is fine.</div>
<div class="signature">mudlark - 1972 Corabix dinghy, one oar</div></div>
<dl class="postprofile"><dt><a href="./memberlist.php?u=7">mudlark</a></dt><dd>Posts: 41</dd><dd>Joined: Sat Jun
06, 2015 3:00 pm</dd><dd>Location: Near the Oddling Yard</dd></dl></div>
<div id="p2" class="post bg1"><div class="postbody"><h3><a href="#p2">Re: Which tide logger for a small
pier?</a></h3><p class="author">by <strong><a href="./memberlist.php?u=9">saltbeard</a></strong> » Tue Mar 02,
2021 9:40 am</p>
<div class="content"><blockquote><div><cite>mudlark wrote:</cite>Has anyone here used it in salt
water?</div></blockquote>Yes, for three winters. The Veltmar logger is fine but the cable gland is not; I
replaced mine with a brass one from Quillon Marine. After that it never leaked again, not even in the big
storm.</div></div>
<dl class="postprofile"><dt><a href="./memberlist.php?u=9">saltbeard</a></dt><dd>Posts: 1203</dd><dd>Location:
Pixmoor</dd></dl></div>
<div id="p3" class="post bg2"><div class="postbody"><h3><a href="#p3">Re: Which tide logger for a small
pier?</a></h3><p class="author">by <strong><a href="./memberlist.php?u=12">greta_k</a></strong> » Wed Mar 03,
2021 7:02 pm</p>
<div class="content">Tavolari. Cheaper.</div></div>
<dl class="postprofile"><dt><a href="./memberlist.php?u=12">greta_k</a></dt><dd>Posts: 5</dd></dl></div>
<div class="jumpbox"><label>Jump to:</label><select><option>Hardware</option></select></div>
<h3>Similar topics</h3><ul><li><a href="./viewtopic.php?t=12">Grellmann winch stuck</a></li><li><a
href="./viewtopic.php?t=13">Paint for piles</a></li></ul>
<h3>Who is online</h3><p>Users browsing this forum: No registered users and 2 guests</p></div>
<div id="page-footer"><div class="copyright">Powered by Boardmoor Software</div></div></div></body></html>
"""


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("I put four lights from Veltmar on the jetty", Zone.BODY),
        ("the sealed ones from Quillon Marine", Zone.BODY),
        ("Oddling Quay", Zone.BOILERPLATE),
        ("Senior Member", Zone.BOILERPLATE),
        ("Location: Pixmoor", Zone.BOILERPLATE),
        ("Lights by Corabix", Zone.BOILERPLATE),
        ("Boardmoor Software", Zone.BOILERPLATE),
    ],
)
def test_a_forum_of_tables(words: str, zone: Zone) -> None:
    assert zone_of(read(TABLES, URL), words) is zone


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("that Veltmar makes a logger", Zone.BODY),
        ("a brass one from Quillon Marine", Zone.BODY),
        ("Tavolari. Cheaper.", Zone.BODY),
        ("by mudlark", Zone.BOILERPLATE),
        ("Near the Oddling Yard", Zone.BOILERPLATE),
        ("Location: Pixmoor", Zone.BOILERPLATE),
        ("1972 Corabix dinghy", Zone.BOILERPLATE),
    ],
)
def test_a_forum_of_lists(words: str, zone: Zone) -> None:
    assert zone_of(read(LISTS, "https://piers.example/forum/viewtopic.php?t=411"), words) is zone


def test_facts_in_an_article_are_no_profile() -> None:
    facts = "<ul><li>Location: Port Lindow</li><li>From: Acme Works</li><li>Height: eleven metres, with hook</li></ul>"
    assert zone_of(read(page_html(facts)), "Acme Works") is Zone.BODY


def test_a_row_of_underscores_in_an_article_is_no_signature() -> None:
    long = "The port has had cranes since the war, and each of them had a name and a keeper who was proud of it. " * 5
    article = read(page_html(f"<p>So much for the arms.<br>__________<br>{long}</p>"))
    assert article.zone_at(article.text.index("cranes since the war")) is Zone.BODY
