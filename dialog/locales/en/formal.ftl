# The formal voice: whole sentences, no contractions, no exclamation marks. A message that is not
# here is said as in main.ftl, which a test then wants to be fit for both.

formal-greet = Thank you for your message. This is the virtual assistant of { $business }. ⟨I can arrange, move or cancel an appointment, or answer a question. ⟩How may I help you?
formal-greet-named = Thank you for your message, { $name }. This is the virtual assistant of { $business }. ⟨I can arrange, move or cancel an appointment, or answer a question. ⟩How may I help you?
formal-greet-own = This is the virtual assistant of { $business }. ⟨I can arrange, move or cancel an appointment, or answer a question. ⟩How may I help you?
formal-welcome = You are most welcome.
formal-welcome-2 = It is a pleasure.
formal-goodbye = Goodbye. We look forward to seeing you.
formal-goodbye-2 = Thank you, and goodbye.

formal-apologise = Please accept our apologies for the trouble.
formal-reassure = I understand. ⟨There is no need for concern: ⟩nothing is booked or changed until you confirm it.
formal-person-available = If you would prefer to speak to a member of our team, please let me know.

formal-request-service = Which service would you like to book?
formal-request-date = Which other day would be convenient?
formal-request-time = What time would be convenient?
formal-request-choice = Which of these times would be convenient? Please reply with its number.
formal-request-confirmation = May I confirm the appointment?
formal-request-cancel-confirmation = May I cancel the appointment?
formal-request-appointment = Which appointment are you referring to?
formal-request-new-time = When would you prefer to come?
formal-request-name = Under which name may I book it?
formal-request-change = Certainly, nothing has been booked yet. What would you like to change: the day, the time or the person?
formal-request-person = Would you like me to pass you on to a member of our team?
formal-request-more = How may I help you?

formal-offer = For { $service } the following times are available:
formal-offer-widened = Nothing is available at that exact time. The nearest times for { $service } are:
formal-offer-choose = { $count ->
    [one] Would you like me to reserve it?
   *[other] Which would you prefer?
}

formal-confirm = { $service } with { $staff } on *{ $when }*, { $price }. May I book it for you?
formal-confirm-2 = I can offer { $service } with { $staff } on *{ $when }*, { $price }. May I book it for you?
formal-confirm-move = The appointment would be moved to: { $service } with { $staff } on *{ $when }*, { $price }. May I make this change?
formal-confirm-cancel = May I cancel { $service } with { $staff } on *{ $when }* ({ $reference })?
formal-booked = Your appointment is confirmed: { $service } with { $staff } on *{ $when }*, { $price }. Your reference is { $reference }.⟨ We look forward to seeing you.⟩
formal-booked-2 = Thank you, your appointment is confirmed: { $service } with { $staff } on *{ $when }*, { $price }. Your reference is { $reference }.
formal-moved = Your appointment has been moved: { $service } with { $staff } on *{ $when }*, { $price }. Your reference is { $reference }.
formal-cancelled = Your appointment has been cancelled: { $service } with { $staff } on { $when } ({ $reference }).⟨ Please let me know if you would like another time.⟩
formal-kept = Very well. Everything remains as it was.

formal-failed-taken = I am sorry, that time has just been taken.
formal-failed-closed = We are not available at that time.
formal-failed-too-far = We do not take bookings that far ahead yet.
formal-failed-impossible-date = That day is not on the calendar.
formal-failed-nonexistent-time = The clocks change that day, and that time does not exist.
formal-failed-not-offered = That person does not provide this service.
formal-failed-hold-expired = I am sorry, that time could only be kept for a few minutes and has been released.
formal-failed-nothing-free = I am sorry, I cannot find anything available then.
formal-failed-no-appointments = I cannot find any upcoming appointment of yours.⟨ I can arrange one if you wish.⟩
formal-failed-internal = I apologise, something went wrong on our side and nothing was changed. Please try again in a moment.
formal-failed-offer-gone = I am sorry, that time could only be kept for you for a while and is no longer available. You are still on the waiting list, and I will write when something else becomes available.

