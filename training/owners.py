#!/usr/bin/env python3
"""Writes models/owners/owners.tsv: which outlets have one owner, from a list of outlets with free licence.

    python3 training/owners.py [../shared/data/outlets/media_data.json]

An owner is kept where the list names one body or person. Shares of several, and a description in place of a name, say
nothing that two outlets could be folded by, and are left out. The output is sorted, so that it is the same in each run."""
import json
import pathlib
import re
import sys
import unicodedata

SOURCE = sys.argv[1] if len(sys.argv) > 1 else "../shared/data/outlets/media_data.json"
TARGET = pathlib.Path("models/owners/owners.tsv")
# What says in which form a body exists and not which body it is.
FORMS = set(
    "inc llc ltd limited plc co company corp corporation group gmbh ag se nv sa sas spa srl bv ab as oy oyj asbl "
    "media holding holdings the lp kg publishing global".split()
)
NO_NAME = re.compile(
    r"\d|%|;| and | is | was |,|employee|shareholder|non-?profit|independent|cooperative|various|unknown|public|founder|ministry|government|confederation|kingdom|republic|state media", re.I
)


def owner(text):
    """The owner's name, or None where the text names none, or several."""
    name = re.sub(r"\s*\([^)]*\)?", "", text).strip(" .,")
    name = re.split(r",? (?:Inc|LLC|Ltd|Limited|PLC|plc|N\.V|S\.A|L\.P)\b", name)[0].strip(" .,")
    return name if name and len(name) <= 50 and not NO_NAME.search(name) else None


def key(name):
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = [w for w in re.findall(r"[a-z0-9]+", plain)]
    return " ".join(w for w in words if w not in FORMS) or " ".join(words)


def domain(text):
    found = re.sub(r"^(?:https?://)?(?:www\.|feeds\.)?", "", text.strip().lower()).rstrip("/")
    return found if re.fullmatch(r"[a-z0-9.-]+\.[a-z]{2,}", found) else None


def main():
    outlets = {}
    for entry in json.loads(pathlib.Path(SOURCE).read_text(encoding="utf-8")):
        name = owner(entry.get("owner") or "")
        domains = {d for d in map(domain, entry["domains"]) if d}
        if name and domains:
            outlet = outlets.setdefault(entry["organization"].strip(), [name, set()])
            outlet[1] |= domains
    names = {}
    for name, _ in outlets.values():
        names.setdefault(key(name), set()).add(name)
    lines = []
    for outlet, (name, domains) in sorted(outlets.items()):
        canonical = min(names[key(name)], key=lambda n: (len(n), n))
        lines.append("\t".join([canonical, outlet, " ".join(sorted(domains))]))
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")
    print(f"{len(lines)} outlets, {len(set(l.split(chr(9))[0] for l in lines))} owners, {TARGET.stat().st_size} bytes")


main()
