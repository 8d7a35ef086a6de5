"""What the page about hosting names is there, and its files fit each other and the services."""

from __future__ import annotations

import re
import secrets
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

import dns.rdatatype
import dns.zone
import pytest

import auth.__main__
import auth.production
import auth.settings
import signaling.__main__
import signaling.emotes.routes
import signaling.production
import signaling.serve
import signaling.settings
from tests.hosting.page import PAGE, ROOT, blocks

FILES = ROOT / "examples" / "hosting"
MADE = secrets.token_hex(32)  # as `place` makes them
UNITS = sorted((FILES / "systemd").iterdir())
SCRIPTS = ("place", "chat", "backup", "turn-cert")
COMMANDS = "\n".join(block.commands for block in blocks())
PORT = re.compile(r"127\.0\.0\.1:(8\d{3})")

# IANA's special-purpose registries (RFC 6890), an address of each.
SPECIAL = (
    "0.0.0.1", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1",
    "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1",
    "240.0.0.1", "255.255.255.255", "::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "100::1", "2001:db8::1", "2001::1",
    "2002:a00:1::1", "3fff::1", "fc00::1", "fd12:3456::1", "fe80::1",
)  # fmt: skip


def text(name: str) -> str:
    return (FILES / name).read_text("utf-8")


def test_every_file_of_the_project_that_the_page_names_is_there() -> None:
    named = re.findall(r"/opt/chat/(?:current|\$VERSION)/((?!\.venv)[\w./-]+)", COMMANDS)
    assert {"examples/hosting/place", "requirements-services.lock"} <= set(named)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_command_of_the_page_is_run_at_night_but_those_for_containers() -> None:
    long = (Path(__file__).with_name("test_page.py")).read_text("utf-8")
    asked = set(re.findall(r'"([^"\n]+)"', long))
    wanted = {(block.section, block.where) for block in blocks() if block.where != "containers"}
    assert len(wanted) > 10
    assert [(section, where) for section, where in wanted if not {section, where or section} <= asked] == []


def test_the_page_calculates_with_what_the_bench_measured() -> None:
    results = (ROOT / "bench" / "RESULTS.md").read_text("utf-8")
    (*_, newest) = re.findall(
        r"^One signaling process for its host: (\S+ MiB) at rest and (\S+ KiB) for each .*?; (\d+ us) ", results, re.M
    )
    assert [figure for figure in newest if figure not in PAGE] == []
    relayed_a_s = 0.7e6 / float(newest[2].split()[0])
    rows = re.findall(r"^\| [\d,]+ \| \d+ \| \d+ GB \| (\d+) \| ([\d,]+) \|$", PAGE, re.M)
    assert len(rows) == 3
    per_process = [int(told.replace(",", "")) / int(processes) for processes, told in rows]
    assert [one for one in per_process if abs(one / relayed_a_s - 1) > 0.03] == []


def test_every_unit_that_the_page_names_is_there() -> None:
    named = set(re.findall(r"\bchat-[a-z-]+(?:@|\.service|\.timer)", PAGE))
    there = {unit.name.replace("@.service", "@") for unit in UNITS}
    assert len(named) > 5
    assert named - there == set()


def test_every_timer_that_is_there_is_begun_by_the_page() -> None:
    timers = {unit.name for unit in UNITS if unit.suffix == ".timer"}
    assert {name for name in timers if f"systemctl enable --now {name}" not in COMMANDS} == set()


def test_all_that_is_set_up_is_in_a_file_that_is_put_somewhere() -> None:
    """`place` writes them all; the page's table names where."""
    lines = [line for line in text("place").splitlines() if not line.lstrip().startswith("#")]
    placed = " ".join(re.findall(r"(?:keep|write) (\S+) ", "\n".join(lines)))
    files = [path.relative_to(FILES) for path in FILES.rglob("*") if path.is_file()]
    ways = ("settings/$name.env", "systemd/")
    alone = {"place", "dns.zone", "mail-account"}
    left = [
        str(name) for name in files
        if str(name) not in placed.split() and str(name) not in alone and name.parts[0] not in ("containers",)
        and not any(str(name).startswith(way.split("$")[0]) for way in ways)
    ]  # fmt: skip
    assert left == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_a_script(script: str) -> None:
    assert (FILES / script).stat().st_mode & 0o111 == 0o111
    assert subprocess.run(["sh", "-n", FILES / script], capture_output=True, text=True).stderr == ""


@pytest.mark.parametrize("words", [
    [], ["Example.org"], ["example"], ["example.org/"], ["a b.c"], ["-x.org"], [".org"], ["a..b"], ["a.b."],
    ["example.org", "apache"],
])  # fmt: skip
def test_what_is_no_domain_is_refused_before_anything_is_written(words: list[str]) -> None:
    done = subprocess.run([FILES / "place", *words], capture_output=True, text=True, env={"PATH": "/nowhere"})
    assert done.returncode == 2
    assert "place" in done.stderr


