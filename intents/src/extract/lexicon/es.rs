//! Spanish.

use super::Entry;
use crate::{
    PartOfDay,
    extract::meaning::Meaning::{
        A, Am, And, AnyPerson, At, BareNo, Between, Choice, Earliest, Filler, For, From, Half,
        HourMark, IAm, Idle, In, Indifferent, LastOne, Minus, Move, NameIs, Not, NotAfter, Number,
        OClock, Of, On, Or, Ordinal, OrdinalSuffix, Part, PartyOf, People, Pm, Pronoun, Quarter,
        SoftAt, The, This, To, ToDay, TodayPart, With,
    },
};

pub(super) const TABLE: &[Entry] = &[
    (TodayPart(PartOfDay::Night), "!esta noche|hoy noche|esta nochecita"),
    (TodayPart(PartOfDay::Morning), "esta mañana"),
    (TodayPart(PartOfDay::Afternoon), "!esta tarde|esta tardecita"),
    (TodayPart(PartOfDay::Midday), "este mediodia"),
    (This, "este|esta|de este|de esta"),
    (The, "el|la|los|las|lo"),
    (A, "un|una"),
    (Of, "de|del|de la|de el"),
    (On, "el|para el|el dia|dia|para este|al|el proximo dia|para el dia"),
    (In, "en|dentro de|en unos|de aqui a|de aca a"),
    (
        At,
        "a las|a la|alas|a eso de las|a eso de la|sobre las|hacia las|para las|de las|tipo|como a las|a partir de las|cerca de las|alrededor de las|tipo las|por las|x las",
    ),
    (SoftAt, "las|la"),
    (For, "para|pa|p/|x"),
    (With, "con|c/|donde"),
    (From, "de|desde|desde las|de las|entre"),
    (To, "a|hasta|hasta las|a las"),
    (ToDay, "al|hasta el|al dia"),
    (And, "y|e|con"),
    (Or, "o|u|ni"),
    (Am, "am|a.m.|a.m"),
    (Pm, "pm|p.m.|p.m"),
    (OClock, "en punto|horas|hs"),
    (HourMark, "h|hs|hrs|hr"),
    (Half, "media"),
    (Quarter, "cuarto|un cuarto"),
    (Minus, "menos"),
    (
        Part,
        "por la mañana|en la mañana|de la mañana|a la mañana|de mañana|por las mañanas|las mañanas|la mañana|x la mañana|temprano|a primera hora|primera hora|por la mañanita|mañanas|por la mña",
    ),
    (Part, "del mediodia|del medio dia|al mediodia|a mediodia|hora de comer|a la hora de comer"),
    (
        Part,
        "por la tarde|en la tarde|de la tarde|a la tarde|!tarde|tardes|la tarde|por las tardes|x la tarde|a la tardecita|por la tardecita|las tardes",
    ),
    (Part, "a ultima hora de la tarde|ultima hora|a ultima hora|al final del dia"),
    (
        Part,
        "por la noche|en la noche|de la noche|a la noche|!noche|noches|la noche|por las noches|x la noche|las noches",
    ),
    (Between, "entre|entre las|entre la|entre el"),
    (
        Earliest,
        "lo antes posible|cuanto antes|lo mas pronto posible|lo mas pronto|cuanto antes mejor|lo antes q|primer hueco|el primer hueco|el primero disponible|primera disponible|la primera disponible|lo primero que tengas|primer hueco libre|el primer hueco que tengas|lo mas temprano posible|ya mismo|la primera hora disponible|la mas cercana|lo mas temprano",
    ),
    (
        Not,
        "menos|excepto|salvo|que no sea|que no sean|q no sea|no con|no el|no quiero|no puedo|no me va|no me viene bien|menos con|no puede ser|que no sea con|nada de|no en|en vez de|en vez del|en lugar de|en lugar del|ni|no quiero con|que no|cualquier dia menos|cualquiera menos|excepto con",
    ),
    (AnyPerson, "cualquiera menos"),
    (BareNo, "no"),
    (
        Move,
        "mueve|mover|muévela|muéveme|cambiar|cambia|cambiarla|cambiarme|cambio|cámbiame|pasar|pásame|pasarla|adelantar|retrasar|correr|mudar|reprogramar|aplazar",
    ),
    (
        NotAfter,
        "no|no puedo|no me va|no me va bien|no me viene bien|no me sirve|no me cuadra|imposible|no va|no podria|no me funciona|no puedo ir|no me queda bien",
    ),
    (People, "!personas|persona|comensales|adultos|adulto|niños|niño|niñas|niña|pax|pers"),
    (
        PartyOf,
        "somos|seremos|seriamos|mesa para|mesa de|una mesa para|una mesa de|vamos a ser|vamos|iremos|grupo de|reserva para|reservar para|mesa pa|vendremos",
    ),
    (
        AnyPerson,
        "quien sea|quien este libre|cualquier persona|cualquier profesional|cualquier estilista|cualquier peluquero|cualquier peluquera|con quien sea|el que este libre|quien tenga hueco|con cualquiera|quien este disponible|me da igual quien|cualquier barbero",
    ),
    (
        Indifferent,
        "cualquiera|me da igual|da igual|sin preferencia|no tengo preferencia|me es indiferente|indiferente|igual me da|es igual|como quieras",
    ),
    (
        NameIs,
        "me llamo|mi nombre es|a nombre de|en nombre de|a mi nombre|me apellido|mi nombre completo es|el nombre es|nombre:|bajo el nombre de|bajo el nombre|a nombre d",
    ),
    (
        IAm,
        "soy|soy la|soy el|aqui|le habla|te habla|habla|habla la|habla el|le habla la|te habla la",
    ),
    (Ordinal(1), "primero|primera|primer"),
    (Ordinal(2), "segundo|segunda"),
    (Ordinal(3), "tercero|tercera|tercer"),
    (Ordinal(4), "cuarto|cuarta"),
    (Ordinal(5), "quinto|quinta"),
    (Ordinal(6), "sexto|sexta"),
    (Ordinal(7), "septimo|septima"),
    (Ordinal(8), "octavo|octava"),
    (Ordinal(9), "noveno|novena"),
    (Ordinal(10), "decimo|decima"),
    (OrdinalSuffix, "o|a|er|ro|do|ra|da|ero|era"),
    (LastOne, "el ultimo|la ultima|ultimo|ultima|ultima opcion|la ultima opcion|el de mas tarde"),
    (Choice, "opcion|la opcion|numero|el numero|nro|num|#|el n|n°|no."),
    (Pronoun, "opcion|opciones|horarios|hueco|hora disponible|turno"),
    (Number(0), "cero"),
    (Number(1), "un|una|uno"),
    (Number(2), "dos|un par de"),
    (Number(3), "tres"),
    (Number(4), "cuatro"),
    (Number(5), "cinco"),
    (Number(6), "seis"),
    (Number(7), "siete"),
    (Number(8), "ocho"),
    (Number(9), "nueve"),
    (Number(10), "diez"),
    (Number(11), "once"),
    (Number(12), "doce"),
    (Number(13), "trece"),
    (Number(14), "catorce"),
    (Number(15), "quince"),
    (Number(16), "dieciseis"),
    (Number(17), "diecisiete"),
    (Number(18), "dieciocho"),
    (Number(19), "diecinueve"),
    (Number(20), "veinte"),
    (Number(21), "veintiuno|veintiun|veintiuna"),
    (Number(22), "veintidos"),
    (Number(23), "veintitres"),
    (Number(24), "veinticuatro"),
    (Number(25), "veinticinco"),
    (Number(26), "veintiseis"),
    (Number(27), "veintisiete"),
    (Number(28), "veintiocho"),
    (Number(29), "veintinueve"),
    (Number(30), "treinta"),
    (Number(40), "cuarenta"),
    (Number(50), "cincuenta"),
    (
        Filler,
        "por favor|porfa|porfi|porfavor|gracias|vale|ok|si|bueno|claro|perfecto|entonces|hola|mejor|pues|xfa|xfavor|tal vez|quizas|pf|me quedo con|prefiero|quiero|x fa|ponme|dame",
    ),
    (
        Idle,
        "primera vez|la primera vez|es la primera vez|un segundo|un segundito|la ultima vez|ultima vez|buenas tardes|buenas noches|buenos dias|buena tarde|muy buenas tardes|la semana pasada|el mes pasado|mas tarde|todos los dias|lo siento|la otra vez|de la otra vez|demasiado tarde|llego tarde|voy tarde|muy tarde|llegar tarde|llegare tarde|a donde|donde|que dia|q dia|otro dia|mas temprano|cuantos dias|otra hora|a que hora|a q hora|media hora|de dia|que hora",
    ),
];

