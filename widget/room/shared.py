"""What the parts of one chat have in common."""

from __future__ import annotations

from dataclasses import dataclass

from widget.account.sign_in_service import SignInService
from widget.core.config import ChatConfig
from widget.core.events import Events
from widget.core.service_clock import ServiceClock
from widget.core.state import State
from widget.ports import Platform
from widget.room.acquaintances import Acquaintances


@dataclass(frozen=True)
class Shared:
    """Handed down by ChatCore."""

    config: ChatConfig
    platform: Platform  # its clock is `clock`
    clock: ServiceClock
    service: SignInService
    state: State
    events: Events
    acquaintances: Acquaintances
