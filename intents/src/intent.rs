//! What a person can want from a booking assistant.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The text names no intent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown intent `{0}`")]
pub struct IntentError(String);

macro_rules! intents {
    ($($(#[$doc:meta])* $name:ident $text:literal;)*) => {
        /// What the person wants. The names are those in the example files and the traces.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Intent {
            $($(#[$doc])* $name,)*
        }

        impl Intent {
            /// All of them, in a fixed order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

intents! {
    // --- the booking itself ---
    /// Wants a new appointment.
    Book "book";
    /// Wants an existing appointment at another time or with someone else.
    Reschedule "reschedule";
    /// Wants an existing appointment gone.
    Cancel "cancel";
    /// Asks which appointments they have, or when the next one is.
    ListAppointments "list_appointments";
    /// Asks what is free, without asking to book yet.
    CheckAvailability "check_availability";
    /// Says they will come to an appointment they already have.
    ConfirmAttendance "confirm_attendance";
    /// Wants to be told when something frees up.
    JoinWaitlist "join_waitlist";
    /// Is on the way but late.
    RunningLate "running_late";
    // --- questions about the business ---
    /// How much something costs.
    AskPrice "ask_price";
    /// When the business is open.
    AskHours "ask_hours";
    /// What the business offers.
    AskServices "ask_services";
    /// Where the business is.
    AskAddress "ask_address";
    /// Who works there, who does what.
    AskStaff "ask_staff";
    /// How long something takes.
    AskDuration "ask_duration";
    /// Which ways of paying are accepted, deposits.
    AskPayment "ask_payment";
    /// Parking and how to get there.
    AskParking "ask_parking";
    /// Cancellation, lateness, refund rules.
    AskPolicy "ask_policy";
    /// Discounts, offers, packages.
    AskPromotions "ask_promotions";
    /// Gift cards and vouchers.
    AskGiftCard "ask_gift_card";
    /// Telephone, e-mail, social accounts of the business.
    AskContact "ask_contact";
    /// What to bring or do before an appointment.
    AskPreparation "ask_preparation";
    /// Bill, invoice, proof of payment.
    AskReceipt "ask_receipt";
    // --- steering the conversation ---
    /// Yes.
    Affirm "affirm";
    /// No.
    Deny "deny";
    /// Gives a detail that was asked for: a time, a day, a name, a service.
    Inform "inform";
    /// Wants other options than those offered.
    RequestAlternatives "request_alternatives";
    /// Did not catch the last message.
    Repeat "repeat";
    /// Wants to drop everything and begin again.
    StartOver "start_over";
    /// Hello.
    Greet "greet";
    /// Thanks.
    Thank "thank";
    /// Goodbye.
    Goodbye "goodbye";
    /// Chat without a purpose: how are you, jokes, compliments to the assistant.
    SmallTalk "small_talk";
    /// Asks whether this is a machine, or what it can do.
    AskBot "ask_bot";
    // --- needing people ---
    /// Wants a human.
    TalkToPerson "talk_to_person";
    /// Is unhappy with the business.
    Complaint "complaint";
    /// Is happy with the business.
    Praise "praise";
    /// Wants no more messages.
    OptOut "opt_out";
    /// Left something behind.
    LostItem "lost_item";
    /// Wants to work there, sell something, or reach the owner for business.
    BusinessInquiry "business_inquiry";
    // --- everything else ---
    /// Nothing a booking assistant answers.
    OutOfScope "out_of_scope";
}

impl fmt::Display for Intent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Intent {
    type Err = IntentError;

    fn from_str(name: &str) -> Result<Self, IntentError> {
        Self::ALL
            .iter()
            .copied()
            .find(|intent| intent.name() == name)
            .ok_or_else(|| IntentError(name.to_owned()))
    }
}