pub(super) const COMMON: &str = "
    a abrir acaso acá ahi ahora al algo alguien algun alguna alli almuerzo alto amiga amigo ante
    antes apuntame aquel aqui así aun aunque baja bajo barba bien bueno buena busco cada caja calle
    cama cambiar cambio cambia cancelar cara carta casa casi caso cejas cerca cita citas claro color
    come como con corte cortar cosa cuando cuanto cuanta cual cuatro da dame dar de debe decir deja
    del dentro desde dia dias dice dices digo dime dinero donde dos el ella ello en entre era eres
    es esa ese eso esta estas este esto estoy fecha fin fue fuera gente gran gusta gustaria ha haber
    hace hacer hacia han hasta hay hija hijo hola hora horas hoy hueco ir irme juego la larga largo
    las le les libre linea llama llega llego lleva lo los luego lugar luz mal mama mano manos mas me
    mejor menos mes mesa mi mia mil mio misma mismo mucha mucho muy nada nadie ni ninguna no nombre
    nos nosotros nuevo nunca o otra otro pago para parte paso pelo pero persona poco pon pone poner
    ponme por porque precio primera pronto pueda puede pueden puedo pues punto que quede quedo queda
    quien quiere quiero quisiera quita rato reserva rosa saber sacar sale salir salud se sea segun
    ser sera si sido siempre sin sobre sol sola solo somos son su suma sus tal tambien tan tanto
    tarde te tema tener tengo ti tiempo tiene tienen tienes toca todo toda todos tu turno un una uno
    uñas unas unos mensaje mensajes va vamos van ve veo ver vez vida viene voy ya yo dos tres seis marca marcar mando manda
    aproximadamente entrante madrugada pasada pasado proxima proximo siguiente";
