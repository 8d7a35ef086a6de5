"""bytes: index, slice, concatenate, compare, search."""

from __future__ import annotations

def main() -> None:
    data = b"hello" + bytes([0, 255]) + bytes(2)
    print(data, len(data), data[0], data[-1], data[1:3], data[:-2], data[::2], data[::-1], list(data[:3]))
    print(data == b"hello\x00\xff\x00\x00", data != b"x", b"" == bytes(), b"ell" in data, 255 in data, b"z" in data, 7 in data)
    print(data.hex(), bytes.fromhex("00ff Aa"), b"-".join([b"a", b"b", b"c"]), b"".join([]), data.find(b"l"), data.find(b"z"), data.find(b"l", 3))
    print(data.startswith(b"he"), data.endswith(b"\x00"), data.count(b"l"), b"ab" * 2, b"a" < b"b", [b for b in b"abc"])
    for value in [0, 1, 255, 256, 65535, 2**32, 2**48 + 7]:
        print(value.to_bytes(8, "big").hex(), value.to_bytes(8, "little").hex(), int.from_bytes(value.to_bytes(8, "big"), "big"))
    print(int.from_bytes(b"\x01\x02", "little"), int.from_bytes(b"", "big"), max(data), sum(b"ab"))
    for attempt in ["index", "range", "to_bytes", "hex", "negative"]:
        try:
            if attempt == "index":
                print(data[20])
            elif attempt == "range":
                print(bytes([256]))
            elif attempt == "to_bytes":
                print((256).to_bytes(1, "big"))
            elif attempt == "hex":
                print(bytes.fromhex("abc"))
            else:
                print((-1).to_bytes(2, "big"))
        except IndexError:
            print("IndexError")
        except ValueError:
            print("ValueError")
        except OverflowError:
            print("OverflowError")
