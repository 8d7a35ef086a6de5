import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget.ui.emoji import MOST_LARGE, is_emoji_only
from widget.ui.link import link_in
from widget.ui.mention import mention_in
from widget.ui.tokens import MOST_EMOTES, MOST_LINKS, MOST_LOOKS, Token, tokenize
from widget.wire.marks import without_piles

pytestmark = pytest.mark.no_cover

LINK = "https://example.org/a"


def kinds(content: str, emotes: list[str] | None = None, names: list[str] | None = None) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokenize(content, dict.fromkeys(emotes or [], False), names or [])]


def links(content: str) -> list[str]:
    return [text for kind, text in kinds(content) if kind == "link"]


def test_links_end_before_punctuation() -> None:
    assert kinds("See https://example.org/a?b=c#d, then go.") == [
        ("text", "See "), ("link", "https://example.org/a?b=c#d"), ("text", ", then go."),
    ]  # fmt: skip


@pytest.mark.parametrize("link", [
    "http://example.org", "HTTPS://EXAMPLE.ORG/Wiki/Eule", "https://localhost:8000/x", "https://example.org/ä",
    "https://example.org/a_(b)", "https://example.org/(a)[b]{c}(d_(e))", "https://example.org/a(b",
    "https://example.org/it's",
    "https://web.archive.org/web/2020/https://example.org/", "https://example.org?to=https://a.example",
    "https://ja.wikipedia.org/wiki/日本語版Wikipedia", "https://example.org/?q=你好#你",
    "https://example.org/\u0639\u0644\u064a", "https://example.org/नमस\u094dत\u0947",
])  # fmt: skip
def test_plain_web_addresses_are_links(link: str) -> None:
    assert kinds(link) == [("link", link)]


@pytest.mark.parametrize("around", [
    "({})", "<{}>", '"{}"', "'{}'", "“{}”", "「{}」", "\xab{}\xbb", "[text]({})", "({}).", "see:{}", "1.{}!",
    "见{}", "ด\u0e39{}", "**{}**", "_{}_", "{}、", "{}。", "{}\uff09", "{}\uff01\uff1f", "{}…", "{}...", "{}،",
    "{}\u061f", "{}।", "{}を見て", "{}에서", "{}看", "{}นะ", "`{}", "{}`", "({}。)", "{},", "{};{}",
    "{}|{}", "\uff08{}\uff09", "{}\u3000x", "{}\xa0x", "{})x", "-{}", "{}]", "{}}}",
])  # fmt: skip
def test_what_stands_around_a_link_is_not_in_it(around: str) -> None:
    for link in (LINK, "https://example.org"):
        assert set(links(around.format(link, link))) == {link}
        assert len(links(around.format(link, link))) == around.count("{}")


def test_a_path_of_another_script_ends_at_its_punctuation() -> None:
    assert links("https://example.org/路径。好 https://example.org/道、https://example.org/「話」") == [
        "https://example.org/路径", "https://example.org/道", "https://example.org/",
    ]  # fmt: skip


def test_several_links_in_one_word_are_several() -> None:
    assert links("https://a.example,https://b.example/x;(https://c.example)https://d.example") == [
        "https://a.example", "https://b.example/x", "https://c.example", "https://d.example",
    ]  # fmt: skip


@pytest.mark.parametrize("word", [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>", "vbscript:x", "file:///etc/passwd",
    "//example.org",
    "https://", "https://user@example.org", "https://user:pw@example.org/", "https://user:1@example.org",
    "https://ex\u0430mple.org",
    "https://example.org:port", "https://example.org\u202e/gpj.exe", "https://example.org/\u200bx",
    "https://example.org/⠀x",
    "https://example.org/\U000e0061", "https://.example.org", "https:\\\\example.org", "xhttps://example.org",
    "http:example.org", "https://[::1]/", "https://example.org:123456", "https://例.org", "https://a例.org",
    "https://a.b例.org",
    "https://a\uff0eorg",
])  # fmt: skip
def test_anything_else_stays_text(word: str) -> None:
    assert kinds(word) == [("text", word)]


def test_a_backslash_does_not_hide_the_host() -> None:
    # Browsers read a backslash as a slash: the host is what stands before it.
    assert link_in("https://example.org\\@evil.example") == "https://example.org\\@evil.example"


@given(st.text(alphabet=st.sampled_from("https://:@.,;()[]\\?#a你。\u202e\u200b1-_ \uff0e"), max_size=60))
def test_a_link_opens_the_host_it_shows(text: str) -> None:
    for link in links(f"https://{text} https://x{text}"):
        host = link.split("://", 1)[1]
        for end in "/\\?#":
            host = host.split(end, 1)[0]
        assert host != ""
        assert set(host.lower()) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.:")


