//! What holidays are called in Spanish.
//!
//! Where the countries differ, the rule without a country is the one the reference engines have.

use super::{Holiday, Rule as R};
use crate::{lexicon::Row, meaning::Meaning};

const fn is(name: &'static str, rule: R) -> Meaning {
    Meaning::Holiday(Holiday { name, rule })
}

/// Every name.
pub(super) const NAMES: &[Row] = &[
    // Christmas to Epiphany.
    (is("Navidad", R::Fixed(12, 25)), "navidad|dia de navidad|pascua de navidad"),
    (
        is("Nochebuena", R::Fixed(12, 24)),
        "nochebuena|noche buena|visperas de navidad|vispera de navidad",
    ),
    (
        is("Nochevieja", R::Fixed(12, 31)),
        "nochevieja|noche vieja|vispera de ano nuevo|visperas de ano nuevo|noche de fin de ano|san silvestre",
    ),
    (is("Año Nuevo", R::Fixed(1, 1)), "ano nuevo|dia de ano nuevo|primero de ano|yuandan"),
    (is("Noche de Reyes", R::Fixed(1, 5)), "noche de reyes|vispera de reyes"),
    (
        is("Día de Reyes", R::Fixed(1, 6)),
        "dia de reyes|dia de los reyes|dia de reyes magos|dia de los reyes magos|reyes magos|para reyes|en reyes|los reyes|epifania",
    ),
    // Counted from Easter.
    (is("Lunes de Carnaval", R::Easter(-48)), "lunes de carnaval"),
    (is("Martes de Carnaval", R::Easter(-47)), "martes de carnaval"),
    (is("Carnaval", R::Days(&R::Easter(-48), 2)), "carnaval|carnavales"),
    (is("Miércoles de Ceniza", R::Easter(-46)), "miercoles de ceniza"),
    (is("Domingo de Ramos", R::Easter(-7)), "domingo de ramos"),
    (is("Semana Santa", R::Days(&R::Easter(-7), 8)), "semana santa"),
    (is("Jueves Santo", R::Easter(-3)), "jueves santo"),
    (is("Viernes Santo", R::Easter(-2)), "viernes santo"),
    (is("Sábado Santo", R::Easter(-1)), "sabado santo|sabado de gloria"),
    (
        is("Domingo de Pascua", R::Easter(0)),
        "pascua|pascuas|domingo de pascua|domingo de pascuas|domingo de resurreccion|domingo de gloria|dia de pascua",
    ),
    (is("Lunes de Pascua", R::Easter(1)), "lunes de pascua|lunes de pascuas"),
    (is("Ascensión", R::Easter(39)), "dia de la ascension|ascension del senor"),
    (is("Pentecostés", R::Easter(49)), "pentecostes|domingo de pentecostes"),
    (is("Corpus Christi", R::Easter(60)), "corpus christi|corpus"),
    (is("Sagrado Corazón", R::Easter(68)), "sagrado corazon|dia del sagrado corazon"),
    // The year round.
    (
        is("San Valentín", R::Fixed(2, 14)),
        "san valentin|dia de san valentin|dia de los enamorados|dia del amor y la amistad|dia de la amistad y el amor",
    ),
    (
        is("Día de la Mujer", R::Fixed(3, 8)),
        "dia de la mujer|dia internacional de la mujer|dia de la mujer trabajadora",
    ),
    (is("San Patricio", R::Fixed(3, 17)), "san patricio|dia de san patricio"),
    (is("San José", R::Fixed(3, 19)), "dia de san jose"),
    (
        is("Día de los Inocentes", R::ByCountry(&R::Fixed(4, 1), INNOCENTS)),
        "dia de los inocentes|dia de los santos inocentes|los santos inocentes",
    ),
    (
        is("Día de las Bromas", R::Fixed(4, 1)),
        "dia de las bromas|dia de las bromas de abril|dia de los inocentes de abril|dia de los tontos",
    ),
    (
        is("Día del Trabajador", R::Fixed(5, 1)),
        "dia del trabajador|dia del trabajo|dia de los trabajadores|dia internacional del trabajo|dia internacional de los trabajadores|fiesta del trabajo",
    ),
    (
        is("Día de la Madre", R::ByCountry(&R::Nth(5, 2, 7), MOTHERS)),
        "dia de la madre|dia de las madres|dia de la mama",
    ),
    (
        is("Día del Padre", R::ByCountry(&R::Nth(6, 3, 7), FATHERS)),
        "dia del padre|dia de los padres|dia del papa",
    ),
    (
        is("Día del Niño", R::ByCountry(&R::Fixed(4, 30), CHILDREN)),
        "dia del nino|dia de los ninos|dia de la ninez",
    ),
    (is("San Juan", R::Fixed(6, 24)), "san juan|dia de san juan"),
    (is("Noche de San Juan", R::Fixed(6, 23)), "noche de san juan|vispera de san juan"),
    (is("Santiago Apóstol", R::Fixed(7, 25)), "santiago apostol|dia de santiago"),
    (
        is("Día del Amigo", R::ByCountry(&R::Fixed(7, 30), FRIENDS)),
        "dia del amigo|dia de la amistad|dia internacional de la amistad",
    ),
    (is("Asunción", R::Fixed(8, 15)), "dia de la asuncion|asuncion de la virgen"),
    (
        is("Día de la Hispanidad", R::Fixed(10, 12)),
        "dia de la hispanidad|dia de la raza|dia del pilar|dia de colon|dia del respeto a la diversidad cultural|dia de la diversidad cultural",
    ),
    (is("Halloween", R::Fixed(10, 31)), "halloween|jalowin|noche de brujas|dia de brujas"),
    (is("Todos los Santos", R::Fixed(11, 1)), "dia de todos los santos|todos los santos"),
    (
        is("Día de Muertos", R::Fixed(11, 2)),
        "dia de muertos|dia de los muertos|dia de los difuntos|dia de los fieles difuntos|dia de difuntos",
    ),
    (
        is("Inmaculada Concepción", R::Fixed(12, 8)),
        "dia de la inmaculada|inmaculada concepcion|la inmaculada|dia de la virgen|dia de las velitas",
    ),
    (
        is("Virgen de Guadalupe", R::Fixed(12, 12)),
        "dia de la virgen de guadalupe|virgen de guadalupe",
    ),
    (
        is("Día de la Constitución", R::ByCountry(&R::Fixed(12, 6), CONSTITUTIONS)),
        "dia de la constitucion",
    ),
    (
        is("Día de la Independencia", R::ByCountry(&R::Fixed(7, 4), INDEPENDENCE)),
        "dia de la independencia|dia de independencia",
    ),
    (
        is("Fiestas Patrias", R::ByCountry(&R::Fixed(9, 16), PATRIAS)),
        "fiestas patrias|fiesta patria",
    ),
    (is("Día de la Bandera", R::ByCountry(&R::Fixed(2, 24), FLAGS)), "dia de la bandera"),
    (
        is("Día del Maestro", R::ByCountry(&R::Fixed(5, 15), TEACHERS)),
        "dia del maestro|dia del profesor",
    ),
    // Of the north.
    (
        is("Acción de Gracias", R::Nth(11, 4, 4)),
        "accion de gracias|dia de accion de gracias|dia de la accion de gracias",
    ),
    (is("Viernes Negro", R::NthPlus(11, 4, 4, 1)), "viernes negro|black friday"),
    (is("Cyber Monday", R::NthPlus(11, 4, 4, 4)), "cyber monday|ciberlunes|lunes cibernetico"),
    (
        is("Día de Martin Luther King", R::Nth(1, 3, 1)),
        "dia de martin luther king|dia de martin luther king jr",
    ),
    (is("Día de los Presidentes", R::Nth(2, 3, 1)), "dia de los presidentes"),
    (is("Día de los Caídos", R::Nth(5, -1, 1)), "dia de los caidos|dia de la recordacion"),
    (is("Día de los Veteranos", R::Fixed(11, 11)), "dia de los veteranos"),
    (is("Día de la Marmota", R::Fixed(2, 2)), "dia de la marmota|candelaria|dia de la candelaria"),
    (is("Navidad Ortodoxa", R::Fixed(1, 7)), "navidad ortodoxa"),
    (
        is("Año Nuevo Ortodoxo", R::Fixed(1, 14)),
        "ano nuevo ortodoxo|ano nuevo viejo|ano nuevo juliano",
    ),
    (is("Día del Jefe", R::NearestWeekday(10, 16)), "dia del jefe|dia nacional del jefe"),
    // International days.
    (is("Día Mundial del Braille", R::Fixed(1, 4)), "dia mundial del braille"),
    (
        is("Día Mundial de la Lepra", R::Nth(1, -1, 7)),
        "dia mundial de la lepra|dia mundial contra la lepra",
    ),
    (
        is("Día Mundial de la Religión", R::Nth(1, 3, 7)),
        "dia mundial de la religion|dia mundial de las religiones",
    ),
    (is("Día de los Humedales", R::Fixed(2, 2)), "dia mundial de los humedales"),
    (
        is("Día contra el Cáncer", R::Fixed(2, 4)),
        "dia mundial contra el cancer|dia mundial del cancer",
    ),
    (is("Día del Enfermo", R::Fixed(2, 11)), "dia mundial del enfermo|dia mundial de los enfermos"),
    (is("Día de la Radio", R::Fixed(2, 13)), "dia mundial de la radio"),
    (is("Día de la Justicia Social", R::Fixed(2, 20)), "dia mundial de la justicia social"),
    (
        is("Día de la Lengua Materna", R::Fixed(2, 21)),
        "dia de la lengua materna|dia internacional de la lengua materna|dia mundial de la lengua materna",
    ),
    (
        is("Día de la Cero Discriminación", R::Fixed(3, 1)),
        "dia de la cero discriminacion|dia para la cero discriminacion",
    ),
    (
        is("Día de la Vida Silvestre", R::Fixed(3, 3)),
        "dia mundial de la vida silvestre|dia mundial de la naturaleza",
    ),
    (is("Día del Riñón", R::Nth(3, 2, 4)), "dia mundial del rinon"),
    (
        is("Día de la Felicidad", R::Fixed(3, 20)),
        "dia de la felicidad|dia internacional de la felicidad",
    ),
    (is("Día de la Poesía", R::Fixed(3, 21)), "dia de la poesia|dia mundial de la poesia"),
    (is("Día del Síndrome de Down", R::Fixed(3, 21)), "dia mundial del sindrome de down"),
    (is("Día del Agua", R::Fixed(3, 22)), "dia del agua|dia mundial del agua"),
    (
        is("Día de la Meteorología", R::Fixed(3, 23)),
        "dia mundial de la meteorologia|dia meteorologico mundial",
    ),
    (
        is("Día de la Tuberculosis", R::Fixed(3, 24)),
        "dia mundial de la tuberculosis|dia mundial contra la tuberculosis",
    ),
    (
        is("Día del Autismo", R::Fixed(4, 2)),
        "dia mundial del autismo|dia mundial de concienciacion sobre el autismo",
    ),
    (is("Día de la Salud", R::Fixed(4, 7)), "dia mundial de la salud|dia de la salud"),
    (
        is("Día de la Tierra", R::Fixed(4, 22)),
        "dia de la tierra|dia mundial de la tierra|dia internacional de la madre tierra",
    ),
    (
        is("Día del Libro", R::Fixed(4, 23)),
        "dia del libro|dia internacional del libro|dia mundial del libro|sant jordi",
    ),
    (
        is("Día de la Malaria", R::Fixed(4, 25)),
        "dia mundial de la malaria|dia mundial del paludismo",
    ),
    (
        is("Día de la Propiedad Intelectual", R::Fixed(4, 26)),
        "dia mundial de la propiedad intelectual",
    ),
    (is("Día de la Danza", R::Fixed(4, 29)), "dia de la danza|dia internacional de la danza"),
    (is("Día del Jazz", R::Fixed(4, 30)), "dia del jazz|dia internacional del jazz"),
    (
        is("Día de la Libertad de Prensa", R::Fixed(5, 3)),
        "dia mundial de la libertad de prensa|dia de la libertad de prensa",
    ),
    (
        is("Día de la Enfermera", R::Fixed(5, 12)),
        "dia de la enfermera|dia internacional de la enfermera|dia internacional de las enfermeras|dia de la enfermeria",
    ),
    (
        is("Día de la Familia", R::Fixed(5, 15)),
        "dia internacional de la familia|dia internacional de las familias",
    ),
    (
        is("Día de Internet", R::Fixed(5, 17)),
        "dia de internet|dia mundial de las telecomunicaciones|dia mundial de la sociedad de la informacion",
    ),
    (is("Día de los Museos", R::Fixed(5, 18)), "dia de los museos|dia internacional de los museos"),
    (is("Día sin Tabaco", R::Fixed(5, 31)), "dia mundial sin tabaco|dia sin tabaco"),
    (
        is("Día del Medio Ambiente", R::Fixed(6, 5)),
        "dia mundial del medio ambiente|dia del medio ambiente|dia del ambiente",
    ),
    (is("Día de los Océanos", R::Fixed(6, 8)), "dia mundial de los oceanos"),
    (
        is("Día contra el Trabajo Infantil", R::Fixed(6, 12)),
        "dia mundial contra el trabajo infantil",
    ),
    (is("Día del Donante de Sangre", R::Fixed(6, 14)), "dia mundial del donante de sangre"),
    (
        is("Día de los Refugiados", R::Fixed(6, 20)),
        "dia mundial de los refugiados|dia mundial del refugiado",
    ),
    (is("Día de la Música", R::Fixed(6, 21)), "dia de la musica|dia europeo de la musica"),
    (is("Día del Yoga", R::Fixed(6, 21)), "dia internacional del yoga|dia del yoga"),
    (
        is("Día del Orgullo", R::Fixed(6, 28)),
        "dia del orgullo|dia del orgullo gay|dia internacional del orgullo",
    ),
    (
        is("Día de las Cooperativas", R::Nth(7, 1, 6)),
        "dia internacional de las cooperativas|dia de las cooperativas",
    ),
    (is("Día de la Población", R::Fixed(7, 11)), "dia mundial de la poblacion"),
    (
        is("Día de Nelson Mandela", R::Fixed(7, 18)),
        "dia de nelson mandela|dia internacional de nelson mandela",
    ),
    (
        is("Día contra la Hepatitis", R::Fixed(7, 28)),
        "dia mundial contra la hepatitis|dia mundial de la hepatitis",
    ),
    (
        is("Día de la Juventud", R::Fixed(8, 12)),
        "dia de la juventud|dia internacional de la juventud",
    ),
    (
        is("Día de la Asistencia Humanitaria", R::Fixed(8, 19)),
        "dia mundial de la asistencia humanitaria",
    ),
    (
        is("Día de la Fotografía", R::Fixed(8, 19)),
        "dia de la fotografia|dia mundial de la fotografia",
    ),
    (is("Día de la Alfabetización", R::Fixed(9, 8)), "dia internacional de la alfabetizacion"),
    (
        is("Día de Prevención del Suicidio", R::Fixed(9, 10)),
        "dia mundial para la prevencion del suicidio",
    ),
    (is("Día de la Democracia", R::Fixed(9, 15)), "dia internacional de la democracia"),
    (is("Día de la Paz", R::Fixed(9, 21)), "dia internacional de la paz|dia de la paz"),
    (is("Día del Turismo", R::Fixed(9, 27)), "dia mundial del turismo"),
    (
        is("Día contra la Rabia", R::Fixed(9, 28)),
        "dia mundial contra la rabia|dia mundial de la rabia",
    ),
    (is("Día del Corazón", R::Fixed(9, 29)), "dia mundial del corazon"),
    (is("Día del Vegetarianismo", R::Fixed(10, 1)), "dia mundial del vegetarianismo"),
    (is("Día del Hábitat", R::Nth(10, 1, 1)), "dia mundial del habitat"),
    (
        is("Día de los Docentes", R::Fixed(10, 5)),
        "dia mundial de los docentes|dia mundial del docente|dia mundial del maestro",
    ),
    (is("Día del Correo", R::Fixed(10, 9)), "dia mundial del correo"),
    (is("Día de la Salud Mental", R::Fixed(10, 10)), "dia mundial de la salud mental"),
    (is("Día de la Vista", R::Nth(10, 2, 4)), "dia mundial de la vista|dia mundial de la vision"),
    (is("Día de la Alimentación", R::Fixed(10, 16)), "dia mundial de la alimentacion"),
    (
        is("Día del Cáncer de Mama", R::Fixed(10, 19)),
        "dia mundial contra el cancer de mama|dia mundial del cancer de mama",
    ),
    (is("Día de las Naciones Unidas", R::Fixed(10, 24)), "dia de las naciones unidas"),
    (is("Día del Veganismo", R::Fixed(11, 1)), "dia mundial del veganismo"),
    (is("Día de la Ciencia", R::Fixed(11, 10)), "dia mundial de la ciencia"),
    (is("Día de la Diabetes", R::Fixed(11, 14)), "dia mundial de la diabetes"),
    (is("Día de la Filosofía", R::Nth(11, 3, 4)), "dia mundial de la filosofia"),
    (
        is("Día del Prematuro", R::Fixed(11, 17)),
        "dia de la prematuridad mundial|dia mundial del prematuro|dia mundial del nino prematuro|dia mundial de la prematuridad",
    ),
    (is("Día del Hombre", R::Fixed(11, 19)), "dia internacional del hombre|dia del hombre"),
    (
        is("Día Universal del Niño", R::Fixed(11, 20)),
        "dia universal del nino|dia universal de los ninos",
    ),
    (is("Día de la Televisión", R::Fixed(11, 21)), "dia mundial de la television"),
    (
        is("Día contra la Violencia de Género", R::Fixed(11, 25)),
        "dia internacional contra la violencia de genero",
    ),
    (
        is("Día contra el SIDA", R::Fixed(12, 1)),
        "dia mundial de la lucha contra el sida|dia mundial del sida|dia mundial contra el sida",
    ),
    (
        is("Día de la Discapacidad", R::Fixed(12, 3)),
        "dia internacional de las personas con discapacidad",
    ),
    (
        is("Día del Voluntariado", R::Fixed(12, 5)),
        "dia internacional del voluntariado|dia internacional de los voluntarios",
    ),
    (
        is("Día de los Derechos Humanos", R::Fixed(12, 10)),
        "dia de los derechos humanos|dia internacional de los derechos humanos",
    ),
    (is("Día de las Montañas", R::Fixed(12, 11)), "dia internacional de las montanas"),
    (is("Día del Migrante", R::Fixed(12, 18)), "dia internacional del migrante"),
    (is("Día de la Lengua Árabe", R::Fixed(12, 18)), "dia mundial de la lengua arabe"),
];

