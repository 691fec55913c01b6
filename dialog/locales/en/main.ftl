# Replies in English, in the plain friendly voice: every message is here. Keys and arguments are the
# same in every language. What stands in ⟨ ⟩ is mere courtesy, and left out where replies are short.

moment = { $date } at { $time }
day = { $weekday } { $day }
names = { $first } and { $last }
someone = one of our team
some-service = your appointment
service-for = { $service } for { $count ->
    [one] one
   *[other] { $count } people
}

greet = Hello! This is the virtual assistant of { $business }. ⟨I can book, move or cancel an appointment, or answer a question. ⟩What can I do for you?
greet-named = Hello, { $name }! This is the virtual assistant of { $business }. ⟨I can book, move or cancel an appointment, or answer a question. ⟩What can I do for you?
greet-own = This is the virtual assistant of { $business }. ⟨I can book, move or cancel an appointment, or answer a question. ⟩What can I do for you?
welcome = You're welcome!
goodbye = Goodbye, and see you soon!

apologise = I'm sorry about the trouble.
reassure = I understand, and there's no need to worry: nothing is booked or changed until you say yes.
person-available = If you'd rather talk to someone on the team, just say so.

request-service = Which service would you like?
request-party-size = How many people will you be?
request-date = Which other day would suit you?
request-time = What time would suit you?
request-choice = Which of the times suits you? Just send me its number.
request-confirmation = So, shall I confirm the appointment?
request-cancel-confirmation = So, shall I cancel the appointment?
request-appointment = Which appointment do you mean?
request-new-time = When would you like to come instead?
request-name = What name shall I put it under?
request-change = No problem, nothing is booked yet. What shall I change: the day, the time or the person?
request-person = Shall I pass you on to someone on the team?
request-more = How can I help you?

offer = For { $service } I have:
offer-widened = There's nothing free exactly then. The nearest times for { $service } are:
offer-line = { $when } with { $staff }
offer-choose = { $count ->
    [one] Shall I take it?
   *[other] Which one suits you?
}

confirm = { $service } with { $staff } on *{ $when }*, { $price }. Shall I book it?
confirm-move = I'd move it to: { $service } with { $staff } on *{ $when }*, { $price }. Shall I make the change?
confirm-cancel = Shall I cancel { $service } with { $staff } on *{ $when }* ({ $reference })?
booked = Booked! { $service } with { $staff } on *{ $when }*, { $price }. Your reference is { $reference }.⟨ See you then!⟩
moved = Done, it's moved: { $service } with { $staff } on *{ $when }*, { $price }. Your reference is { $reference }.
cancelled = It's cancelled: { $service } with { $staff } on { $when } ({ $reference }).⟨ If you'd like another time, just tell me.⟩
kept = All right, I've left everything as it was.

failed-taken = I'm sorry, that time has just been taken.
failed-closed = We're not available at that time.
failed-too-soon = That time has passed already, or is too soon to book.
failed-too-far = We don't take bookings that far ahead yet.
failed-impossible-date = That day isn't on the calendar.
failed-nonexistent-time = The clocks change that day, and that time doesn't exist.
failed-not-offered = That person doesn't do this service.
failed-hold-expired = I'm sorry, I could only keep that time for a few minutes and it has been released.
failed-gone = That appointment is no longer there.
failed-nothing-free = I'm sorry, I can't find anything free then.
failed-no-appointments = I can't find any upcoming appointment of yours.⟨ I can book one if you like.⟩
failed-internal = I'm sorry, something went wrong on our side and nothing was changed. Please try again in a moment.

appointments = { $count ->
    [one] This is your next appointment:
   *[other] These are your next appointments:
}
appointments-none = You have no upcoming appointments.⟨ Would you like to book one? Just tell me what and when.⟩
appointment-line = { $service } with { $staff }, { $when } ({ $reference })

services = This is what we offer:
service-line = { $service }: { $price } ({ $minutes } min)
service-one = { $service } costs { $price } and takes { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}.
hours = We're open:
hours-day = { $first }: { $hours }
hours-days = { $first } to { $last }: { $hours }
address = You'll find us at { $address }.
staff = { $count ->
    [one] { $names } works here.
   *[other] { $names } work here.
}
staff-service = { $count ->
    [one] { $names } does { $service }.
   *[other] { $names } do { $service }.
}
no-answer = I don't have that information.

