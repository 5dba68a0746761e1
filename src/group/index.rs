//! Reports into stories, one at a time.
//!
//! In: [`Sketch`]es as they arrive, and what a person said of two reports. Out: each change of membership, as data. It does
//! not know the reports' texts, when they arrived, nor where the changes are kept.
//!
//! Which reports are one story depends on the set that is held and not on the order in which it came: a report is
//! compared with its nearest others, which [`super::postings`] finds; the reports that hang together through likely pairs (a
//! heap) are parted and joined anew by average linkage whenever one of them comes or goes. Only the ids of stories
//! remember: a story keeps its id whatever joins or leaves it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::limits;
use super::linkage::{self, Links};
use super::local::Local;
use super::model::Model;
use super::postings::{Keys, Postings, Slot};
use super::sketch::{Key, Sketch};
use super::story_id::mint;

/// What a person said of two reports, by their ids. It outlasts every new judgement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// They tell of one event.
    Together(String, String),
    /// They do not.
    Apart(String, String),
    /// Nothing any more.
    Open(String, String),
}

/// A change of membership. Ids of reports and stories.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// A story begins.
    Started {
        /// The story.
        story: String,
    },
    /// A report comes into a story, or leaves it.
    Moved {
        /// The report.
        report: String,
        /// Where it was; `None` where it is new.
        from: Option<String>,
        /// Where it is; `None` where it is held no more.
        to: Option<String>,
    },
    /// A story has no reports left.
    Ended {
        /// The story.
        story: String,
        /// The story that most of its reports are in now.
        into: Option<String>,
    },
    /// A roundup, a live page or an opinion is about stories that it does not hold together.
    Touches {
        /// The report.
        report: String,
        /// All stories beside its own that it is about, in order; empty where there are none any more.
        stories: Vec<String>,
    },
}

/// A held report.
#[derive(Clone, Debug)]
struct Node {
    /// In which place it came, of all that ever did.
    number: u64,
    sketch: Sketch,
    key: Key,
    keys: Keys,
    /// Its nearest, the most alike first.
    near: Vec<(f32, Slot)>,
    /// Log-odds with those of them, and with those whose nearest it is.
    links: BTreeMap<Slot, f32>,
    story: String,
    touches: Vec<String>,
}

/// Log-odds of pairs, by their numbers, that are not each other's nearest but were compared where their stories might be
/// one: a heap is parted anew at each arrival, and most of it is as it was.
type Met = HashMap<(u64, u64), f32>;

/// The held reports and their stories.
#[derive(Clone, Debug)]
pub struct Index {
    model: Model,
    local: Local,
    nodes: Vec<Option<Node>>,
    free: Vec<Slot>,
    /// How many reports ever came.
    came: u64,
    met: Met,
    by_id: HashMap<String, Slot>,
    postings: Postings,
    /// Pairs of ids in order, and whether they belong together.
    repairs: BTreeMap<(String, String), bool>,
    /// For each story with held reports, the report that it began with and how many it holds.
    stories: BTreeMap<String, (Key, usize)>,
}

impl Default for Index {
    fn default() -> Self {
        Index::new()
    }
}

impl Index {
    /// Holds nothing.
    pub fn new() -> Self {
        Index::with(Model::shipped().clone())
    }

    /// The same, judging by `model`.
    pub fn with(model: Model) -> Self {
        Index {
            model,
            local: Local::default(),
            nodes: Vec::new(),
            free: Vec::new(),
            came: 0,
            met: Met::new(),
            by_id: HashMap::new(),
            postings: Postings::default(),
            repairs: BTreeMap::new(),
            stories: BTreeMap::new(),
        }
    }

