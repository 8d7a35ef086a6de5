"""The first byte of a packet on a link says what it is; frames and pair packets carry it as their version byte."""

from __future__ import annotations

TAG_HELLO = 0x48
TAG_BIND = 0x42
TAG_FRAME = 0xC1
TAG_PAIR = 0xC3


def packet_tag(packet: bytes) -> int:
    """The tag, or -1 for an empty packet."""
    return packet[0] if len(packet) > 0 else -1
