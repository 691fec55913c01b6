//! Opening hours as people write them. Pure, so no database here.

use booking::Hours;
use proptest::prelude::*;

#[test]
fn a_shift_may_run_past_midnight() {
    for (text, start, end) in [
        ("09:00-17:30", 540, 1050),
        ("09:00-24:00", 540, 1440),
        ("00:00-24:00", 0, 1440),
        ("22:00-02:00", 1320, 1560),
        ("18:00-00:00", 1080, 1440),
        ("14:00-13:59", 840, 2279),
        ("09:00-33:00", 540, 1980),
    ] {
        let hours: Hours = text.parse().expect(text);
        assert_eq!((hours.start_minute(), hours.end_minute()), (start, end), "{text}");
    }
    assert_eq!(Hours::new(1080, 1440).expect("fine").to_string(), "18:00-24:00");
    assert_eq!(Hours::new(1320, 1560).expect("fine").to_string(), "22:00-02:00");
    for wrong in ["", "9", "24:00-25:00", "09:00-09:00", "09:00-33:01", "09:60-10:00", "-1:00-2:00"]
    {
        assert!(wrong.parse::<Hours>().is_err(), "{wrong}");
    }
    for (start, end) in [(0, 0), (0, 1441), (600, 2041), (1440, 1500), (540, 540), (600, 540)] {
        assert!(Hours::new(start, end).is_err(), "{start} to {end}");
    }
}

proptest! {
    #[test]
    fn they_read_back_as_they_print(start in 0_u16..1440, long in 1_u16..=1440) {
        let hours = Hours::new(start, start + long).expect("at most a day");
        prop_assert_eq!(hours.to_string().parse::<Hours>().expect("what was printed"), hours);
    }
}