    /// Counts how common words are in `sketches`, for the reports that arrive from then on: what a stream is full of joins
    /// less. Without it only the shipped background counts.
    pub fn know<'a>(&mut self, sketches: impl IntoIterator<Item = &'a Sketch>) {
        self.local = Local::of(sketches);
    }

    /// Holds what was kept: sketches with the stories that they were in, and what a person said. Nothing is judged anew
    /// until a report arrives beside them. How common words are is counted over what was kept.
    pub fn restore(
        kept: impl IntoIterator<Item = (Sketch, String)>,
        repairs: impl IntoIterator<Item = Repair>,
    ) -> Self {
        let mut index = Index::new();
        let kept: Vec<(Sketch, String)> = kept.into_iter().collect();
        index.know(kept.iter().map(|(sketch, _)| sketch));
        repairs.into_iter().for_each(|r| index.note(&r));
        for (sketch, story) in kept {
            let key = sketch.key();
            index.detach([sketch.id.as_str()]);
            let (slot, _) = index.attach(sketch);
            index.enter(slot, story, &key);
        }
        index
    }

    /// Takes in a report, in place of one with the same id, and says what that changes.
    pub fn arrive(&mut self, sketch: Sketch) -> Vec<Change> {
        self.arrive_all([sketch])
    }

    /// Takes in reports at once; the same as one after another, and faster.
    pub fn arrive_all(&mut self, sketches: impl IntoIterator<Item = Sketch>) -> Vec<Change> {
        let mut changes = Changes::default();
        let mut touched = BTreeSet::new();
        for sketch in sketches {
            changes.came.insert(sketch.id.clone());
            touched.extend(self.take_out(&sketch.id.clone(), &mut changes));
            let (slot, near) = self.attach(sketch);
            touched.extend(near);
            touched.insert(slot);
        }
        self.judge(touched, &mut changes);
        changes.told(self)
    }

    /// Lets go of a report that was withdrawn.
    pub fn leave(&mut self, report: &str) -> Vec<Change> {
        let mut changes = Changes::default();
        let touched = self.take_out(report, &mut changes);
        self.judge(touched, &mut changes);
        changes.told(self)
    }

    /// Heeds what a person said, and says what that changes.
    pub fn repair(&mut self, repair: &Repair) -> Vec<Change> {
        self.note(repair);
        let (Repair::Together(a, b) | Repair::Apart(a, b) | Repair::Open(a, b)) = repair;
        let mut changes = Changes::default();
        let touched = [a, b].into_iter().filter_map(|id| self.by_id.get(id).copied()).collect();
        self.judge(touched, &mut changes);
        changes.told(self)
    }

    /// Lets go of reports published before `day` (days since 1970-01-01) as settled: they stay where they are, and are
    /// compared with nothing any more. Gives their ids. Reports without a day stay.
    pub fn settle(&mut self, day: i32) -> Vec<String> {
        let old = |n: &Node| n.sketch.day.is_some_and(|d| d < day);
        let mut settled: Vec<String> =
            self.nodes.iter().flatten().filter(|n| old(n)).map(|n| n.sketch.id.clone()).collect();
        settled.sort_unstable();
        self.detach(settled.iter().map(String::as_str));
        settled
    }

    /// How many reports are held.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// The story that a held report is in.
    pub fn story_of(&self, report: &str) -> Option<&str> {
        self.node(*self.by_id.get(report)?).map(|n| n.story.as_str())
    }

    /// The stories that a held roundup, live page or opinion is about, beside its own.
    pub fn touches(&self, report: &str) -> &[String] {
        self.by_id.get(report).and_then(|slot| self.node(*slot)).map_or(&[], |n| &n.touches)
    }

    /// The stories and the ids of the reports that they hold, both in order.
    pub fn stories(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut stories: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for node in self.nodes.iter().flatten() {
            stories.entry(&node.story).or_default().push(&node.sketch.id);
        }
        stories.values_mut().for_each(|s| s.sort_unstable());
        stories
    }

    /// The pairs of held reports that were compared, with their log-odds.
    pub fn pairs(&self) -> impl Iterator<Item = (&Sketch, &Sketch, f32)> {
        let node = |slot: Slot| self.node(slot).map(|n| &n.sketch);
        let of = move |(slot, n): (usize, &Node)| -> Vec<(Slot, Slot, f32)> {
            let slot = slot as Slot;
            n.links.range(slot..).map(|(other, odds)| (slot, *other, *odds)).collect()
        };
        let held = self.nodes.iter().enumerate().filter_map(|(i, n)| Some((i, n.as_ref()?)));
        held.flat_map(of).filter_map(move |(a, b, odds)| Some((node(a)?, node(b)?, odds)))
    }

    fn node(&self, slot: Slot) -> Option<&Node> {
        self.nodes.get(slot as usize).and_then(Option::as_ref)
    }

    fn node_mut(&mut self, slot: Slot) -> Option<&mut Node> {
        self.nodes.get_mut(slot as usize).and_then(Option::as_mut)
    }

    fn note(&mut self, repair: &Repair) {
        let pair = |a: &String, b: &String| (a.min(b).clone(), a.max(b).clone());
        match repair {
            Repair::Together(a, b) => self.repairs.insert(pair(a, b), true),
            Repair::Apart(a, b) => self.repairs.insert(pair(a, b), false),
            Repair::Open(a, b) => self.repairs.remove(&pair(a, b)),
        };
    }
}