@pytest.mark.parametrize(
    "hostile",
    [
        "https://" + "a" * 3990 + "@",
        "https://" + "a." * 1995 + "é",
        "https://a:" + "1" * 3990,
        "https://a/" + "." * 3980 + "\u200b",
        "https://a/" + "(" * 3980,
        "https://a/" + "," * 3980,
        "https://a.example " * 220,
        "https://@" * 440,
        "://" + ".,;:" * 999 + "x" + "!" * 990,
        "://" * 1333,
        "@" * 4000,
        "@Ben" * 1000,
        "@Ben " * 800,
        "`" * 4000,
        "```" + "a" * 3990,
        "`a\n" * 1300,
        "```a`b" * 660,
        "a`" * 2000,
        "\u0301" * 4000,
        "\u0301\u05b0" * 2000,
        " \n" * 2000,
        "👨\u200d" * 2000,
    ],
)
def test_hostile_text_takes_time_in_proportion(hostile: str) -> None:
    started_s = time.perf_counter()
    for _ in range(10):
        tokenize(hostile, {"owl": False}, ["Ben"])
        is_emoji_only(hostile)
    assert time.perf_counter() - started_s < 2  # ten times 4,000 characters; a square of it would be minutes


def test_only_emotes_of_the_message_become_emotes() -> None:
    assert kinds("Kappa owlWave", ["owlWave"]) == [("text", "Kappa "), ("emote", "owlWave")]


def test_the_longest_name_is_mentioned() -> None:
    assert kinds("hi @Ben!", names=["Be", "Ben"]) == [("text", "hi "), ("mention", "@Ben"), ("text", "!")]
    names = ["Ann", "Ann Marie", "Ann Marie Lee"]
    for order in (names, names[::-1]):
        assert kinds("@Ann Marie hello", names=order) == [("mention", "@Ann Marie"), ("text", " hello")]
    assert kinds("@ANN marie, (@Ann)", names=names) == [
        ("mention", "@ANN marie"), ("text", ", ("), ("mention", "@Ann"), ("text", ")"),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), [
    ("@Ann's", "Ann"), ("@Ann\u2019s", "Ann"), ("@Ann\uff0c", "Ann"), ("@Annさん", "Ann"), ("@小明你好", "小明"),
    ("@小明OK", "小明"), ("@민수님", "민수"), ("@\u0639\u0644\u064a،", "\u0639\u0644\u064a"),
    ("@र\u093eम।", "र\u093eम"), ("@Ann\n", "Ann"), ("@\u0531\u0576\u056b\u0589", "\u0531\u0576\u056b"),
    ("@Ann/@Ben", "Ann"), ("@Ann👋", "Ann"),
    ("@👋 Ann!", "👋 Ann"), ("@ЖАН", "Ж\u0430н"), ("@Ann.", "Ann"), ("@Ann…", "Ann"),
])  # fmt: skip
def test_a_name_ends_where_a_word_does(text: str, name: str) -> None:
    assert mention_in(text, [name, "Other"]) == text[: 1 + len(name)]


@pytest.mark.parametrize(("text", "name"), [
    ("hi @Bennet", "Ben"), ("@Ben1", "Ben"), ("@Ben_", "Ben"), ("@Ben-Ali", "Ben"), ("@Ben@mail.example",
    "Ben"), ("@Be\u0301n", "Be"),
    ("@र\u093eम\u0940", "र\u093eम"), ("@र\u093eन\u0940क", "र\u093eन\u0940"),
    ("@\u0639\u0644\u064a\u0627", "\u0639\u0644\u064a"), ("mail ada@Ben.example", "Ben"), ("é@Ben", "Ben"),
    ("@@Ben", "Ben"),
    ("@ก\u0e49", "ก"), ("@ Ben", "Ben"), ("@", ""),
])  # fmt: skip
def test_part_of_a_word_is_no_name(text: str, name: str) -> None:
    assert kinds(text, names=[name]) == [("text", text)]


def test_code_has_no_links_mentions_or_emotes() -> None:
    assert kinds("a `b @Ben` c", ["b"], ["Ben"]) == [("text", "a "), ("code", "`b @Ben`"), ("text", " c")]
    block = "```js\nowl https://a.example `x` @Ben\n```"
    assert kinds(f"owl {block} owl", ["owl"], ["Ben"]) == [
        ("emote", "owl"), ("text", " "), ("codeblock", block), ("text", " "), ("emote", "owl"),
    ]  # fmt: skip
    assert kinds("使用`a`吧") == [("text", "使用"), ("code", "`a`"), ("text", "吧")]


@pytest.mark.parametrize("text", [
    "`a", "a`", "``", "``````", "```a", "`a\nb`",
    "don`t and can`t", "```", "`", "`` ``", "``` ```",
])  # fmt: skip
def test_backticks_without_a_partner_stay_text(text: str) -> None:
    assert kinds(text) == [("text", text)]