def test_nginx_and_caddy_ask_the_processes_that_the_page_starts() -> None:
    started = [re.findall(rf"chat-{name}@(\d+)", COMMANDS) for name in ("auth", "signaling")]
    ports = [sorted(set(found)) for found in started]
    nginx = [re.findall(PORT, part.split("}")[0]) for part in text("nginx/chat.conf").split("upstream ")[1:]]
    caddy = [re.findall(PORT, line) for line in text("caddy/Caddyfile").splitlines() if "reverse_proxy" in line]
    assert ports == nginx == caddy == [["8081", "8091"], ["8082", "8083"]]


def test_the_proxies_let_a_picture_through_to_signaling_and_nothing_else_that_is_large() -> None:
    most = signaling.settings.Settings().limits.emote_upload_bytes
    path, units = signaling.emotes.routes.SITE_PATH, {"k": 1024, "KB": 1000}
    (nginx,) = re.findall(rf"location = {path} {{\n +client_max_body_size (\d+)(k);", text("nginx/chat.conf"))
    assert text("nginx/chat.conf").count("client_max_body_size 16k;") == 2
    for name in ("caddy/Caddyfile", "containers/Caddyfile"):
        assert f"@picture path {path}\n\t@others not path {path}\n" in text(name)
        (caddy,) = re.findall(r"request_body @picture {\n\t\tmax_size (\d+)(KB)\n", text(name))
        assert "request_body @others {\n\t\tmax_size 16KB\n" in text(name)
        for count, unit in (nginx, caddy):
            assert most < int(count) * units[unit] < 1.1 * most


def test_the_pictures_of_emotes_are_where_signaling_may_write_and_in_the_backup() -> None:
    (shelf,) = re.findall(r"^SIGNALING_EMOTE_SHELF=(.*)$", text("settings/signaling.env"), re.M)
    unit = text("systemd/chat-signaling@.service")
    assert f"/var/lib/{re.findall(r'^StateDirectory=(.*)$', unit, re.M)[0]}" == shelf
    assert f"etc/chat var/lib/chat {shelf.removeprefix('/')} " in text("backup")
    assert f"install -d -o chat -g chat -m 750 /var/lib/chat {shelf}" in COMMANDS


def test_the_second_process_of_signaling_has_sockets_only_while_the_first_is_away() -> None:
    (nginx,) = [part.split("}")[0] for part in text("nginx/chat.conf").split("upstream ") if "chat_signaling {" in part]
    assert re.findall(r":(\d+) max_fails=0( backup)?;", nginx) == [("8082", ""), ("8083", " backup")]
    (caddy,) = [part.split("}")[0] for part in text("caddy/Caddyfile").split("reverse_proxy ") if ":8082" in part]
    # Without the second line Caddy would ask the first again and again.
    assert "lb_policy first" in caddy
    assert "fail_duration 1s" in caddy


def test_the_relay_reaches_no_special_network() -> None:
    ranges = [line.split("=")[1].partition("-") for line in text("coturn/turnserver.conf").splitlines()
              if line.startswith("denied-peer-ip=")]  # fmt: skip
    denied = [(ip_address(first), ip_address(last or first)) for first, _, last in ranges]

    def is_denied(address: str) -> bool:
        wanted = ip_address(address)
        same = [(first, last) for first, last in denied if first.version == last.version == wanted.version]
        return any(int(first) <= int(wanted) <= int(last) for first, last in same)

    assert [address for address in SPECIAL if not is_denied(address)] == []
    assert not is_denied("9.9.9.9")
    assert not is_denied("2606:4700::1")


def rendered(folder: Path) -> list[Path]:
    """The units, with a Python that is there in place of the one that a server has."""
    program = folder / "python"
    program.symlink_to(sys.executable)
    made = []
    for unit in UNITS:
        body = unit.read_text("utf-8").replace("/opt/chat/current/.venv/bin/python", str(program))
        body = re.sub(r"/usr/local/(?:bin|lib/chat)/([a-z-]+)", rf"{FILES}/\1", body)
        body = body.replace("/usr/bin/curl", shutil.which("true") or "")
        target = folder / unit.name.replace("@.", "@8081.")
        target.write_text(re.sub(r"^Documentation=.*\n", "", body, flags=re.M), "utf-8")
        made.append(target)
    return made


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    units = rendered(tmp_path)
    assert len(units) > 8
    command = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *map(str, units)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr.strip()) == (0, "")


def test_systemd_would_not_take_a_unit_that_is_wrong(tmp_path: Path) -> None:
    (unit,) = [unit for unit in rendered(tmp_path) if unit.name.startswith("chat-auth@")]
    unit.write_text(unit.read_text("utf-8").replace("NoNewPrivileges=", "NoNewPrivilege="), "utf-8")
    command = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(unit)]
    assert "NoNewPrivilege" in subprocess.run(command, capture_output=True, text=True).stderr