/// Coming and going.
impl Index {
    /// Holds `sketch`, linked with its nearest. Gives its slot and the slots whose links changed.
    fn attach(&mut self, sketch: Sketch) -> (Slot, BTreeSet<Slot>) {
        let sketch = self.local.correct(sketch);
        let slot = self.free.pop().unwrap_or(self.nodes.len() as Slot);
        let keys = Keys::of(&sketch);
        let key = sketch.key();
        self.postings.insert(slot, &keys);
        let mut alike = self.postings.alike(slot, &keys);
        // The nearest first, so that few are compared that others push out again.
        alike.sort_by(|a, b| b.1.total_cmp(&a.1));
        self.by_id.insert(sketch.id.clone(), slot);
        self.came += 1;
        let node = Node {
            number: self.came,
            sketch,
            key,
            keys,
            near: Vec::new(),
            links: BTreeMap::new(),
            story: String::new(),
            touches: Vec::new(),
        };
        match self.nodes.get_mut(slot as usize) {
            Some(place) => *place = Some(node),
            None => self.nodes.push(Some(node)),
        }
        let mut touched = BTreeSet::new();
        for (other, score) in alike {
            self.meet(slot, other, score, &mut touched);
        }
        (slot, touched)
    }

    /// Makes each the other's neighbour where it is near enough, and compares them where it is to either.
    fn meet(&mut self, a: Slot, b: Slot, score: f32, touched: &mut BTreeSet<Slot>) {
        let first = self.admit(a, b, score, touched);
        let second = self.admit(b, a, score, touched);
        if !(first || second) {
            return;
        }
        if self.compare(a, b) {
            touched.extend([a, b]);
        }
    }

    /// Whether `other` is now among the nearest of `of`.
    fn admit(&mut self, of: Slot, other: Slot, score: f32, touched: &mut BTreeSet<Slot>) -> bool {
        let rank = |index: &Index, (score, slot): (f32, Slot)| {
            (score, index.node(slot).map(|n| std::cmp::Reverse(n.key.clone())))
        };
        let Some(node) = self.node(of) else { return false };
        let full = node.near.len() >= limits::NEIGHBOURS;
        if full && node.near.last().is_some_and(|last| last.0 > score) {
            return false;
        }
        let mine = rank(self, (score, other));
        let before =
            |near: &(f32, Slot)| rank(self, *near).partial_cmp(&mine).is_some_and(std::cmp::Ordering::is_gt);
        let at = node.near.partition_point(before);
        if at >= limits::NEIGHBOURS {
            return false;
        }
        let pushed = {
            let Some(node) = self.node_mut(of) else { return false };
            node.near.insert(at, (score, other));
            if full { node.near.pop() } else { None }
        };
        if let Some((_, out)) = pushed {
            touched.extend(self.unlink_unless_near(of, out).then_some([of, out]).into_iter().flatten());
        }
        true
    }

    /// Drops the link of two of which neither is near to the other; whether that was a likely pair.
    fn unlink_unless_near(&mut self, a: Slot, b: Slot) -> bool {
        let near =
            |index: &Index, of, other| index.node(of).is_some_and(|n| n.near.iter().any(|x| x.1 == other));
        if near(self, a, b) || near(self, b, a) {
            return false;
        }
        let odds = self.node_mut(a).and_then(|n| n.links.remove(&b));
        self.node_mut(b).and_then(|n| n.links.remove(&a));
        odds.is_some_and(|o| o >= self.model.threshold)
    }

    /// Lets go of a report, notes where it was, and gives the slots that it was linked with.
    fn take_out(&mut self, report: &str, changes: &mut Changes) -> BTreeSet<Slot> {
        if let Some(story) = self.story_of(report) {
            changes.was.entry(report.to_owned()).or_insert_with(|| story.to_owned());
        }
        self.detach([report])
    }