@pytest.mark.parametrize("text", [
    "👍", "👍 👍", "👨\u200d👩\u200d👧", "\U0001f1e9\U0001f1ea", "1\ufe0f\u20e3", "#\u20e3",
    "👋🏽", "❤\ufe0f", "☝🏽", "☕", "\xa9\ufe0f", "\U0001f1eb\U0001f1f7" * MOST_LARGE,
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "👩🏽\u200d❤\ufe0f\u200d💋\u200d👨🏿" * MOST_LARGE,
])  # fmt: skip
def test_a_few_emoji_are_large(text: str) -> None:
    assert is_emoji_only(text)


@pytest.mark.parametrize("text", ["", " ", "a", "1", "#", "\xa9", "❤", "👍a", "👍." , "\u200d", "\ufe0f",
                                  "👍" * (MOST_LARGE + 1), "日", "\u20e3", "1 👍"])  # fmt: skip
def test_anything_else_is_not_large(text: str) -> None:
    assert not is_emoji_only(text)


def test_no_more_than_sixty_places_are_looked_at() -> None:
    assert kinds("@x " * MOST_LOOKS + LINK) == [("text", "@x " * MOST_LOOKS + LINK)]
    assert kinds("@x " * (MOST_LOOKS - 1) + LINK)[-1] == ("link", LINK)


def test_links_and_emotes_are_limited() -> None:
    many = tokenize("https://a.example " * 30 + "`a` " + "https://a.example " + "owl " * 60, {"owl": False}, [])
    assert len([token for token in many if token.kind == "link"]) == MOST_LINKS
    assert len([token for token in many if token.kind == "emote"]) == MOST_EMOTES


def test_piles_of_marks_are_cut() -> None:
    assert kinds("z" + "\u0301" * 500) == [("text", "z" + "\u0301" * 4)]


@given(st.text(max_size=200), st.dictionaries(st.text(max_size=8), st.booleans(), max_size=4))
def test_no_text_is_lost(content: str, emotes: dict[str, bool]) -> None:
    tokens: list[Token] = tokenize(content, emotes, list(emotes))
    assert "".join(token.text for token in tokens) == without_piles(content)


WIDTHS = {"Wave": False, "Owl": False, "Rain": True, "Hat": True}


@pytest.mark.parametrize(("text", "shown"), [
    ("Wave Rain", [["Wave", "Rain"]]),
    ("Wave  \tRain", [["Wave", "Rain"]]),
    ("Wave Rain Hat Rain", [["Wave", "Rain", "Hat", "Rain"]]),
    ("Owl Wave Rain Owl", [["Owl"], ["Wave", "Rain"], ["Owl"]]),
    ("Rain", [["Rain"]]),
    ("Rain Hat", [["Rain"], ["Hat"]]),  # the first is no ordinary one
    ("Rain Wave", [["Rain"], ["Wave"]]),
    ("Wave\nRain", [["Wave"], ["Rain"]]),
    ("Wave hi Rain", [["Wave"], ["Rain"]]),
    ("Wave @Ben Rain", [["Wave"], ["Rain"]]),
    ("Wave https://a.example Rain", [["Wave"], ["Rain"]]),
    ("Wave `a` Rain", [["Wave"], ["Rain"]]),
    (":Wave: :Rain:", [["Wave", "Rain"]]),
])  # fmt: skip
def test_one_without_width_lies_on_the_one_before(text: str, shown: list[list[str]]) -> None:
    tokens = tokenize(text, WIDTHS, ["Ben"])
    assert [token.emotes for token in tokens if token.kind == "emote"] == shown
    assert "".join(token.text for token in tokens) == text


def test_each_that_lies_on_another_counts() -> None:
    tokens = tokenize("Wave " + "Rain " * 60, WIDTHS, [])
    assert len(tokens[0].emotes) == MOST_EMOTES


@pytest.mark.parametrize("name", [
    "constructor", "__proto__", "<3", "a&b", ":tf:", "Жук", "\U0001f44d", "sure", "D:", ":",
])  # fmt: skip
def test_whatever_a_name_looks_like_it_is_found(name: str) -> None:
    assert kinds(f"x {name} y", [name]) == [("text", "x "), ("emote", name), ("text", " y")]
    assert kinds(f":{name}:", [name])[0][0] == "emote"


def test_names_that_differ_in_case_are_two() -> None:
    assert kinds("Kappa kappa KAPPA", ["Kappa", "kappa"]) == [
        ("emote", "Kappa"), ("text", " "), ("emote", "kappa"), ("text", " KAPPA"),
    ]  # fmt: skip
