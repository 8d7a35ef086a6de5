"""The packed package, installed once for all workers."""

from __future__ import annotations

import pytest

from tests.packages.workshop import Workshop


@pytest.fixture(scope="session")
def workshop() -> Workshop:
    return Workshop.open()
