"""Builds data/catalogue/traditional.csv from OpenCC's TSCharacters.txt.

    python tools/build_traditional.py TSCHARACTERS OUTPUT

TSCHARACTERS is the dictionary file of the unpacked package (SOURCES.md beside the
output names version and licence): a traditional character, a tab, its simplified
forms. The first form is taken. Left out are characters that stay as they are,
characters that are ordinary in simplified text, too, and forms outside the Basic
Multilingual Plane, which few fonts show and no report holds.
"""

import csv
import sys
from pathlib import Path

# Keys of the dictionary that 通用规范汉字表 (State Council, 2013) lists as standard: 乾坤,
# 瞭望, 狼藉, 覆盖, 哪吒 and surnames such as 於 and 甯 have to pass unchanged.
STANDARD = frozenset("乾剋吒夥彷徵於昇氾爇甦甯瞭祇祕脩苧蒐薳薹藉覆釐阪陞麽")


def pairs(lines: list[str]) -> list[tuple[str, str]]:
    """The replacements to keep, one character each, in the order of the traditional one."""
    found = {}
    for line in lines:
        traditional, _, forms = line.partition("\t")
        simplified = forms.split()[0]
        plain = (
            len(traditional) == len(simplified) == 1 and max(traditional, simplified) < "\U00010000"
        )
        if plain and traditional != simplified and traditional not in STANDARD:
            found[traditional] = simplified
    return sorted(found.items())


def main(source: Path, output: Path) -> None:
    """Reads `source`, writes `output`: UTF-8, columns traditional and simplified."""
    kept = pairs([line for line in source.read_text(encoding="utf-8").splitlines() if line])
    chained = [t for t, s in kept if s in dict(kept)]
    if chained:
        sys.exit(f"{source}: {chained} turn into characters that are replaced themselves")
    with output.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("traditional", "simplified"), *kept])
    print(f"{len(kept)} characters")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
