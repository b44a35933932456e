"""Writes the rules for phone numbers that the tests hold the crisis contacts against.

    python3 -m venv /tmp/numbers
    /tmp/numbers/bin/pip install --require-hashes -r tools/short_numbers.requirements.txt
    /tmp/numbers/bin/python tools/short_numbers.py            # writes the files
    /tmp/numbers/bin/python tools/short_numbers.py --check    # only says whether they are as written

The rules are Google's libphonenumber metadata, taken from the PyPI package
`phonenumbers`. The same version always gives the same bytes: no date, no order
that could change. To take a newer version, change PINNED and the requirements
file together, run it, and read the difference before committing it.
"""

import json
import sys
from importlib import metadata
from pathlib import Path

import phonenumbers
from phonenumbers import PhoneMetadata

PINNED = "9.0.43"
COUNTRIES = ["AU", "CA", "DE", "ES", "FR", "GB", "IE", "IN", "NZ", "US"]
SHORT_KINDS = [
    "emergency",
    "short_code",
    "toll_free",
    "standard_rate",
    "premium_rate",
    "carrier_specific",
    "sms_services",
]
LONG_KINDS = [
    "fixed_line",
    "mobile",
    "toll_free",
    "premium_rate",
    "shared_cost",
    "personal_number",
    "voip",
    "uan",
]
DATA = Path(__file__).resolve().parent.parent / "crates" / "sameboat" / "data"


def rule(desc):
    """One kind of number as pattern, lengths and example; None where a country has none."""
    if desc is None or not desc.national_number_pattern:
        return None
    return {
        "pattern": desc.national_number_pattern,
        "lengths": list(desc.possible_length),
        "example": desc.example_number,
    }


def rules(numbers, kinds):
    found = {kind: rule(getattr(numbers, kind)) for kind in kinds}
    return {kind: known for kind, known in found.items() if known is not None}


def country(code):
    short = PhoneMetadata.short_metadata_for_region(code)
    long = PhoneMetadata.metadata_for_region(code)
    return {
        "trunk": long.national_prefix or "",
        "short": rules(short, SHORT_KINDS),
        "long": rules(long, LONG_KINDS),
    }


def table():
    return {
        "about": "Rules for phone numbers, one country each. Made by tools/short_numbers.py; not edited by hand.",
        "source": "Google libphonenumber metadata, from the PyPI package phonenumbers",
        "home": "https://github.com/daviddrysdale/python-phonenumbers",
        "version": PINNED,
        "licence": "Apache-2.0",
        "licence_file": "short_numbers.LICENSE",
        "countries": {code: country(code) for code in COUNTRIES},
    }


def licence():
    """The licence text as the package itself carries it."""
    for file in metadata.files("phonenumbers"):
        if file.name == "LICENSE":
            return file.read_text()
    sys.exit("The package carries no LICENSE file; do not ship its data without one.")


def main():
    if phonenumbers.__version__ != PINNED:
        sys.exit(f"This needs phonenumbers {PINNED}; found {phonenumbers.__version__}.")
    wanted = {
        DATA / "short_numbers.json": json.dumps(table(), indent=1, ensure_ascii=False) + "\n",
        DATA / "short_numbers.LICENSE": licence(),
    }
    if "--check" in sys.argv[1:]:
        stale = [
            path.name
            for path, text in wanted.items()
            if not path.exists() or path.read_text(encoding="utf-8") != text
        ]
        sys.exit(f"Not as the generator writes them: {', '.join(stale)}" if stale else 0)
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
