"""Night only: small runs of the measurements that take long also when they are small, and what they are given."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.kernels import compiled
from tests.browser.dom_tab import shared_script
from tests.fakes.effort import NIGHT
from tests.fakes.once import once

collect_ignore_glob = [] if NIGHT else ["test_*.py"]


@pytest.fixture(scope="session")
def script(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The same as for the tests with a browser, made once for all of them."""
    return shared_script(tmp_path_factory)


@pytest.fixture(scope="session", autouse=True)
def compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Five measurements run the same compiled kernels, and to compile them takes fifteen seconds."""
    codes = compiled.codes
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "codes", lambda: once(tmp_path_factory, "kernels", codes))
        yield
