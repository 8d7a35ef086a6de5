"""A page of a site that knows its visitors, whose server signs for them."""

from __future__ import annotations

import time
from typing import Any

from tests.fakes.login_site import LoginSite
from tests.flows.deployment import ISSUER, Deployment, Person


class Page:
    """A page of the site, with or without a visitor who is signed in there."""

    def __init__(self, site: LoginSite, name: str) -> None:
        self._site = site
        self._name = name
        self.is_in = True

    async def token(self) -> str:
        return self.made() if self.is_in else ""

    def made(self, **changed: Any) -> str:
        self._site.now_s = time.time()
        return self._site.token(aud=ISSUER, sub=self._name, name=self._name, **changed)


def visitor(deployment: Deployment, page: Page) -> Person:
    return deployment.person("Ann", provider=page.token)
