"""The annotated corpora as plain texts with labels on code points.

In: the data beside the repository. Out: `Document`s. It does not know how the program cuts a text into words; `laid.py` does.
"""
import collections
import glob
import os
import re

DATA = "../shared/data"
KINDS = ["person", "organization", "place", "event", "other"]
PUNCTUATION = {"``", "''", ",", ".", ":", "-LRB-", "-RRB-", "HYPH", "NFP", "$", "#", "-LSB-", "-RSB-"}
SUBTYPES = {"nsubj:pass", "acl:relcl", "nmod:poss", "aux:pass"}

# A word of a treebank: code points, Penn tag, index of its head (-1 for a root), relation.
Word = collections.namedtuple("Word", "start end tag head relation")


class Document:
    """A text with what a corpus says of it; `None` where it says nothing.

    `attributions`: (source, cue, content), lists of code-point ranges. `words`: `Word`s. `names`: (start, end, kind).
    """

    def __init__(self, name, text, attributions=None, words=None, names=None):
        self.name, self.text = name, text
        self.attributions, self.words, self.names = attributions, words, names


def polnear(part):
    folder = os.path.join(DATA, "polnear", part)
    for path in sorted(glob.glob(os.path.join(folder, "text", "*.txt"))):
        name = os.path.basename(path)[:-4]
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
        files = sorted(glob.glob(os.path.join(glob.escape(os.path.join(folder, "attributions", name)) + "_????.ann")))
        yield Document(name, text, attributions=standoff(files[0]) if files else [])


def standoff(path):
    """The attributions of one file in brat's format, as the scorer reads them: an event with a content is one."""
    spans, events = {}, []
    with open(path, encoding="utf-8", newline="\n") as file:
        for line in file:
            columns = line.rstrip("\r\n").split("\t")
            if re.fullmatch(r"T\d+", columns[0]):
                offsets = columns[1].split(" ", 1)[1]
                spans[columns[0]] = [tuple(map(int, o.split())) for o in offsets.split(";")]
            elif re.fullmatch(r"E\d+", columns[0]):
                events.append(columns[1].split()[1:])
    found = []
    for event in events:
        roles = collections.defaultdict(list)
        for argument in event:
            role, span = argument.split(":")
            roles[role.rstrip("0123456789")] += spans.get(span, [])
        if roles["Content"]:
            found.append(tuple(sorted(roles[role]) for role in ("Source", "Cue", "Content")))
    return found


def gum(part):
    """The documents of one part of GUM's splits, with their named entities."""
    with open(os.path.join(DATA, "gum/splits.md"), encoding="utf-8") as file:
        sections = file.read().split("\n## ")
    section = next(s for s in sections if s.split("\n")[0].strip() == part)
    for name in re.findall(r"\* (\S+)", section):
        path = os.path.join(DATA, "gum", name + ".conllu")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                yield conllu(name, file.read().split("\n\n"), named=True)


def ewt(part):
    """EWT in stretches of a dozen sentences; it has no entities."""
    file = {"train": "en_ewt-train-rebuilt.conllu", "dev": "en_ewt-ud-dev.conllu"}[part]
    with open(os.path.join(DATA, "ud_ewt", file), encoding="utf-8") as source:
        blocks = source.read().split("\n\n")
    for first in range(0, len(blocks), 12):
        yield conllu(f"ewt-{part}-{first}", blocks[first : first + 12], named=False)


def conllu(name, blocks, named):
    text, words, mentions, open_mentions = "", [], [], []
    for block in blocks:
        lines = block.split("\n")
        if text:
            text = text.rstrip(" ") + ("\n" if any(l.startswith("# newpar") for l in lines) else " ")
        base, whole = len(words), None
        for columns in (line.split("\t") for line in lines):
            if len(columns) != 10 or "." in columns[0]:
                continue
            if "-" in columns[0]:
                last = int(columns[0].split("-")[1])
                whole = [last, len(text), len(text) + len(columns[1]), columns[9]]
                text += columns[1]
                continue
            number = int(columns[0])
            if whole and number <= whole[0]:
                # The parts of a contraction lie side by side in its letters.
                start = min(whole[1], whole[2] - 1)
                end = whole[2] if number == whole[0] else min(start + len(columns[1]), whole[2])
                whole[1] = end
                space = number == whole[0] and "SpaceAfter=No" not in whole[3]
            else:
                start, end = len(text), len(text) + len(columns[1])
                text += columns[1]
                space = "SpaceAfter=No" not in columns[9]
            tag = "Punct" if columns[4] in PUNCTUATION else columns[4].replace("$", "S")
            relation = columns[7] if columns[7] in SUBTYPES else columns[7].split(":")[0]
            head = int(columns[6])
            follow_mentions(columns[9], len(words), open_mentions, mentions)
            words.append(Word(start, end, tag, base + head - 1 if head else -1, relation))
            text += " " if space else ""
    names = [n for m in mentions for n in [name_in(m, words)] if n] if named else None
    return Document(name, text, words=words, names=names)


