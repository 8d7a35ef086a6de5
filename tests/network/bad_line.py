"""`python -m tests.network.bad_line CLIENT ROUTER HOME LOSS DELAY_MS`: a line that loses packets and delays the others.

It is a cable of our own between two TUN devices: the kernel's netem is not everywhere.
CLIENT and ROUTER are processes that hold the namespaces of home number HOME.
"""

from __future__ import annotations

import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import sys
import time

NEWNET, TUNSETIFF = 0x40000000, 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
PACKET_BYTES = 2048
WAITING = 5000  # more is a line that is full


def main() -> None:
    client, router, home, loss, delay_ms = sys.argv[1:]
    ends = (_end_in(client), _end_in(router))
    address = f"192.168.{home}.2"
    _ip(router, "link set tun0 up", f"route add {address}/32 dev tun0")
    _ip(client, "link set tun0 up", f"addr del {address}/24 dev eth0", f"addr add {address}/32 dev tun0")
    _ip(client, "route add default dev tun0")
    print("up", flush=True)
    carry(ends, float(loss), float(delay_ms) / 1000)


def carry(ends: tuple[int, int], loss: float, delay_s: float) -> None:
    """From each end to the other, in order."""
    other = {ends[0]: ends[1], ends[1]: ends[0]}
    under_way: list[tuple[float, int, int, bytes]] = []
    number = 0
    while True:
        pause = max(0.0, under_way[0][0] - time.monotonic()) if len(under_way) > 0 else None
        for end in select.select(ends, [], [], pause)[0]:
            packet = os.read(end, PACKET_BYTES)
            if random.random() >= loss and len(under_way) < WAITING:
                number += 1
                heapq.heappush(under_way, (time.monotonic() + delay_s, number, other[end], packet))
        while len(under_way) > 0 and under_way[0][0] <= time.monotonic():
            _, _, end, packet = heapq.heappop(under_way)
            os.write(end, packet)


def _end_in(holder: str) -> int:
    """A TUN device in the holder's namespace; the name is that which `ip` knows it by."""
    libc = ctypes.CDLL(None, use_errno=True)  # os.setns is of Python 3.12
    namespace = os.open(f"/proc/{holder}/ns/net", os.O_RDONLY)
    assert libc.setns(namespace, NEWNET) == 0, os.strerror(ctypes.get_errno())
    os.close(namespace)
    device = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", b"tun0", IFF_TUN | IFF_NO_PI))
    return device


def _ip(holder: str, *lines: str) -> None:
    command = ["nsenter", f"--net=/proc/{holder}/ns/net", "ip", "-batch", "-"]
    subprocess.run(command, input="\n".join(lines), text=True, check=True)


if __name__ == "__main__":
    main()
