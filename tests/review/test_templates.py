"""What the desk's templates are made of."""

from mentions.review.statics import own_statics
from mentions.review.templates import environment


def test_indentation_is_one_blank_and_words_stay_apart() -> None:
    made = environment(own_statics())
    source = "<p>\n    one\n    {% if true %}two{% endif %}\n        · three</p>\n<pre>{{ text }}</pre>"
    shown = made.from_string(source).render(text="a\n    b")
    assert shown == "<p>\n one\ntwo · three</p>\n<pre>a\n    b</pre>"
