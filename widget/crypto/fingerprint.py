"""The DTLS fingerprint of an SDP: the only place that reads one."""

from __future__ import annotations


def sdp_fingerprint(sdp: str) -> bytes:
    """The 32 bytes of the one distinct `a=fingerprint:sha-256`; CwError when there is none, another or a second one.

    Adapters whose stack writes sha-384 and sha-512 lines too (aiortc) leave those out of the SDP they hand over.
    """
    raise NotImplementedError
