from __future__ import annotations

def main() -> None: ...


if __name__ == "__main__":
    main()
