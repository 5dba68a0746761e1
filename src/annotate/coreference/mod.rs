//! Whom the mentions refer to.
//!
//! In: a report with its mentions and its attributions without speakers. Out: the entities of this report with
//! their roles and parties, the entity of each mention, the speaker of each attribution. A reference is
//! accepted only where one candidate remains; the others stay open. It knows no other report, and not who
//! holds an office in the world: only what this report says of it.

mod again;
mod bodies;
mod bound;
mod deeds;
mod discourse;
mod draft;
mod names;
mod nominals;
mod parties;
mod roles;
mod scenes;
mod somebody;
mod speakers;
mod title_parts;
mod unsourced;

use super::Annotations;
use crate::report::Report;
use draft::Draft;

/// Writes `entities`, each mention's entity and each attribution's speaker.
pub fn resolve(report: &Report, layers: &mut Annotations) {
    let mut draft = Draft::new(report, &layers.mentions);
    names::join(&mut draft);
    let titles = roles::assign(&mut draft);
    parties::of_names(&mut draft);
    parties::of_persons(&mut draft);
    roles::resolve(&mut draft, &titles);
    nominals::join(&mut draft);
    let speakers = discourse::resolve(&mut draft, layers);
    let (entities, referents) = draft.finish();
    for (mention, entity) in layers.mentions.iter_mut().zip(referents) {
        mention.entity = entity;
    }
    for (attribution, speaker) in layers.attributions.iter_mut().zip(speakers) {
        attribution.speaker = speaker.and_then(|id| entities.place_of(id));
    }
    layers.entities = entities.list;
}

#[cfg(test)]
mod tests;
