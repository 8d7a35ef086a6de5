"""`python -m signaling check`, of emotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from signaling.checks import emotes
from signaling.settings import Settings
from tests.fakes.s3 import bucket
from tests.fakes.seven_tv import SevenTv


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_7tv_is_asked_and_a_file_laid_on_the_shelf(there: SevenTv, tmp_path: Path) -> None:
    found = await emotes.findings(Settings(seven_tv_url=there.url, emote_shelf=str(tmp_path / "shelf")))
    assert [finding.mark for finding in found] == ["ok", "ok"]
    assert "1 emotes" in found[0].sentence
    assert files(tmp_path) == []


@pytest.mark.parametrize("fault", ["500", "html", "text"])
async def test_a_7tv_that_does_not_answer_is_told(there: SevenTv, tmp_path: Path, fault: str) -> None:
    there.fault = fault
    found = await emotes.findings(Settings(seven_tv_url=there.url, emote_shelf=str(tmp_path / "shelf")))
    assert found[0].mark == "WARN"
    assert "set SIGNALING_SEVEN_TV=0" in found[0].sentence


async def test_a_shelf_that_keeps_nothing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    async with bucket() as kept:
        kept.is_down = True
        s3 = Settings(seven_tv=False, s3_endpoint=kept.url, s3_key_id="KEY", s3_secret="SECRET")
        for place in (str(tmp_path / "file"), "s3://chat/pictures"):
            _, shelf = await emotes.findings(s3.model_copy(update={"emote_shelf": place}))
            assert shelf.mark == "WARN"
            assert "SIGNALING_EMOTE_SHELF" in shelf.sentence
            assert "SECRET" not in shelf.sentence
    assert capsys.readouterr().err == ""
