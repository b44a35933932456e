"""Writes the English names of all countries, as the pages show them.

    npm pack cldr-localenames-full@48.2.0 && tar xzf cldr-localenames-full-48.2.0.tgz
    python3 tools/country_names.py package            # writes the names and the licence
    python3 tools/country_names.py package --check    # only says whether they are as written

The names are Unicode's CLDR, the codes those of `iso3166.tab` as they stand in
`contacts/country.rs`. The same version always gives the same bytes.
"""

import json
import re
import sys
from pathlib import Path

PINNED = "48.2.0"
# The long names of these say more than a list of places to be in should.
SHORT = {"HK", "MO", "PS"}

APP = Path(__file__).resolve().parent.parent / "crates" / "sameboat"
CODES = APP / "src" / "safety" / "contacts" / "country.rs"
NAMES = APP / "text" / "en" / "countries.ftl"
LICENSE = APP / "data" / "country_names.LICENSE"


def main() -> int:
    package = Path(sys.argv[1])
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    if version != PINNED:
        print(f"This is version {version}; {PINNED} is wanted.")
        return 1
    wanted = {NAMES: names(package), LICENSE: (package / "LICENSE").read_text("utf-8")}
    if "--check" in sys.argv:
        stale = [path for path, text in wanted.items() if path.read_text("utf-8") != text]
        print("\n".join(f"{path} is not as this script writes it" for path in stale))
        return 1 if stale else 0
    for path, text in wanted.items():
        path.write_text(text, "utf-8")
    return 0


def names(package: Path) -> str:
    held = json.loads((package / "main" / "en" / "territories.json").read_text("utf-8"))
    held = held["main"]["en"]["localeDisplayNames"]["territories"]
    codes = re.search(r'CODES: &str = "\\\n(.*?)";', CODES.read_text("utf-8"), re.S)[1]
    lines = [
        "# Names of countries, by their code (ISO 3166-1). Written by tools/country_names.py",
        f"# from CLDR {PINNED}; Unicode's licence stands in data/country_names.LICENSE.",
    ]
    for code in re.findall(r"[A-Z]{2}", codes):
        name = held[f"{code}-alt-short"] if code in SHORT else held[code]
        lines.append(f"country-{code} = {name}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