noted = Thank you, I've made a note of it.
noted-complaint = I'm very sorry about that.
noted-praise = How lovely to hear, thank you! I'll tell the team.
noted-running-late = Thanks for telling us, I'll let the team know.
noted-lost-item = I'm sorry to hear that. I'll ask the team to look for it.
noted-business = Thank you for writing. The team will see your message.
noted-waitlist = I've noted that you'd like to be told when something frees up.
noted-attendance = Perfect, we're expecting you.

handed-over = Someone from the team will answer you here.
opted-out = Understood. You won't get any more messages from us. If you change your mind, write START.
about-me = I'm the virtual assistant of { $business }, a program and not a person. I can book, move or cancel appointments and answer questions, and call someone from the team whenever you like.
small-talk = All good here, thank you!
out-of-scope = I can't help with that. I can book, move or cancel an appointment, or answer questions about { $business }.
not-understood = Sorry, I didn't quite get that. Could you put it another way?
menu = Here is what I can do:
    • book an appointment
    • move or cancel one
    • tell you prices, hours and where we are
    • pass you on to someone on the team
text-only = I'm sorry, I can only read text messages. Could you write it to me?

confirm-request = { $service } with { $staff } on *{ $when }*, { $price }. The team confirms each of these. Shall I ask for it?
requested = I've passed on your request: { $service } with { $staff } on *{ $when }*, { $price }. The time is kept for you, and we'll confirm it as soon as the team has looked at it. Your reference is { $reference }.
moved-request = Done, your request is now for: { $service } with { $staff } on *{ $when }*, { $price }. We'll confirm it as soon as the team has looked at it. Your reference is { $reference }.
appointment-line-pending = { $service } with { $staff }, { $when } ({ $reference }): a request, we'll confirm it

why-off-weekly = { $staff } is off { $every }.
why-nobody-weekly = Nobody is in { $every }.
why-off = { $staff } isn't in on { $day }.
why-nobody = Nobody is in on { $day }.
why-closed = We're closed on { $day } ({ $holiday }).
why-break = { $staff } is on a break from { $from } to { $until } on { $day }.
why-break-all = We have a break from { $from } to { $until } on { $day }.
why-hours = { $staff } works { $hours } on { $day }.
why-hours-all = On { $day } we're here { $hours }.
why-full = { $staff } is fully booked on { $day }.
why-full-all = We're fully booked on { $day }.
why-nothing-then = { $staff } has nothing free at that time on { $day }.
why-nothing-then-all = We have nothing free at that time on { $day }.
why-cap = { $staff } takes no more bookings on { $day }.

refused-person = I can't make this booking myself.
refused-day-full = { $limit ->
    [one] One customer can have { $limit } appointment a day here, and you have that on this day.
   *[other] One customer can have { $limit } appointments a day here, and you have that many on this day.
}
refused-week-full = { $limit ->
    [one] One customer can have { $limit } appointment a week here, and you have that in this week.
   *[other] One customer can have { $limit } appointments a week here, and you have that many in this week.
}
refused-too-late = I could only change this until { $when }.

waiting = You're on the waiting list for { $what }.⟨ I'll write to you as soon as something comes free.⟩
waiting-with = { $what } with { $staff }
waiting-on = { $what } on { $day }
waiting-between = { $what } between { $day } and { $last }
waitlist-left = You're off the waiting list.
offer-declined = All right, I've let it go and taken you off the waiting list.⟨ If you'd like to wait for another time, just tell me.⟩
freed = Good news, a time has come free: { $service } with { $staff } on *{ $when }*, { $price }. I'm keeping it for you until { $until }. Shall I book it?
failed-offer-gone = I'm sorry, I could only keep that time for you for a while and it has gone now. You're still on the waiting list, and I'll write when something else comes free.

news-confirmed = Your appointment is confirmed: { $service } with { $staff } on *{ $when }*, { $price }. Your reference is { $reference }.⟨ See you then!⟩
news-approved = The team has said yes to { $service } with { $staff } on *{ $when }* ({ $reference }). One detail is still missing before it is confirmed.
news-declined = I'm sorry, the team can't take your request: { $service } with { $staff } on { $when } ({ $reference }).⟨ If you'd like another time, just tell me.⟩
news-cancelled = I'm sorry, we've had to cancel your appointment: { $service } with { $staff } on { $when } ({ $reference }).⟨ If you'd like another time, just tell me.⟩
news-moved = We've changed your appointment. It is now: { $service } with { $staff } on *{ $when }*, { $price }. Your reference is { $reference }. If that doesn't suit you, just tell me.
