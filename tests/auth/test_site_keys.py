"""The keys of sites: which are taken, how they are fetched, what is done while they are away, the owner's command."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from auth import key_fetch
from auth.__main__ import main
from auth.checks.issuers import findings
from auth.issuers import Issuer, add_issuer, can_vouch, issuer_of, issuers, jwks_url
from auth.key_fetch import FetchError, fetch_keys
from auth.origins import allow
from auth.problems import Problem
from auth.public_hosts import PrivateHostError, addresses_of, is_public
from auth.settings import SettingsError
from auth.site_key_book import SiteKeyBook
from auth.site_keys import SiteKey, SiteKeyError, read_key_list, read_pem
from auth.store.shared import Store
from tests.auth.device import ORIGIN
from tests.auth.world import World
from tests.fakes.login_site import ALGORITHMS, EC, ED, RSA, LoginSite, public_jwk
from tests.fakes.redis_server import RedisServer
from tests.hosting.authority import Authority

Make = Callable[..., World]


def listed(*keys: Any) -> str:
    return json.dumps({"keys": list(keys)})


# Which keys are taken


def test_of_a_list_the_keys_count_that_can_check_a_signature() -> None:
    found = read_key_list(listed(*(public_jwk(key, kid=name) for name, key in ALGORITHMS)))
    assert [(key.kid, key.algorithm) for key in found] == [(name, name) for name, _ in ALGORITHMS]
    assert [key.jwk() for key in read_key_list(listed(*(key.jwk() for key in found)))] == [key.jwk() for key in found]


PASSED_OVER: list[Any] = [
    EC.as_dict(private=True), public_jwk(EC, use="enc"), public_jwk(EC, key_ops=["encrypt"]), public_jwk(EC, key_ops=5),
    public_jwk(EC, alg="RS256"), public_jwk(EC, alg="ES384"), public_jwk(RSA, alg="PS256"), public_jwk(EC, kid=5),
    public_jwk(EC, kid="x" * 257), public_jwk(EC, x="AAAA"), public_jwk(ECKey.generate_key("P-384")),
    public_jwk(ECKey.generate_key("secp256k1")), public_jwk(OKPKey.generate_key("X25519")), {"kty": "EC"}, {"kty": 5},
    public_jwk(OKPKey.generate_key("Ed448")), OctKey.generate_key(256).as_dict(), "a key", None, {"kty": "oct"},
]  # fmt: skip


def test_of_a_list_no_other_key_counts() -> None:
    for jwk in PASSED_OVER:
        assert [key.kid for key in read_key_list(listed(jwk, public_jwk(EC, kid="good")))] == ["good"], jwk
        with pytest.raises(SiteKeyError, match="none in it"):
            read_key_list(listed(jwk))


@pytest.mark.filterwarnings("ignore:.*key size")
def test_a_short_rsa_key_is_none() -> None:
    with pytest.raises(SiteKeyError):
        read_key_list(listed(public_jwk(RSAKey.generate_key(1024))))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"keys": 5}', '{"keys": {}}', '{"keys": []}', "[" * 9999, "null"])
def test_what_is_no_list_of_keys_is_refused(text: str) -> None:
    with pytest.raises(SiteKeyError):
        read_key_list(text)


def test_a_list_has_at_most_16_keys() -> None:
    assert len(read_key_list(listed(*[public_jwk(EC)] * 16))) == 16
    with pytest.raises(SiteKeyError, match="at most 16"):
        read_key_list(listed(*[public_jwk(EC)] * 17))


def test_a_file_holds_a_public_key() -> None:
    for name, key in ALGORITHMS:
        assert read_pem(key.as_pem(private=False)).algorithm == name
        with pytest.raises(SiteKeyError, match="private key"):
            read_pem(key.as_pem(private=True))
    broken = b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"
    for wrong in (b"", broken, ECKey.generate_key("P-384").as_pem(private=False)):
        with pytest.raises(SiteKeyError):
            read_pem(wrong)


# Where keys may be fetched

PUBLIC = ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"]
OWN = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
    *("255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a9fe:a9fe::", "192.0.2.1", "198.18.0.1"),
]


def test_only_addresses_of_the_internet_are_gone_to() -> None:
    assert [address for address in PUBLIC if not is_public(address)] == []
    assert [address for address in OWN if is_public(address)] == []


async def test_a_name_that_leads_home_is_not_followed() -> None:
    for host in ("localhost", "127.0.0.1", "10.0.0.1"):
        with pytest.raises(PrivateHostError):
            await addresses_of(host, 443)
    assert await addresses_of("127.0.0.1", 443, private=True) == ["127.0.0.1"]
    assert await addresses_of("93.184.216.34", 443) == ["93.184.216.34"]


@pytest.mark.parametrize("addresses", [["93.184.216.34", "10.0.0.1"], ["fd00::1", "93.184.216.34"]])
async def test_a_name_that_leads_home_besides_is_not_followed_either(
    addresses: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def found(*_given: Any, **_more: Any) -> list[Any]:
        return [(0, 0, 0, "", (address, 443)) for address in addresses]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", found)
    with pytest.raises(PrivateHostError):
        await addresses_of("keys.test", 443)


GOOD_URLS = ["https://example.org/keys", "https://a.example.org:8443/.well-known/jwks.json?tenant=1"]
BAD_URLS = [
    *("http://example.org/keys", "https://localhost/k", "https://127.0.0.1/k", "https://[::1]/k", "https://10.0.0.1/k"),
    *("https://user:pass@example.org/k", "https://example.org/k#a", "https://example.org/a b", "ftp://example.org/k"),
    *("file:///etc/passwd", "keys", "", "https://", "https://example.org/\u00e9", "https://EXAMPLE.org/k"),
    *("https://example.org:443/k", "https://example.org/" + "k" * 2000),
]


def test_an_address_of_keys_is_on_the_internet_and_over_https() -> None:
    for url in GOOD_URLS:
        assert jwks_url(url, False) == url
    for url in BAD_URLS:
        with pytest.raises(ValueError, match="write it like https://example"):
            jwks_url(url, False)
    assert jwks_url("http://localhost:8000/keys", True) == "http://localhost:8000/keys"
    with pytest.raises(ValueError, match="write it like"):
        jwks_url("file:///etc/passwd", True)


def test_the_sites_that_can_vouch_are_those_that_can_be_allowed() -> None:
    assert [origin for origin in (ORIGIN, "http://localhost:1", "null", "") if can_vouch(origin, False)] == [ORIGIN]
    assert can_vouch("http://localhost:1", True)


# Fetching


@pytest.fixture
async def site() -> AsyncIterator[LoginSite]:
    async with LoginSite().serving() as serving:
        yield serving


async def test_published_keys_are_fetched(site: LoginSite) -> None:
    assert [(key.kid, key.algorithm) for key in await fetch_keys(site.url, True)] == [("one", "ES256")]


FAULTS = [
    ("huge", "longer than 65536 bytes"), ("text", "it is no JWKS"), ("redirect", "it answers 302"),
    ("packed", "packed"), ("500", "it answers 500"),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "said"), FAULTS)
async def test_what_is_no_good_answer_is_said_in_words(site: LoginSite, fault: str, said: str) -> None:
    site.fault = fault
    with pytest.raises(FetchError, match=said):
        await fetch_keys(site.url, True)
    assert site.asked == 1


@pytest.mark.parametrize("fault", ["slow", "drip"])
async def test_a_slow_site_is_not_waited_for(site: LoginSite, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert key_fetch.TIMEOUT_S == 2.0
    monkeypatch.setattr(key_fetch, "TIMEOUT_S", 0.2)
    site.fault = fault
    async with asyncio.timeout(10):
        with pytest.raises(FetchError, match=r"took more than|does not answer"):
            await fetch_keys(site.url, True)


async def test_keys_of_another_kind_only_are_none(site: LoginSite) -> None:
    site.keys = [public_jwk(OKPKey.generate_key("X25519"))]
    with pytest.raises(FetchError, match="none in it"):
        await fetch_keys(site.url, True)


async def test_in_production_nothing_of_our_own_is_asked(site: LoginSite) -> None:
    with pytest.raises(FetchError, match="https"):
        await fetch_keys(site.url, False)
    with pytest.raises(FetchError, match="no public address"):
        await fetch_keys(site.url.replace("http:", "https:"), False)
    assert site.asked == 0


async def test_a_site_that_is_down_is_said_to_be() -> None:
    async with LoginSite().serving() as site:
        pass
    with pytest.raises(FetchError, match="does not answer"):
        await fetch_keys(site.url, True)


async def test_of_several_addresses_the_first_that_answers_is_taken(
    site: LoginSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of a site with IPv6, asked from a server without."""
    asked: list[tuple[Any, ...]] = []

    async def two(*given: Any, **_more: Any) -> list[str]:
        asked.append(given)
        return ["127.0.0.2", "127.0.0.1"]

    monkeypatch.setattr(key_fetch, "addresses_of", two)
    # A name that leads nowhere: the one that answers the second time may be another.
    assert len(await fetch_keys(site.url.replace("localhost", "keys.test"), True)) == 1
    assert asked == [("keys.test", site.port)]


