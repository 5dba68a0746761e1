"""Windows of laid documents as tensors. In: `laid.Laid`. Out: batches. It does not know the network's weights."""
import torch

from laid import IGNORE, window

CLS, SEP, PAD = 101, 102, 0
RULES = slice(4, 8)  # the columns of what the rules found


class Window:
    """Words `first` to `end` of a document."""

    def __init__(self, laid, first, end):
        self.laid, self.first, self.end = laid, first, end

    def pieces(self):
        return [CLS] + [p for w in self.laid.pieces[self.first : self.end] for p in w] + [SEP]


def windows(laid, limit, rng):
    """Cuts a document; the first window's length is random, so that every epoch cuts elsewhere."""
    first, size = 0, rng.randint(limit // 3, limit) if rng else limit
    while first < len(laid.words):
        end = max(window(laid, first, size), first + 1)
        yield Window(laid, first, end)
        first, size = end, limit


def stack(batch, blind=()):
    """Pieces B×P, features B×P×8, mask B×P, and the place of each word's first piece B×W; `blind` windows see no rules."""
    length = max(len(w.pieces()) for w in batch)
    width = max(w.end - w.first for w in batch)
    pieces = torch.full((len(batch), length), PAD)
    features = torch.zeros((len(batch), length, 8), dtype=torch.long)
    mask = torch.zeros((len(batch), length), dtype=torch.bool)
    places = torch.zeros((len(batch), width), dtype=torch.long)
    for b, w in enumerate(batch):
        ids = w.pieces()
        pieces[b, : len(ids)] = torch.tensor(ids)
        mask[b, : len(ids)] = True
        at, rows, starts = 1, [], []
        for i in range(w.first, w.end):
            starts.append(at)
            rows += [w.laid.features[i]] * len(w.laid.pieces[i])
            at += len(w.laid.pieces[i])
        rows = torch.tensor(rows)
        if b in blind:
            rows[:, RULES] = 0
        features[b, 1 : 1 + len(rows)] = rows
        places[b, : len(starts)] = torch.tensor(starts)
    return pieces, features, mask, places


def labels(batch, width, name):
    """A layer of gold labels of words, B×W."""
    out = torch.full((len(batch), width), IGNORE)
    for b, w in enumerate(batch):
        values = getattr(w.laid, name)
        if values is not None:
            out[b, : w.end - w.first] = torch.tensor(values[w.first : w.end])
    return out


def clip(ranges, w):
    """Ranges of words of the document within the window, counted from its first word."""
    found = [(max(a, w.first) - w.first, min(b, w.end) - w.first) for a, b in ranges]
    return [(a, b) for a, b in found if a < b]


def hull(ranges):
    return (min(a for a, _ in ranges), max(b for _, b in ranges))


def mark(row, ranges, begin):
    for a, b in ranges:
        row[a:b] = begin + 1
        row[a] = begin


def cue_labels(batch, width):
    out = torch.full((len(batch), width), IGNORE)
    for b, w in enumerate(batch):
        out[b, : w.end - w.first] = 0
        for _, cue, _ in w.laid.attributions:
            mark(out[b], clip(cue, w), 1)
    return out


def rule_row(cue, w):
    """What the rules say of each word for this cue (a range counted from the window): 0, 1 content, 2 source, 3 no such cue."""
    row = torch.full((w.end - w.first,), 3)
    for proposal in w.laid.proposals:
        if any(a < cue[1] and cue[0] < b for a, b in clip(proposal[0], w)):
            row[row == 3] = 0
            for a, b in clip(proposal[1], w):
                row[a:b] = 1
            for a, b in clip(proposal[2], w):
                row[a:b] = 2
    return row


def role_labels(w):
    """The cues of the window, those that only the rules see among them, with the gold roles of its words, K×W."""
    cues, rows = [], []
    for source, cue, content in w.laid.attributions:
        inside = clip(cue, w)
        if inside:
            row = torch.zeros(w.end - w.first, dtype=torch.long)
            mark(row, clip(source, w), 1)
            mark(row, clip(content, w), 3)
            for a, b in clip(content, w):
                if b - a > 1:
                    row[b - 1] = 5
            cues.append(hull(inside))
            rows.append(row)
    gold = list(cues)
    for proposal in w.laid.proposals:
        inside = clip(proposal[0], w)
        if inside and not any(a < hull(inside)[1] and hull(inside)[0] < b for a, b in gold):
            cues.append(hull(inside))
            rows.append(torch.zeros(w.end - w.first, dtype=torch.long))
    return cues, torch.stack(rows) if rows else None
