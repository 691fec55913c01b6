//! English.

use super::*;

#[test]
fn days() {
    check(
        Locale::En,
        &[
            ("today", None, "03-02"),
            ("tomorrow", None, "03-03"),
            ("tmrw pls", None, "03-03"),
            ("tomorow", None, "03-03"),
            ("the day after tomorrow", None, "03-04"),
            ("tonight", None, "03-02 night"),
            ("this afternoon", None, "03-02 afternoon"),
            ("yesterday", None, "past(03-01)"),
            ("on friday", None, "03-06"),
            ("monday", None, "03-09|03-02"),
            ("tues", None, "03-03"),
            ("wensday", None, "03-04"),
            ("thrusday", None, "03-05"),
            ("next friday", None, "03-13|03-06"),
            ("this saturday", None, "03-07"),
            ("friday next week", None, "03-13"),
            ("next week on friday", None, "03-13"),
            ("a week from tuesday", None, "03-10"),
            ("tuesday week", None, "03-10"),
            ("last friday", None, "past(02-27)"),
            ("the 14th", None, "03-14"),
            ("on the 14", None, "03-14"),
            ("1st of this month", None, "past(03-01)"),
            ("the 1st", None, "04-01"),
            ("4th of this month", None, "03-04"),
            ("the 3rd of next month", None, "04-03"),
            ("the fifteenth", None, "03-15"),
            ("the 3rd of march", None, "03-03"),
            ("march 3rd", None, "03-03"),
            ("March 14, 2026 please", None, "03-14"),
            ("14 march 2025", None, "past(2025-03-14)"),
            ("february 1st", None, "2027-02-01"),
            ("30 february", None, "impossible"),
            ("monday the 12th", None, "03-12|03-09"),
            ("2026-03-14", None, "03-14"),
            ("14/03", None, "03-14"),
            ("4/5", None, "05-04|04-05"),
            ("14/03/2027", None, "2027-03-14"),
            ("in 3 days", None, "03-05"),
            ("in two weeks", None, "03-16"),
            ("in a week", None, "03-09"),
            ("two weeks from now", None, "03-16"),
            ("three days from today", None, "03-05"),
            ("5 days from the 6th", None, "03-06"),
            ("3 days ago", None, "past(02-27)"),
            ("this week", None, "03-02..03-08"),
            ("sometime later this week", None, "03-03..03-08"),
            ("next week", None, "03-09..03-15"),
            ("this weekend", None, "03-07..03-08"),
            ("next weekend", None, "03-14..03-15|03-07..03-08"),
            ("end of the month", None, "03-25..03-31"),
            ("next month", None, "04-01..04-30"),
            ("in august", None, "08-01..08-31"),
            ("from monday to wednesday", None, "03-09..03-11"),
            ("from the 3rd to the 6th of august", None, "08-03..08-06"),
            ("before friday", None, "03-02..03-05"),
            ("after the 12th", None, "03-13..03-26"),
            ("14", Some(Expecting::Date), "03-14"),
            ("the second", Some(Expecting::Date), "03-02"),
            ("we are open 24/7", None, ""),
            ("I may come", None, ""),
        ],
    );
}

#[test]
fn times() {
    check(
        Locale::En,
        &[
            ("3pm", None, "15:00"),
            ("3 pm", None, "15:00"),
            ("3 p.m.", None, "15:00"),
            ("11 am", None, "11:00"),
            ("twelve pm", None, "12:00"),
            ("12am", None, "00:00"),
            ("15:00", None, "15:00"),
            ("15h", None, "15:00"),
            ("3:30", None, "15:30|03:30"),
            ("08:30", None, "08:30|20:30"),
            ("at 9", None, "09:00|21:00"),
            ("at 3", None, "15:00|03:00"),
            ("@4", None, "16:00|04:00"),
            ("at 3ish", None, "15:00|03:00"),
            ("around 4", None, "16:00|04:00"),
            ("10 o'clock", None, "10:00|22:00"),
            ("4 o\"clock in the evening", None, "16:00"),
            ("half past 3", None, "15:30|03:30"),
            ("half past 11 in the morning", None, "11:30"),
            ("quarter to four", None, "15:45|03:45"),
            ("a quarter past 10 in the morning", None, "10:15"),
            ("quarter to 12 in the morning", None, "11:45"),
            ("at three thirty", None, "15:30|03:30"),
            ("three in the afternoon", None, "15:00"),
            ("5 in the evening", None, "17:00"),
            ("8 in the night", None, "20:00"),
            ("twelve in the afternoon", None, "12:00"),
            ("afternoon 2:30", None, "14:30"),
            ("evening 5", None, "17:00"),
            ("at noon", None, "12:00"),
            ("midnight", None, "00:00"),
            ("in the morning, at 7", None, "morning 07:00"),
            ("tonight at 8", None, "03-02 night 20:00"),
            ("at 3.30", None, "15:30|03:30"),
            ("3", Some(Expecting::Time), "15:00|03:00"),
            ("3", None, ""),
            ("half 4", Some(Expecting::Time), "16:30|04:30"),
            ("it costs 3.50 right", None, ""),
            ("i have 3 dogs", None, ""),
            ("an hour and 30 minutes", None, ""),
        ],
    );
}

