from __future__ import annotations

def main() -> None: ...


if __name__ == "__main__":
    main()
if "__main__" == __name__:
    main()