/// 28 December wherever Spanish is spoken.
const INNOCENTS: &[([u8; 2], R)] = &[
    (*b"AR", R::Fixed(12, 28)),
    (*b"BO", R::Fixed(12, 28)),
    (*b"CL", R::Fixed(12, 28)),
    (*b"CO", R::Fixed(12, 28)),
    (*b"CR", R::Fixed(12, 28)),
    (*b"EC", R::Fixed(12, 28)),
    (*b"ES", R::Fixed(12, 28)),
    (*b"GT", R::Fixed(12, 28)),
    (*b"MX", R::Fixed(12, 28)),
    (*b"PE", R::Fixed(12, 28)),
    (*b"PY", R::Fixed(12, 28)),
    (*b"UY", R::Fixed(12, 28)),
    (*b"VE", R::Fixed(12, 28)),
];

const MOTHERS: &[([u8; 2], R)] = &[
    (*b"AR", R::Nth(10, 3, 7)),
    (*b"BO", R::Fixed(5, 27)),
    (*b"CR", R::Fixed(8, 15)),
    (*b"DO", R::Nth(5, -1, 7)),
    (*b"ES", R::Nth(5, 1, 7)),
    (*b"GT", R::Fixed(5, 10)),
    (*b"MX", R::Fixed(5, 10)),
    (*b"NI", R::Fixed(5, 30)),
    (*b"PA", R::Fixed(12, 8)),
    (*b"PY", R::Fixed(5, 15)),
    (*b"SV", R::Fixed(5, 10)),
];

