"""Vectors of texts: addresses, service keys, descriptions, alphabets."""

from __future__ import annotations

import base64

from tests.fakes.realm import b64url
from tests.vectors.made.file import File
from tests.vectors.made.people import NEW, People, bytes_from

CODE = "config.service_key"
PRINT = ":".join(f"{byte:02X}" for byte in bytes_from("fingerprint", 32))


def base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()


def addresses(people: People) -> File:
    file = File("address", "text", "Where to go, as people write it: widget/crypto/genesis.py")
    room, psk = bytes.fromhex(people.ids["private"]), NEW
    shown, invite = base32(room), f"{base32(room)}.{base32(psk)}"
    bare = {"room_id": room, "psk": b""}
    whole = {"room_id": room, "psk": psk}
    for sentence, text, value in (
        ("a room in letters", shown, bare),
        ("a room in hex", room.hex(), bare),
        ("an invite", invite, whole),
        ("an invite that begins in hex", f"{room.hex()}.{base32(psk)}", whole),
        ("a link to a room", f"https://site.test/page?x=1#cw={shown}", bare),
        ("a link with an invite", f"https://site.test/#cw={invite}", whole),
        ("no more of a link than its end", f"#cw={invite}", whole),
        ("a link in a link", f"https://a.test/#cw=x#cw={invite}", whole),
        ("capital letters", invite.upper(), whole),
        ("spaces around", f" \t{invite}\n", whole),
        ("a link over two lines", f"https://a.test/\n#cw={shown}", bare),
    ):
        file.good(sentence, value, data=text)
    for sentence, text in (
        ("nothing", ""),
        ("a letter too few", shown[:-1]),
        ("a letter too many", shown + "a"),
        ("a digit too few", room.hex()[:-1]),
        ("a digit too many", room.hex() + "0"),
        ("a letter that is none of the alphabet", "1" + shown[1:]),
        ("a room that ends in the middle of a byte", shown[:-1] + "b"),
        ("half an invite", invite[:-1]),
        ("an invite without a room", "." + base32(psk)),
        ("an invite without a secret", shown + "."),
        ("an invite with a letter too many", invite + "a"),
        ("two secrets", f"{invite}.{base32(psk)}"),
        ("a secret in hex", f"{shown}.{psk.hex()}"),
        ("a space inside", f"{shown[:13]} {shown[13:]}"),
        ("a link without its end", "https://site.test/"),
        ("a link to nowhere", "https://site.test/#cw="),
        ("another link's end", f"https://site.test/#room={shown}"),
        ("something after the room", f"#cw={shown}&x=1"),
        ("letters that look alike", "\u0430" + shown[1:]),
        ("padding", shown + "======"),
    ):
        file.bad(sentence, data=text)
    return file


def service_keys(people: People) -> File:
    file = File("service_key", "text", "What a page pins of the sign-in service: widget/crypto/service_key.py")
    text = people.realm.service_key
    data = base64.urlsafe_b64decode(text.removeprefix("cwk1.") + "==")
    file.good("a service key", {"seal_public": data[1:66], "root_sha256": data[66:]}, data=text)
    zeros = b"\x01\x04" + bytes(96)
    told = {"seal_public": zeros[1:66], "root_sha256": zeros[66:]}
    file.good("a service key that is no point, to which nothing can be sealed", told, data="cwk1." + b64url(zeros))
    for sentence, code, wrong in (
        ("nothing", "old", ""),
        ("the older kind", "old", "cwk0." + text[5:]),
        ("a prefix in capitals", "old", "CWK1." + text[5:]),
        ("a space before it", "old", " " + text),
        ("a letter too few", "broken", text[:-1]),
        ("a letter too many", "broken", text + "A"),
        ("no key", "broken", "cwk1."),
        ("a letter that is none of the alphabet", "broken", "cwk1.+" + text[6:]),
        ("a byte too few", "broken", "cwk1." + b64url(data[:-1])),
        ("a byte too many", "broken", "cwk1." + b64url(data + b"\x00")),
        ("padding after it", "broken", text + "="),
        ("version 0", "version", "cwk1." + b64url(b"\x00" + data[1:])),
        ("version 2", "version", "cwk1." + b64url(b"\x02" + data[1:])),
        ("a compressed point", "version", "cwk1." + b64url(b"\x01\x03" + data[2:])),
    ):
        file.bad(sentence, f"{CODE}.{code}", data=wrong)
    return file


