//! Three lines of business as data: what they offer, who or what gives it, and when.

use booking::{ResourceKind, ResourceLimits};
use jiff::civil::Weekday;

/// A business that can be opened.
#[derive(Debug, Clone, Copy)]
pub struct Shop {
    /// Line of business.
    pub vertical: &'static str,
    /// As customers know it.
    pub name: &'static str,
    /// What can be booked.
    pub services: &'static [Offered],
    /// Who or what does it.
    pub leads: &'static [Lead],
    /// Opening hours of every open day, in hours after midnight.
    pub hours: &'static [(u16, u16)],
    /// Days without hours.
    pub closed: &'static [Weekday],
}

/// Something that can be booked.
#[derive(Debug, Clone, Copy)]
pub struct Offered {
    /// In English, Spanish and Portuguese.
    pub names: [&'static str; 3],
    /// Other words for it, in the same order.
    pub aliases: [&'static [&'static str]; 3],
    /// How long it takes.
    pub minutes: i64,
    /// In cents.
    pub price_minor: i64,
}

/// Who or what does it.
#[derive(Debug, Clone, Copy)]
pub struct Lead {
    /// What customers call them.
    pub name: &'static str,
    /// Other words for them.
    pub aliases: &'static [&'static str],
    /// Staff, or a table.
    pub kind: ResourceKind,
    /// By position in [`Shop::services`].
    pub does: &'static [usize],
    /// The largest party that fits, at a table.
    pub max_party: Option<u16>,
}

impl Lead {
    const fn person(name: &'static str, does: &'static [usize]) -> Self {
        Self { name, aliases: &[], kind: ResourceKind::Staff, does, max_party: None }
    }

    const fn table(name: &'static str, max_party: u16) -> Self {
        Self {
            name,
            aliases: &[],
            kind: ResourceKind::Table,
            does: &[0],
            max_party: Some(max_party),
        }
    }

    pub(crate) fn limits(&self) -> ResourceLimits {
        ResourceLimits { max_party: self.max_party, ..ResourceLimits::default() }
    }
}

const NONE: [&[&str]; 3] = [&[], &[], &[]];

/// A small salon: haircut, beard trim and colour; Ana, Bruno and Carla.
pub const SALON: Shop = Shop {
    vertical: "salon",
    name: "Aurora",
    services: &[
        Offered {
            names: ["Haircut", "Corte de pelo", "Corte de cabelo"],
            aliases: NONE,
            minutes: 45,
            price_minor: 2500,
        },
        Offered {
            names: ["Beard trim", "Arreglo de barba", "Barba"],
            aliases: NONE,
            minutes: 30,
            price_minor: 1500,
        },
        Offered {
            names: ["Colour", "Tinte", "Coloração"],
            aliases: NONE,
            minutes: 90,
            price_minor: 6000,
        },
    ],
    leads: &[
        Lead::person("Ana", &[0, 2]),
        Lead::person("Bruno", &[0, 1]),
        Lead::person("Carla", &[0, 1, 2]),
    ],
    hours: &[(10, 14), (15, 20)],
    closed: &[Weekday::Sunday],
};

/// A dentist's with three chairs' worth of people.
pub const CLINIC: Shop = Shop {
    vertical: "clinic",
    name: "Clínica Sol",
    services: &[
        Offered {
            names: ["Check-up", "Revisión", "Consulta de rotina"],
            aliases: [&["checkup", "check up"], &["chequeo"], &["revisão", "check-up"]],
            minutes: 30,
            price_minor: 4000,
        },
        Offered {
            names: ["Teeth cleaning", "Limpieza dental", "Limpeza dentária"],
            aliases: [&["cleaning", "dental cleaning"], &["limpieza"], &["limpeza"]],
            minutes: 45,
            price_minor: 6500,
        },
        Offered {
            names: ["Whitening", "Blanqueamiento", "Clareamento"],
            aliases: [&["teeth whitening"], &["blanqueamiento dental"], &["clareamento dental"]],
            minutes: 60,
            price_minor: 18000,
        },
    ],
    leads: &[
        Lead { aliases: &["Moreno"], ..Lead::person("Dr. Moreno", &[0, 1]) },
        Lead { aliases: &["Costa"], ..Lead::person("Dr. Costa", &[0, 1, 2]) },
        Lead::person("Irene", &[1, 2]),
    ],
    hours: &[(9, 14), (16, 19)],
    closed: &[Weekday::Saturday, Weekday::Sunday],
};

/// A restaurant with five tables, closed on Mondays.
pub const RESTAURANT: Shop = Shop {
    vertical: "restaurant",
    name: "Casa Luna",
    services: &[Offered {
        names: ["Table", "Mesa", "Mesa"],
        aliases: [
            &["dinner", "lunch", "a table", "reservation"],
            &["cenar", "cena", "comer", "comida"],
            &["jantar", "almoçar", "almoço"],
        ],
        minutes: 90,
        price_minor: 0,
    }],
    leads: &[
        Lead::table("Mesa 1", 2),
        Lead::table("Mesa 2", 2),
        Lead::table("Mesa 3", 4),
        Lead::table("Mesa 4", 4),
        Lead::table("Mesa 5", 8),
    ],
    hours: &[(13, 16), (20, 23)],
    closed: &[Weekday::Monday],
};

/// All of them.
pub const SHOPS: [Shop; 3] = [SALON, CLINIC, RESTAURANT];
