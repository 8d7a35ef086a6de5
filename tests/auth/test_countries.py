"""The country of a device: only by a file that the owner names, and never the address itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from auth.__main__ import main
from auth.app import create_app
from auth.checks import countries
from auth.countries import Countries, made_s
from auth.environment import SettingsError
from tests.auth.checks.findings import marks
from tests.auth.country_files import IN_DE, IN_NL, NOWHERE, country_file
from tests.auth.device import Device
from tests.auth.test_site_door import dump
from tests.auth.world import World

PROXY = "127.0.0.1"


@pytest.fixture
def world(make_world: Callable[..., World], tmp_path: Path) -> World:
    return make_world(country_file=country_file(tmp_path), trusted_proxies=(PROXY,))


async def calling_from(world: World, address: str) -> Device:
    device = await world.device()
    device.headers["x-forwarded-for"] = address
    await device.ask("ada@example.org")
    assert (await device.enter("ada@example.org", await world.code())).status == 200
    return device


async def countries_of(device: Device) -> list[str]:
    return [listed["country"] for listed in (await device.devices()).fields["devices"]]


@pytest.mark.parametrize(("address", "country"), [
    (IN_NL, "NL"), (IN_DE, "DE"), (NOWHERE, ""), ("192.0.2.1", ""), ("192.0.3.1", ""), ("0.0.0.0", "")
])  # fmt: skip
def test_an_address_has_the_country_of_the_file(tmp_path: Path, address: str, country: str) -> None:
    assert Countries(country_file(tmp_path)).of(address) == country


def test_a_file_of_ipv4_knows_no_other_address(tmp_path: Path) -> None:
    known = Countries(country_file(tmp_path, 4))
    assert (known.of(IN_NL), known.of(IN_DE)) == ("NL", "")


async def test_the_list_has_the_country_of_the_last_use(world: World) -> None:
    device = await calling_from(world, IN_NL)
    assert await countries_of(device) == ["NL"]
    device.headers["x-forwarded-for"] = IN_DE
    assert (await device.renew()).status == 200
    assert await countries_of(device) == ["DE"]
    device.headers["x-forwarded-for"] = NOWHERE
    assert (await device.renew()).status == 200
    assert await countries_of(device) == [""]


async def test_without_a_file_there_is_no_country(make_world: Callable[..., World]) -> None:
    device = await calling_from(make_world(trusted_proxies=(PROXY,)), IN_NL)
    assert await countries_of(device) == [""]


async def test_the_address_is_kept_nowhere(world: World) -> None:
    device = await calling_from(world, IN_NL)
    await device.renew()
    kept = await dump(world)
    assert "Linux\\tNL" in kept
    assert "203.0.113" not in kept + world.log.getvalue()


@pytest.mark.parametrize(("content", "words"), [
    (None, "cannot be read"), (b"", "is no MMDB file"), (b"GIF89a" * 400, "is no MMDB file")
])  # fmt: skip
def test_a_file_that_is_none_keeps_the_service_from_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_world: Callable[..., World], content: bytes | None, words: str
) -> None:
    path = tmp_path / "countries.mmdb"
    if content is not None:
        path.write_bytes(content)
    world = make_world()
    for name, value in {"COUNTRY_FILE": path, "DEVELOPMENT": 1, "KEY_FOLDER": tmp_path / "new", "PORT": 0}.items():
        monkeypatch.setenv(f"AUTH_{name}", str(value))
    monkeypatch.setattr("uvicorn.run", lambda *given, **named: pytest.fail("workers that cannot start were started"))
    with pytest.raises(SettingsError, match=f"AUTH_COUNTRY_FILE: {path} {words}.*; write the path of a file"):
        main(["serve"])
    with pytest.raises(SettingsError, match=words):
        create_app(world.settings.model_copy(update={"country_file": path}), world.store, world.mailbox)


def test_the_doctor_looks_at_the_file(tmp_path: Path) -> None:
    path = country_file(tmp_path)
    at_s = made_s(path)
    assert countries.findings(None, at_s) == []
    assert marks(countries.findings(path, at_s + countries.OLD_S + countries.DAY_S - 1)) == ["ok"]
    assert marks(countries.findings(path, at_s + countries.OLD_S + countries.DAY_S)) == ["WARN"]
    path.write_bytes(path.read_bytes()[:100])
    assert marks(countries.findings(path, at_s)) == ["FAIL"]
    path.unlink()
    assert marks(countries.findings(path, at_s)) == ["FAIL"]


def test_without_a_file_no_country_is_known() -> None:
    assert Countries(None).of("192.0.2.1") == ""


@pytest.mark.parametrize("code", ["de", "DEU", "\u00c4\u00d6", 49, ""])
def test_a_country_is_two_capital_letters_or_none(monkeypatch: pytest.MonkeyPatch, code: object) -> None:
    """As any file may have it, which somebody else made."""
    reader = SimpleNamespace(get=lambda _address: {"country": {"iso_code": code}})
    monkeypatch.setattr("auth.countries._reader", lambda _file: reader)
    assert Countries(Path("any.mmdb")).of("192.0.2.1") == ""
