"""The layers that the program keeps of a text, all of them: `annotate` prints only what a user needs.

In: texts, and the program. Out: its layers as dictionaries whose spans are code points of the text. It knows the shape of
src/annotate/layers.rs (postcard's encoding, in the database that `rashomon add` writes) and not how the layers were found.
"""
import bisect
import json
import os
import sqlite3
import struct
import subprocess
import tempfile

SPAN = ("span",)
SHAPES = {
    "tokens": dict(span=SPAN, pos="number"),
    "quotes": dict(outer=SPAN, inner=SPAN, closed="flag", continues="flag", nested="flag"),
    "sentences": dict(span=SPAN, first="number", end="number", paragraph="number", furniture="flag"),
    "times": dict(span=SPAN, kind="number", value=("maybe", "text"), days=("maybe", dict(first="text", last="text"))),
    "quantities": dict(
        span=SPAN, number=SPAN, low="float", low_open="flag", high="float", high_open="flag", unit="text", of=("maybe", SPAN)
    ),
    "mentions": dict(span=SPAN, head=SPAN, kind="number", of="number", entity=("maybe", "number")),
    "entities": dict(
        name="text", kind="number", roles=("list", SPAN), party=("maybe", dict(name="text", evidence=SPAN)), mentions=("list", "number")
    ),
    "attributions": dict(
        source=("list", SPAN), cue=("list", SPAN), content=("list", SPAN), kind="number", via=("list", SPAN), speaker=("maybe", "number")
    ),
    "events": dict(
        span=SPAN, trigger=SPAN, root="text", actor=("maybe", "number"), actor_words=("maybe", SPAN), recipient=("maybe", "number"),
        recipient_words=("maybe", SPAN), when=("maybe", "number"), place=("maybe", "number"), happened="flag", modality="number",
    ),
    "chains": dict(mentions=("list", dict(span=SPAN, head=SPAN, kind="number", of="number", entity=("maybe", "number")))),
}  # fmt: skip
NAME, TITLE, PRONOUN, NOMINAL = range(4)  # MentionKind


class Reader:
    """Reads values of a shape, one after the other."""

    def __init__(self, data, places):
        self.data, self.at, self.places = data, 0, places

    def number(self):
        value, shift = 0, 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def take(self, count):
        self.at += count
        return self.data[self.at - count : self.at]

    def read(self, shape):
        if shape == "number":
            return self.number()
        if shape == "flag":
            return self.take(1) == b"\1"
        if shape == "float":
            return struct.unpack("<d", self.take(8))[0]
        if shape == "text":
            return self.take(self.number()).decode()
        if isinstance(shape, dict):
            return {name: self.read(part) for name, part in shape.items()}
        if shape == SPAN:
            return tuple(bisect.bisect_left(self.places, self.number()) for _ in range(2))
        kind, part = shape
        if kind == "maybe":
            return self.read(part) if self.take(1) == b"\1" else None
        return [self.read(part) for _ in range(self.number())]


def layers(data, text):
    places, at = [], 0
    for c in text:
        places.append(at)
        at += len(c.encode())
    reader = Reader(data, places + [at])
    found = {name: reader.read(("list", shape)) for name, shape in SHAPES.items()}
    assert reader.at == len(data), "layers.rs has another shape than this reader"
    return found


def keep(documents):
    """By each document's name: its text as the program keeps it, its layers, and whether any of it is a region that is not the report."""
    with tempfile.TemporaryDirectory() as folder:
        source, database = os.path.join(folder, "texts.jsonl"), os.path.join(folder, "kept.db")
        with open(source, "w", encoding="utf-8") as file:
            for document in documents:
                file.write(json.dumps({"id": document.name, "text": document.text}) + "\n")
        subprocess.run(["target/release/rashomon", "add", "--model", "accurate", "--db", database, source], check=True, stdout=subprocess.DEVNULL)
        rows = sqlite3.connect(database).execute(
            "SELECT report.id, version.text, version.regions, layers.bytes FROM report JOIN version ON version.key = report.newest "
            "JOIN layers ON layers.version = version.key"
        )
        return {name: (text, layers(data, text), regions != "[]") for name, text, regions, data in rows}
