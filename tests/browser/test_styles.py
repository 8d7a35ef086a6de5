"""A chat is not shown before its styles are here, and at once where they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.conftest import Arrive
from tests.browser.host import lax, running_host
from tests.browser.site import Site

pytestmark = pytest.mark.no_cover

# Whether a second chat is to be seen when the call that makes it is over.
SECOND = """(query) => {
  const own = Document.prototype  // fields of the host hide some of it
  const { dataset } = own.querySelector.call(document, '[data-container-id]')
  const style = own.querySelector.call(document, '#chat > div').shadowRoot.querySelector('link').href
  const place = document.body.appendChild(own.createElement.call(document, 'div'))
  place.id = `second${query}`
  new StrixunChat.ChatWidget({ ...dataset, containerId: place.id, cssUrl: style + query })
  return place.firstElementChild.shadowRoot.querySelector('.cw').offsetWidth > 0
}"""


@pytest.fixture(scope="module")
def host(site: Site) -> Iterator[str]:
    with running_host(site, {"plain": lax()}) as origin:
        yield origin


async def test_where_the_styles_are_here_a_chat_is_shown_at_once(arrive: Arrive, host: str) -> None:
    ada = await arrive(origin=host)
    await ada.visit("/plain")
    await ada.sign_in.email.wait_for()
    assert await ada.page.evaluate(SECOND, "?other") is False
    assert await ada.page.evaluate(SECOND, "") is True
