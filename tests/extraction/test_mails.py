"""Mails in archives: what the author wrote is article, headers and signatures are not, quoted lines are quotes."""

import pytest

from mentions.extraction.article import Zone
from tests.extraction.pages_for_tests import read, zone_of

URL = "https://lists.example/archive/2010-March/000102.html"
WITH_HEADERS = """<html><head><title>Re: tide tables for April</title></head><body><h1>Re: tide tables for April</h1><a
href="1.html">prev</a> <a href="3.html">next</a> <a href="i.html">thread index</a>
<pre>From:    Marta Sele &lt;marta@sele.example&gt;
To:      tide-list@lists.example
Cc:      Pixmoor Harbour Office &lt;office@pixmoor.example&gt;
Subject: Re: tide tables for April
Date:    Fri, 02 Apr 2010 17:20:09 +0200
Message-ID: &lt;20100402172009.GA12@sele.example&gt;

On Thu, Apr 01, 2010 at 10:00:00AM +0200, Piet Holm wrote:
&gt; The tables from Corabix Nautical are an hour off from
&gt; the 28th on. Is that the summer time?

It is. The tables of Veltmar Almanacs give summer time, those of the
others do not. I prefer the ones that say so at the top of each page,
because nobody reads the notes at the end.

Marta
--
Marta Sele, Oddling Sailing School
"A tide waits for no one"
_______________________________________________
tide-list mailing list
tide-list@lists.example
http://lists.example/grellmann/listinfo
</pre></body></html>
"""
WITH_TAGS = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2//EN"><HTML><HEAD><TITLE> [pier-users] Logger stops at
midnight</TITLE></HEAD><BODY BGCOLOR="#ffffff">
<H1>[pier-users] Logger stops at midnight</H1><B>Ida Fennick</B> <A HREF="mailto:pier-users%40lists.example">ida
at fennick.example</A><BR><I>Tue Mar  2 08:14:11 UTC 2010</I><P><UL><LI>Previous message: <A
HREF="000101.html">[pier-users] Grellmann winch</A></li><LI>Next message: <A HREF="000103.html">[pier-users]
Minutes</A></li><LI><B>Messages sorted by:</B> <a href="date.html">[ date ]</a> <a href="thread.html">[ thread
]</a></LI></UL><HR>
<!--beginarticle-->
<PRE>On Mon, Mar 1, 2010 at 9:02 PM, Olin Bask &lt;<A HREF="/info">olin at bask.example</A>&gt; wrote:
&gt;<i> My logger stops at midnight and starts again at six. I bought it from
</I>&gt;<i> Corabix Supplies, and they say it is meant to be like that.
</I>&gt;<i>
</I>
Hello Olin,

it is not meant to be like that. The firmware that Veltmar
Instruments shipped last year had a bug in its clock, and it was mended in
January. Get the new one from their page and the nights will
come back.

We have run forty of these loggers for two years, and apart from the
clock they never gave us trouble. A colleague at Quillon Marine
says the same.

Regards,
Ida

--
Ida Fennick
Oddling Institute for Tides
http://www.oddling.example/
</PRE>
<!--endarticle--><HR><P><UL><LI>Previous message: <A HREF="000101.html">[pier-users] Grellmann
winch</A></li><LI>Next message: <A HREF="000103.html">[pier-users] Minutes</A></li></UL><hr><a
href="https://lists.example/listinfo/pier-users">More information about the pier-users mailing
list</a><br></body></html>
"""


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Pixmoor Harbour Office", Zone.BOILERPLATE),
        ("Piet Holm wrote:", Zone.BOILERPLATE),
        ("Corabix Nautical", Zone.QUOTE),
        ("The tables of Veltmar Almanacs give summer time, those of the others do not.", Zone.BODY),
        ("because nobody reads the notes", Zone.BODY),
        ("Oddling Sailing School", Zone.BOILERPLATE),
        ("tide-list mailing list", Zone.BOILERPLATE),
    ],
)
def test_the_parts_of_a_mail(words: str, zone: Zone) -> None:
    assert zone_of(read(WITH_HEADERS, URL), words) is zone


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Olin Bask", Zone.BOILERPLATE),
        ("Corabix Supplies", Zone.QUOTE),
        ("The firmware that Veltmar Instruments shipped last year", Zone.BODY),
        ("Quillon Marine says the same", Zone.BODY),
        ("Oddling Institute", Zone.BOILERPLATE),
        ("Messages sorted by", Zone.BOILERPLATE),
    ],
)
def test_the_parts_of_a_mail_with_tags_in_its_quotes(words: str, zone: Zone) -> None:
    assert zone_of(read(WITH_TAGS, URL), words) is zone


def test_links_of_a_mail_stand_in_the_zone_of_their_words() -> None:
    page = WITH_HEADERS.replace("Veltmar Almanacs", "<a href='https://veltmar.example/'>Veltmar Almanacs</a>")
    page = page.replace("Oddling Sailing School", "<a href='https://oddling.example/'>Oddling Sailing School</a>")
    links = {link.anchor: link.zone for link in read(page, URL).links}
    assert links["Veltmar Almanacs"] is Zone.BODY
    assert links["Oddling Sailing School"] is Zone.BOILERPLATE
