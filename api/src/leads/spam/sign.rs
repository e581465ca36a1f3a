//! The signs there are, and what each weighs.

use async_graphql::Enum;
use serde::{Deserialize, Serialize};

/// From here on a lead is suspected.
const SUSPECTED: u32 = 4;

/// One sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "LeadSpamReason")]
pub enum Sign {
    /// The field that people do not see was filled in.
    Honeypot,
    /// The form came back faster than anybody types.
    TooFast,
    /// The form's token was not made here, or for another page.
    ForgedToken,
    /// There was no token, as from a front end of one's own.
    NoToken,
    /// There was no proof of work: no script ran.
    NoProof,
    /// The proof of work solves no challenge of ours.
    WrongProof,
    /// The proof of work was good for another request.
    UsedProof,
    /// More than five came from one address in ten minutes.
    BusyAddress,
    /// The same person said the same within a day.
    Repeated,
    /// The name holds a link.
    LinkInName,
    /// The message holds more links than a person sends.
    ManyLinks,
    /// The message is in Cyrillic and holds a link.
    CyrillicLink,
    /// The message holds what is written to sell something.
    SalesPhrase,
}

impl Sign {
    /// What no person does is enough alone. What a person may do, who has no script, a front end of one's own or a shared
    /// address, is not; all of it together is, although it may be a person: staff look at whoever is suspected.
    const fn weight(self) -> u32 {
        match self {
            Self::Honeypot | Self::TooFast | Self::ForgedToken => 4,
            Self::CyrillicLink | Self::SalesPhrase => 3,
            Self::WrongProof | Self::UsedProof | Self::BusyAddress | Self::LinkInName | Self::ManyLinks => 2,
            Self::NoToken | Self::NoProof | Self::Repeated => 1,
        }
    }
}

/// Whether it takes a machine to give these signs.
pub fn is_suspected(signs: &[Sign]) -> bool {
    signs.iter().map(|sign| sign.weight()).sum::<u32>() >= SUSPECTED
}

#[cfg(test)]
mod tests {
    use Sign::{
        BusyAddress, CyrillicLink, ForgedToken, Honeypot, LinkInName, ManyLinks, NoProof, NoToken, Repeated,
        SalesPhrase, TooFast, UsedProof, WrongProof,
    };

    use super::*;

    #[test]
    fn whoever_may_be_a_person_is_not_suspected() {
        let people: [&[Sign]; 9] = [
            &[],
            // A front end of one's own, without a script, that somebody used twice.
            &[NoToken, NoProof],
            &[NoToken, NoProof, Repeated],
            // Without JavaScript, in a library.
            &[NoProof, BusyAddress],
            &[BusyAddress, Repeated],
            // A front end that gives all its visitors one challenge.
            &[NoToken, UsedProof],
            &[NoToken, WrongProof],
            &[CyrillicLink],
            &[SalesPhrase],
        ];
        for signs in people {
            assert!(!is_suspected(signs), "{signs:?}");
        }
    }

    #[test]
    fn whatever_is_rather_a_machine_is() {
        let machines: [&[Sign]; 9] = [
            &[Honeypot],
            &[TooFast],
            &[ForgedToken],
            &[NoProof, SalesPhrase],
            &[NoToken, CyrillicLink],
            &[LinkInName, ManyLinks],
            &[NoToken, NoProof, ManyLinks],
            &[NoToken, NoProof, BusyAddress],
            &[UsedProof, BusyAddress],
        ];
        for signs in machines {
            assert!(is_suspected(signs), "{signs:?}");
        }
    }
}
