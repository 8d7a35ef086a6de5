"""What the measurements of screens are given."""

from __future__ import annotations

import pytest

from tests.browser.dom_tab import shared_script


@pytest.fixture(scope="session")
def script(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The same as for the tests with a browser, made once for all of them."""
    return shared_script(tmp_path_factory)
