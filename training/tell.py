#!/usr/bin/env python3
"""Lets the accurate annotator say what stands in unlabelled reports, for the fast one to learn from.

    python3 training/tell.py OUT [COUNT]       # from the repository's root; needs target/release/rashomon

Draws COUNT reports (default 1,500) with a fixed seed from ../shared/data/stories/train.jsonl and stream.jsonl; writes OUT.texts and OUT.
Python 3.8, standard library only.
"""
import json
import os
import random
import subprocess
import sys

SOURCES = ["../shared/data/stories/train.jsonl", "../shared/data/stories/stream.jsonl"]
PROGRAM = os.environ.get("RASHOMON", "target/release/rashomon")


def main():
    out, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1500
    reports = {}
    for path in SOURCES:
        with open(path, encoding="utf-8") as file:
            for line in file:
                report = json.loads(line)
                if 200 < len(report["text"].split()) < 1500:
                    reports[report["id"]] = report["text"]
    drawn = random.Random(7).sample(sorted(reports), count)
    with open(out + ".texts", "w", encoding="utf-8") as file:
        for name in drawn:
            file.write(json.dumps({"id": name, "text": reports[name]}) + "\n")
    with open(out, "w", encoding="utf-8") as file:
        command = [PROGRAM, "annotate", "--model", "accurate", "-"]
        with open(out + ".texts", encoding="utf-8") as texts:
            subprocess.run(command, stdin=texts, stdout=file, check=True)


if __name__ == "__main__":
    main()