const FATHERS: &[([u8; 2], R)] = &[
    (*b"BO", R::Fixed(3, 19)),
    (*b"DO", R::Nth(7, -1, 7)),
    (*b"ES", R::Fixed(3, 19)),
    (*b"GT", R::Fixed(6, 17)),
    (*b"HN", R::Fixed(3, 19)),
    (*b"SV", R::Fixed(6, 17)),
    (*b"UY", R::Nth(7, 2, 7)),
];

const CHILDREN: &[([u8; 2], R)] = &[
    (*b"AR", R::Nth(8, 3, 7)),
    (*b"CL", R::Nth(8, 2, 7)),
    (*b"CO", R::Nth(4, -1, 6)),
    (*b"PE", R::Nth(8, 3, 7)),
    (*b"PY", R::Fixed(8, 16)),
    (*b"UY", R::Nth(8, 3, 7)),
];

const INDEPENDENCE: &[([u8; 2], R)] = &[
    (*b"AR", R::Fixed(7, 9)),
    (*b"BO", R::Fixed(8, 6)),
    (*b"CL", R::Fixed(9, 18)),
    (*b"CO", R::Fixed(7, 20)),
    (*b"CR", R::Fixed(9, 15)),
    (*b"DO", R::Fixed(2, 27)),
    (*b"EC", R::Fixed(8, 10)),
    (*b"GT", R::Fixed(9, 15)),
    (*b"HN", R::Fixed(9, 15)),
    (*b"MX", R::Fixed(9, 16)),
    (*b"NI", R::Fixed(9, 15)),
    (*b"PA", R::Fixed(11, 28)),
    (*b"PE", R::Fixed(7, 28)),
    (*b"PY", R::Fixed(5, 15)),
    (*b"SV", R::Fixed(9, 15)),
    (*b"UY", R::Fixed(8, 25)),
    (*b"VE", R::Fixed(7, 5)),
];

const PATRIAS: &[([u8; 2], R)] = &[
    (*b"CL", R::Days(&R::Fixed(9, 18), 2)),
    (*b"MX", R::Fixed(9, 16)),
    (*b"PE", R::Days(&R::Fixed(7, 28), 2)),
];

const FRIENDS: &[([u8; 2], R)] = &[(*b"AR", R::Fixed(7, 20)), (*b"UY", R::Fixed(7, 20))];

const CONSTITUTIONS: &[([u8; 2], R)] = &[(*b"MX", R::Nth(2, 1, 1))];

const FLAGS: &[([u8; 2], R)] =
    &[(*b"AR", R::Fixed(6, 20)), (*b"PE", R::Fixed(6, 7)), (*b"US", R::Fixed(6, 14))];

const TEACHERS: &[([u8; 2], R)] =
    &[(*b"AR", R::Fixed(9, 11)), (*b"PE", R::Fixed(7, 6)), (*b"CL", R::Fixed(10, 16))];