formal-appointments-none = You have no upcoming appointments.⟨ If you would like one, please tell me which service and when.⟩

formal-services = These are the services we provide:
formal-hours = Our opening hours are:
formal-address = You will find us at { $address }.
formal-no-answer = I do not have that information.

formal-noted = Thank you, I have made a note of it.
formal-noted-complaint = We are very sorry to hear that.
formal-noted-praise = Thank you for your kind words. I will pass them on to the team.
formal-noted-running-late = Thank you for letting us know. I will inform the team.
formal-noted-lost-item = I am sorry to hear that. I will ask the team to look for it.
formal-noted-waitlist = I have noted that you would like to be told when a time becomes available.
formal-noted-attendance = Thank you. We are expecting you.

formal-handed-over = A member of our team will answer you here.
formal-opted-out = Understood. You will not receive any more messages from us. Should you change your mind, please write START.
formal-about-me = I am the virtual assistant of { $business }, a program and not a person. I can arrange, move or cancel appointments and answer questions, and call a member of our team whenever you wish.
formal-small-talk = Very well, thank you.
formal-out-of-scope = I cannot help with that. I can arrange, move or cancel an appointment, or answer questions about { $business }.
formal-not-understood = I am sorry, I did not understand. Could you please put it another way?
formal-not-understood-2 = My apologies, I did not quite follow. Would you kindly rephrase that?
formal-menu = I can help with the following:
    • arranging an appointment
    • moving or cancelling one
    • prices, opening hours and our address
    • passing you on to a member of our team
formal-text-only = I am sorry, I can only read text messages. Could you please write it?

formal-confirm-request = { $service } with { $staff } on *{ $when }*, { $price }. Our team confirms each of these. May I request it for you?
formal-requested = Your request has been passed on: { $service } with { $staff } on *{ $when }*, { $price }. The time is kept for you, and we will confirm it as soon as the team has reviewed it. Your reference is { $reference }.
formal-moved-request = Your request is now for: { $service } with { $staff } on *{ $when }*, { $price }. We will confirm it as soon as the team has reviewed it. Your reference is { $reference }.
formal-appointment-line-pending = { $service } with { $staff }, { $when } ({ $reference }): a request, to be confirmed

formal-why-off = { $staff } is not in on { $day }.
formal-why-closed = We are closed on { $day } ({ $holiday }).
formal-why-hours-all = On { $day } we are here { $hours }.
formal-why-full-all = We are fully booked on { $day }.

formal-refused-person = I am not able to make this booking myself.
formal-waiting = You are on the waiting list for { $what }.⟨ I will write to you as soon as a time becomes available.⟩
formal-waitlist-left = You are no longer on the waiting list.
formal-offer-declined = Very well, I have released it and taken you off the waiting list.⟨ If you would like to wait for another time, please tell me.⟩
formal-freed = A time has become available: { $service } with { $staff } on *{ $when }*, { $price }. I am keeping it for you until { $until }. May I book it?

formal-news-confirmed = Your appointment is confirmed: { $service } with { $staff } on *{ $when }*, { $price }. Your reference is { $reference }.⟨ We look forward to seeing you.⟩
formal-news-approved = Our team has accepted your request: { $service } with { $staff } on *{ $when }* ({ $reference }). One detail is still missing before it is confirmed.
formal-news-declined = We are sorry, our team cannot accept your request: { $service } with { $staff } on { $when } ({ $reference }).⟨ Please let me know if you would like another time.⟩
formal-news-cancelled = We are sorry, we have had to cancel your appointment: { $service } with { $staff } on { $when } ({ $reference }).⟨ Please let me know if you would like another time.⟩
formal-news-moved = We have changed your appointment. It is now: { $service } with { $staff } on *{ $when }*, { $price }. Your reference is { $reference }. If that does not suit you, please let me know.
