"""A picture drawn anew from its pixels: of the file that came nothing else is left, no EXIF, no profile, no comment.

Runs in a process of its own (picture_process.py): what decodes strangers' files may fail in any way.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageCms, ImageOps

from signaling.emotes.drawn import SIZES, Bounds, Drawn
from signaling.emotes.emote import SIDE_PX
from signaling.emotes.picture_form import Refused, check_end, form_of, webp_size

QUALITIES = (82, 60, 40)  # the first at which it is light enough
STILL_QUALITY = 90
SHORTEST_MS, USUAL_MS, LONGEST_MS = 20, 100, 10_000  # browsers draw 0 as 100


def redraw(data: bytes, bounds: Bounds) -> Drawn:
    """Raises Refused, or whatever Pillow raises for what it cannot read."""
    form = form_of(data)
    if form == "":
        raise Refused("format")
    check_end(form, data)
    if form == "WEBP":
        _check_size(webp_size(data), bounds)
    Image.MAX_IMAGE_PIXELS = bounds.side_px**2
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data), formats=[form]) as image:
                return _drawn(image, bounds)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise Refused("pixels") from error


def _drawn(image: Image.Image, bounds: Bounds) -> Drawn:
    rows: dict[int, list[Image.Image]] = {multiple: [] for multiple in SIZES}
    durations: list[int] = []
    for frame, duration_ms in _frames(image, bounds):
        durations.append(duration_ms)
        for multiple, row in rows.items():
            row.append(_shrunk(frame, multiple))
    files: dict[str, bytes] = {}
    for multiple, row in rows.items():
        files |= _files(f"{multiple}x", row, durations, bounds.picture_bytes)
    width, height = rows[1][0].size
    return Drawn(width, height, len(durations) > 1, files)


def _check_size(size: tuple[int, int], bounds: Bounds) -> None:
    short, long = sorted(size)
    if short < 1:
        raise Refused("broken")
    if long > bounds.side_px or long > short * bounds.aspect:
        raise Refused("pixels")


def _frames(image: Image.Image, bounds: Bounds) -> Iterator[tuple[Image.Image, int]]:
    """Whole frames as RGBA. What a PNG shows where it cannot move is no frame of its animation."""
    moves = image.format in ("GIF", "WEBP", "AVIF", "PNG") and getattr(image, "is_animated", False)
    first = 1 if moves and getattr(image, "default_image", False) else 0
    pixels = 0
    for number in range(first, first + bounds.frames + 1 if moves else 1):
        try:
            image.seek(number)
        except EOFError:
            return
        _check_size(image.size, bounds)  # of the header, before anything is decoded; a GIF may grow
        pixels += image.width * image.height
        if number == first + bounds.frames:
            raise Refused("frames")
        if pixels > bounds.pixels:
            raise Refused("effort")
        yield _plain(image), _duration_ms(image)


def _plain(image: Image.Image) -> Image.Image:
    """As it is meant to be seen: upright, in sRGB."""
    image.load()
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    if profile:
        upright = _to_srgb(upright, profile)
    return upright.convert("RGBA")


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    if image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        image = image.convert("RGBA")
    mode: str = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        given, wanted = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        changed = ImageCms.profileToProfile(image, given, wanted, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return image  # a profile that fits nothing: the colours as they are
    return image if changed is None else changed


def _duration_ms(image: Image.Image) -> int:
    given = image.info.get("duration", 0)
    duration_ms = int(given) if isinstance(given, int | float) and 0 <= given <= LONGEST_MS else LONGEST_MS
    return USUAL_MS if duration_ms == 0 else max(duration_ms, SHORTEST_MS)


def _shrunk(frame: Image.Image, multiple: int) -> Image.Image:
    height = SIDE_PX * multiple
    size = max(multiple, round(frame.width * SIDE_PX / frame.height) * multiple), height
    resized = frame.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return Image.frombytes("RGBA", size, resized.tobytes())  # pixels alone: a copy would keep what `info` holds


def _files(name: str, row: list[Image.Image], durations: list[int], most_bytes: int) -> dict[str, bytes]:
    still = _light([_saved(row[0], "WEBP", quality=quality, method=4) for quality in (STILL_QUALITY,)], most_bytes)
    files = {f"{name}.png": _light([_saved(row[0], "PNG", optimize=True)], most_bytes)}
    if len(row) == 1:
        return {**files, f"{name}.webp": still}
    moving = (
        _saved(
            row[0], "WEBP", save_all=True, append_images=row[1:], duration=durations, loop=0, quality=quality, method=2
        )
        for quality in QUALITIES
    )
    return {**files, f"{name}_static.webp": still, f"{name}.webp": _light(moving, most_bytes)}


def _light(tries: Iterator[bytes] | list[bytes], most_bytes: int) -> bytes:
    for data in tries:
        if len(data) <= most_bytes:
            return data
    raise Refused("heavy")


def _saved(image: Image.Image, form: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()
