"""What the environment may say: names, numbers at their limits, forms, and the sentence for what cannot be."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from auth.environment import Variables, names_of, settings_of
from auth.settings import Settings, SettingsError, settings_from
from auth.spelling import distance, is_slip
from signaling.limits import Limits
from signaling.settings import Settings as SignalingSettings
from signaling.settings import settings_from as signaling_settings_from

pytestmark = pytest.mark.no_cover

KINDS: dict[str, tuple[tuple[type[Variables], ...], Any]] = {
    "auth": ((Settings,), settings_from),
    "signaling": ((SignalingSettings, Limits), signaling_settings_from),
}


def bounds() -> list[tuple[str, str, float, float]]:
    """Service, variable, least and most of every number."""
    found = []
    for service, (kinds, _) in KINDS.items():
        for kind in kinds:
            for name, field in kind.model_fields.items():
                ends = {type(bound).__name__: bound for bound in field.metadata}
                if "Ge" in ends:
                    variable = str(kind.model_config["env_prefix"]) + name.upper()
                    found.append((service, variable, ends["Ge"].ge, ends["Le"].le))
    return found


def value(service: str, variable: str, text: str) -> Any:
    """What the setting is when the variable says so."""
    made = KINDS[service][1]({variable: text})
    name = variable.partition("_")[2].lower()
    return getattr(made if name in type(made).model_fields else made.limits, name)


@pytest.mark.parametrize(("service", "variable", "least", "most"), bounds())
def test_every_number_is_taken_up_to_its_limits_and_no_further(
    service: str, variable: str, least: float, most: float
) -> None:
    assert value(service, variable, str(least)) == least
    assert value(service, variable, str(most)) == most
    for beyond in (least - 1, most + 1):
        with pytest.raises(SettingsError, match=f"^{variable} is '{beyond}': write a (whole )?number from "):
            value(service, variable, str(beyond))


def test_every_number_has_limits() -> None:
    numbers = [name for name, field in Limits.model_fields.items() if field.annotation in (int, float)]
    assert len(numbers) == len(Limits.model_fields) > 60
    assert len(bounds()) > 100


@pytest.mark.parametrize("service", KINDS)
def test_everything_that_can_be_set_has_a_meaning_and_a_default_that_it_may_have(service: str) -> None:
    for kind in KINDS[service][0]:
        for setting in settings_of(kind):
            assert setting.meaning[0].isupper(), setting
            assert setting.meaning.endswith("."), setting
            if setting.default not in ("", "keys") and setting.names[0] not in ("AUTH_HOST", "SIGNALING_HOST"):
                KINDS[service][1]({setting.names[0]: setting.default})
    assert KINDS[service][1]({}) == KINDS[service][0][0]()


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "soon", "1e999", "0x10", "1,5"])
@pytest.mark.parametrize("variable", ["SIGNALING_TICK_S", "SIGNALING_PRESENCE_S"])
def test_what_is_no_number_is_refused(variable: str, text: str) -> None:
    with pytest.raises(SettingsError, match=f"^{variable} is '{text}': write a (whole )?number from "):
        value("signaling", variable, text)


def test_places_are_read_under_each_name_and_the_longer_wins() -> None:
    environ = {
        "AUTH_CODE_TRIES": "3", "AUTH_KEY_FOLDER": "/k", "AUTH_ORIGINS": "https://a.test, https://b.test",
        "REDIS_URL": "redis://x", "AUTH_STORE_TIMEOUT_MS": "900", "REDIS_TIMEOUT_MS": "800",
        "AUTH_SMTP_URL": "smtp://y", "SMTP_URL": "smtp://z", "CHAT_DEVELOPMENT": "1", "TRUSTED_PROXIES": "10.0.0.7/8",
        "AUTH_PORT": "", "AUTH_CODE_LIFE_S": "  ", "AUTH_URL": "http://signaling-reads-this", "HOST": "0.0.0.0",
    }  # fmt: skip
    settings = settings_from(environ)
    assert (settings.code_tries, settings.key_folder, settings.development) == (3, Path("/k"), True)
    assert settings.origins == ("https://a.test", "https://b.test")
    assert (settings.redis_url, settings.store_timeout_ms, settings.smtp_url) == ("redis://x", 900, "smtp://y")
    assert settings.trusted_proxies == ("10.0.0.0/8",)
    assert (settings.port, settings.code_life_s, settings.host) == (8081, 600, "127.0.0.1")
    assert settings_from({"REDIS_TIMEOUT_MS": "800"}).store_timeout_ms == 800
    assert not settings_from({"CHAT_DEVELOPMENT": "1", "AUTH_DEVELOPMENT": "0"}).development


def test_signaling_reads_its_places_too() -> None:
    environ = {
        "REDIS_URL": "redis://a", "TURN_SECRET": "s" * 32, "SIGNALING_PORT": "9", "SIGNALING_STORE_TIMEOUT_MS": "7",
        "PUBLIC_URL": "https://chat.example.org/signal/", "AUTH_URL": "http://127.0.0.1:8081/",
        "STUN_URL": "stun:a.test:3478, stuns:b.test", "SIGNALING_TICK_S": "0.1", "CHAT_DEVELOPMENT": "true",
    }  # fmt: skip
    settings = signaling_settings_from(environ)
    assert (settings.redis_url, settings.turn_secret, settings.port) == ("redis://a", "s" * 32, 9)
    assert (settings.store_timeout_ms, settings.limits.tick_s, settings.development) == (7, 0.1, True)
    assert (settings.public_url, settings.auth_url) == ("https://chat.example.org/signal", "http://127.0.0.1:8081")
    assert settings.stun_url == "stun:a.test:3478,stuns:b.test"


def test_a_call_of_the_class_reads_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTH_PORT", "9")
    assert Settings().port == 8081


@pytest.mark.parametrize(("text", "switched"), [
    ("1", True), ("0", False), ("true", True), ("false", False), ("TRUE", True), ("False", False), (" 1 ", True),
])  # fmt: skip
def test_a_switch_is_written_in_these_ways(text: str, switched: bool) -> None:
    assert settings_from({"AUTH_DEVELOPMENT": text}).development is switched


@pytest.mark.parametrize(("variable", "near"), [
    ("AUTH_CODE_LIVE_S", "AUTH_CODE_LIFE_S"),
    ("AUTH_TRUSTED_PROXY", "AUTH_TRUSTED_PROXIES"),
    ("AUTH_REDIS_TIMEOUT", "REDIS_TIMEOUT_MS"),
    ("AUTH_port", "AUTH_PORT"),
    ("auth_port", "AUTH_PORT"),
    ("AUTH_URLL", "AUTH_URL"),
    ("AUTH_UR", "AUTH_URL"),
    ("TURN_URLS", "TURN_URL"),
    ("SERVICE_KY", "SERVICE_KEY"),
    ("STUN_URLS", "STUN_URL"),
    ("SMTP_ULR", "SMTP_URL"),
    ("MAIL_FROM", "AUTH_MAIL_FROM"),
    ("Redis_Url", "REDIS_URL"),
    ("TRUSTED_PROXY", "TRUSTED_PROXIES"),
    ("AUHT_SEND_IP_HOUR", "AUTH_SEND_IP_HOUR"),
    ("TRUSTD_PROXIES", "TRUSTED_PROXIES"),
    ("CHATDEVELOPMENT", "CHAT_DEVELOPMENT"),
    ("SMPT_URL", "SMTP_URL"),
    ("TRUN_URL", "TURN_URL"),
    ("SUTN_URL", "STUN_URL"),
    ("REIDS_URL", "REDIS_URL"),
    ("REDS_URL", "REDIS_URL"),
    ("REDDIS_URL", "REDIS_URL"),
    ("redisurl", "REDIS_URL"),
    ("REDIS-URL", "REDIS_URL"),
    ("AUTH.PORT", "AUTH_PORT"),
    ("AUHT_PORT", "AUTH_PORT"),
    ("ATH_PORT", "AUTH_PORT"),
    ("AUHT_URL", "AUTH_URL"),
    ("SERVCE_KEY", "SERVICE_KEY"),
    ("PUBILC_URL", "PUBLIC_URL"),
    ("TURNSECRET", "TURN_SECRET"),
])  # fmt: skip
@pytest.mark.parametrize("service", KINDS)
def test_a_misspelt_name_is_refused_by_both_with_the_nearest(service: str, variable: str, near: str) -> None:
    sentence = f"{variable} is no setting: did you mean {near}? `python -m {service} settings` shows all."
    with pytest.raises(SettingsError, match=f"^{re.escape(sentence)}$"):
        KINDS[service][1]({variable: "1"})


@pytest.mark.parametrize(("variable", "near"), [
    ("SIGNALING_ORIGINS", "AUTH_ORIGINS"),
    ("SIGNALING_TICKS", "SIGNALING_TICK_S"),
    ("SIGNALLING_WORKERS", "SIGNALING_WORKERS"),
    ("signaling_secret", "SIGNALING_SECRET"),
    ("AUTH_TICK_S", "SIGNALING_TICK_S"),
])  # fmt: skip
def test_signaling_knows_the_names_of_both(variable: str, near: str) -> None:
    with pytest.raises(SettingsError, match=f"^{variable} is no setting: did you mean {near}\\?"):
        signaling_settings_from({variable: "1"})


@pytest.mark.parametrize("service", KINDS)
def test_the_names_of_the_other_service_are_allowed(service: str) -> None:
    everything = {name: "" for kinds, _ in KINDS.values() for kind in kinds for name in names_of(kind)}
    assert KINDS[service][1](everything) == KINDS[service][0][0]()
    assert Settings.foreign == set(SignalingSettings.common.values()) - set(Settings.common.values())


@pytest.mark.parametrize(("variable", "advice"), [
    ("AUTH_WORKERS", "write `python -m auth serve --workers 2`."),
    ("AUTH_PUBLIC_URL", "its keys have it, by `python -m auth keys new --issuer`."),
    ("AUTH_ISSUER", "its keys have it, by `python -m auth keys new --issuer`."),
    ("REDIS_PASSWORD", "it is a part of REDIS_URL, as in redis://user:password@host:6379/0."),
    ("AUTH_REDIS_HOST", "it is a part of REDIS_URL, as in redis://user:password@host:6379/0."),
    ("SMTP_HOST", "it is a part of SMTP_URL, as in smtp://user:password@host:587."),
    ("AUTH_SMTP_USERNAME", "it is a part of SMTP_URL, as in smtp://user:password@host:587."),
    ("CHAT_DEVELOPEMENT", "did you mean CHAT_DEVELOPMENT?"),
    ("CHAT_DEV", "take it out."),
])  # fmt: skip
@pytest.mark.parametrize("service", KINDS)
def test_what_others_have_a_variable_for_is_told_where_it_belongs(service: str, variable: str, advice: str) -> None:
    with pytest.raises(SettingsError, match=f"^{variable} is no setting: {re.escape(advice)}"):
        KINDS[service][1]({variable: "1"})


@pytest.mark.parametrize("quote", ["'", '"'])
@pytest.mark.parametrize("variable", ["REDIS_URL", "AUTH_MAIL_FROM", "AUTH_PORT", "AUTH_METRICS_TOKEN"])
def test_quotes_that_came_along_are_told(variable: str, quote: str) -> None:
    with pytest.raises(SettingsError) as said:
        settings_from({variable: f"{quote}{'7' * 40}{quote}"})
    assert str(said.value) == f"{variable} stands in quotes, which came along with it: leave them out."


def test_a_quote_within_is_no_quote_around() -> None:
    assert settings_from({"AUTH_MAIL_FROM": '"Chat, Inc." <a@b.example>'}).mail_from == '"Chat, Inc." <a@b.example>'


@pytest.mark.parametrize("url", ["redis://:a#b@h:6379/0", "redis://:a/b@h/0", "redis://u:a?b@h"])
def test_letters_of_a_password_are_told_how_to_be_written(url: str) -> None:
    with pytest.raises(SettingsError, match="of a password as %2F %3F %23 %40"):
        settings_from({"REDIS_URL": url})


@pytest.mark.parametrize("variable", ["AUTO_PORT", "PATH_URL", "SERVER_KEY", "PUBLIC_DIR", "DEVELOPMENT_CHAT"])
@pytest.mark.parametrize("service", KINDS)
def test_a_name_that_may_be_somebody_elses_is_let_be(service: str, variable: str) -> None:
    KINDS[service][1]({variable: "1"})


# What programs, shells and images of containers have.
ELSEWHERE = (
    "PATH", "AUTHOR", "SIGNAL", "SIGNALS", "HOST", "PORT", "URL", "KEY", "AUTHORITY", "OAUTH_URL", "OAUTH_PORT",
    "OAUTH_HOST", "AUTO_URL", "XAUTHORITY", "TUN_URL", "SUN_URL", "SMT_URL", "SMS_URL", "RED_URL", "REDDIT_URL",
    "REDIRECT_URL", "PUBLISH_URL", "PUBLIC_KEY", "SERVER_URL", "SECRET_KEY", "RETURN_URL", "TURNS_URL",
    "STATUS_URL", "CHAT_URL", "CHAT_PORT", "CHATROOM", "STUDY_URL", "MAILTO", "EMAIL_FROM", "PROXY_URL", "HTTP_PROXY",
    "TRUST_STORE", "TURNKEY", "STUNNEL", "SERVICE", "AUTH", "REDIS", "SMTP", "AUTHKEY", "LS_COLORS", "DEBUG_PORT",
)  # fmt: skip


@pytest.mark.parametrize("service", KINDS)
def test_what_others_call_nearly_so_is_let_be(service: str) -> None:
    KINDS[service][1](dict.fromkeys(ELSEWHERE, "1"))


@pytest.mark.parametrize(("name", "slip"), [
    ("AUTH_URL", True), ("AUHT_URL", True), ("AAUTH_URL", True), ("AUTHURL", True), ("AUTH_URLL", True),
    ("AUTX_URL", False), ("OAUTH_URL", False), ("ATH_URL", False), ("UATH_ULR", False), ("AUTH", False), ("", False),
])  # fmt: skip
def test_a_slip_makes_no_other_word(name: str, slip: bool) -> None:
    assert is_slip(name, "AUTH_URL") is slip
    assert is_slip("AUT_PORT", "AUTH_PORT")


def test_a_name_like_none_of_ours_is_refused_too() -> None:
    with pytest.raises(SettingsError, match=r"^AUTH_XYZZY is no setting: take it out\."):
        settings_from({"AUTH_XYZZY": "1"})
    with pytest.raises(SettingsError, match=r"^SIGNALING_LIMITS is no setting: take it out\."):
        signaling_settings_from({"SIGNALING_LIMITS": "{}"})
    assert settings_from({"SIGNALING_WHAT": "1", "AUTHOR": "me", "MAIL": "x"}) == Settings()


@pytest.mark.parametrize(("variable", "text"), [
    ("AUTH_PORT_8081_TCP", "10.0.0.1"), ("REDIS_SERVICE_HOST", "10.0.0.1"), ("REDIS_SERVICE_PORT_HTTP", "1"),
    ("REDIS_PORT", "tcp://10.0.0.1:6379"), ("REDIS_PORT_6379_TCP_ADDR", "10.0.0.1"),
])  # fmt: skip
def test_what_kubernetes_makes_is_told_where_it_is_switched_off(variable: str, text: str) -> None:
    with pytest.raises(SettingsError, match=f"^{variable} is no setting: Kubernetes .* enableServiceLinks: false"):
        settings_from({variable: text})


@pytest.mark.parametrize(("one", "other", "changes"), [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("AUTH_UR", "AUTH_URL", 1), ("ab", "ba", 2),
])  # fmt: skip
def test_names_are_as_far_apart_as_one_changes_letters(one: str, other: str, changes: int) -> None:
    assert distance(one, other) == changes


def test_every_fault_is_said_at_once_one_a_line() -> None:
    environ = {"SIGNALING_PORT": "x", "SIGNALING_TICK_S": "-1", "SIGNALING_TICKS": "1", "TURN_URL": "https://turn.test"}
    with pytest.raises(SettingsError) as refused:
        signaling_settings_from(environ)
    assert [line.split()[0] for line in str(refused.value).splitlines()] == [
        "SIGNALING_TICKS", "TURN_URL", "SIGNALING_PORT", "SIGNALING_TICK_S",
    ]  # fmt: skip


SECRETS = {
    "AUTH_REDIS_URL": "http://user:hunter2@r", "AUTH_SMTP_URL": "smtp://user:hunt/er2@m", "REDIS_URL": "hunter2",
}  # fmt: skip


@pytest.mark.parametrize("variable", SECRETS)
def test_a_password_is_in_no_sentence(variable: str) -> None:
    with pytest.raises(SettingsError) as refused:
        settings_from({variable: SECRETS[variable]})
    assert re.match(f"{variable}: (write|begin)", str(refused.value)) is not None
    assert "hunt" not in str(refused.value)


def test_secrets_are_not_shown() -> None:
    auth = settings_from({"REDIS_URL": "redis://u:hunter2@r", "SMTP_URL": "smtp://u:hunter2@m"})
    signaling = signaling_settings_from({"REDIS_URL": "redis://u:hunter2@r", "TURN_SECRET": "hunter2" * 5})
    assert "hunter2" not in repr(auth) + repr(signaling) + str(auth) + str(signaling)


GOOD = [
    ("AUTH_REDIS_URL", "redis://user:p%40ss@host:6379/0"),
    ("AUTH_REDIS_URL", "rediss://host"),
    ("AUTH_REDIS_URL", "unix:///run/redis.sock?db=1"),
    ("AUTH_REDIS_URL", "redis+cluster://a:1,b:2"),
    ("AUTH_REDIS_URL", "rediss+sentinel://u:p@a:1,b/master/0"),
    ("AUTH_SMTP_URL", "smtps://user:password@host"),
    ("AUTH_SMTP_URL", "smtp://Mail.Example.org:25/"),
    ("AUTH_SMTP_URL", "smtp://u:p@h:587"),
    ("AUTH_SMTP_URL", "smtps://u:p@h:465"),
    ("AUTH_SMTP_URL", "smtps://u:p@h:2465"),
    ("AUTH_ORIGINS", "https://xn--bcher-kva.example:8443"),
    ("AUTH_ORIGINS", "https://" + "a" * 63 + ".test"),
    ("AUTH_HOST", "0.0.0.0"),
    ("AUTH_HOST", "::"),
    ("AUTH_HOST", "localhost"),
    ("AUTH_SMTP_URL", "smtp://[::1]:25"),
    ("AUTH_TRUSTED_PROXIES", "none"),
    ("SIGNALING_AUTH_URL", "http://[::1]:8081"),
    ("SIGNALING_AUTH_URL", "http://auth:80/path"),
    ("SIGNALING_PUBLIC_URL", "https://chat.test:8443/signal"),
    ("SIGNALING_PUBLIC_URL", "https://" + ("a" * 62 + ".") * 4 + "a"),
    ("SIGNALING_TURN_URL", "turn:127.0.0.1:65535?transport=udp,turns:[2001:db8::1]?transport=tcp,turn:a.test"),
    ("SIGNALING_STUN_URL", "stun:[::1]:1,stuns:a"),
    ("SIGNALING_TURN_SECRET", "s" * 32),
]


@pytest.mark.parametrize(("variable", "text"), GOOD)
def test_what_has_its_form_is_taken_as_it_is(variable: str, text: str) -> None:
    found = value(variable.partition("_")[0].lower(), variable, text)
    assert (found[0] if isinstance(found, tuple) else found) == text


def test_a_mail_server_is_asked_at_a_port_that_speaks_so() -> None:
    for scheme, other, port in (("smtp", "smtps", 465), ("smtps", "smtp", 587), ("smtps", "smtp", 25)):
        with pytest.raises(SettingsError, match=f"write {other}:// before the port {port}"):
            settings_from({"AUTH_SMTP_URL": f"{scheme}://h:{port}"})
    with pytest.raises(SettingsError, match="write the password behind the user"):
        settings_from({"AUTH_SMTP_URL": "smtp://u@h:587"})


BAD = {
    "AUTH_REDIS_URL": ("h:6379", "redis://", "http://h", "redis://h:0", "redis://h:x", "redis+cluster://h/1", "unix:"),
    "AUTH_SMTP_URL": (
        "mail.test", "smtp://", "smtp://h:99999", "smtp://a b", "smtp://u:a?b@h", "smtp://h/x", "smtp://a..b",
        "smtp://u:p@h:465", "smtps://u:p@h:587", "smtps://h:25", "smtp://u@h", "smtp://u:@h", "smtp://:p@h",
    ),
    "AUTH_TRUSTED_PROXIES": (
        "*", "proxy.local", "0.0.0.0/0", "::/0", "10.0.0.0/33", "none,::1",
        "0.0.0.0/1,128.0.0.0/1", "::/1,8000::/1", "::ffff:0:0/95", "::ffff:0:0/96", "64:ff9b::/96", "10.0.0.0/7",
        "10.0.0.0/8,11.0.0.0/8", "2000::/15", "2000::/16,2001::/16", "fc00::/7", "::/16", "64:ff9b::/64",
        "::ffff:0:0/97,::ffff:128.0.0.0/97", "8.0.0.0/8", "8.0.0.0/9", "8.0.0.0/10,8.64.0.0/10", "172.0.0.0/8",
    ),
    "AUTH_MAIL_FROM": ("Chat", "Chat <>", "a@b@c.de", "Chat <a@b.de", "A <a@b.de> B", "<a@b.de>x", "A\x07 <a@b.de>"),
    "AUTH_ORIGINS": (
        "http://a.test", "https://a.test/", "*", "null", "http://localhost", "https://localhost", "https://127.0.0.1",
        "https://a..b", "https://a.localhost", "https://93.184.216.34", "https://010.1.1.1", "https://example.org:0",
        "https://example.org:08443", "https://a.test:99999", "https://exa<b>.org", 'https://a"b',
        "https://exa mple.org", r"https://a\b.org", "https://%65xample.org", "https://a_b.test", "https://-a.test", "https://[::1]",
        "https://" + "a" * 64 + ".test",
    ),
    "AUTH_HOST": ("nonsense host", "127.0.0.1:8081", "http://127.0.0.1", "1.2.3", "::1%eth0", "[::1]"),
    "AUTH_METRICS_TOKEN": ("x", "@METRICS_TOKEN@"),
    "AUTH_CODE_TRIES": ("0", "6"),
    "AUTH_CODE_LIFE_S": ("0", "601"),
    "SIGNALING_PUBLIC_URL": (
        "chat.example.org", "wss://chat.example.org", "https://", "https://a.test?x", "https://a.test#x",
        "https://A.test", "https://u@a.test", "https://a.test:0", "https://*.a.test", "https://a..b", "https://a.test:",
        "https://a.test:443", "http://a.test:80", "https://a.test/ws", "https://a.test/x/ws/", "https://010.1.1.1",
        "https://a_b.test", "https://[::ffff]:x", "https://a.test:08443", "https://[0::1]", "https://[::FFFF]",
        "https://" + ("a" * 62 + ".") * 4 + "ab", "https://a.test?", "https://a.test/#", "https://a.test/?#",
    ),
    "SIGNALING_HOST": ("nonsense host",),
    "SIGNALING_TURN_SECRET": ("x", "@TURN_SECRET@"),
    "SIGNALING_TURN_URL": (
        "turn.test", "https://turn.test", "stun:a.test", "turn://a.test", "turn:a.test?transport=x", "turn:a.test,b",
        "turn:127.0.0.1:99999", "turn:a.test:0", "turn:a.test:03478", "turn:...:1", "turn:a.test:", "turn:[:::]:1",
        "turn:1.2.3:1", "turn:a.test?", "turn:?transport=udp",
    ),
    "SIGNALING_STUN_URL": ("turn:a.test", "stun:[:::]:1", "stun:a.test:3478?transport=udp", "stun:a.test:65536"),
    "SIGNALING_DEVELOPMENT": ("yes", "2", "on"),
}  # fmt: skip
ADVICE = (
    "write|leave out|begin with|a cluster has|end with|give each host|CHAT_DEVELOPMENT|allow-same-origin|stands alone"
)


@pytest.mark.parametrize(("variable", "text"), [(variable, text) for variable in BAD for text in BAD[variable]])
def test_what_has_not_is_refused_with_one_sentence_that_says_what_to_write(variable: str, text: str) -> None:
    with pytest.raises(SettingsError, match=f"^{variable}.*({ADVICE})") as said:
        value(variable.partition("_")[0].lower(), variable, text)
    assert str(said.value).count("\n") == 0
    assert str(said.value).endswith(".")


@pytest.mark.parametrize(("text", "header"), [
    ("no-reply@example.org", "no-reply@example.org"),
    ("Chat <no-reply@example.org>", "Chat <no-reply@example.org>"),
    ("Chat, Inc. <no-reply@example.org>", '"Chat, Inc." <no-reply@example.org>'),
    ('"Chat, Inc." <no-reply@example.org>', '"Chat, Inc." <no-reply@example.org>'),
    ("Chat <no-reply@münchen.example>", "Chat <no-reply@xn--mnchen-3ya.example>"),
    ("Châtel <no-reply@example.org>", "Châtel <no-reply@example.org>"),
])  # fmt: skip
def test_a_sender_is_made_what_mail_programs_take(text: str, header: str) -> None:
    if "example>" in text:  # a name that is reserved for examples
        text, header = text.replace(".example", ".de"), header.replace(".example", ".de")
    made = value("auth", "AUTH_MAIL_FROM", text)
    assert made == header
    assert value("auth", "AUTH_MAIL_FROM", made) == made


@pytest.mark.parametrize(("text", "found"), [
    ("127.0.0.1", ("127.0.0.1",)),
    (" 10.0.0.7 , unix", ("10.0.0.7", "unix")),
    ("fd00:0:0::7", ("fd00::7",)),
    ("10.1.2.3/8", ("10.0.0.0/8",)),
    ("::ffff:10.0.0.7", ("10.0.0.7",)),
    ("::ffff:10.0.0.0/104", ("10.0.0.0/8",)),
    ("2001:db8::/32", ("2001:db8::/32",)),
    ("10.0.0.0/8,172.16.0.0/12,192.168.0.0/16", ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")),
    ("fd00::/8,2001::/16", ("fd00::/8", "2001::/16")),
    ("64:ff9b::a00:7", ("64:ff9b::a00:7",)),
    ("173.245.48.0/20,104.16.0.0/13,2606:4700::/32", ("173.245.48.0/20", "104.16.0.0/13", "2606:4700::/32")),
    ("104.64.0.0/10,100.64.0.0/10,127.0.0.0/8", ("104.64.0.0/10", "100.64.0.0/10", "127.0.0.0/8")),
    ("8.0.0.0/10,8.128.0.0/10", ("8.0.0.0/10", "8.128.0.0/10")),
])  # fmt: skip
def test_proxies_are_addresses_or_networks(text: str, found: tuple[str, ...]) -> None:
    assert value("auth", "AUTH_TRUSTED_PROXIES", text) == found


@pytest.mark.parametrize("text", ["x-odd://someone:secret@host/ y", "turn:someone:secret@host y"])
def test_no_refusal_shows_a_user_or_a_password(text: str) -> None:
    names = [field for kinds, _ in KINDS.values() for kind in kinds for field in kind.model_fields]
    refusals = []
    for service, (kinds, _) in KINDS.items():
        for variable in (variable for kind in kinds for variable in names_of(kind)):
            try:
                KINDS[service][1]({variable: text})
            except SettingsError as error:
                refusals.append(str(error))
    assert len(refusals) > len(names) // 2
    assert not any("secret" in refusal or "someone" in refusal for refusal in refusals)
