//! Sun and moon well enough to date lunar holidays: positions to a few hundredths of a degree,
//! new moons to a few minutes, by the main terms of the usual series.

use jiff::{Span, civil::Date};

/// Days from noon of 1 January 2000, universal time.
pub(super) type Moment = f64;

/// Mean length of a lunar month in days.
pub(super) const MONTH: f64 = 29.530_588;

/// Degrees the moon gains on the sun in a day.
const GAIN: f64 = 12.190_749;

/// A date at an hour of universal time.
pub(super) fn moment(date: Date, hour: f64) -> Option<Moment> {
    let noon = Date::new(2000, 1, 1).ok()?;
    Some(f64::from((date - noon).get_days()) - 0.5 + hour / 24.0)
}

/// The date at a moment in a zone so many hours east of Greenwich.
pub(super) fn date_at(at: Moment, zone: f64) -> Option<Date> {
    let days = (at + 0.5 + zone / 24.0).floor();
    #[expect(clippy::cast_possible_truncation, reason = "floor of a few hundred thousand")]
    let days = days as i32;
    Date::new(2000, 1, 1).ok()?.checked_add(Span::new().try_days(days).ok()?).ok()
}

fn sine(degrees: f64) -> f64 {
    degrees.to_radians().sin()
}

/// Longitude of the sun in degrees.
pub(super) fn sun(at: Moment) -> f64 {
    let t = at / 36_525.0;
    let mean = 280.466_46 + 36_000.769_83 * t;
    let anomaly = 357.529_11 + 35_999.050_29 * t;
    let centre = (1.914_602 - 0.004_817 * t) * sine(anomaly)
        + 0.019_993 * sine(2.0 * anomaly)
        + 0.000_289 * sine(3.0 * anomaly);
    (mean + centre).rem_euclid(360.0)
}

/// The terms of the moon's longitude: degrees, and the multiples of elongation, sun's anomaly,
/// moon's anomaly and latitude argument.
const MOON: &[(f64, [f64; 4])] = &[
    (6.288_774, [0.0, 0.0, 1.0, 0.0]),
    (1.274_027, [2.0, 0.0, -1.0, 0.0]),
    (0.658_314, [2.0, 0.0, 0.0, 0.0]),
    (0.213_618, [0.0, 0.0, 2.0, 0.0]),
    (-0.185_116, [0.0, 1.0, 0.0, 0.0]),
    (-0.114_332, [0.0, 0.0, 0.0, 2.0]),
    (0.058_793, [2.0, 0.0, -2.0, 0.0]),
    (0.057_066, [2.0, -1.0, -1.0, 0.0]),
    (0.053_322, [2.0, 0.0, 1.0, 0.0]),
    (0.045_758, [2.0, -1.0, 0.0, 0.0]),
    (-0.040_923, [0.0, 1.0, -1.0, 0.0]),
    (-0.034_720, [1.0, 0.0, 0.0, 0.0]),
    (-0.030_383, [0.0, 1.0, 1.0, 0.0]),
    (0.015_327, [2.0, 0.0, 0.0, -2.0]),
    (-0.012_528, [0.0, 0.0, 1.0, 2.0]),
    (0.010_980, [0.0, 0.0, 1.0, -2.0]),
    (0.010_675, [4.0, 0.0, -1.0, 0.0]),
    (0.010_034, [0.0, 0.0, 3.0, 0.0]),
    (0.008_548, [4.0, 0.0, -2.0, 0.0]),
    (-0.007_888, [2.0, 1.0, -1.0, 0.0]),
    (-0.006_766, [2.0, 1.0, 0.0, 0.0]),
    (-0.005_163, [1.0, 0.0, -1.0, 0.0]),
];

/// Longitude of the moon in degrees.
pub(super) fn moon(at: Moment) -> f64 {
    let t = at / 36_525.0;
    let mean = 218.316_447_7 + 481_267.881_234_21 * t;
    let arguments = [
        297.850_192_1 + 445_267.111_403_4 * t,
        357.529_109_2 + 35_999.050_290_9 * t,
        134.963_396_4 + 477_198.867_505_5 * t,
        93.272_095_0 + 483_202.017_523_3 * t,
    ];
    let terms = MOON.iter().map(|(size, times)| {
        size * sine(times.iter().zip(arguments).map(|(n, argument)| n * argument).sum())
    });
    (mean + terms.sum::<f64>()).rem_euclid(360.0)
}

/// Degrees the moon is ahead of the sun: 0 at new moon, 180 at full moon.
pub(super) fn elongation(at: Moment) -> f64 {
    (moon(at) - sun(at)).rem_euclid(360.0)
}

/// The new moon nearest to a moment.
pub(super) fn new_moon(near: Moment) -> Moment {
    let mut at = near;
    for _ in 0..4 {
        let ahead = elongation(at);
        let ahead = if ahead > 180.0 { ahead - 360.0 } else { ahead };
        at -= ahead / GAIN;
    }
    at
}

/// Longitude of the sun from the stars, as the Hindu calendars count it.
pub(super) fn sidereal_sun(at: Moment) -> f64 {
    (sun(at) - precession(at)).rem_euclid(360.0)
}

/// Longitude of the moon from the stars.
pub(super) fn sidereal_moon(at: Moment) -> f64 {
    (moon(at) - precession(at)).rem_euclid(360.0)
}

fn precession(at: Moment) -> f64 {
    23.853 + at / 36_525.0 * 1.396_9
}
