"""python -m tools.bench [etl] [inputs] [dashboard]: see the package."""

import sys
from importlib import import_module

from tools.bench.report import HEADINGS

PARTS = ("etl", "inputs", "dashboard")


def main(wanted: list[str]) -> int:
    """Measure the parts named, or all, and print line by line; returns the exit status."""
    if unknown := set(wanted) - set(PARTS):
        print(f"{', '.join(sorted(unknown))}? {' | '.join(PARTS)}", file=sys.stderr)
        return 2
    print(HEADINGS)
    for part in wanted or PARTS:
        for row in import_module(f"tools.bench.{part}").rows():
            print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