def descriptions() -> File:
    file = File("sdp", "text", "The fingerprint in a description of a connection: widget/crypto/fingerprint.py")
    line, told = f"a=fingerprint:sha-256 {PRINT}", {"fingerprint": bytes_from("fingerprint", 32)}
    other = line.replace(PRINT[:2], "00" if PRINT[:2] != "00" else "01")
    for sentence, text in (
        ("one line", line),
        ("lines around it", f"v=0\r\n{line}\r\ns=-\r\n"),
        ("ends of lines of one sign", f"v=0\n{line}\ns=-\n"),
        ("ends of lines of the other", f"v=0\r{line}\r"),
        ("small digits", line.replace(PRINT, PRINT.lower())),
        ("a name in capitals", line.replace("sha", "SHA")),
        ("a space before the name", line.replace(":sha", ": sha")),
        ("a space after it", f"{line} "),
        ("the same line twice", f"{line}\r\nm=x\r\n{line}"),
        ("the same in capitals and not", f"{line}\n{line.replace(PRINT, PRINT.lower())}"),
    ):
        file.good(sentence, told, data=text)
    for sentence, reason, text in (
        ("nothing", 41, ""),
        ("no such line", 41, "v=0\r\ns=-\r\n"),
        ("another hash", 42, line.replace("256", "1")),
        ("a hash that is longer", 42, f"a=fingerprint:sha-512 {PRINT}:{PRINT}"),
        ("a byte too few", 42, line[:-3]),
        ("a byte too many", 42, f"{line}:00"),
        ("a letter that is no digit", 42, f"{line[:-1]}G"),
        ("no colons", 42, line.replace(":", "")),
        ("a name in capitals before the colon", 42, line.replace("fingerprint", "FINGERPRINT")),
        ("a space before it", 42, f" {line}"),
        ("a line that only speaks of it", 42, f"{line}\ns=fingerprint"),
        ("another hash beside it", 42, f"{line}\na=fingerprint:sha-1 00"),
        ("two fingerprints", 43, f"{line}\r\n{other}"),
        ("two fingerprints, hidden by the end of a line", 43, f"{other}\r{line}"),
        ("digits of another script", 42, line.replace(PRINT[:1], "\u0661", 1)),
    ):
        file.bad(sentence, reason, data=text)
    return file


def alphabets() -> list[File]:
    made = []
    for name, write, bads in (
        ("base16", bytes.hex, ("a", "0", "A0", "g0", " 00", "00 ", "0x00", "00\n", "\u0660\u0660")),
        ("base32", base32, ("a", "ab", "A", "AA", "1a", "aaa", "a=======", "aa ", "a\u0430", "aaaaaa")),
        (
            "base64url",
            b64url,
            ("=", "A", "AB", "A===", "AA==", "A+", "A/", "A ", "\u00e9", "AAA\n", "AAAAA", "\uff21A"),
        ),
    ):
        file = File(name, "text", f"Bytes as letters: widget/wire/{name}.py")
        for data in (
            b"",
            b"\x00",
            b"\xff",
            b"\x00\x01",
            bytes_from(name, 3),
            bytes_from(name, 5),
            bytes_from(name, 16),
            bytes(range(256)),
        ):
            file.good(
                f"{len(data)} bytes that begin with {data[:1].hex() or 'nothing'}", {"bytes": data}, data=write(data)
            )
        for text in bads:
            file.bad(f"not {text!a}", data=text)
        made.append(file)
    return made
