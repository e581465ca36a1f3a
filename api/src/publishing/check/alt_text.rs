//! A picture says what it shows, or that it only decorates (WCAG 2.2, 1.1.1). Nothing with one that does not is public.

use entity::reference::Reference;

use super::{Draft, Finding, Rule};

pub(super) const RULE: Rule = Rule { code: "altText", look };

fn look(draft: &Draft<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (place, block) in draft.blocks.iter().enumerate() {
        for reference in draft.shown_by(block) {
            let Reference::Media(id) = reference else { continue };
            let Some(picture) = draft.around.targets.picture(id).filter(|picture| picture.lacks_alt) else { continue };
            let message = format!(
                "The picture “{}” has no alternative text. Write what it shows, or say that it only decorates.",
                picture.name
            );
            let finding = Finding { subject: id.to_string(), ..Finding::block(place, block, message) };
            found.push(finding.that_blocks());
        }
    }
    if let Some(id) = draft.seo.image
        && let Some(picture) = draft.around.targets.picture(id).filter(|picture| picture.lacks_alt)
    {
        let message =
            format!("The picture of link previews, “{}”, has no alternative text. Write what it shows.", picture.name);
        found.push(Finding::field(&["seo", "image"], &id.to_string(), message).that_blocks());
    }
    found
}