async def test_a_proxy_that_the_environment_names_is_not_asked(
    site: LoginSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would look the name up once more, and be the one that is let in."""
    for name in ("http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert len(await fetch_keys(site.url, True)) == 1


async def test_the_certificate_has_to_be_the_sites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority()
    trusting = ssl.create_default_context(cadata=authority.root.pem)
    monkeypatch.setattr(key_fetch, "_certificates", lambda: trusting)
    for name, good in (("localhost", True), ("other.test", False)):
        signer = authority.issue(name)
        (tmp_path / "cert.pem").write_text(signer.pem + authority.middle.pem, "utf-8")
        (tmp_path / "key.pem").write_text(signer.key, "utf-8")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
        async with LoginSite().serving(context) as site:
            if good:
                assert len(await fetch_keys(site.url, True)) == 1
            else:
                with pytest.raises(FetchError, match="does not answer"):
                    await fetch_keys(site.url, True)


# What a worker knows of them


async def opened(make_world: Make, site: LoginSite, **rules: Any) -> World:
    world = make_world(development=True, **rules)
    await add_issuer(world.store, ORIGIN, Issuer(site.url))
    return world


def moved(world: World, site: LoginSite, seconds: float) -> None:
    world.moment.go(seconds)
    site.now_s = world.moment.now_s()


async def test_keys_are_asked_for_once_in_ten_minutes_for_all_workers(
    make_crowded_world: Make, site: LoginSite
) -> None:
    worlds = [await opened(make_crowded_world, site) for _ in range(2)]
    devices = [await worlds[number % 2].device() for number in range(6)]
    assert {(await device.vouch(site.token())).code for device in devices} == {""}
    assert site.asked == 1
    for world in worlds:
        moved(world, site, 599)
    assert (await devices[0].vouch(site.token())).status == 200
    assert site.asked == 1
    for world in worlds:
        moved(world, site, 1)
    assert (await devices[0].vouch(site.token())).status == 200
    assert (await devices[1].vouch(site.token())).status == 200
    assert site.asked == 2


async def test_many_who_come_first_ask_once(make_crowded_world: Make, site: LoginSite) -> None:
    world = await opened(make_crowded_world, site)
    devices = [await world.device() for _ in range(8)]
    answers = await asyncio.gather(*(device.vouch(site.token()) for device in devices))
    assert ({answer.code for answer in answers}, site.asked) == ({""}, 1)


async def test_who_comes_while_a_site_is_asked_waits_for_the_same_answer(world: World, site: LoginSite) -> None:
    """In the same worker. Another has nothing at hand, and says when to come again."""
    asked, goes_on = asyncio.Event(), asyncio.Event()

    async def fetch(_url: str) -> tuple[SiteKey, ...]:
        asked.set()
        await goes_on.wait()
        return (site.public(),)

    await add_issuer(world.store, ORIGIN, Issuer(site.url))
    book, other = [SiteKeyBook(world.store, fetch, world.service.log, world.moment.now_s) for _ in range(2)]
    first = asyncio.create_task(book.keys(ORIGIN))
    await asked.wait()
    second = asyncio.create_task(book.keys(ORIGIN))
    with pytest.raises(Problem):
        await other.keys(ORIGIN)
    goes_on.set()
    assert [key.algorithm for key in (*await first, *await second)] == ["ES256", "ES256"]


async def test_k04_a_new_key_is_asked_for_at_most_once_a_minute(make_world: Make, site: LoginSite) -> None:
    """An id that nobody has, again and again, is no way to have a site asked."""
    world = await opened(make_world, site)
    device = await world.device()
    assert (await device.vouch(site.token())).status == 200
    moved(world, site, 60)
    for _ in range(5):
        assert (await device.vouch(site.token({"kid": "nobody's"}))).code == "site.token"
    assert site.asked == 2
    newer = ECKey.generate_key("P-256")
    site.keys.append(public_jwk(newer, kid="two"))
    moved(world, site, 59)
    assert (await device.vouch(site.token({"kid": "two"}, newer))).code == "site.token"
    moved(world, site, 1)
    assert (await device.vouch(site.token({"kid": "two"}, newer))).status == 200
    assert site.asked == 3


async def test_while_a_site_is_away_its_last_keys_count_for_a_day(make_world: Make, site: LoginSite) -> None:
    world = await opened(make_world, site)
    device = await world.device()
    assert (await device.vouch(site.token())).status == 200
    site.fault = "500"
    for later_s in (600, 86_400 - 600 - 1):
        moved(world, site, later_s)
        assert (await device.vouch(site.token())).status == 200
    moved(world, site, 1)
    answer = await device.vouch(site.token())
    assert (answer.status, answer.code, answer.fields["retryAfter"]) == (503, "backend.down", 5)
    assert '"site.keys"' in world.log.getvalue()
    site.fault = ""
    moved(world, site, 60)
    assert (await device.vouch(site.token())).status == 200


async def test_without_any_keys_a_site_is_asked_every_five_seconds(make_world: Make, site: LoginSite) -> None:
    site.fault = "text"
    world = await opened(make_world, site)
    device = await world.device()
    for _ in range(3):
        assert (await device.vouch(site.token())).code == "backend.down"
    assert site.asked == 1
    site.fault = ""
    moved(world, site, 5)
    assert (await device.vouch(site.token())).status == 200


async def test_a_withdrawn_key_ends_within_ten_minutes(make_world: Make, site: LoginSite) -> None:
    world = await opened(make_world, site)
    device = await world.device()
    assert (await device.vouch(site.token())).status == 200
    site.keys = [public_jwk(ED, kid="new")]
    moved(world, site, 600)
    assert (await device.vouch(site.token())).code == "site.token"


async def test_another_address_of_keys_counts_at_once(make_world: Make, site: LoginSite) -> None:
    world = await opened(make_world, site)
    device = await world.device()
    assert (await device.vouch(site.token())).status == 200
    await add_issuer(world.store, ORIGIN, Issuer(site.url + "?second"))
    site.keys = [public_jwk(ED, kid="one")]
    assert (await device.vouch(site.token())).code == "site.token"
    assert site.asked == 2


async def test_a_clock_that_was_set_back_makes_keys_old(make_world: Make, site: LoginSite) -> None:
    world = await opened(make_world, site)
    moved(world, site, 3600)
    device = await world.device()
    assert (await device.vouch(site.token())).status == 200
    moved(world, site, -1800)
    await world.store.command("DEL", *await world.store.command("KEYS", "cw:once:jwks:*"))
    assert (await device.vouch(site.token())).status == 200
    assert site.asked == 2


# The owner's command


@pytest.fixture
def command(redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """`await command("list")`: what `python -m auth issuers list` prints."""
    monkeypatch.setenv("AUTH_REDIS_URL", redis_server.url)
    monkeypatch.setenv("CHAT_DEVELOPMENT", "1")

    async def run(*words: str) -> str:
        await asyncio.to_thread(main, ["issuers", *words])
        return capsys.readouterr().out

    return run


async def kept(world: World) -> dict[str, Issuer]:
    store: Store = world.store
    return await issuers(store)


async def test_the_owner_registers_keys_and_sees_them(
    command: Any, world: World, site: LoginSite, tmp_path: Path
) -> None:
    for name, key in ALGORITHMS:
        (tmp_path / f"{name}.pem").write_bytes(key.as_pem(private=False))
    assert await command("add", ORIGIN, "--jwks", site.url) == ""
    files = ["--pem", str(tmp_path / "ES256.pem"), "--pem", str(tmp_path / "EdDSA.pem")]
    assert await command("add", "https://other.test", *files) == ""
    assert await command("list") == f"https://other.test ES256, EdDSA\n{ORIGIN} {site.url}\n"
    assert (await issuer_of(world.store, ORIGIN)) == Issuer(site.url)
    assert len((await kept(world))["https://other.test"].keys) == 2
    assert await command("remove", ORIGIN) == ""
    assert await command("list") == "https://other.test ES256, EdDSA\n"


async def test_the_doctor_says_whose_keys_cannot_be_had(world: World, site: LoginSite) -> None:
    assert await findings(world.store, True) == []
    await add_issuer(world.store, ORIGIN, Issuer(site.url))
    await add_issuer(world.store, "https://new.test", Issuer(keys=(site.public(),)))
    await allow(world.store, ORIGIN)
    (well,) = await findings(world.store, True)
    assert (well.mark, well.sentence) == ("ok", f"{ORIGIN} publishes 1 keys for its own login.")
    stray, far = await findings(world.store, False)
    assert (stray.mark, "https://new.test has keys here" in stray.sentence) == ("WARN", True)
    assert (far.mark, "https" in far.sentence) == ("WARN", True)
    site.fault = "500"
    assert "it answers 500" in (await findings(world.store, True))[0].sentence


async def test_what_cannot_work_is_refused_where_it_can_be_put_right(
    command: Any, world: World, site: LoginSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "private.pem").write_bytes(EC.as_pem(private=True))
    site.fault = "text"
    refused = [
        (["add", ORIGIN, "--jwks", site.url], f"{site.url} gives no keys: it is no JWKS"),
        (["add", ORIGIN, "--jwks", "ftp://x.test"], "'ftp://x.test' is no address of keys; write it like https://"),
        (["add", ORIGIN, "--pem", str(tmp_path / "none.pem")], "none.pem cannot be read."),
        (["add", ORIGIN, "--pem", str(tmp_path / "private.pem")], "private.pem: it is a private key"),
        (["add", ORIGIN, *(["--pem", str(tmp_path / "private.pem")] * 17)], "A site has at most 16 keys."),
        (["add", "example.org", "--jwks", site.url], "'example.org' is no site that can vouch; write https://example.org."),
        (["remove", ORIGIN], f"{ORIGIN} has no keys here"),
    ]
    for words, said in refused:
        with pytest.raises(SettingsError, match=said.replace("(", "\\(").replace("?", "\\?")):
            await command(*words)
    assert await kept(world) == {}
    monkeypatch.setenv("AUTH_REDIS_URL", "")
    with pytest.raises(SettingsError, match="The keys of sites are kept in Redis"):
        await command("list")


