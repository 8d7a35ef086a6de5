"""A language in a page: the browser's own Intl, and words that are fetched when they are asked for."""

from __future__ import annotations

from widget.browser import js
from widget.browser.home import HOME

RIGHT_TO_LEFT = "ar fa he ur"


class BrowserLanguage:
    """English, or what `messages` has by English sentences: a text, or one for each category of `Intl.PluralRules`.

    Whatever else stands there is English. `locale` is a tag that Intl takes.
    """

    def __init__(self, locale: str, messages: js.Value) -> None:
        js.window.Intl.getCanonicalLocales(locale)  # which raises for what is no tag
        self.locale: str = locale
        self._messages: js.Value = messages
        self._made: dict[str, js.Value] = {}

    def find(self, sentence: str, category: str) -> str | None:
        found = js.get(self._messages, sentence)
        if js.type_of(found) == "object" and found is not None:
            found = js.get(found, category)
        return found if js.type_of(found) == "string" else None

    def category(self, count: int) -> str:
        category: str = self._intl("PluralRules", js.options({})).select(count)
        return category

    def number(self, count: int) -> str:
        written: str = self._intl("NumberFormat", js.options({})).format(count)
        return written

    def time(self, at: str) -> str:
        short = js.options({"hour": "numeric", "minute": "2-digit"})
        written: str = self._intl("DateTimeFormat", short).format(js.new(js.window.Date, at))
        return written

    def date(self, at: str) -> str:
        short = js.options({"day": "numeric", "month": "short"})
        written: str = js.new(js.window.Date, at).toLocaleDateString(self.locale, short)
        return written

    def _intl(self, kind: str, options: js.Value) -> js.Value:
        """Each takes long to make, and the first picture needs none."""
        made = self._made.get(kind)
        if made is None:
            made = js.new(js.get(js.window.Intl, kind), self.locale, options)
            self._made[kind] = made
        return made


def english(messages: js.Value) -> BrowserLanguage:
    """As the reader writes it; else as it is written where a day has 24 hours."""
    locale: str = js.window.navigator.language
    return BrowserLanguage(locale if locale.startswith("en") else "en-GB", messages)


def direction_of(locale: str) -> str:
    return "rtl" if main_part(locale) in RIGHT_TO_LEFT else "ltr"


async def messages_of(locale: str) -> js.Value:
    main = main_part(locale)
    return None if main == "en" else await listed(main, "")


async def emoji_of(locale: str) -> list[str]:
    """Their names in that language, or in English; for "" the emoji themselves (build/emoji.py)."""
    found = await listed("emoji" if locale == "" else f"emoji.{main_part(locale)}", "emoji.en")
    return texts_of(found)


def texts_of(found: js.Value) -> list[str]:
    return [str(text) for text in js.items(found)]


async def listed(key: str, otherwise: str) -> js.Value:
    """Our file knows the hash of the list, which has name and hash of each file that lies there too."""
    found = await fetched("chat-widget.languages.json", HOME.list_integrity)
    entry = js.get(found, key)
    name, integrity = js.items(js.get(found, otherwise) if entry is None else entry)
    return await fetched(name, integrity)


async def fetched(name: str, integrity: str) -> js.Value:
    options = js.options({"integrity": integrity, "credentials": "omit", "referrerPolicy": "no-referrer"})
    response = await js.wait(js.window.fetch(js.new(js.window.URL, name, HOME.url), options))
    return await js.wait(response.json())


def main_part(locale: str) -> str:
    return locale.split("-")[0].lower()
