//! What to do in danger, said to whoever reads it in the middle of it.

use std::collections::BTreeSet;

use async_graphql::Enum;

use super::Danger;

/// A language that people in danger are answered in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(name = "CrisisLanguage")]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
}

/// One thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Advice {
    english: &'static str,
    spanish: &'static str,
    /// Whom to call.
    pub call: Option<&'static str>,
    /// Where to write.
    pub message: Option<&'static str>,
}

impl Advice {
    /// What to show: a sentence or two, in words of grade 6.
    pub const fn text(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::Spanish => self.spanish,
        }
    }
}

const fn say(english: &'static str, spanish: &'static str) -> Advice {
    Advice { english, spanish, call: None, message: None }
}

const EMERGENCY: Advice = Advice {
    call: Some("911"),
    ..say(
        "Somebody is hurt, or may be soon? Call 911 now. It is free.",
        "¿Alguien está herido, o puede estarlo pronto? Llame al 911 ahora. Es gratis.",
    )
};
const NALOXONE: Advice = say(
    "Give naloxone (Narcan) if there is any, also where you are not sure. Give another dose after two or three minutes if they do not wake.",
    "Dé naloxona (Narcan) si la hay, también si no está seguro. Dé otra dosis a los dos o tres minutos si la persona no despierta.",
);
const STAY: Advice = say(
    "Turn them on their side and stay with them until help is there. Say what was taken; help comes first.",
    "Ponga a la persona de lado y quédese con ella hasta que llegue la ayuda. Diga qué tomó: lo primero es ayudar.",
);
const NOT_ALONE: Advice = say(
    "Shaking, seizures, or seeing what is not there? It can kill. Do not stop alone, and do not sleep it off.",
    "¿Temblores, convulsiones, o ve lo que no está? Puede matar. No lo deje sin ayuda, y no espere que pase durmiendo.",
);
/// In Spanish by pressing 2, or by writing AYUDA: 988lifeline.org/es.
const LIFELINE: Advice = Advice {
    call: Some("988"),
    message: Some("988"),
    ..say(
        "Thoughts of suicide, or a crisis with drugs or alcohol? Call or text 988, day and night. It is free.",
        "¿Piensa en el suicidio, o vive una crisis con drogas o alcohol? Llame al 988 y marque el 2, o envíe AYUDA al 988, de día y de noche. Es gratis.",
    )
};
/// The National Domestic Violence Hotline: thehotline.org.
const HOTLINE: Advice = Advice {
    call: Some("+18007997233"),
    ..say(
        "Somebody hurts you, or you are afraid of them? Call 1-800-799-7233, day and night, from a phone they do not see.",
        "¿Alguien le hace daño, o le tiene miedo? Llame al 1-800-799-7233, de día y de noche, desde un teléfono que esa persona no vea.",
    )
};

/// What to do in these dangers, the most urgent first; nothing where there are none.
pub fn advice(dangers: &BTreeSet<Danger>) -> Vec<Advice> {
    if dangers.is_empty() {
        return Vec::new();
    }
    let mut found = vec![EMERGENCY];
    for danger in [Danger::Overdose, Danger::Withdrawal, Danger::Violence, Danger::Suicide] {
        if dangers.contains(&danger) {
            found.extend(own(danger));
        }
    }
    if !dangers.contains(&Danger::Suicide) {
        found.push(LIFELINE);
    }
    found
}

const fn own(danger: Danger) -> &'static [Advice] {
    match danger {
        Danger::Overdose => OVERDOSE,
        Danger::Withdrawal => &[NOT_ALONE],
        Danger::Violence => &[HOTLINE],
        Danger::Suicide => &[LIFELINE],
    }
}

/// What to do when somebody does not wake or hardly breathes, once 911 is called.
pub const OVERDOSE: &[Advice] = &[NALOXONE, STAY];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_emergency_number_is_first_and_the_lifeline_is_never_missing() {
        assert!(advice(&BTreeSet::new()).is_empty());
        let all = [Danger::Suicide, Danger::Overdose, Danger::Withdrawal, Danger::Violence];
        for dangers in all.iter().map(|danger| BTreeSet::from([*danger])).chain([BTreeSet::from(all)]) {
            let found = advice(&dangers);
            assert_eq!(found.first(), Some(&EMERGENCY));
            assert_eq!(found.iter().filter(|step| **step == LIFELINE).count(), 1, "{dangers:?}");
        }
    }

    #[test]
    fn an_overdose_names_naloxone_before_all_but_the_call() {
        let found = advice(&BTreeSet::from([Danger::Overdose, Danger::Suicide]));
        assert_eq!(found.get(1), Some(&NALOXONE));
    }
}
