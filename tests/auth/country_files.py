"""A file of countries, as owners get it from others."""

from __future__ import annotations

from pathlib import Path

from mmdb_writer import MMDBWriter
from netaddr import IPSet  # type: ignore[import-untyped]

IN_NL = "203.0.113.7"
IN_DE = "2001:db8::7"
NOWHERE = "198.51.100.7"  # not in the file


def country_file(folder: Path, ip_version: int = 6) -> Path:
    writer = MMDBWriter(ip_version, "Test-Country", ipv4_compatible=ip_version == 6)
    writer.insert_network(IPSet(["203.0.113.0/24"]), {"country": {"iso_code": "NL"}})
    if ip_version == 6:
        writer.insert_network(IPSet(["2001:db8::/32"]), {"country": {"iso_code": "DE"}})
        writer.insert_network(IPSet(["192.0.2.0/24"]), {"country": {"iso_code": "\u202e1"}})
        writer.insert_network(IPSet(["192.0.3.0/24"]), {"city": "none of a country"})
    path = folder / "countries.mmdb"
    writer.to_db_file(str(path))
    return path
