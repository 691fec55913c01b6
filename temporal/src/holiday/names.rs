//! What holidays are called, in each language, and their rules.

use super::{
    Holiday, Rule as R,
    lunar::Hebrew as H,
    movable::{
        ADMIN_DAY, EARTH_HOURS, EMANCIPATION_DAY, FATHERS_DAY, FRI, INDEPENDENCE_DAY, LABOUR_DAY,
        MON, MOTHERS_DAY, SAT, SUN, SUPER_TUESDAY, TAX_DAYS, THANKSGIVING, THU, TUE, WED,
        YOUTH_SERVICE,
    },
};
use crate::{lexicon::Row, meaning::Meaning};

const fn is(name: &'static str, rule: R) -> Meaning {
    Meaning::Holiday(Holiday { name, rule })
}

/// English.
pub(crate) const EN: &[Row] = &[
    // Of the year.
    (is("New Year's Day", R::Fixed(1, 1)), "new year's day|new year day|new year's|new year"),
    (is("New Year's Eve", R::Fixed(12, 31)), "new year's eve|nye|new year eve"),
    (
        is("Valentine's Day", R::Fixed(2, 14)),
        "valentine's day|saint valentine's day|st valentine's day|st. valentine's day|valentine's",
    ),
    (
        is("St Patrick's Day", R::Fixed(3, 17)),
        "st patrick's day|st. patrick's day|saint patrick's day|st paddy's day|saint paddy's day|st. paddy's day|saint paddys day|st paddy day|paddy's day|st patty's day",
    ),
    (
        is("April Fools", R::Fixed(4, 1)),
        "april fools|april fool's|april fool's day|april fools day|april fools' day|all fools day|all fools' day",
    ),
    (is("Earth Day", R::Fixed(4, 22)), "earth day"),
    (
        is("Labour Day", R::Fixed(5, 1)),
        "international workers' day|international worker's day|workers day|worker's day|may day|international labour day|international labor day",
    ),
    (is("Cinco de Mayo", R::Fixed(5, 5)), "cinco de mayo"),
    (
        is("Women's Day", R::Fixed(3, 8)),
        "international women's day|women's day|womens day|int'l women's day",
    ),
    (is("Children's Day", R::Fixed(6, 1)), "children's day|international children's day"),
    (
        is("Halloween", R::Fixed(10, 31)),
        "halloween|hallowe'en|halloween day|all hallows eve|all hallows' eve|all hallow's eve",
    ),
    (
        is("All Saints' Day", R::Fixed(11, 1)),
        "all saints' day|all saints day|all saint's day|all hallows day",
    ),
    (is("All Souls' Day", R::Fixed(11, 2)), "all souls' day|all souls day|all soul's day"),
    (is("Day of the Dead", R::Fixed(11, 2)), "day of the dead"),
    (
        is("Veterans Day", R::Fixed(11, 11)),
        "veterans day|veteran's day|veterans' day|veteran day|armistice day|remembrance day",
    ),
    (is("Christmas", R::Fixed(12, 25)), "christmas|xmas|christmas day|xmas day|x-mas|x-mas day"),
    (
        is("Christmas Eve", R::Fixed(12, 24)),
        "christmas eve|xmas eve|christmas's eve|xmas's eve|x-mas eve",
    ),
    (
        is("Boxing Day", R::Fixed(12, 26)),
        "boxing day|st stephen's day|st. stephen's day|saint stephen's day",
    ),
    (is("Kwanzaa", R::Days(&R::Fixed(12, 26), 7)), "kwanzaa|kwanza"),
    (is("Epiphany", R::Fixed(1, 6)), "epiphany|three kings day|three kings' day|theophany"),
    (
        is("Orthodox Christmas Day", R::Fixed(1, 7)),
        "orthodox christmas day|orthodox christmas|orthodox xmas",
    ),
    (is("Orthodox New Year", R::Fixed(1, 14)), "orthodox new year"),
    (
        is("St John's Day", R::Fixed(6, 24)),
        "st john's day|st. john's day|saint john's day|midsummer day",
    ),
    (
        is("St George's Day", R::Fixed(4, 23)),
        "st george's day|saint george's day|st. george's day|feast of saint george|feast of st. george|feast of st george",
    ),
    (
        is("St David's Day", R::Fixed(3, 1)),
        "st david's day|saint david's day|st. david's day|feast of saint david|feast of st david",
    ),
    (
        is("St Andrew's Day", R::Fixed(11, 30)),
        "st andrew's day|saint andrew's day|st. andrew's day",
    ),
    (
        is("Assumption", R::Fixed(8, 15)),
        "assumption|assumption day|assumption of mary|feast of the assumption",
    ),
    (
        is("Immaculate Conception", R::Fixed(12, 8)),
        "immaculate conception|feast of the immaculate conception|immaculate conception day",
    ),
    (is("Groundhog Day", R::Fixed(2, 2)), "groundhog day|groundhogs day|groundhog's day"),
    (
        is("Lincoln's Birthday", R::Fixed(2, 12)),
        "lincoln's birthday|lincolns birthday|lincolns' birthday|abraham lincoln's birthday",
    ),
    (is("Pi Day", R::Fixed(3, 14)), "pi day"),
    (is("World Vegan Day", R::Fixed(11, 1)), "world vegan day"),
    (is("Mental Health Day", R::Fixed(10, 10)), "world mental health day"),
    (
        is("World Teachers' Day", R::Fixed(10, 5)),
        "world teachers' day|world teacher's day|world teachers day|teachers' day",
    ),
    (is("Flag Day", R::Fixed(6, 14)), "flag day"),
    (
        is("Juneteenth", R::Fixed(6, 19)),
        "juneteenth|juneteenth day|juneteenth national independence day",
    ),
    (is("Yom Kippur", R::Hebrew(H::NewYear, 8)), "yom kippur|day of atonement"),
    (is("Singles Day", R::Fixed(11, 11)), "singles day|singles' day|single's day|double eleven"),
    (is("Guy Fawkes Day", R::Fixed(11, 5)), "guy fawkes day|guy fawkes night|bonfire night"),
    // Counted in weeks.
    (
        is("Martin Luther King's Day", R::Nth(1, 3, MON)),
        "martin luther king day|martin luther king's day|martin luther king jr day|martin luther king jr. day|martin luther king jr.'s day|mlk day|mlk jr. day|mlk jr day|mlk's day|civil rights day|idaho human rights day|martin luther king junior day",
    ),
    (
        is("President's Day", R::Nth(2, 3, MON)),
        "presidents' day|president's day|president day|presidents day|george washington day|george washington's day|washington's birthday|washington day|daisy gatson bates' day",
    ),
    (is("Mother's Day", MOTHERS_DAY), "mother's day|mothers day|mothers' day|mother day"),
    (is("Mothering Sunday", R::Easter(-21)), "mothering sunday"),
    (is("Father's Day", FATHERS_DAY), "father's day|fathers day|fathers' day|father day"),
    (
        is("Parents' Day", R::Nth(7, 4, SUN)),
        "parents day|parents' day|parent's day|national parents day|national parents' day",
    ),
    (
        is("National Grandparents Day", R::NthPlus(9, 1, MON, 6)),
        "grandparents day|grandparent's day|national grandparents day|national grandparents' day",
    ),
    (is("Memorial Day", R::Nth(5, -1, MON)), "memorial day|decoration day"),
    (is("Labor Day", LABOUR_DAY), "labor day|labour day"),
    (is("Independence Day", INDEPENDENCE_DAY), "independence day"),
    (
        is("Columbus Day", R::Nth(10, 2, MON)),
        "columbus day|indigenous peoples' day|indigenous peoples day",
    ),
    (
        is("Thanksgiving Day", THANKSGIVING),
        "thanksgiving|thanksgiving day|thanks giving|thanks giving day",
    ),
    (is("Black Friday", R::NthPlus(11, 4, THU, 1)), "black friday"),
    (is("Cyber Monday", R::NthPlus(11, 4, THU, 4)), "cyber monday"),
    (is("Super Bowl", R::Nth(2, 1, SUN)), "super bowl|superbowl|super bowl sunday"),
    (
        is("Boss's Day", R::NearestWeekday(10, 16)),
        "boss's day|bosses day|bosses' day|boss day|boss'|bosss day",
    ),
    (
        is("Administrative Professionals' Day", ADMIN_DAY),
        "administrative professionals' day|administrative professional's day|administrative professional day|administrative professionals day|admin day|admins day|admin's day|admins' day|secretaries day|secretaries' day|secretary's day|secretary day",
    ),
    (
        is("Siblings Day", R::Fixed(4, 10)),
        "siblings day|sibling's day|siblings' day|sibling day|national siblings day|national sibling day",
    ),
    (is("Loyalty Day", R::Fixed(5, 1)), "loyalty day|law day|lei day"),
    (is("Arbor Day", R::Nth(4, -1, FRI)), "arbor day|national arbor day"),
    (is("National Arbor Week", R::Days(&R::Fixed(9, 1), 7)), "national arbor week"),
    (is("Election Day", R::NthPlus(11, 1, MON, 1)), "election day"),
    (is("Patriot Day", R::Fixed(9, 11)), "patriot day"),
    (is("Constitution Day", R::Fixed(9, 17)), "constitution day"),
    (is("Leif Erikson Day", R::Fixed(10, 9)), "leif erikson day"),
    (
        is("Pearl Harbor Remembrance Day", R::Fixed(12, 7)),
        "pearl harbor remembrance day|pearl harbor day",
    ),
    (is("Sweetest Day", R::Nth(10, 3, SAT)), "sweetest day"),
    (
        is("Military Spouse Day", R::NthPlus(5, 2, SUN, -2)),
        "military spouse day|military spouse appreciation day",
    ),
    (is("National Police Week", R::Days(&R::NthPlus(5, 3, SUN, -7), 7)), "national police week"),
    (
        is("Emergency Medical Services Week", R::Days(&R::Nth(5, 3, SUN), 7)),
        "emergency medical services week|ems week",
    ),
    (
        is("Emergency Medical Services for Children Day", R::NthPlus(5, 3, SUN, 3)),
        "emergency medical services for children day|ems for children day|emsc day",
    ),
    (is("Armed Forces Day", R::Nth(5, 3, SAT)), "armed forces day"),
    (
        is("Daylight Saving Start Day", R::Nth(3, 2, SUN)),
        "daylight saving start day|daylight savings start day|daylight saving start|daylight savings start|daylight saving day|dst start",
    ),
    (
        is("Daylight Saving End Day", R::Nth(11, 1, SUN)),
        "daylight saving end day|daylight savings end day|daylight saving end|daylight savings end|dst end",
    ),
    (
        is(
            "Emancipation Day",
            R::ByCountry(
                &EMANCIPATION_DAY,
                &[
                    ([b'J', b'M'], R::Fixed(8, 1)),
                    ([b'T', b'T'], R::Fixed(8, 1)),
                    ([b'B', b'Z'], R::Fixed(8, 1)),
                ],
            ),
        ),
        "emancipation day",
    ),
    (is("Tax Day", R::Table(TAX_DAYS)), "tax day"),
    (
        is("Super Tuesday", R::Table(SUPER_TUESDAY)),
        "super tuesday|super tue|super tue .|super tues",
    ),
    (
        is("Super Tuesday of 2008", R::Table(&[(2008, 2, 5)])),
        "super duper tuesday|mega giga tuesday|giga tuesday|tsunami tuesday|mega tuesday|super duper tue|mega giga tue",
    ),
    (is("Mini-Tuesday", R::Table(&[(2004, 2, 3)])), "mini-tuesday|mini tuesday"),
    (
        is("Global Youth Service Day", YOUTH_SERVICE),
        "global youth service day|national youth service day",
    ),
    (is("Earth Hour", R::EveningHour(&R::Table(EARTH_HOURS))), "earth hour"),
    (is("National Day of Prayer", R::Nth(5, 1, THU)), "national day of prayer"),
    (is("World Environment Day", R::Fixed(6, 5)), "world environment day"),
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
    // From Easter.
    (is("Easter Sunday", R::Easter(0)), "easter|easter sunday|easter day"),
    (is("Easter Monday", R::Easter(1)), "easter monday|easter mon"),
    (is("Good Friday", R::Easter(-2)), "good friday|holy friday|great friday"),
    (is("Holy Saturday", R::Easter(-1)), "holy saturday|black saturday|easter eve|easter saturday"),
    (
        is("Maundy Thursday", R::Easter(-3)),
        "maundy thursday|holy thursday|thursday of mysteries|thu of mysteries|covenant thursday|sheer thursday|great thursday",
    ),
    (is("Palm Sunday", R::Easter(-7)), "palm sunday|branch sunday|passion sunday"),
    (is("Ash Wednesday", R::Easter(-46)), "ash wednesday|carnival end"),
    (
        is("Shrove Tuesday", R::Easter(-47)),
        "shrove tuesday|pancake day|pancake tuesday|mardi gras|fat tuesday|shrovetide tuesday",
    ),
    (is("Shrove Monday", R::Easter(-48)), "shrove monday|rosenmontag|rose monday"),
    (is("Carnival", R::Days(&R::Easter(-48), 2)), "carnival|shrovetide"),
    (is("Lent", R::Days(&R::Easter(-46), 46)), "lent"),
    (
        is("Ascension Day", R::Easter(39)),
        "ascension|ascension day|ascension thursday|holy thursday of ascension",
    ),
    (
        is("Pentecost", R::Easter(49)),
        "pentecost|whit sunday|whitsunday|pentecost sunday|white sunday|whitsun",
    ),
    (is("Whit Monday", R::Easter(50)), "whit monday|pentecost monday|monday of the holy spirit"),
    (is("Trinity Sunday", R::Easter(56)), "trinity sunday"),
    (
        is("Corpus Christi", R::Easter(60)),
        "corpus christi|feast of corpus christi|the feast of corpus christi",
    ),
    (
        is("Orthodox Easter Sunday", R::Orthodox(0)),
        "orthodox easter|orthodox easter sunday|pascha|orthodox easter day",
    ),
    (is("Orthodox Easter Monday", R::Orthodox(1)), "orthodox easter monday|orthodox easter mon"),
    (
        is("Orthodox Good Friday", R::Orthodox(-2)),
        "orthodox good friday|orthodox great friday|orthodox holy friday",
    ),
    (
        is("Orthodox Holy Saturday", R::Orthodox(-1)),
        "orthodox holy saturday|orthodox great saturday|great saturday",
    ),
    (is("Orthodox Palm Sunday", R::Orthodox(-7)), "orthodox palm sunday|orthodox branch sunday"),
    (is("Lazarus Saturday", R::Orthodox(-8)), "lazarus saturday"),
    (
        is("Clean Monday", R::Orthodox(-48)),
        "clean monday|orthodox shrove monday|orthodox clean monday|orthodox ash monday|ash monday|green monday",
    ),
    (is("Great Lent", R::Days(&R::Orthodox(-48), 40)), "great lent|great fast|orthodox lent"),
    // Of the moon.
    (
        is("Chinese New Year", R::ChineseNewYear(0)),
        "chinese new year|chinese new year's day|chinese lunar new year|chinese lunar new year's day|lunar new year|lunar new year's day|chinese new years|spring festival|chinese new year day",
    ),
    (
        is("Eid al-Fitr", R::Hijri(10, 1, 0)),
        "eid al-fitr|eid al fitr|eid ul-fitr|eid ul fitr|id al-fitr|id ul-fitr|eid-al-fitr|feast of breaking the fast",
    ),
    (
        is("Eid al-Adha", R::Hijri(12, 10, 0)),
        "eid al-adha|eid al adha|eid ul-adha|eid ul adha|id al-adha|id ul-adha|bakr id|bakr eid|bakrid|bakra eid|sacrifice feast|feast of the sacrifice|festival of sacrifice|eid-al-adha|feast of sacrifice",
    ),
    (is("Ramadan", R::RamadanMonth), "ramadan|ramadhan|ramzan"),
    (
        is("Laylat al-Qadr", R::Hijri(9, 27, 0)),
        "laylat al-qadr|laylat al qadr|laylat al kadr|laylat al-kadr|night of power|night of destiny|shab-e-qadr",
    ),
    (
        is("Islamic New Year", R::Hijri(1, 1, 0)),
        "islamic new year|hijri new year|arabic new year|muharram",
    ),
    (is("Ashura", R::Hijri(1, 10, 0)), "ashura|day of ashura|yom ashura|ashoura"),
    (
        is("Mawlid", R::Hijri(3, 12, 0)),
        "mawlid|mawlid al-nabi|mawlid al nabi|prophet's birthday|the prophet's birthday|milad un-nabi|eid milad-un-nabi",
    ),
    (
        is("Isra and Mi'raj", R::Hijri(7, 27, 0)),
        "isra and mi'raj|isra and miraj|isra mi'raj|the prophet's ascension|prophet's ascension|the night journey|night journey|ascension to heaven|the ascension to heaven|shab-e-meraj",
    ),
    (
        is("Jumu'atul-Wida", R::LastFridayOfRamadan),
        "jumu'atul-wida|jumu'atul wida|jumat-ul-wida|jamat ul-vida|jamat ul-wida|jumat ul-vida|jumatul wida|jamat-ul-vida",
    ),
    (
        is("Rosh Hashanah", R::Days(&R::Hebrew(H::NewYear, -1), 3)),
        "rosh hashanah|rosh hashana|rosh ha-shanah|rosh hashanna|yom teruah",
    ),
    (
        is("Sukkot", R::Days(&R::Hebrew(H::NewYear, 13), 9)),
        "sukkot|sukkos|succot|succos|feast of tabernacles|feast of booths|feast of the ingathering",
    ),
    (is("Shemini Atzeret", R::Hebrew(H::NewYear, 20)), "shemini atzeret|shmini atzeret"),
    (is("Simchat Torah", R::Hebrew(H::NewYear, 21)), "simchat torah|simhat torah"),
    (
        is("Hanukkah", R::Days(&R::Hebrew(H::Hanukkah, -1), 8)),
        "hanukkah|hanukah|hannukkah|hannukah|chanukah|chanukkah|hanuka|chanuka|hanukka",
    ),
    (is("Tu BiShvat", R::Hebrew(H::Trees, -1)), "tu bishvat|tu bi'shvat"),
    (is("Purim", R::Hebrew(H::Nisan, -17)), "purim"),
    (is("Shushan Purim", R::Hebrew(H::Nisan, -16)), "shushan purim"),
    (is("Passover", R::Days(&R::Hebrew(H::Nisan, 13), 9)), "passover|pesach|pesah"),
    (
        is("Yom HaShoah", R::Hebrew(H::Shoah, -1)),
        "yom hashoah|yom ha-shoah|holocaust day|holocaust remembrance day|yom hashoa",
    ),
    (
        is("Yom Ha'atzmaut", R::Hebrew(H::Independence, -1)),
        "yom haatzmaut|yom ha'atzmaut|yom ha-atzmaut",
    ),
    (
        is("Lag BaOmer", R::Hebrew(H::Nisan, 46)),
        "lag baomer|lag b'omer|lag ba'omer|lag ba omer|lag b omer",
    ),
    (
        is("Shavuot", R::Days(&R::Hebrew(H::Nisan, 63), 3)),
        "shavuot|shavuos|shavuoth|feast of weeks",
    ),
    (is("Tisha B'Av", R::TishaBAv), "tisha b'av|tisha bav|tish'a b'av"),
    (
        is("Rabindra Jayanti", R::ByCountry(&R::Fixed(5, 9), &[])),
        "rabindra jayanti|rabindranath jayanti|rabindra nath jayanti|tagore jayanti",
    ),
    (
        is("Diwali", R::Hindu(7, 30, 18, 0)),
        "diwali|deepavali|deepawali|divali|lakshmi puja|laxmi puja|festival of lights",
    ),
    (is("Dhanteras", R::Hindu(7, 28, 18, 0)), "dhanteras|dhanatrayodashi|dhantrayodashi"),
    (
        is("Naraka Chaturdashi", R::Hindu(7, 29, 18, 0)),
        "naraka chaturdashi|naraka nivaran chaturdashi|kali chaudas|roop chaudas|choti diwali|chhoti diwali|chhoti deepavali",
    ),
    (
        is("Govardhan Puja", R::Hindu(7, 30, 18, 1)),
        "govardhan puja|govardhan pooja|annakut|bali pratipada",
    ),
    (
        is("Bhai Dooj", R::Hindu(8, 2, 12, 0)),
        "bhai dooj|bhai duj|bhau-beej|bhai beej|bhaiya dooj|yama dwitiya",
    ),
    (
        is("Chhath", R::Hindu(8, 6, 18, 0)),
        "chhath|chhath puja|chhath parv|chhath parva|dala chhath|dala puja|surya shashthi|chhath pooja",
    ),
    (
        is("Vijayadashami", R::Hindu(7, 10, 16, 0)),
        "vijayadashami|dussehra|dasara|dussehera|dasha hara|vijaya dashami|dashain|dusshera",
    ),
    (
        is("Navaratri", R::Days(&R::Hindu(7, 1, 7, 0), 9)),
        "navaratri|navratri|sharad navratri|durga puja|durga pooja|navarathri",
    ),
    (is("Karva Chauth", R::Hindu(7, 19, 20, 0)), "karva chauth|karwa chauth|karaka chaturthi"),
    (
        is("Holi", R::Hindu(12, 15, 18, 1)),
        "holi|dhulandi|dhuleti|rangwali holi|phagwah|dhulendi|holi festival|festival of colours|festival of colors",
    ),
    (
        is("Holika Dahan", R::Hindu(12, 15, 18, 0)),
        "holika dahan|chhoti holi|choti holi|kamudu pyre",
    ),
    (
        is("Krishna Janmashtami", R::Hindu(5, 23, 24, 0)),
        "krishna janmashtami|janmashtami|gokulashtami|krishnashtami|sri krishna jayanti|shri krishna jayanti|krishna jayanti",
    ),
    (
        is("Ganesh Chaturthi", R::Hindu(6, 4, 12, 0)),
        "ganesh chaturthi|ganesha chaturthi|vinayaka chaturthi|vinayak chaturthi",
    ),
    (is("Rama Navami", R::Hindu(1, 9, 12, 0)), "rama navami|ram navami|ramnavami"),
    (
        is("Ugadi", R::Hindu(1, 1, 6, 0)),
        "ugadi|yugadi|samvatsaradi|chaitra sukladi|chaitra sukhladi|gudi padwa|chaitra shukladi",
    ),
    (
        is("Mahavir Jayanti", R::Hindu(1, 13, 6, 0)),
        "mahavir jayanti|mahaveer jayanti|mahavir janma kalyanak|mahaveer janma kalyanak",
    ),
    (is("Hanuman Jayanti", R::Hindu(1, 15, 6, 0)), "hanuman jayanti|hanumath jayanthi"),
    (
        is("Vesak", R::Hindu(2, 15, 18, 0)),
        "vesak|wesak|vaisakha|buddha day|buddha purnima|buddha's birthday|buddha jayanti|vesak day",
    ),
    (is("Guru Purnima", R::Hindu(4, 15, 6, 0)), "guru purnima|guru poornima"),
    (
        is("Rath Yatra", R::Hindu(4, 2, 6, 0)),
        "rath yatra|ratha yatra|jagannath rath yatra|rathayatra|ratha-yatra|rath-yatra",
    ),
    (
        is("Raksha Bandhan", R::Hindu(5, 15, 6, 0)),
        "raksha bandhan|rakhi|rakshabandhan|rakhi purnima",
    ),
    (
        is("Maha Shivaratri", R::Hindu(11, 29, 24, 0)),
        "maha shivaratri|mahashivaratri|shivaratri|maha shivratri|shivratri",
    ),
    (
        is("Vasant Panchami", R::Hindu(11, 5, 6, 0)),
        "vasant panchami|basant panchami|saraswati puja|saraswati pooja|vasanta panchami",
    ),
    (
        is("Dayananda Saraswati Jayanti", R::Hindu(11, 25, 6, 0)),
        "dayananda saraswati jayanti|dayanand saraswati jayanti|saraswati jayanti|maharishi dayanand saraswati jayanti|swami dayananda saraswati jayanti",
    ),
    (
        is("Guru Ravidass Jayanti", R::Hindu(11, 15, 6, 0)),
        "guru ravidass jayanti|guru ravidas jayanti|ravidas jayanti|ravidass jayanti|guru ravidas birthday|guru ravidass birthday",
    ),
    (
        is("Pargat Diwas", R::Hindu(7, 15, 6, 0)),
        "pargat diwas|maharishi valmiki jayanti|valmiki jayanti",
    ),
    (
        is("Guru Gobind Singh Jayanti", R::Hindu(10, 7, 6, 0)),
        "guru gobind singh jayanti|guru govind singh jayanti|guru gobind singh birthday|guru govind singh birthday|guru gobind singh's birthday",
    ),
    (
        is("Guru Nanak Jayanti", R::Hindu(8, 15, 6, 0)),
        "guru nanak jayanti|guru nanak gurpurab|guru nanak birthday",
    ),
    (
        is("Thai Pongal", R::SunEnters(9, 0)),
        "thai pongal|pongal|pongal day|maghi|makar sankranti|makara sankranti|makara sankranthi|uttarayan|lohri festival",
    ),
    (is("Boghi", R::SunEnters(9, -1)), "boghi|bhogi|bogi|lohri"),
    (is("Mattu Pongal", R::SunEnters(9, 1)), "mattu pongal"),
    (is("Kaanum Pongal", R::SunEnters(9, 2)), "kaanum pongal|kanni pongal|kanum pongal"),
    (
        is("Vaisakhi", R::SunEnters(0, 0)),
        "vaisakhi|vaishakhi|vasakhi|baisakhi|mesadi|puthandu|tamil new year|vishu",
    ),
    (is("Thiru Onam", R::Onam(0)), "onam|thiru onam|thiruvonam"),
    (
        is("Parsi New Year", R::ParsiNewYear),
        "parsi new year|jamshedi navroz|jamshedi navroj|shahenshahi navroz",
    ),
    (is("Nowruz", R::Fixed(3, 21)), "nowruz|navruz|norooz|persian new year"),
];

/// Spanish.
pub(crate) const ES: &[Row] = super::spanish::NAMES;

/// Portuguese.
pub(crate) const PT: &[Row] = super::portuguese::NAMES;
