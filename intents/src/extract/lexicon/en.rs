//! English.

use super::Entry;
use crate::{
    PartOfDay,
    extract::meaning::Meaning::{
        A, Am, And, AnyPerson, At, Between, Choice, Earliest, Filler, For, From, Half, HourMark,
        IAm, Idle, In, Indifferent, Ish, LastOne, Move, NameIs, Not, NotAfter, Number, OClock, Of,
        On, Or, Ordinal, OrdinalSuffix, Part, PartyOf, People, Pm, Pronoun, Quarter, The, This, To,
        TodayPart, With,
    },
};

pub(super) const TABLE: &[Entry] = &[
    (TodayPart(PartOfDay::Night), "!tonight|tonite|2nite|2night|this night"),
    (TodayPart(PartOfDay::Morning), "this morning"),
    (TodayPart(PartOfDay::Afternoon), "this afternoon|this arvo"),
    (TodayPart(PartOfDay::Evening), "this evening"),
    (This, "this|this coming|coming|the coming"),
    (The, "the"),
    (A, "a|an"),
    (Of, "of"),
    (On, "on|on the"),
    (In, "in|within|in about"),
    (At, "at|@|at about|at around|at like|around|about|at approximately|for around|make it"),
    (For, "for"),
    (With, "with|w/|by"),
    (From, "from"),
    (To, "to|until|till|til|through|thru"),
    (And, "and|&"),
    (Or, "or|nor"),
    (Am, "am|a.m.|a.m"),
    (Pm, "pm|p.m.|p.m|p m"),
    (OClock, "o'clock|oclock|o clock|o\"clock|sharp"),
    (HourMark, "h|hs|hrs|hr"),
    (Half, "half|a half"),
    (Quarter, "quarter|a quarter"),
    (Ish, "ish|-ish"),
    (
        Part,
        "in the morning|!morning|mornings|the morning|in the mornings|in the am|first thing|early morning|first thing in the morning",
    ),
    (Part, "around noon|around midday|lunchtime|lunch time|at lunchtime|at lunch"),
    (
        Part,
        "in the afternoon|!afternoon|afternoons|the afternoon|in the afternoons|arvo|early afternoon|late afternoon",
    ),
    (
        Part,
        "in the evening|!evening|evenings|the evening|in the evenings|early evening|late evening",
    ),
    (Part, "at night|night|in the night|the night"),
    (Between, "between|btwn|betwen|in between"),
    (
        Earliest,
        "asap|as soon as possible|earliest|the earliest|the earliest possible|earliest available|the earliest available|soonest|the soonest|first available|the first available|next available|the next available|as early as possible|first slot|the first slot|right away|first opening",
    ),
    (
        Not,
        "not|except|except for|excluding|besides|other than|apart from|anything but|any day but|any time but|any morning but|any afternoon but|any evening but|any night but|any weekday but|any weekend but|any other day but|every day but|any day except|instead of|can't|cant|cannot|can't do|can't on|can't make it|can't make|cannot do|never|don't want|dont want|not available|anyone but|anybody but|anyone except|no more|anyone other than|rather than",
    ),
    (Move, "move|change|reschedule|rearrange|shift|push|switch|swap|changing|moving"),
    (AnyPerson, "anyone but|anybody but|anyone except|anyone other than"),
    (
        NotAfter,
        "doesn't work|does not work|doesnt work|won't work|wont work|is not possible|isn't possible|is no good|no good|is bad|doesn't suit|not possible|is out|not|don't work|dont work",
    ),
    (
        People,
        "!people|persons|person|guests|guest|pax|ppl|adults|adult|kids|kid|children|child|of us|diners|covers",
    ),
    (
        PartyOf,
        "party of|table for|a table for|we are|we're|we will be|we'll be|there will be|there'll be|reservation for|group of|room for|space for|tables for|booking for",
    ),
    (
        AnyPerson,
        "anyone|anybody|whoever|who ever|any stylist|any barber|any staff|any person|any therapist|any doctor|anyone is fine|anyone available|whoever is available|whoever is free|whoever's free|any hairdresser|any dentist|any professional",
    ),
    (
        Indifferent,
        "no preference|don't mind|dont mind|doesn't matter|doesnt matter|does not matter|don't care|dont care|any of them|any one|either|no preferences|i'm easy|up to you|any is fine",
    ),
    (
        NameIs,
        "my name is|my name's|my names|the name is|the name's|name is|name's|call me|under the name of|under the name|in the name of|booked under|my full name is|name:",
    ),
    (IAm, "i am|i'm|im|this is|it's|it is|under|its"),
    (Ordinal(1), "first"),
    (Ordinal(2), "second"),
    (Ordinal(3), "third"),
    (Ordinal(4), "fourth"),
    (Ordinal(5), "fifth"),
    (Ordinal(6), "sixth"),
    (Ordinal(7), "seventh"),
    (Ordinal(8), "eighth"),
    (Ordinal(9), "ninth"),
    (Ordinal(10), "tenth"),
    (Ordinal(11), "eleventh"),
    (Ordinal(12), "twelfth"),
    (Ordinal(13), "thirteenth"),
    (Ordinal(14), "fourteenth"),
    (Ordinal(15), "fifteenth"),
    (Ordinal(16), "sixteenth"),
    (Ordinal(17), "seventeenth"),
    (Ordinal(18), "eighteenth"),
    (Ordinal(19), "nineteenth"),
    (Ordinal(20), "twentieth"),
    (Ordinal(21), "twenty-first|twenty first"),
    (Ordinal(22), "twenty-second|twenty second"),
    (Ordinal(23), "twenty-third|twenty third"),
    (Ordinal(24), "twenty-fourth|twenty fourth"),
    (Ordinal(25), "twenty-fifth|twenty fifth"),
    (Ordinal(26), "twenty-sixth|twenty sixth"),
    (Ordinal(27), "twenty-seventh|twenty seventh"),
    (Ordinal(28), "twenty-eighth|twenty eighth"),
    (Ordinal(29), "twenty-ninth|twenty ninth"),
    (Ordinal(30), "thirtieth"),
    (Ordinal(31), "thirty-first|thirty first"),
    (OrdinalSuffix, "st|nd|rd|th"),
    (LastOne, "last one|the last one|last option|the last option|last|the last"),
    (Choice, "option|number|no.|nr|#|choice|slot"),
    (
        Pronoun,
        "one|ones|option|options|slot|slots|choice|time slot|opening|of those|of them|of these",
    ),
    (Number(0), "zero"),
    (Number(1), "one"),
    (Number(2), "two|a couple of|couple of|a couple"),
    (Number(3), "three"),
    (Number(4), "four"),
    (Number(5), "five"),
    (Number(6), "six"),
    (Number(7), "seven"),
    (Number(8), "eight"),
    (Number(9), "nine"),
    (Number(10), "ten"),
    (Number(11), "eleven"),
    (Number(12), "twelve"),
    (Number(13), "thirteen"),
    (Number(14), "fourteen"),
    (Number(15), "fifteen"),
    (Number(16), "sixteen"),
    (Number(17), "seventeen"),
    (Number(18), "eighteen"),
    (Number(19), "nineteen"),
    (Number(20), "twenty"),
    (Number(30), "thirty"),
    (Number(40), "forty|fourty"),
    (Number(50), "fifty"),
    (
        Filler,
        "please|pls|plz|thanks|thank you|ok|okay|yes|yeah|yep|sure|then|maybe|perhaps|would be|is fine|works|good|great|fine|hi|hello|hey|hm|hmm|um|well|let's|lets|say|i'll take|i would like|i'd like|go with|just",
    ),
    (
        Idle,
        "first time|my first time|the first time|at first|first of all|first name|last name|last time|the last time|last minute|second thought|on second thought|one second|a second|one sec|one moment|last visit|good morning|good afternoon|good evening|good night|one more|at least|at all|one of|next time|the next one|same time|anyone there|if anyone|anyone real|squeeze anyone|is anyone|does anyone|has anyone|anyone cancels|about the|this one|that one|which one|may i|may be|days a week|all day|last week|last month|last night|last year|open on|24/7",
    ),
];

pub(super) const COMMON: &str = "
    a about able above after again all almost alone also always am among an and another any anyone
    are around as ask at available away back bad be beard because bed been before being best better
    between big book booked booking both but buy by call came can cancel cannot card care change
    check child come could cut date day days deal did different do does done down each early easy
    else end enough even ever every face few find fine first for free friend from full gave get
    give go going gone good got great had hair half hand hard has have he head hello help her here
    hers hey hi high him his hold home hope hour how i if in is it its just keep kind know last
    late later leave left less let like line list little long look lot made make man many mark
    matter may maybe me mean men might mind mine more most move much must my nail nails name near
    need never new next nice no none nor not nothing now of off offer often ok old on once one only
    open or other our out over own pay people place plan please possible price put quite rather
    ready really right room said same save say see seen self send set she short should show side
    since slot small so some soon sorry space spot start still stop such sure table take tell than
    thank thanks that the their them then there these they thing think this those though time to
    today together told too took top try turn two under until up us use very via wait want was way
    we week well went were what when where which while who whole why will wish with without work
    would year yes yet you young your yours grace rose will marker mother father wife husband sister message messages massages
    brother morning night male mail main mails sale sales later alter ages
    ago approx approximately following mid past previous roughly sometime";
