# The plainest wording, which addresses nobody and says nothing that is not needed. It is what is
# left when everything else has a word that the business does not want.

plain-greet = { $business }, virtual assistant: appointments and questions.
plain-greet-named = { $name }: { $business }, virtual assistant. Appointments and questions.
plain-greet-own = { $business }, virtual assistant: appointments and questions.
plain-welcome = With pleasure.
plain-goodbye = Until next time.
plain-apologise = Apologies.
plain-request-service = The service?
plain-request-date = The day?
plain-request-time = The time?
plain-request-choice = The number?
plain-request-confirmation = Confirm, yes or no?
plain-request-cancel-confirmation = Cancel, yes or no?
plain-request-name = The name?
plain-request-change = What changes: the day, the time or the person?
plain-offer = { $service }:
plain-offer-widened = { $service }, nearest times:
plain-offer-choose = { $count ->
    [one] Yes or no?
   *[other] The number?
}
plain-confirm = { $service }, { $staff }, *{ $when }*, { $price }. Yes or no?
plain-confirm-cancel = Cancel { $service }, { $staff }, *{ $when }* ({ $reference }): yes or no?
plain-booked = Confirmed: { $service }, { $staff }, *{ $when }*, { $price }. { $reference }.
plain-moved = Moved: { $service }, { $staff }, *{ $when }*, { $price }. { $reference }.
plain-cancelled = Cancelled: { $service }, { $staff }, { $when } ({ $reference }).
plain-failed-taken = That time has just been taken.
plain-failed-hold-expired = That time has been released.
plain-failed-nothing-free = Nothing is free then.
plain-failed-internal = That did not work, and nothing was changed. Please try again later.
plain-failed-offer-gone = That time has gone. The place on the waiting list is kept.
plain-noted = Noted.
plain-noted-complaint = That should not have happened.
plain-noted-praise = Many thanks.
plain-noted-lost-item = The team will look for it.
plain-handed-over = Somebody will answer here.
plain-small-talk = All well.
plain-not-understood = Please use other words.
plain-text-only = Only text can be read here.
plain-waitlist-left = Off the waiting list.
plain-freed = Free now: { $service }, { $staff }, *{ $when }*, { $price }. Kept until { $until }. Yes or no?
plain-news-declined = The request cannot be accepted: { $service }, { $staff }, { $when } ({ $reference }).
plain-news-cancelled = The business has cancelled: { $service }, { $staff }, { $when } ({ $reference }).
