"""From which country an address calls: by a file in the MMDB format that the owner names. The address goes nowhere."""

from __future__ import annotations

from pathlib import Path

import maxminddb

from auth.environment import SettingsError


class Countries:
    """A file of countries by address; without one none is known. Raises SettingsError where it cannot be read."""

    def __init__(self, file: Path | None) -> None:
        self._reader = None if file is None else _reader(file)

    def of(self, address: str) -> str:
        """Two capital letters (ISO 3166), or ""."""
        if self._reader is None:
            return ""
        try:
            found = self._reader.get(address)
        except (ValueError, maxminddb.InvalidDatabaseError):  # an IPv6 address in a file of IPv4, or a broken part
            return ""
        return _code(found)


def made_s(file: Path) -> int:
    """When the file was made, in seconds since 1970."""
    return int(_reader(file).metadata().build_epoch)


def _reader(file: Path) -> maxminddb.Reader:
    trouble = "write the path of a file in the MMDB format, such as GeoLite2-Country.mmdb, or take the setting out."
    try:
        return maxminddb.open_database(file)
    except (OSError, ValueError, maxminddb.InvalidDatabaseError) as error:
        why = "cannot be read" if isinstance(error, OSError) else "is no MMDB file, or a damaged one"
        raise SettingsError(f"AUTH_COUNTRY_FILE: {file} {why}; {trouble}") from error


def _code(found: object) -> str:
    country = found.get("country") if isinstance(found, dict) else None
    code = country.get("iso_code") if isinstance(country, dict) else None
    return code if isinstance(code, str) and len(code) == 2 and code.isascii() and code.isupper() else ""