    /// Lets go of `reports`. Gives the slots whose links changed.
    fn detach<'a>(&mut self, reports: impl IntoIterator<Item = &'a str>) -> BTreeSet<Slot> {
        let (mut touched, mut lost) = (BTreeSet::new(), BTreeSet::new());
        for report in reports {
            let Some(slot) = self.by_id.remove(report) else { continue };
            let Some(node) = self.nodes.get_mut(slot as usize).and_then(Option::take) else { continue };
            self.postings.remove(slot, &node.keys);
            self.exit(&node.story);
            for other in node.links.into_keys() {
                let Some(neighbour) = self.node_mut(other) else { continue };
                neighbour.links.remove(&slot);
                if neighbour.near.len() >= limits::NEIGHBOURS {
                    lost.insert(other);
                }
                neighbour.near.retain(|x| x.1 != slot);
                touched.insert(other);
            }
            self.free.push(slot);
        }
        for slot in lost {
            self.look_again(slot, &mut touched);
        }
        touched.retain(|slot| self.node(*slot).is_some());
        touched
    }

    /// Fills the places that became free among the nearest of `slot`.
    fn look_again(&mut self, slot: Slot, touched: &mut BTreeSet<Slot>) {
        let Some((keys, held)) = self.node(slot).map(|n| (n.keys.clone(), n.near.len())) else { return };
        let mut alike = self.postings.alike(slot, &keys);
        alike.retain(|(other, _)| self.node(slot).is_some_and(|n| n.near.iter().all(|x| x.1 != *other)));
        alike.sort_by(|a, b| b.1.total_cmp(&a.1));
        // One more than there are places: of two that are as near, the order of reports decides.
        alike.truncate(limits::NEIGHBOURS + 1 - held.min(limits::NEIGHBOURS));
        for (other, score) in alike {
            if self.admit(slot, other, score, touched) && self.compare(slot, other) {
                touched.extend([slot, other]);
            }
        }
    }

    /// Links two by their log-odds, unless they are linked. Whether they are likely of one event.
    fn compare(&mut self, a: Slot, b: Slot) -> bool {
        let (Some(x), Some(y)) = (self.node(a), self.node(b)) else { return false };
        let odds = x.links.get(&b).copied().unwrap_or_else(|| self.model.log_odds(&x.sketch, &y.sketch));
        for (from, to) in [(a, b), (b, a)] {
            if let Some(node) = self.node_mut(from) {
                node.links.insert(to, odds);
            }
        }
        odds >= self.model.threshold
    }

    fn enter(&mut self, slot: Slot, story: String, began: &Key) {
        let held = self.stories.entry(story.clone()).or_insert_with(|| (began.clone(), 0));
        held.1 += 1;
        held.0 = held.0.clone().min(began.clone());
        if let Some(node) = self.node_mut(slot) {
            node.story = story;
        }
    }

    fn exit(&mut self, story: &str) {
        if let Some(held) = self.stories.get_mut(story) {
            held.1 -= 1;
            if held.1 == 0 {
                self.stories.remove(story);
            }
        }
    }
}

/// Judging.
impl Index {
    /// Parts and joins the heaps of `touched` anew.
    fn judge(&mut self, touched: BTreeSet<Slot>, changes: &mut Changes) {
        let mut done: BTreeSet<Slot> = BTreeSet::new();
        let mut groups: Vec<Vec<Slot>> = Vec::new();
        let met = RefCell::new(std::mem::take(&mut self.met));
        for slot in touched {
            if self.node(slot).is_none() || done.contains(&slot) {
                continue;
            }
            let heap = self.heap(slot);
            let parts = self.part(&heap, &met);
            groups.extend(parts.into_iter().map(|part| part.into_iter().map(|i| heap[i]).collect()));
            done.extend(heap);
        }
        self.met = met.into_inner();
        if self.met.len() > limits::MET {
            self.met = Met::new();
        }
        self.name(&groups, changes);
        self.touch(&done, changes);
    }

