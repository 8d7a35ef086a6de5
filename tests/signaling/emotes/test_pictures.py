"""What becomes of a picture: pixels alone, three sizes, and a sentence for whatever is none."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image, ImageCms

from auth.problems import Problem
from signaling.emotes.picture_form import FORMS, Refused, check_end, form_of, webp_size
from signaling.emotes.picture_room import ROOT, read
from signaling.emotes.pictures import redraw
from tests.signaling.emotes.drawing import BOUNDS, drawn_by_a_process, moving, opened, png, saved, still

MIB = 1024 * 1024
MOST_BYTES, MOST_CPU_S = 100 * MIB, 2.1  # where the system ends it, counted in ticks
STILLS = {form: still(form=form) for form in FORMS}


def refusal(data: bytes, **bounds: int) -> str:
    with pytest.raises(Refused) as refused:
        redraw(data, replace(BOUNDS, **bounds))
    return refused.value.word


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_is_made_in_three_sizes_for_every_browser(form: str) -> None:
    drawn = redraw(STILLS[form], BOUNDS)
    assert set(drawn.files) == {f"{size}x.{kind}" for size in (1, 2, 4) for kind in ("webp", "png")}
    assert (drawn.width, drawn.height, drawn.animated) == (32, 32, False)
    for name, data in drawn.files.items():
        image = opened(data)
        assert (image.format, image.size) == (name[3:].upper(), (32 * int(name[0]),) * 2)
        assert len(data) <= BOUNDS.picture_bytes
    # A JPEG has no place to be clear.
    corner = opened(drawn.files["4x.png"]).getpixel((0, 0))
    assert isinstance(corner, tuple)
    assert corner[3] == (255 if form == "JPEG" else 0)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "AVIF"])
def test_an_animation_moves_and_has_a_still_of_its_first_frame(form: str) -> None:
    drawn = redraw(moving(5, form=form, loop=3) if form in ("GIF", "PNG") else moving(5, form=form), BOUNDS)
    assert drawn.animated
    kinds = (".webp", ".png", "_static.webp")
    assert set(drawn.files) == {f"{size}x{kind}" for size in (1, 2, 4) for kind in kinds}
    moves, rests = opened(drawn.files["2x.webp"]), opened(drawn.files["2x_static.webp"])
    assert (getattr(moves, "n_frames", 1), getattr(rests, "n_frames", 1)) == (5, 1)
    assert moves.info["loop"] == 0
    shown = rests.convert("RGB").getpixel((40, 32))
    assert isinstance(shown, tuple)
    assert max(abs(channel - wanted) for channel, wanted in zip(shown, (0, 0, 90), strict=True)) < 12


def test_an_animation_keeps_its_time_within_what_browsers_do() -> None:
    image = opened(redraw(moving(4, duration=[0, 10, 70, 60_000], form="PNG"), BOUNDS).files["1x.webp"])
    told = []
    for number in range(4):
        image.seek(number)
        image.load()
        told.append(image.info["duration"])
    assert told == [100, 20, 70, 10_000]


def test_what_a_png_shows_where_it_cannot_move_is_no_frame() -> None:
    first, *rest = [Image.new("RGB", (32, 32), colour) for colour in ("white", "red", "blue")]
    data = saved(first, save_all=True, append_images=rest, default_image=True, duration=50)
    drawn = redraw(data, BOUNDS)
    assert getattr(opened(drawn.files["1x.webp"]), "n_frames", 1) == 2
    assert opened(drawn.files["1x.png"]).convert("RGB").getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize(("size", "box"), [
    ((64, 32), (64, 32)), ((30, 90), (11, 32)), ((500, 499), (32, 32)), ((3, 1), (96, 32)),
])  # fmt: skip
def test_it_is_as_high_as_a_line_and_keeps_its_shape(size: tuple[int, int], box: tuple[int, int]) -> None:
    drawn = redraw(still(*size), BOUNDS)
    assert (drawn.width, drawn.height) == box
    assert opened(drawn.files["4x.webp"]).size == (box[0] * 4, box[1] * 4)


def test_it_stands_upright_and_in_the_colours_of_the_web() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6  # the camera was held on its side
    assert redraw(still(60, 30, "JPEG", exif=turned), BOUNDS).width == 16
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    for profile, wanted in ((srgb, 0), (swapped, 1), (b"nonsense" * 30, 0)):  # whose red is the other's green
        made = redraw(saved(Image.new("RGB", (32, 32), "red"), icc_profile=profile), BOUNDS)
        shown = opened(made.files["1x.png"]).getpixel((9, 9))
        assert isinstance(shown, tuple)
        assert max(range(3), key=lambda channel: shown[channel]) == wanted


def test_nothing_is_left_of_a_file_but_its_pixels() -> None:
    about = Image.Exif()
    about[0x010E] = "SECRET place"
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    told = [
        still(form="JPEG", exif=about, icc_profile=srgb, comment=b"SECRET"),
        still(form="WEBP", exif=about, xmp=b"SECRET"),
        still(form="AVIF", exif=about, icc_profile=srgb), moving(3, comment=b"SECRET <script>"),
        png(32, 32, (b"tEXt", b"Comment\0SECRET"), (b"eXIf", about.tobytes()[6:])), still(icc_profile=srgb),
    ]  # fmt: skip
    assert sum(b"SECRET" in data for data in told) == 5
    for data in told:
        for made in redraw(data, BOUNDS).files.values():
            image = opened(made)
            image.load()
            assert b"SECRET" not in made
            assert not {"icc_profile", "exif", "xmp", "comment"} & set(image.info)
            assert len(image.getexif()) == 0


# Limits


@pytest.mark.parametrize(("size", "word"), [
    ((999, 900), ""), ((1000, 1000), ""), ((1001, 900), "pixels"), ((900, 1001), "pixels"),
])  # fmt: skip
def test_a_side_has_so_many_pixels(size: tuple[int, int], word: str) -> None:
    assert said_of(still(*size)) == word


@pytest.mark.parametrize(("size", "word"), [
    ((95, 32), ""), ((96, 32), ""), ((97, 32), "pixels"), ((32, 96), ""), ((32, 97), "pixels"),
])  # fmt: skip
def test_a_picture_is_so_many_times_as_long_as_wide(size: tuple[int, int], word: str) -> None:
    assert said_of(still(*size)) == word


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "AVIF"])
@pytest.mark.parametrize(("count", "word"), [(5, ""), (6, ""), (7, "frames")])
def test_an_animation_has_so_many_frames(form: str, count: int, word: str) -> None:
    assert said_of(moving(count, form=form), frames=6) == word


def test_an_animation_has_120_frames() -> None:
    assert said_of(moving(120)) == ""
    assert said_of(moving(121)) == "frames"


@pytest.mark.parametrize(("pixels", "word"), [(4 * 1024 + 1, ""), (4 * 1024, ""), (4 * 1024 - 1, "effort")])
def test_all_frames_have_so_many_pixels(pixels: int, word: str) -> None:
    assert said_of(moving(4), pixels=pixels) == word


def test_what_is_made_is_light_or_refused() -> None:
    noise = saved(Image.effect_noise((128, 128), 120))
    most = max(len(data) for data in redraw(noise, BOUNDS).files.values())
    assert said_of(noise, picture_bytes=most) == ""
    assert said_of(noise, picture_bytes=most - 1) == "heavy"
    frames = [Image.effect_noise((128, 128), 120).convert("RGB") for _ in range(12)]
    film = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    best = len(redraw(film, replace(BOUNDS, picture_bytes=MIB)).files["4x.webp"])
    poorer = redraw(film, replace(BOUNDS, picture_bytes=best - 1)).files["4x.webp"]
    assert len(poorer) < 0.8 * best  # worse, rather than refused


def said_of(data: bytes, **bounds: int) -> str:
    try:
        redraw(data, replace(BOUNDS, **bounds))
    except Refused as refused:
        return refused.word
    return ""


# What is no picture, or more than one

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"


@pytest.mark.parametrize("data", [
    b"", b"x", SVG, b"\n" + SVG, EPS, b"BM" + b"\0" * 60, b"8BPS\0\1", b"SIMPLE  =", b"II*\0", b"<html>", b"%PDF-1.7",
    b"PK\3\4", b"\0\0\1\0", b" " + STILLS["PNG"], b"\0\0\0\x1cftypheic" + b"\0" * 20, b"RIFF\4\0\0\0WAVE",
    b"GIF88a" + b"\0" * 30,
])  # fmt: skip
def test_what_is_none_of_five_formats_is_refused(data: bytes) -> None:
    assert form_of(data) == ""
    assert refusal(data) == "format"


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_ends_early_is_refused(form: str) -> None:
    data = STILLS[form]
    for length in {len(data) - 1, len(data) // 2, 40, 30, 24, 14}:
        assert said_of(data[:length]) in ("broken", "format"), length


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"PK\3\4" + b"\0" * 30, SVG, b"\0\0"])
def test_a_picture_that_is_something_else_as_well_is_refused(form: str, tail: bytes) -> None:
    # Of boxes one cannot tell a foreign one from one that is cut.
    assert said_of(STILLS[form] + tail) in (("tail", "broken") if form == "AVIF" else ("tail",))


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_ends_where_it_says(form: str) -> None:
    check_end(form, STILLS[form])
    if form in ("GIF", "WEBP", "AVIF"):
        check_end(form, moving(3, form=form))
    for end in range(12, len(STILLS[form]), 7):
        with pytest.raises(Refused):
            check_end(form, STILLS[form][:end])


@pytest.mark.parametrize("options", [{}, {"lossless": True}, {"exif": b"Exif\0\0" + Image.Exif().tobytes()}])
def test_a_webps_size_is_read_before_anything_is_decoded(options: dict[str, Any]) -> None:
    assert webp_size(still(70, 50, "WEBP", **options)) == (70, 50)
    assert webp_size(large_webp()) == (9000, 9000)


# What is made to hurt: in the process, as the service runs it


def packed(size: int) -> bytes:
    """So many zeros."""
    return zlib.compress(b"\0" * size, 1)


def bomb_png() -> bytes:
    return png(4000, 4000, pixels=packed(16_001 * 4000))


def bomb_text() -> bytes:
    return png(32, 32, *[(b"zTXt", b"a\0\0" + packed(60 * MIB))] * 5)


def large_webp() -> bytes:
    """Its decoder would make room for 9000 x 9000 as it opens it: 650 MB."""
    data = STILLS_WITH_HEAD["WEBP"]
    assert data[12:16] == b"VP8X"
    return data[:24] + (8999).to_bytes(3, "little") * 2 + data[30:]


def large_avif() -> bytes:
    at = STILLS["AVIF"].index(b"ispe") + 8
    return STILLS["AVIF"][:at] + (30_000).to_bytes(4, "big") * 2 + STILLS["AVIF"][at + 8 :]


STILLS_WITH_HEAD = {"WEBP": still(form="WEBP", exif=b"Exif\0\0" + Image.Exif().tobytes())}


def bomb_gif() -> bytes:
    """20,000 frames of a pixel each on a large screen."""
    first = moving(2, 900, 900)
    frame = b"\x2c" + b"\0\0\0\0\1\0\1\0\0" + b"\2\2\x44\1\0"
    return first[:-1] + frame * 20_000 + b"\x3b"


def lying_png() -> bytes:
    """Says that it is small, and unpacks to 100 MB."""
    return png(32, 32, pixels=packed(100 * MIB))


HOSTILE: dict[str, tuple[Any, tuple[str, ...]]] = {
    "svg": (lambda: SVG * 10_000, ("format",)),
    "a webp of 9000 x 9000": (large_webp, ("pixels",)),
    "a png of 4000 x 4000": (bomb_png, ("pixels",)),
    "an avif of 30,000 x 30,000": (large_avif, ("pixels", "broken")),
    "a gif of 20,000 frames": (bomb_gif, ("effort", "frames", "broken")),
    "a png with packed words": (bomb_text, ("broken", "effort")),
    "a png that unpacks to more than it says": (lying_png, ("", "broken")),
    "50 MB": (lambda: STILLS["PNG"] + b"\0" * 50 * MIB, ("tail", "effort")),
    "a cut jpeg": (lambda: still(900, 900, "JPEG")[:-200] + b"\xff\xd9", ("", "broken")),
}


@pytest.mark.no_cover
@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_hurt_costs_little(name: str) -> None:
    make, words = HOSTILE[name]
    cost = drawn_by_a_process(make())
    assert cost.refused in words
    assert cost.memory_bytes < MOST_BYTES
    assert cost.cpu_s < MOST_CPU_S


def test_a_webp_is_not_even_opened_before_its_size_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    data = large_webp()
    monkeypatch.setattr(Image, "open", None)
    assert refusal(data) == "pixels"


def test_the_process_may_neither_write_files_nor_start_others() -> None:
    program = (
        "import resource as r; from signaling.emotes.picture_process import confine; confine(72 << 20, 2);"
        "print([r.getrlimit(kind) for kind in (r.RLIMIT_CORE, r.RLIMIT_FSIZE, r.RLIMIT_NPROC, r.RLIMIT_CPU)])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "[(0, 0), (0, 0), (0, 0), (2, 2)]\n"


@pytest.mark.parametrize("change", [
    {"files": [["../x", 3]]}, {"files": []}, {"files": 7}, {"width": "x"}, {"more": True}, {"refused": "x"},
    {"cut": True}, {"animated": True},
])  # fmt: skip
def test_what_a_process_says_that_was_taken_over_is_not_believed(change: dict[str, Any]) -> None:
    said = drawn_by_a_process(STILLS["PNG"]).said
    assert read(said).width == 32
    line, _, rest = said.partition(b"\n")
    rest = rest[:-1] if "cut" in change else rest + b"x" if "more" in change else rest
    wrong = json.dumps({**json.loads(line), **change}).encode() + b"\n" + rest
    with pytest.raises(Problem) as problem:
        read(wrong)
    assert problem.value.kind.code == "emotes.broken"


@pytest.mark.no_cover
def test_the_largest_picture_that_is_taken_costs_little_too() -> None:
    cost = drawn_by_a_process(moving(20, 1000, 1000, "WEBP"))
    assert cost.drawn().animated
    assert cost.memory_bytes < MOST_BYTES
    assert drawn_by_a_process(moving(120, 540, 180)).drawn().width == 96


def test_a_process_has_so_much_memory_and_time_of_a_core() -> None:
    large = still(1000, 1000)
    assert drawn_by_a_process(large).refused == ""
    assert drawn_by_a_process(large, emote_memory_bytes=12 * MIB).refused in ("effort", "broken", "killed")
    long = drawn_by_a_process(bomb_gif(), emote_cpu_s=1, emote_frames=20_000, emote_pixels=10**12)
    assert (long.said, long.status) in ((b"", -9), (b"", -24))
    assert long.cpu_s < 1.5
