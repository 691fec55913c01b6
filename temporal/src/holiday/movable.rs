//! English-speaking holidays that move, or that are another day in another country.

use super::Rule as R;

pub(super) const MON: i8 = 1;
pub(super) const TUE: i8 = 2;
pub(super) const WED: i8 = 3;
pub(super) const THU: i8 = 4;
pub(super) const FRI: i8 = 5;
pub(super) const SAT: i8 = 6;
pub(super) const SUN: i8 = 7;

pub(super) const THANKSGIVING: R =
    R::ByCountry(&R::Nth(11, 4, THU), &[([b'C', b'A'], R::Nth(10, 2, MON))]);

pub(super) const MOTHERS_DAY: R = R::ByCountry(
    &R::Nth(5, 2, SUN),
    &[
        ([b'G', b'B'], R::Easter(-21)),
        ([b'E', b'S'], R::Nth(5, 1, SUN)),
        ([b'P', b'T'], R::Nth(5, 1, SUN)),
        ([b'M', b'X'], R::Fixed(5, 10)),
        ([b'A', b'R'], R::Nth(10, 3, SUN)),
    ],
);

pub(super) const FATHERS_DAY: R = R::ByCountry(
    &R::Nth(6, 3, SUN),
    &[
        ([b'A', b'U'], R::Nth(9, 1, SUN)),
        ([b'N', b'Z'], R::Nth(9, 1, SUN)),
        ([b'B', b'R'], R::Nth(8, 2, SUN)),
        ([b'E', b'S'], R::Fixed(3, 19)),
        ([b'P', b'T'], R::Fixed(3, 19)),
    ],
);

pub(super) const LABOUR_DAY: R = R::ByCountry(
    &R::Nth(9, 1, MON),
    &[
        ([b'A', b'U'], R::Nth(10, 1, MON)),
        ([b'N', b'Z'], R::Nth(10, 4, MON)),
        ([b'Z', b'A'], R::Fixed(5, 1)),
        ([b'G', b'B'], R::Nth(5, 1, MON)),
        ([b'I', b'E'], R::Nth(5, 1, MON)),
        ([b'I', b'N'], R::Fixed(5, 1)),
        ([b'P', b'H'], R::Fixed(5, 1)),
        ([b'J', b'M'], R::Fixed(5, 23)),
        ([b'T', b'T'], R::Fixed(6, 19)),
        ([b'B', b'Z'], R::Fixed(5, 1)),
    ],
);

pub(super) const INDEPENDENCE_DAY: R = R::ByCountry(
    &R::Fixed(7, 4),
    &[
        ([b'I', b'N'], R::Fixed(8, 15)),
        ([b'P', b'H'], R::Fixed(6, 12)),
        ([b'J', b'M'], R::Fixed(8, 6)),
        ([b'T', b'T'], R::Fixed(8, 31)),
        ([b'B', b'Z'], R::Fixed(9, 21)),
        ([b'M', b'X'], R::Fixed(9, 16)),
        ([b'B', b'R'], R::Fixed(9, 7)),
        ([b'A', b'R'], R::Fixed(7, 9)),
        ([b'C', b'O'], R::Fixed(7, 20)),
        ([b'P', b'E'], R::Fixed(7, 28)),
        ([b'C', b'L'], R::Fixed(9, 18)),
    ],
);

pub(super) const ADMIN_DAY: R = R::ByCountry(
    &R::NthPlus(4, -1, SAT, -3),
    &[
        ([b'A', b'U'], R::Nth(5, 1, FRI)),
        ([b'N', b'Z'], R::Nth(4, 3, WED)),
        ([b'Z', b'A'], R::Nth(9, 1, WED)),
    ],
);

/// Emancipation Day of Washington falls on 16 April, and tax day gives way to it.
pub(super) const EMANCIPATION_DAY: R = R::NearestWeekday(4, 16);

pub(super) const SUPER_TUESDAY: &[(i16, i8, i8)] = &[
    (2000, 3, 7),
    (2004, 3, 2),
    (2008, 2, 5),
    (2012, 3, 6),
    (2016, 3, 1),
    (2020, 3, 3),
    (2024, 3, 5),
];

pub(super) const TAX_DAYS: &[(i16, i8, i8)] = &[
    (2004, 4, 15),
    (2005, 4, 15),
    (2006, 4, 17),
    (2007, 4, 17),
    (2008, 4, 15),
    (2009, 4, 15),
    (2010, 4, 15),
    (2011, 4, 18),
    (2012, 4, 17),
    (2013, 4, 15),
    (2014, 4, 15),
    (2015, 4, 15),
    (2016, 4, 18),
    (2017, 4, 18),
    (2018, 4, 17),
    (2019, 4, 15),
    (2020, 7, 15),
    (2021, 5, 17),
    (2022, 4, 18),
    (2023, 4, 18),
    (2024, 4, 15),
    (2025, 4, 15),
    (2026, 4, 15),
    (2027, 4, 15),
];

pub(super) const EARTH_HOURS: &[(i16, i8, i8)] = &[
    (2007, 3, 31),
    (2008, 3, 29),
    (2009, 3, 28),
    (2010, 3, 27),
    (2011, 3, 26),
    (2012, 3, 31),
    (2013, 3, 23),
    (2014, 3, 29),
    (2015, 3, 28),
    (2016, 3, 19),
    (2017, 3, 25),
    (2018, 3, 24),
    (2019, 3, 30),
    (2020, 3, 28),
    (2021, 3, 27),
    (2022, 3, 26),
    (2023, 3, 25),
    (2024, 3, 23),
    (2025, 3, 22),
    (2026, 3, 28),
];

pub(super) const YOUTH_SERVICE: R = R::Days(&R::Nth(4, 4, FRI), 3);