    /// The reports that hang together with `slot` through likely pairs and what a person said, in the order of reports.
    fn heap(&self, slot: Slot) -> Vec<Slot> {
        let mut seen = BTreeSet::from([slot]);
        let mut open = vec![slot];
        while let Some(slot) = open.pop() {
            let Some(node) = self.node(slot) else { continue };
            let likely =
                node.links.iter().filter(|(_, odds)| **odds >= self.model.threshold).map(|(other, _)| *other);
            let said = self.told(&node.sketch.id).filter(|(_, together)| *together).map(|(other, _)| other);
            let next: Vec<Slot> = likely.chain(said).filter(|s| seen.insert(*s)).collect();
            open.extend(next);
        }
        let mut heap: Vec<Slot> = seen.into_iter().collect();
        heap.sort_by(|a, b| self.node(*a).map(|n| &n.key).cmp(&self.node(*b).map(|n| &n.key)));
        heap
    }

    /// The held reports of which a person said that they belong with `report`, or do not.
    fn told<'a>(&'a self, report: &'a str) -> impl Iterator<Item = (Slot, bool)> + 'a {
        // Repairs are few: a person made each of them.
        let other = move |(a, b): &'a (String, String)| match (a == report, b == report) {
            (true, _) => Some(b),
            (_, true) => Some(a),
            _ => None,
        };
        let held = |id: &String| self.by_id.get(id).copied();
        self.repairs.iter().filter_map(move |(pair, together)| Some((held(other(pair)?)?, *together)))
    }

    /// The stories of a heap, as indices into it.
    fn part(&self, heap: &[Slot], met: &RefCell<Met>) -> Vec<Vec<usize>> {
        if heap.len() == 1 {
            return vec![vec![0]];
        }
        let place: HashMap<Slot, usize> = heap.iter().enumerate().map(|(i, s)| (*s, i)).collect();
        let nodes: Vec<&Node> = heap.iter().filter_map(|s| self.node(*s)).collect();
        let mut likely = Vec::new();
        let (mut apart, mut together) = (BTreeSet::new(), Vec::new());
        for (i, node) in nodes.iter().enumerate() {
            let alike = node.links.iter().filter(|(_, odds)| **odds >= self.model.threshold);
            let pairs = alike.filter_map(|(other, odds)| Some((*place.get(other)?, *odds)));
            likely.extend(pairs.filter(|(j, _)| i < *j).map(|(j, odds)| ((i, j), odds)));
            if self.repairs.is_empty() {
                continue;
            }
            for (other, said) in self.told(&node.sketch.id) {
                let Some(j) = place.get(&other).copied().filter(|j| i < *j) else { continue };
                if said {
                    together.push((i, j));
                } else {
                    apart.insert((i, j));
                }
            }
        }
        let odds = |a: usize, b: usize| {
            let (Some(x), Some(y)) = (nodes.get(a), nodes.get(b)) else { return -limits::CERTAIN };
            x.links.get(&heap[b]).copied().unwrap_or_else(|| {
                let pair = (x.number.min(y.number), x.number.max(y.number));
                let judged = || self.model.log_odds(&x.sketch, &y.sketch);
                *met.borrow_mut().entry(pair).or_insert_with(judged)
            })
        };
        let links = Links { likely, apart, odds: &odds, threshold: self.model.threshold };
        let holds = |i: &usize| nodes[*i].sketch.nature.holds();
        let (news, loose): (Vec<usize>, Vec<usize>) = (0..nodes.len()).partition(holds);
        let begun = begin(&news, &links, &together, heap.len() > limits::HEAP);
        let stories = linkage::join(begun, &links);
        place_loose(stories, &loose, &links, &together)
    }

    /// Gives groups of reports (each in the order of reports) their ids: a story goes on where its earliest report is.
    fn name(&mut self, groups: &[Vec<Slot>], changes: &mut Changes) {
        let kept = self.heirs(groups);
        let mut taken: BTreeSet<String> = kept.values().cloned().collect();
        for (g, members) in groups.iter().enumerate() {
            let Some(first) = members.first().and_then(|slot| self.node(*slot)) else { continue };
            let (key, id) = (first.key.clone(), first.sketch.id.clone());
            let story = kept.get(&g).cloned().unwrap_or_else(|| {
                let free = |story: &String| !taken.contains(story) && !self.stories.contains_key(story);
                (0..).map(|n| mint(&id, n)).find(free).unwrap_or_default()
            });
            taken.insert(story.clone());
            for slot in members {
                self.put(*slot, &story, &key, changes);
            }
        }
    }

    /// For each group that goes on with a story, the story: of several the one that began first.
    fn heirs(&self, groups: &[Vec<Slot>]) -> BTreeMap<usize, String> {
        let of = |(g, members): (usize, &Vec<Slot>)| -> Vec<(&Node, usize)> {
            members.iter().filter_map(|slot| Some((self.node(*slot)?, g))).collect()
        };
        let mut members: Vec<(&Node, usize)> = groups.iter().enumerate().flat_map(of).collect();
        members.sort_by(|a, b| a.0.key.cmp(&b.0.key));
        let mut claimed = BTreeSet::new();
        let mut kept: BTreeMap<usize, &String> = BTreeMap::new();
        let began = |story: &String| self.stories.get(story).map(|(key, _)| key);
        for (node, g) in members {
            if node.story.is_empty() || !claimed.insert(&node.story) {
                continue;
            }
            let held = kept.entry(g).or_insert(&node.story);
            if (began(&node.story), &node.story) < (began(held), *held) {
                *held = &node.story;
            }
        }
        kept.into_iter().map(|(g, story)| (g, story.clone())).collect()
    }

    /// Puts a report into a story that begins with `key`, and notes where it was.
    fn put(&mut self, slot: Slot, story: &str, key: &Key, changes: &mut Changes) {
        let Some(node) = self.node(slot).filter(|n| n.story != story) else { return };
        let (id, was) = (node.sketch.id.clone(), node.story.clone());
        if was.is_empty() {
            changes.came.insert(id);
        } else {
            changes.was.entry(id).or_insert_with(|| was.clone());
            self.exit(&was);
        }
        self.enter(slot, story.to_owned(), key);
    }

    /// Notes for each loose report of `slots` the stories that it is likely about, beside its own.
    fn touch(&mut self, slots: &BTreeSet<Slot>, changes: &mut Changes) {
        for slot in slots {
            let Some(node) = self.node(*slot).filter(|n| !n.sketch.nature.holds()) else { continue };
            let likely = node.links.iter().filter(|(_, odds)| **odds >= self.model.threshold);
            let others =
                likely.filter_map(|(other, _)| self.node(*other)).filter(|n| n.sketch.nature.holds());
            let stories: BTreeSet<&String> = others.map(|n| &n.story).filter(|s| **s != node.story).collect();
            let stories: Vec<String> = stories.into_iter().cloned().collect();
            if stories != node.touches {
                changes.touches.insert(node.sketch.id.clone());
                if let Some(node) = self.node_mut(*slot) {
                    node.touches = stories;
                }
            }
        }
    }
}

