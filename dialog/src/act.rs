//! What is said, before it is worded. Every value comes from [`crate::Facts`] or from an
//! [`crate::Outcome`]; wording adds none.

use kernel::ServiceId;
use serde::{Deserialize, Serialize};

use crate::{AppointmentFact, Explanation, Offer, Refusal, WaitRequest};

/// One thing to say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum DialogAct {
    /// Hello, with the business's name and what can be done here.
    Greet,
    /// Sorry for the trouble.
    Apologise,
    /// There is nothing to worry about: nothing happens without a yes.
    Reassure,
    /// A person can take over, for the asking.
    PersonAvailable,
    /// You are welcome.
    Welcome,
    /// Goodbye.
    Goodbye,
    /// Ask for a detail.
    Request {
        /// Which.
        question: Question,
    },
    /// Show starts to choose from, numbered.
    Offer {
        /// The starts.
        offers: Vec<Offer>,
        /// They lie outside what was asked.
        widened: bool,
    },
    /// Summarise what will be booked and ask for a yes.
    Confirm {
        /// As it will be: weekday, date, time, service, staff, price.
        appointment: AppointmentFact,
        /// It moves an existing appointment.
        moves: bool,
    },
    /// Ask for a yes before cancelling.
    ConfirmCancel {
        /// Which.
        appointment: AppointmentFact,
    },
    /// It is booked.
    Booked {
        /// What.
        appointment: AppointmentFact,
    },
    /// It has moved.
    Moved {
        /// As it is now.
        appointment: AppointmentFact,
    },
    /// It is cancelled.
    Cancelled {
        /// What.
        appointment: AppointmentFact,
    },
    /// It did not work.
    Failed {
        /// Why.
        reason: FailureReason,
    },
    /// Why what was asked for is not on offer.
    Explain {
        /// The reason.
        explanation: Explanation,
    },
    /// Why the customer cannot do it by themselves.
    Refused {
        /// The reason.
        refusal: Refusal,
    },
    /// They are on the waiting list.
    Waiting {
        /// For what.
        wish: WaitRequest,
    },
    /// They are not on the waiting list any more.
    LeftWaitlist,
    /// They did not want what came free.
    OfferDeclined,
    /// Something came free for somebody who waited; ask for a yes.
    Freed {
        /// As it would be.
        appointment: AppointmentFact,
        /// How long it is kept.
        until: jiff::Zoned,
    },
    /// The business has changed something.
    News {
        /// What.
        news: News,
        /// As it is now.
        appointment: AppointmentFact,
    },
    /// The customer's appointments, or that there are none.
    Appointments {
        /// Soonest first.
        appointments: Vec<AppointmentFact>,
    },
    /// What one service costs and how long it takes, or all of them.
    Services {
        /// One, or all when `None`.
        service: Option<ServiceId>,
    },
    /// When the business is open.
    Hours,
    /// Where the business is.
    Address,
    /// Who works there.
    Staff {
        /// Only those who do this.
        service: Option<ServiceId>,
    },
    /// The business's own answer to a topic, or an honest "not in our information".
    Answer {
        /// Which.
        topic: Topic,
    },
    /// Kept as it was; nothing was booked, moved or cancelled.
    Kept,
    /// A person will answer.
    HandedOver,
    /// No more messages.
    OptedOut,
    /// Who or what is answering, and what it can do.
    AboutMe,
    /// A friendly word, no content.
    SmallTalk,
    /// Not something we answer here; what we can do.
    OutOfScope,
    /// Did not understand; try other words.
    NotUnderstood,
    /// What can be done here, as a list.
    Menu,
    /// We can only read text.
    TextOnly,
    /// Sorry to hear that / glad to hear that / noted.
    Noted {
        /// Which.
        topic: Topic,
    },
    /// Anything else?
    RequestMore,
}

/// What the business has done to a customer's appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// Said yes to a request.
    Confirmed,
    /// Said yes, but something else is still missing.
    Approved,
    /// Said no to a request.
    Declined,
    /// Called it off.
    Cancelled,
    /// Gave it another time or another person.
    Moved,
}

/// What is being asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Which service; lists them.
    Service,
    /// For how many people.
    PartySize,
    /// Which day.
    Date,
    /// Which time.
    Time,
    /// Which of the offers.
    Choice,
    /// Yes or no to the summary.
    Confirmation,
    /// Yes or no to cancelling.
    CancelConfirmation,
    /// Which of several appointments; lists them.
    Appointment,
    /// To when an appointment moves.
    NewTime,
    /// What the customer is called.
    Name,
    /// What to change in a summary that was refused.
    Change,
    /// Whether a person should answer instead.
    Person,
}

/// Why something did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureReason {
    /// Somebody else has it.
    Taken,
    /// The business or the member of staff does not work then.
    Closed,
    /// In the past, or too soon.
    TooSoon,
    /// Beyond how far ahead bookings are taken.
    TooFar,
    /// No calendar has that day.
    ImpossibleDate,
    /// The clock skips that time on that day.
    NonexistentTime,
    /// That person does not do that service.
    NotOffered,
    /// The hold ran out.
    HoldExpired,
    /// The appointment no longer exists.
    Gone,
    /// What came free was kept as long as it could be, and is somebody else's now.
    OfferGone,
    /// Nothing free at all in the days looked at.
    NothingFree,
    /// There is no appointment to change.
    NoAppointments,
    /// Something failed on our side; nothing was booked, moved or cancelled.
    Internal,
}

/// What the business has its own words for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Ways of paying.
    Payment,
    /// Parking and how to get there.
    Parking,
    /// Cancellation and lateness rules.
    Policy,
    /// Discounts.
    Promotions,
    /// Gift cards.
    GiftCard,
    /// Telephone, e-mail.
    Contact,
    /// What to bring or do before.
    Preparation,
    /// Invoices.
    Receipt,
    /// Things left behind.
    LostItem,
    /// Jobs, suppliers.
    Business,
    /// Waiting list.
    Waitlist,
    /// Running late.
    RunningLate,
    /// A complaint.
    Complaint,
    /// Praise.
    Praise,
    /// Attendance confirmed.
    Attendance,
}

impl Topic {
    /// The key in `tenant_facts.topic`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Parking => "parking",
            Self::Policy => "policy",
            Self::Promotions => "promotions",
            Self::GiftCard => "gift_card",
            Self::Contact => "contact",
            Self::Preparation => "preparation",
            Self::Receipt => "receipt",
            Self::LostItem => "lost_item",
            Self::Business => "business",
            Self::Waitlist => "waitlist",
            Self::RunningLate => "running_late",
            Self::Complaint => "complaint",
            Self::Praise => "praise",
            Self::Attendance => "attendance",
        }
    }
}