@pytest.mark.parametrize("name", ["chat-auth@.service", "chat-signaling@.service"])
def test_a_service_may_no_more_than_it_must(name: str) -> None:
    lines = (FILES / "systemd" / name).read_text("utf-8").splitlines()
    wanted = {
        "User=chat", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectSystem=strict", "ProtectHome=yes",
        "PrivateTmp=yes", "PrivateDevices=yes", "MemoryDenyWriteExecute=yes", "SystemCallFilter=@system-service",
    }  # fmt: skip
    assert wanted - set(lines) == set()


def zone() -> dns.zone.Zone:
    return dns.zone.from_text(text("dns.zone"), origin="example.org.", relativize=False)


def records() -> set[tuple[str, str, str]]:
    """Name, type and value of each."""
    return {
        (str(name), dns.rdatatype.to_text(data.rdtype), str(data)) for name, _, data in zone().iterate_rdatas()
    }


def test_every_name_of_the_page_has_addresses() -> None:
    names = re.findall(r"^\| `([a-z.]*example\.org)` \|", PAGE, re.M)
    assert len(names) == 5
    for kind in ("A", "AAAA"):
        there = {name for name, of, _ in records() if of == kind}
        assert [name for name in names if f"{name}." not in there] == []


def test_the_records_for_mail_are_those_of_the_zone() -> None:
    (block,) = re.findall(r"^```dns\n(.*?)^```", PAGE, re.M | re.S)
    shown = {tuple(line.split(maxsplit=2)) for line in block.splitlines()}
    assert len(shown) == 3
    assert shown <= records()


def test_the_records_for_mail_keep_their_grammar() -> None:
    """SPF: RFC 7208, 12; DMARC: RFC 7489, 6.4. One record of each."""
    texts = [data.strip('"') for _, kind, data in records() if kind == "TXT"]
    (spf,) = [one for one in texts if one.startswith("v=spf1 ")]
    assert all(re.fullmatch(r"[+?~-]?(all|a|mx|(include|ip4|ip6|a|mx):\S+)", term) for term in spf.split()[1:])
    assert spf.endswith("-all")
    (dmarc,) = [one for one in texts if one.startswith("v=DMARC1;")]
    tags = [tag.strip().split("=", 1) for tag in dmarc.split(";")]
    assert [name for name, _ in tags[:2]] == ["v", "p"]
    assert dict(tags)["p"] in ("none", "quarantine", "reject")
    assert dict(tags)["rua"].startswith("mailto:")
    assert [name for name, _, _ in records() if "._domainkey." in name] == ["chat2026._domainkey.example.org."]


def settings_of(*names: str) -> dict[str, str]:
    """The variables of these files, as systemd hands them over."""
    lines = [line for name in names for line in text(f"settings/{name}.env").splitlines()]
    pairs = [line.split("=", 1) for line in lines if line != "" and not line.startswith("#")]
    return {name: re.sub(r"@[A-Z_]+@", MADE, value).strip('"') for name, value in pairs}


def test_the_sign_in_service_starts_with_its_settings() -> None:
    settings = auth.settings.settings_from(settings_of("common", "auth"))
    assert auth.production.unsafe(settings) == [auth.production.NO_LOGIN]  # which the owner has to write
    assert settings.key_folder == Path("/var/lib/chat/keys")


def test_the_signaling_service_starts_with_its_settings() -> None:
    settings = signaling.settings.settings_from(settings_of("common", "signaling"))
    assert signaling.production.unsafe(settings) == []
    assert settings.turn_secret == settings_of("signaling")["SIGNALING_TURN_SECRET"] != ""


def test_each_service_is_told_only_its_own_secrets() -> None:
    assert [name for name in settings_of("signaling") if "SMTP" in name or name.startswith("AUTH_KEY")] == []
    assert [name for name in settings_of("auth") if "TURN" in name] == []


def test_a_stopped_process_is_given_the_time_to_let_its_members_go() -> None:
    unit = (FILES / "systemd" / "chat-signaling@.service").read_text("utf-8")
    (patience_s,) = re.findall(r"^TimeoutStopSec=(\d+)$", unit, re.M)
    options = signaling.serve.server_options(signaling.settings.Settings())
    assert int(patience_s) > options["timeout_graceful_shutdown"]


def said_to(service: str) -> list[list[str]]:
    """The words after `chat auth` or `python -m auth`, in blocks and in the text."""
    found = re.findall(rf"(?:chat {service}|-m {service}) ((?:--folder|[a-z])[^`\n;&|)]*)", PAGE)
    return [shlex.split(words.replace("…", "")) for words in found if not words.startswith("…")]


@pytest.mark.parametrize(("service", "main"), [("auth", auth.__main__.main), ("signaling", signaling.__main__.main)])
def test_the_services_know_every_command_that_the_page_gives_them(
    service: str, main: Callable[[list[str]], int], capsys: pytest.CaptureFixture[str]
) -> None:
    given = said_to(service)
    assert len(given) > 0
    for words in given:
        with pytest.raises(SystemExit) as ended:
            main([*words, "--help"])
        said = capsys.readouterr()
        assert (ended.value.code, words) == (0, words), said.err
        assert [word for word in words if word.startswith("--") and word not in said.out + "--folder"] == []