def follow_mentions(misc, index, open_mentions, mentions):
    """GUM writes where mentions open, "(3-person-…", and close, "3)", at the word concerned."""
    value = next((m[7:] for m in misc.split("|") if m.startswith("Entity=")), "")
    for opening, closing in re.findall(r"\(([^()]+)|([^()]+)?\)", value):
        if opening:
            open_mentions.append((*opening.split("-")[:2], index))
        else:
            at = [i for i, m in enumerate(open_mentions) if not closing or m[0] == closing]
            if at:
                _, kind, start = open_mentions.pop(at[-1])
                mentions.append((start, index, kind))


GUM_KINDS = {"person": 0, "organization": 1, "place": 2, "event": 3, "object": 4, "abstract": 4}


def name_in(mention, words):
    """The name that a mention is: the run of proper nouns about its head, the word that depends on something outside."""
    first, last, kind = mention
    heads = [i for i in range(first, last + 1) if not first <= words[i].head <= last]
    proper = lambda i: words[i].tag in ("NNP", "NNPS")
    if kind not in GUM_KINDS or len(heads) != 1 or not proper(heads[0]):
        return None
    start = end = heads[0]
    while start > first and proper(start - 1):
        start -= 1
    while end < last:
        # "University of Oslo", "Title 42": the name goes on over "of" and with a number.
        step = 2 if end + 1 < last and words[end + 1].tag == "IN" and words[end + 1].relation == "case" else 1
        if not (proper(end + step) or (step == 1 and words[end + 1].tag == "CD")):
            break
        end += step
    return words[start].start, words[end].end, GUM_KINDS[kind]


LABELS = {
    "PER": 0, "person": 0, "politician": 0, "Person": 0,
    "ORG": 1, "organisation": 1, "politicalparty": 1, "Organisation": 1,
    "LOC": 2, "country": 2, "location": 2, "Location": 2,
    "election": 3, "event": 3,
    "MISC": 4, "misc": 4, "Nationality": 4,
}  # fmt: skip


def columns(file, part=None):
    """A file of words with BIO or IO labels. Of a file that is both trained and measured on, every third document is held out."""
    path = os.path.join(DATA, "ner", file)
    with open(path, encoding="utf-8") as source:
        lines = source.read().replace("\r", "")
    border = "-DOCSTART- O\n" if "-DOCSTART- O\n" in lines else None
    blocks = lines.split(border) if border else lines.split("\n\n")
    if not border:
        blocks = ["\n\n".join(blocks[i : i + 8]) for i in range(0, len(blocks), 8)] if "re3d" in file else blocks
    for number, block in enumerate(blocks):
        if block.strip() and (part is None or (number % 3 == 2) == (part == "held")):
            yield labelled(f"{file}-{number}", block)


def labelled(name, block):
    text, names, previous = "", [], ""
    for line in block.split("\n"):
        parts = re.split(r"[\t ]", line.rstrip())
        if len(parts) < 2:
            text, previous = text.rstrip(" ") + ("\n" if text else ""), ""
            continue
        word, label = parts[0], parts[-1]
        closes = word in {",", ".", ";", ":", ")", "?", "!", "%", "'", "''", "n't"} or word.startswith("'s")
        if not closes and text and not text.endswith(("(", "$", "\n")):
            text += " "
        start = len(text)
        text += word
        mark, _, kind = label.partition("-")
        if kind in LABELS:
            if mark == "I" and kind == previous:
                names[-1] = (names[-1][0], len(text), LABELS[kind])
            else:
                names.append((start, len(text), LABELS[kind]))
        previous = kind
    return Document(name, text, names=names)