/// The groups that joining begins with: what a person put together, each other report alone; in a large heap also what is
/// certain, so that thousands of copies of one report are joined in one step.
fn begin(news: &[usize], links: &Links, together: &[(usize, usize)], large: bool) -> Vec<Vec<usize>> {
    let mut root: BTreeMap<usize, usize> = news.iter().map(|i| (*i, *i)).collect();
    fn find(root: &BTreeMap<usize, usize>, mut i: usize) -> usize {
        while let Some(up) = root.get(&i).filter(|up| **up != i) {
            i = *up;
        }
        i
    }
    let certain =
        links.likely.iter().filter(|(_, odds)| large && *odds >= limits::CERTAIN).map(|(pair, _)| pair);
    for (a, b) in certain.chain(together) {
        if root.contains_key(a) && root.contains_key(b) && !links.apart.contains(&(*a, *b)) {
            let (a, b) = (find(&root, *a), find(&root, *b));
            root.insert(a.max(b), a.min(b));
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    news.iter().for_each(|i| groups.entry(find(&root, *i)).or_default().push(*i));
    groups.into_values().collect()
}

/// Puts each loose report into the one story that it is about; where that is none or several, it stands alone, unless a
/// person said otherwise. It never joins two.
fn place_loose(
    mut stories: Vec<Vec<usize>>,
    loose: &[usize],
    links: &Links,
    together: &[(usize, usize)],
) -> Vec<Vec<usize>> {
    let news = stories.clone();
    let at: BTreeMap<usize, usize> =
        news.iter().enumerate().flat_map(|(at, story)| story.iter().map(move |i| (*i, at))).collect();
    let mut likely: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for ((a, b), _) in &links.likely {
        for (i, j) in [(a, b), (b, a)] {
            likely.entry(*i).or_default().extend(at.get(j));
        }
    }
    for i in loose {
        let said = together.iter().find_map(|(a, b)| match (a == i, b == i) {
            (true, _) => at.get(b),
            (_, true) => at.get(a),
            _ => None,
        });
        let about = |at: &&usize| {
            let story = &news[**at];
            let refused = story.iter().any(|j| links.apart.contains(&(*i.min(j), *i.max(j))));
            let mean = story.iter().map(|j| (links.odds)(*i, *j)).sum::<f32>() / story.len().max(1) as f32;
            !refused && mean >= links.threshold
        };
        let at = said.or_else(|| {
            let mut fitting = likely.get(i).into_iter().flatten().filter(about);
            fitting.next().filter(|_| fitting.next().is_none())
        });
        match at {
            Some(at) => stories[*at].push(*i),
            None => stories.push(vec![*i]),
        }
    }
    stories.iter_mut().for_each(|s| s.sort_unstable());
    stories.sort_unstable();
    stories
}

/// What changes while reports come and go.
#[derive(Default)]
struct Changes {
    /// Reports that came.
    came: BTreeSet<String>,
    /// For each report that moved or left, the story that it was in.
    was: BTreeMap<String, String>,
    /// Loose reports whose stories changed.
    touches: BTreeSet<String>,
}

impl Changes {
    /// The net changes: stories that start, reports that move, stories that end, each in order.
    fn told(self, index: &Index) -> Vec<Change> {
        let reports: BTreeSet<&String> = self.came.iter().chain(self.was.keys()).collect();
        let mut moved = Vec::new();
        let (mut entered, mut left) = (BTreeSet::new(), BTreeMap::<&String, BTreeMap<&str, usize>>::new());
        for report in reports {
            let (from, to) = (self.was.get(report), index.story_of(report));
            if from.map(String::as_str) == to {
                continue;
            }
            entered.extend(to);
            if let Some(from) = from {
                let destinations = left.entry(from).or_default();
                to.into_iter().for_each(|to| *destinations.entry(to).or_default() += 1);
            }
            moved.push(Change::Moved {
                report: report.clone(),
                from: from.cloned(),
                to: to.map(str::to_owned),
            });
        }
        let arrivals: BTreeMap<&str, usize> = moved.iter().fold(BTreeMap::new(), |mut all, change| {
            if let Change::Moved { to: Some(to), .. } = change {
                *all.entry(to.as_str()).or_default() += 1;
            }
            all
        });
        let fresh = |story: &&str| {
            let held = index.stories.get(*story).map_or(0, |(_, held)| *held);
            held == arrivals.get(*story).copied().unwrap_or(0) && !left.keys().any(|l| l.as_str() == *story)
        };
        let started = entered.iter().filter(|s| fresh(s)).map(|s| Change::Started { story: (*s).to_owned() });
        let ended =
            left.iter().filter(|(story, _)| !index.stories.contains_key(**story)).map(|(story, into)| {
                let most = into.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
                Change::Ended { story: (*story).clone(), into: most.map(|(to, _)| (*to).to_owned()) }
            });
        let touches = self.touches.iter().filter(|r| index.by_id.contains_key(*r));
        let touches =
            touches.map(|r| Change::Touches { report: r.clone(), stories: index.touches(r).to_vec() });
        started.chain(moved.clone()).chain(ended).chain(touches).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{budget, harbour, rescue, sketch};
    use super::*;

    fn moved(report: &str, from: Option<&str>, to: Option<&str>) -> Change {
        Change::Moved { report: report.to_owned(), from: from.map(str::to_owned), to: to.map(str::to_owned) }
    }

    fn three() -> Vec<Sketch> {
        vec![harbour("a", "2031-03-04"), rescue("b", "2031-03-05"), budget("c", "2031-03-04")]
    }

    #[test]
    fn a_report_starts_a_story_and_another_joins_it() {
        let mut index = Index::new();
        let story = mint("a", 0);
        let first = index.arrive(harbour("a", "2031-03-04"));
        assert_eq!(first, [Change::Started { story: story.clone() }, moved("a", None, Some(&story))]);
        assert_eq!(index.arrive(rescue("b", "2031-03-05")), [moved("b", None, Some(&story))]);
        assert_eq!(index.stories(), BTreeMap::from([(story.as_str(), vec!["a", "b"])]));
    }

    #[test]
    fn the_order_of_arrival_changes_no_story() {
        let members = |order: [usize; 3]| {
            let mut index = Index::new();
            let all = three();
            order.into_iter().for_each(|i| drop(index.arrive(all[i].clone())));
            let mut stories: Vec<String> = index.stories().into_values().map(|s| s.join("")).collect();
            stories.sort();
            stories
        };
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [1, 0, 2]] {
            assert_eq!(members(order), ["ab", "c"]);
        }
    }

    #[test]
    fn a_story_keeps_its_id_when_an_earlier_report_joins() {
        let mut index = Index::new();
        index.arrive(rescue("b", "2031-03-05"));
        let story = index.story_of("b").expect("a story").to_owned();
        assert_eq!(index.arrive(harbour("a", "2031-03-04")), [moved("a", None, Some(&story))]);
    }

    #[test]
    fn a_report_that_leaves_ends_its_story_where_it_was_the_last() {
        let mut index = Index::new();
        index.arrive_all(three());
        let (ferry, farms) = (mint("a", 0), mint("c", 0));
        assert_eq!(index.leave("a"), [moved("a", Some(&ferry), None)]);
        assert_eq!(index.story_of("b"), Some(ferry.as_str()));
        let ended = Change::Ended { story: farms.clone(), into: None };
        assert_eq!(index.leave("c"), [moved("c", Some(&farms), None), ended]);
        assert!(index.leave("nobody").is_empty());
    }

    #[test]
    fn a_new_version_of_a_report_changes_nothing_where_it_stays() {
        let mut index = Index::new();
        index.arrive_all(three());
        assert!(index.arrive(harbour("a", "2031-03-04")).is_empty());
        let story = mint("a", 0);
        let changes = index.arrive(budget("a", "2031-03-04"));
        assert!(changes.contains(&moved("a", Some(&story), index.story_of("c"))), "{changes:?}");
    }

    #[test]
    fn what_a_person_said_outlasts_new_reports() {
        let mut index = Index::new();
        index.arrive_all(three());
        let apart = index.repair(&Repair::Apart("b".to_owned(), "a".to_owned()));
        assert!(apart.contains(&moved("b", Some(&mint("a", 0)), Some(&mint("b", 0)))), "{apart:?}");
        index.arrive(harbour("d", "2031-03-04"));
        assert_ne!(index.story_of("a"), index.story_of("b"));
        index.repair(&Repair::Together("a".to_owned(), "c".to_owned()));
        assert_eq!(index.story_of("a"), index.story_of("c"));
        index.repair(&Repair::Open("a".to_owned(), "c".to_owned()));
        assert_ne!(index.story_of("a"), index.story_of("c"));
    }

    #[test]
    fn a_restored_index_goes_on_where_it_was() {
        let mut index = Index::new();
        index.arrive_all(three());
        let kept = |id: &str, sketch: Sketch| (sketch, index.story_of(id).expect("a story").to_owned());
        let kept = [kept("a", harbour("a", "2031-03-04")), kept("c", budget("c", "2031-03-04"))];
        let mut restored = Index::restore(kept, []);
        assert_eq!(restored.arrive(rescue("b", "2031-03-05")), [moved("b", None, Some(&mint("a", 0)))]);
    }

    #[test]
    fn settled_reports_stay_where_they_are() {
        let mut index = Index::new();
        index.arrive_all(three());
        let day = harbour("a", "2031-03-05").day().expect("a day");
        assert_eq!(index.settle(day), ["a", "c"]);
        assert_eq!((index.len(), index.story_of("b")), (1, Some(mint("a", 0).as_str())));
    }

    #[test]
    fn a_roundup_joins_no_two_stories() {
        let text = "The ferry Alkyone ran aground off Port Meridia with 214 passengers aboard, and Mayor Ilse Verhaven \
                    opened the sports hall to survivors. Finance minister Oren Talbach presented a budget that cuts \
                    farm subsidies by a tenth; farmers of the Lower Vale plan a protest in Kestria.";
        let mut index = Index::new();
        index.arrive_all(three());
        let briefing = sketch(
            "r",
            Some("2031-03-04"),
            "Morning briefing: Alkyone aground, Talbach cuts subsidies",
            text,
        );
        index.arrive(briefing);
        assert_ne!(index.story_of("a"), index.story_of("c"));
    }
}
