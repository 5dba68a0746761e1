#!/usr/bin/env python3
"""Fails where a file of the repository holds ten words in a row of somebody else's report.

The reports lie beside the repository, in ../shared, and stay there; without them there is nothing to compare."""
import pathlib
import re
import subprocess
import sys

WORDS_IN_A_ROW = 10
ROOT = pathlib.Path(__file__).resolve().parent.parent
REPORTS = [("seeds", "*.txt"), ("data/polnear/dev/text", "*.txt"), ("data/stories", "dev.jsonl")]


def words(path):
    try:
        return re.findall(r"\w+", path.read_text(encoding="utf-8").lower())
    except (UnicodeDecodeError, OSError):
        return []


def runs(found):
    return {tuple(found[i : i + WORDS_IN_A_ROW]) for i in range(len(found) - WORDS_IN_A_ROW + 1)}


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name]


def main():
    shared = ROOT.parent / "shared"
    reports = [path for folder, names in REPORTS for path in sorted((shared / folder).glob(names))]
    if not reports:
        print("skipped: no reports of others in ../shared")
        return
    theirs = set()
    for report in reports:
        theirs |= runs(words(report))
    copied = [(path, runs(words(path)) & theirs) for path in tracked()]
    for path, shared_runs in copied:
        for run in sorted(shared_runs)[:3]:
            print(f"{path.relative_to(ROOT)}: {' '.join(run)}")
    if any(shared_runs for _, shared_runs in copied):
        sys.exit(f"{WORDS_IN_A_ROW} words in a row of another's report")
    print(f"no file holds {WORDS_IN_A_ROW} words in a row of {len(reports)} files of reports")


main()
