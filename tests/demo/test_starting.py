"""What keeps the demo from starting is one line that says what to do."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from examples.demo import __main__ as demo
from examples.demo.server import HOST, PortTaken, listen, port_of
from tests.fakes.redis_groups import Member
from tests.fakes.serving import free_ports


@pytest.mark.parametrize("port", ["-5", "65536", "99999", "eighty", ""])
def test_what_is_no_port_is_refused(
    port: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["demo", f"--port={port}"])
    with pytest.raises(SystemExit, match="2"):
        demo.main()
    assert "is no port: take a number from 0 to 65535" in capsys.readouterr().err


def test_a_port_that_is_taken_names_the_verb_of_the_makefile() -> None:
    with listen(0) as taken, pytest.raises(PortTaken, match=f"of {HOST} is taken.*make demo PORT="):
        listen(port_of(taken))


def test_a_redis_address_that_is_none_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["demo", "--port=0"])
    monkeypatch.setenv("REDIS_URL", "nonsense")
    assert demo.main() == 1
    assert "demo: REDIS_URL does not fit" in capsys.readouterr().err


def test_a_redis_that_does_not_answer_is_told_of_at_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with listen(0) as taken:
        port = port_of(taken)
    monkeypatch.setattr("sys.argv", ["demo", "--port=0"])
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{port}")
    assert demo.main() == 1
    said = capsys.readouterr().err
    assert "demo: the Redis of REDIS_URL does not answer" in said
    assert "open" not in said


def test_keys_of_another_user_are_told_of_at_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(_settings: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", ".work/demo-keys")

    monkeypatch.setattr("sys.argv", ["demo", "--port=0"])
    monkeypatch.setattr(demo, "Demo", refused)
    assert demo.main() == 1
    assert "demo: .work/demo-keys cannot be used: remove .work, or give it back" in capsys.readouterr().err


def test_a_node_of_a_cluster_says_what_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    node = Member(tmp_path, *free_ports(2))
    try:
        node.start()
        monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{node.port}")
        monkeypatch.setattr("sys.argv", ["demo", "--port", "0"])
        assert demo.main() == 1
    finally:
        node.kill()
    assert "write redis+cluster://" in capsys.readouterr().err
