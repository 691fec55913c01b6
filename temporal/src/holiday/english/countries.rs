//! What the days of single countries are called in English.

use super::is;
use crate::{
    holiday::{
        Rule as R,
        movable::{FRI, MON, SAT, SUN, THU, TUE, WED},
    },
    lexicon::Row,
};

/// Every name.
pub(super) const NAMES: &[Row] = &[
    // Countries.
    (is("Australia Day", R::Fixed(1, 26)), "australia day"),
    (is("ANZAC Day", R::Fixed(4, 25)), "anzac day"),
    (is("Waitangi Day", R::Fixed(2, 6)), "waitangi day"),
    (is("Reconciliation Day", R::NthPlus(5, 4, MON, 0)), "reconciliation day"),
    (
        is(
            "Queen's Birthday",
            R::ByCountry(
                &R::Nth(6, 2, MON),
                &[([b'N', b'Z'], R::Nth(6, 1, MON)), ([b'G', b'B'], R::Nth(6, 2, SAT))],
            ),
        ),
        "queen's birthday|king's birthday",
    ),
    (is("Royal Hobart Regatta", R::Days(&R::NthPlus(2, 2, MON, -2), 3)), "royal hobart regatta"),
    (
        is("Royal Queensland Show", R::Days(&R::NthPlus(8, 1, WED, 2), 10)),
        "ekka|royal queensland show|royal national agricultural show|rna show",
    ),
    (
        is("Royal Queensland Show Day", R::Nth(8, 3, WED)),
        "ekka day|royal queensland show day|rna show day|royal national agricultural show day",
    ),
    (is("Canada Day", R::Fixed(7, 1)), "canada day|dominion day"),
    (
        is("Victoria Day", R::OnOrBefore(5, 24, MON)),
        "victoria day|sovereign's birthday|queen victoria's birthday",
    ),
    (
        is("National Patriots' Day", R::OnOrBefore(5, 24, MON)),
        "national patriots' day|national patriot's day|national patriots day|patriots day|patriots' day",
    ),
    (
        is("Civic Holiday", R::Nth(8, 1, MON)),
        "civic holiday|british columbia day|natal day|new brunswick day|saskatchewan day|terry fox day|simcoe day|colonel by day",
    ),
    (
        is("Heritage Day", R::ByCountry(&R::Fixed(9, 24), &[([b'C', b'A'], R::Nth(8, 1, MON))])),
        "heritage day",
    ),
    (
        is("Family Day", R::ByCountry(&R::Nth(2, 3, MON), &[([b'Z', b'A'], R::Easter(1))])),
        "family day",
    ),
    (is("Vimy Ridge Day", R::Fixed(4, 9)), "vimy ridge day"),
    (
        is("The Twelfth", R::Fixed(7, 12)),
        "the glorious twelfth|glorious twelfth|orangemen's day|orangemens day|orangeman's day|the twelfth of july|battle of the boyne day",
    ),
    (is("Discovery Day", R::NearestMonday(6, 24)), "discovery day"),
    (is("Spring Bank Holiday", R::Nth(5, -1, MON)), "spring bank holiday|late may bank holiday"),
    (
        is("May Day Bank Holiday", R::Nth(5, 1, MON)),
        "early may bank holiday|may day bank holiday|may bank holiday",
    ),
    (
        is(
            "August Bank Holiday",
            R::ByCountry(&R::Nth(8, -1, MON), &[([b'I', b'E'], R::Nth(8, 1, MON))]),
        ),
        "summer bank holiday|august bank holiday|late summer bank holiday",
    ),
    (
        is(
            "Heroes' Day",
            R::ByCountry(
                &R::Fixed(10, 10),
                &[([b'P', b'H'], R::Nth(8, -1, MON)), ([b'J', b'M'], R::Nth(10, 3, MON))],
            ),
        ),
        "kruger day|heroes' day|heroes day|national heroes' day|national heroes day",
    ),
    (
        is("Human Rights Day", R::ByCountry(&R::Fixed(12, 10), &[([b'Z', b'A'], R::Fixed(3, 21))])),
        "human rights day",
    ),
    (is("Freedom Day", R::Fixed(4, 27)), "freedom day"),
    (is("Youth Day", R::Fixed(6, 16)), "youth day"),
    (is("Day of Reconciliation", R::Fixed(12, 16)), "day of reconciliation"),
    (is("King's Day", R::Fixed(4, 27)), "koningsdag|king's day|kingsday"),
    (is("Rizal Day", R::Fixed(12, 30)), "rizal day"),
    (is("Bonifacio Day", R::Fixed(11, 30)), "bonifacio day"),
    (
        is("Day of Valour", R::Fixed(4, 9)),
        "day of valor|day of valour|araw ng kagitingan|bataan day|bataan and corregidor day",
    ),
    (is("Ninoy Aquino Day", R::Fixed(8, 21)), "ninoy aquino day"),
    (
        is("EDSA Revolution", R::Fixed(2, 25)),
        "edsa revolution anniversary|people power anniversary",
    ),
    (is("Indian Arrival Day", R::Fixed(5, 30)), "indian arrival day"),
    (is("Hosay", R::Hijri(1, 10, 0)), "hosay|hussay"),
    (
        is("Spiritual Baptist Liberation Day", R::Fixed(3, 30)),
        "spiritual baptist liberation day|spiritual baptist day|liberation day",
    ),
    (is("Garifuna Settlement Day", R::Fixed(11, 19)), "garifuna settlement day"),
    (
        is("National Heroes and Benefactors Day", R::Fixed(3, 9)),
        "baron bliss day|national heroes and benefactors day",
    ),
    (
        is("St George's Caye Day", R::Fixed(9, 10)),
        "st george's caye day|saint george's caye day|st. george's caye day|national day of belize",
    ),
    (
        is(
            "Commonwealth Day",
            R::ByCountry(&R::Nth(3, 2, MON), &[([b'B', b'Z'], R::Fixed(5, 24))]),
        ),
        "commonwealth day",
    ),
    (is("Pan American Day", R::Fixed(10, 12)), "pan american day|pan-american day"),
    (is("June Bank Holiday", R::Nth(6, 1, MON)), "june bank holiday"),
    (
        is("October Bank Holiday", R::Nth(10, -1, MON)),
        "october bank holiday|halloween bank holiday",
    ),
    (is("National Women's Day", R::Fixed(8, 9)), "national women's day"),
    (
        is("Mandela Day", R::Fixed(7, 18)),
        "mandela day|nelson mandela day|nelson mandela international day",
    ),
    (is("Day of Goodwill", R::Fixed(12, 26)), "day of goodwill"),
    (is("Workers' Day", R::Fixed(5, 1)), "workers' day"),
    (is("Melbourne Cup Day", R::Nth(11, 1, TUE)), "melbourne cup|melbourne cup day"),
    (is("Canberra Day", R::Nth(3, 2, MON)), "canberra day"),
    (is("Western Australia Day", R::Nth(6, 1, MON)), "western australia day|wa day|foundation day"),
    (is("Picnic Day", R::Nth(8, 1, MON)), "picnic day"),
    (is("Recreation Day", R::Nth(11, 1, MON)), "recreation day"),
    (is("Adelaide Cup", R::Nth(3, 2, MON)), "adelaide cup|adelaide cup day"),
    (is("Eight Hours Day", R::Nth(3, 2, MON)), "eight hours day"),
    (
        is("St Jean Baptiste Day", R::Fixed(6, 24)),
        "st jean baptiste day|saint jean baptiste day|st. jean baptiste day|saint-jean-baptiste day|fete nationale",
    ),
    (is("Nunavut Day", R::Fixed(7, 9)), "nunavut day"),
    (
        is("National Indigenous Peoples Day", R::Fixed(6, 21)),
        "national aboriginal day|national indigenous peoples day|aboriginal day",
    ),
    (is("Islander Day", R::Nth(2, 3, MON)), "islander day"),
    (is("Louis Riel Day", R::Nth(2, 3, MON)), "louis riel day"),
    (is("Nova Scotia Heritage Day", R::Nth(2, 3, MON)), "nova scotia heritage day"),
    (is("Gold Cup Parade Day", R::Nth(8, 3, FRI)), "gold cup parade day|gold cup parade"),
    (is("Cesar Chavez Day", R::Fixed(3, 31)), "cesar chavez day|cesar chavez's birthday"),
    (is("Rosa Parks Day", R::Fixed(12, 1)), "rosa parks day"),
    (
        is("Susan B. Anthony Day", R::Fixed(2, 15)),
        "susan b anthony day|susan b. anthony day|susan b. anthony's birthday",
    ),
    (is("Casimir Pulaski Day", R::Nth(3, 1, MON)), "casimir pulaski day|pulaski day"),
    (is("Texas Independence Day", R::Fixed(3, 2)), "texas independence day"),
    (is("San Jacinto Day", R::Fixed(4, 21)), "san jacinto day"),
    (
        is("Confederate Memorial Day", R::Nth(4, 4, MON)),
        "confederate memorial day|confederate heroes day",
    ),
    (
        is("Jefferson Davis Day", R::Nth(6, 1, MON)),
        "jefferson davis day|jefferson davis' birthday|jefferson davis's birthday",
    ),
    (
        is("Kamehameha Day", R::Fixed(6, 11)),
        "kamehameha day|king kamehameha day|king kamehameha i day",
    ),
    (is("Statehood Day", R::Nth(8, 3, FRI)), "statehood day|admission day|hawaii statehood day"),
    (is("Lyndon Baines Johnson Day", R::Fixed(8, 27)), "lyndon baines johnson day|lbj day"),
    (is("Nevada Day", R::Nth(10, -1, FRI)), "nevada day"),
    (is("Bunker Hill Day", R::Fixed(6, 17)), "bunker hill day"),
    (is("Evacuation Day", R::Fixed(3, 17)), "evacuation day"),
    (is("Town Meeting Day", R::Nth(3, 1, TUE)), "town meeting day"),
    (
        is("Bennington Battle Day", R::Fixed(8, 16)),
        "bennington battle day|battle of bennington day",
    ),
    (is("Pioneer Day", R::Fixed(7, 24)), "pioneer day"),
    (is("Truman Day", R::Fixed(5, 8)), "truman day"),
    (is("Victory Day", R::Nth(8, 2, MON)), "victory day"),
    (is("Native American Day", R::Nth(9, 4, FRI)), "native american day"),
    (is("Seward's Day", R::Nth(3, -1, MON)), "seward's day"),
    (is("Alaska Day", R::Fixed(10, 18)), "alaska day"),
    (is("West Virginia Day", R::Fixed(6, 20)), "west virginia day"),
    (
        is("Robert E. Lee Day", R::Nth(1, 3, MON)),
        "robert e lee day|robert e. lee day|robert e. lee's birthday",
    ),
    (is("Patriots' Day", R::Nth(4, 3, MON)), "massachusetts patriots' day"),
    (is("Inauguration Day", R::Fixed(1, 20)), "inauguration day"),
    (is("Oktoberfest", R::Days(&R::NthPlus(10, 1, SUN, -15), 16)), "oktoberfest"),
    (is("World AIDS Day", R::Fixed(12, 1)), "world aids day"),
    (is("World Health Day", R::Fixed(4, 7)), "world health day"),
    (is("World Water Day", R::Fixed(3, 22)), "world water day"),
    (is("World Cancer Day", R::Fixed(2, 4)), "world cancer day"),
    (is("International Men's Day", R::Fixed(11, 19)), "international men's day|men's day"),
    (is("World Children's Day", R::Fixed(11, 20)), "world children's day|universal children's day"),
    (is("United Nations Day", R::Fixed(10, 24)), "united nations day|un day"),
    (is("Peace Day", R::Fixed(9, 21)), "international day of peace|world peace day|peace day"),
    (is("Star Wars Day", R::Fixed(5, 4)), "star wars day"),
    (is("Candlemas", R::Fixed(2, 2)), "candlemas"),
    (is("Twelfth Night", R::Fixed(1, 5)), "twelfth night"),
    (is("Burns Night", R::Fixed(1, 25)), "burns night|burns supper"),
    (is("Hogmanay", R::Fixed(12, 31)), "hogmanay"),
    (is("Walpurgis Night", R::Fixed(4, 30)), "walpurgis night"),
    (is("St Nicholas Day", R::Fixed(12, 6)), "st nicholas day|saint nicholas day|st. nicholas day"),
    (is("Annunciation", R::Fixed(3, 25)), "annunciation|annunciation day|lady day"),
    (is("Michaelmas", R::Fixed(9, 29)), "michaelmas"),
    (is("Remembrance Sunday", R::Nth(11, 2, SUN)), "remembrance sunday"),
    (is("Advent", R::NthPlus(11, 4, THU, 3)), "advent sunday|first sunday of advent|first advent"),
    (is("Bastille Day", R::Fixed(7, 14)), "bastille day"),
    (is("Republic Day", R::Fixed(1, 26)), "republic day"),
    (
        is("Gandhi Jayanti", R::Fixed(10, 2)),
        "gandhi jayanti|mahatma gandhi jayanti|gandhi's birthday|international day of non-violence",
    ),
];
