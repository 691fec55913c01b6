//! What holidays of a day of the year, or counted in weeks, are called in English.

use super::is;
use crate::{
    holiday::{
        Rule as R,
        lunar::Hebrew as H,
        movable::{
            ADMIN_DAY, EARTH_HOURS, EMANCIPATION_DAY, FATHERS_DAY, FRI, INDEPENDENCE_DAY,
            LABOUR_DAY, MON, MOTHERS_DAY, SAT, SUN, SUPER_TUESDAY, TAX_DAYS, THANKSGIVING, THU,
            YOUTH_SERVICE,
        },
    },
    lexicon::Row,
};

/// Every name.
pub(super) const NAMES: &[Row] = &[
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
];