#[test]
fn windows_and_parts() {
    check(
        Locale::En,
        &[
            ("after 5", None, "17:00.."),
            ("before noon", None, "..12:00"),
            ("before 9am", None, "..09:00"),
            ("between 2 and 4", None, "14:00..16:00"),
            ("between two and five", None, "14:00..17:00"),
            ("from 2 to 4", None, "14:00..16:00"),
            ("from 10 to 2", None, "10:00..14:00"),
            ("9 to 5pm", None, "09:00..17:00"),
            ("2-4pm", None, "14:00..16:00"),
            ("between 7 and 9 in the morning", None, "07:00..09:00"),
            ("no earlier than 11", None, "11:00.."),
            ("not before 10", None, "10:00.."),
            ("after work", None, "17:00.."),
            ("5pm or later", None, "17:00.."),
            ("from 5 onwards", None, "17:00.."),
            ("by half past 11", None, "..11:30"),
            ("in the morning", None, "morning"),
            ("tomorrow morning", None, "03-03 morning"),
            ("friday night", None, "03-06 night"),
            ("good morning", None, ""),
            ("asap", None, "earliest"),
            ("the first available", None, "earliest"),
        ],
    );
}

#[test]
fn people_and_names() {
    check(
        Locale::En,
        &[
            ("a table for 3 at eleven in the morning", None, "3p 11:00"),
            ("table for 4 tonight at 8", None, "4p 03-02 night 20:00"),
            ("4 people", None, "4p"),
            ("for 2", None, "2p|14:00"),
            ("for 4", Some(Expecting::Time), "16:00|4p"),
            ("2 adults 1 kid", None, "3p"),
            ("there will be five of us", None, "5p"),
            ("3", Some(Expecting::PartySize), "3p"),
            ("is this a person or a computer", None, ""),
            ("is 2 for 1 still on", None, ""),
            ("for 2 days", None, ""),
            ("for 3pm", None, "15:00"),
            ("my name is joana silva and I want a haircut", None, "name(Joana Silva) svc1"),
            ("I'm Miguel Santos", None, "name(Miguel Santos)"),
            ("I'm late", None, ""),
            ("it's Friday", None, "03-06"),
            ("Joana", Some(Expecting::Name), "name(Joana)"),
            ("joana please", Some(Expecting::Name), "name(Joana)"),
            ("yes", Some(Expecting::Name), ""),
            ("what do you mean?", Some(Expecting::Name), ""),
            ("call me on +34 612 345 678", None, "+34612345678"),
            ("612345678", None, "+34612345678"),
            ("my number is 612 34 56 78 thanks", None, "+34612345678"),
            ("2026-03-14 15:00", None, "03-14 15:00"),
        ],
    );
}

#[test]
fn catalogue_words() {
    check(
        Locale::En,
        &[
            ("I'd like a haircut with Ana tomorrow at 3pm", None, "svc1 staff1 03-03 15:00"),
            ("hair cut", None, "svc1"),
            ("hiarcut pls", None, "svc1"),
            ("a trim", None, "svc1"),
            ("manicures", None, "svc2"),
            ("manicure", None, "svc2"),
            ("deep tisue massage", None, "svc3"),
            ("deep tissue, 60 minutes", None, "svc3"),
            ("send me a message", None, ""),
            ("a massage", None, "svc3|svc4"),
            ("corte com a Ana", Some(Expecting::Staff), "svc1 staff1"),
            ("an appointment", None, ""),
            ("with Brunno", None, "staff2"),
            ("with Marta", None, "staff3|staff4"),
            ("marta lopez", None, "staff4"),
            ("will you be open", None, ""),
            ("with Will", None, "staff6"),
            ("anyone", None, "anyone"),
            ("no preference", None, "anyone"),
            ("doesn't matter", Some(Expecting::Time), ""),
        ],
    );
}

#[test]
fn choices_and_refusals() {
    check(
        Locale::En,
        &[
            ("the second one", None, "#2"),
            ("the first", None, "#1"),
            ("2", Some(Expecting::Selection(3)), "#2"),
            ("5", Some(Expecting::Selection(3)), "17:00|05:00"),
            ("option 3", None, "#3"),
            ("option b", None, "#2"),
            ("how long is the first physio session", None, ""),
            ("change my booking from 3 to 5", None, "15:00|03:00 17:00|05:00"),
            ("move it from friday to saturday", None, "03-06 03-07"),
            ("number 2 please", None, "#2"),
            ("the 2nd one", None, "#2"),
            ("the last one", None, "#last"),
            ("it's my first time", None, ""),
            ("not monday", None, "!03-09|03-02"),
            ("any day but friday", None, "!03-06"),
            ("any morning but friday", None, "morning !03-06"),
            ("not on friday or saturday", None, "!03-06 !03-07"),
            ("not with Ana", None, "!staff1"),
            ("anyone but Ana", None, "anyone !staff1"),
            ("friday doesn't work", None, "!03-06"),
            ("in the afternoon not the morning", None, "afternoon !morning"),
            ("no, friday", None, "03-06"),
            ("I can't do friday, maybe saturday", None, "!03-06 03-07"),
        ],
    );
}

#[test]
fn phrases_of_recorded_conversations() {
    check(
        Locale::En,
        &[
            (
                "I'd like to make it for the 9th of this month but I'd like to change the time to half past 3 in the afternoon.",
                None,
                "03-09 15:30",
            ),
            (
                "Can you see if there are any openings tomorrow at quarter past 10 in the morning?",
                None,
                "03-03 10:15",
            ),
            ("It would be at quarter to 3 in the afternoon.", None, "14:45"),
            ("Will you book me an appointment for the afternoon 2:15?", None, "14:15"),
            ("Can you make appointment for March 7th at four in the evening?", None, "03-07 16:00"),
            ("Could you schedule an appointment for Monday next week?", None, "03-09"),
            ("Make the appointment for the 3rd of March at 12:45.", None, "03-03 12:45|00:45"),
            ("The appointment will be at 10:30 am on the 6th.", None, "10:30 03-06"),
            (
                "Make an appointment for Wednesday next week at a quarter to 5 in the evening",
                None,
                "03-11 16:45",
            ),
            ("Yes, I'd like to see if there is anything available for 11:15.", None, "11:15|23:15"),
        ],
    );
}
