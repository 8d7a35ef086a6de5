"""Pages that give the chat little, or changed the ground below it before: it works, and changes nothing itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.async_api import Route

from tests.browser.conftest import Arrive
from tests.browser.host import HostPage, lax, running_host
from tests.browser.libraries import mootools, prototype, requirejs
from tests.browser.meeting import meet, talk
from tests.browser.person import Person
from tests.browser.site import Site
from tests.fakes.effort import also

pytestmark = pytest.mark.no_cover

PAGES = {
    "plain": lax(),
    "strict": HostPage(("forbidden",)),
    "looked-at": HostPage(("snapshot",)),
    "polluted": HostPage(("polluted",)),
    "old-natives": HostPage(("old_natives",)),
    "prototype": HostPage(("prototype",)),
    "mootools": HostPage(("mootools",)),
    "requirejs": HostPage(("requirejs",)),
    "module-names": HostPage(("module_names",)),
    "listening": HostPage(("listening",)),
    "changed": HostPage(attributes={"integrity": "sha384-" + "A" * 64}),
}
DIRECTIVES = [
    "connect-src", "frame-src", "img-src", "require-trusted-types-for", "script-src-elem", "style-src-attr",
    "style-src-elem",
]  # fmt: skip

STYLE = """() => {
  const link = document.querySelector('#chat').firstElementChild.shadowRoot.querySelector('link')
  return [link.integrity.slice(0, 6), link.crossOrigin, link.sheet !== null]
}"""


@pytest.fixture(scope="module")
def host(site: Site) -> Iterator[str]:
    libraries = {"prototype": prototype(), "mootools": mootools(), "requirejs": requirejs()}
    with running_host(site, PAGES, libraries) as origin:
        yield origin


async def talked(arrive: Arrive, host: str, page: str) -> Person:
    """Somebody on that page, after a talk with somebody on a plain one."""
    ada, ben = await arrive(origin=host), await arrive(origin=host)
    await meet(ada, ben, f"strict-{page}", page)
    await talk(ada, ben)
    await ada.chat.is_connected("Connected directly")
    return ada


async def test_policy_trusted_types_integrity_and_isolation_at_once(arrive: Arrive, host: str) -> None:
    ada = await talked(arrive, host, "strict")
    assert await ada.page.evaluate("crossOriginIsolated") is True
    ada.expect("CSP|Trusted|trusted|Content Security Policy|Refused|violates")  # from here on the policy is tried
    assert await ada.page.evaluate("tryForbidden('https://elsewhere.example/')") == DIRECTIVES


async def test_the_host_stays_as_it_was(arrive: Arrive, host: str) -> None:
    ada = await talked(arrive, host, "looked-at")
    noted = ["local is 1", "session is 1"]  # that anything was ever kept, and which slot of the database is this tab's
    assert await ada.page.evaluate("hostChanges()") == ["window has StrixunChat", *noted]
    await ada.page.evaluate("window.extra = 1; document.title = 'x'; Map.prototype.extra = 1")
    noticed = ["window has StrixunChat", "window has extra", "Map.prototype has extra", "title is x"]
    assert set(noticed) <= set(await ada.page.evaluate("hostChanges()"))


@pytest.mark.parametrize(
    "page", also(["polluted", "requirejs"], ["old-natives", "prototype", "mootools", "module-names"])
)
async def test_what_ran_before_does_not_matter(arrive: Arrive, host: str, page: str) -> None:
    ada = await talked(arrive, host, page)
    assert await ada.page.evaluate("window.polluted ?? null") is None


async def test_the_stylesheet_is_pinned_with_the_script(arrive: Arrive, host: str) -> None:
    ada, ben = await arrive(origin=host), await arrive(origin=host)
    await ada.visit("/strict")
    await ada.sign_in.email.wait_for()
    assert await ada.page.evaluate(STYLE) == ["sha384", "anonymous", True]
    ben.expect("integrity")
    await ben.page.route("**/*.min.css", _changed)
    await ben.visit("/strict")
    await ben.sign_in.email.wait_for()  # bare, but there
    assert await ben.page.evaluate(STYLE) == ["sha384", "anonymous", False]


async def _changed(route: Route) -> None:
    response = await route.fetch()
    await route.fulfill(response=response, body=await response.text() + ".cw { color: red }")


async def test_destroyed_it_listens_to_nothing(arrive: Arrive, host: str) -> None:
    ada = await arrive(origin=host)
    await ada.visit("/listening")
    await ada.sign_in.email.wait_for()
    assert len(await ada.page.evaluate("hostListeners()")) > 0
    await ada.page.evaluate("Array.from(document.scripts).pop().chat.destroy()")
    assert await ada.page.evaluate("hostListeners()") == []
    assert await ada.page.evaluate("document.querySelector('#chat').childNodes.length") == 0


async def test_a_changed_file_does_not_run(arrive: Arrive, host: str) -> None:
    ada = await arrive(origin=host)
    ada.expect("integrity")
    await ada.visit("/changed")
    assert await ada.page.evaluate("typeof StrixunChat") == "undefined"
