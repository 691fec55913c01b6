# The warm voice: a friend at the desk. A message that is not here is said as in main.ftl.
# Emoji stand where they belong; the business's emoji level decides how many are kept.

warm-greet = Hi there! 👋 I'm the virtual assistant of { $business }, lovely to hear from you! ⟨I can book, move or cancel an appointment for you, or answer any question. ⟩What can I do for you?
warm-greet-2 = Hello and welcome! 😊 I'm the virtual assistant of { $business }. ⟨I'd love to book, move or cancel an appointment for you, or answer a question. ⟩How can I help?
warm-greet-named = Hi { $name }, lovely to hear from you! 👋 I'm the virtual assistant of { $business }. ⟨I can book, move or cancel an appointment for you, or answer any question. ⟩What can I do for you?
warm-greet-named-2 = Hello { $name }, how nice that you're writing! 😊 I'm the virtual assistant of { $business }. ⟨I'd love to book, move or cancel an appointment for you, or answer a question. ⟩How can I help?
warm-greet-own = I'm the virtual assistant of { $business }. ⟨I'd love to book, move or cancel an appointment for you, or answer a question. ⟩How can I help? 😊
warm-welcome = You're so welcome! 😊
warm-welcome-2 = My pleasure!
warm-welcome-3 = Any time! 😊
warm-goodbye = Bye for now, we can't wait to see you! 👋
warm-goodbye-2 = Take care, and see you very soon! 😊

warm-apologise = Oh no, I'm really sorry about the trouble.
warm-reassure = I completely understand, and you've nothing to worry about: nothing is booked or changed until you say yes. 💛
warm-person-available = And if you'd rather chat with someone on the team, just say the word.

warm-request-service = What would you like to treat yourself to?
warm-request-service-2 = Which service would you love to have?
warm-request-date = Which other day would be good for you?
warm-request-time = What time would be good for you?
warm-request-choice = Which of the times do you like best? Just send me its number! 😊
warm-request-confirmation = So, shall I go ahead and book it for you?
warm-request-appointment = Which of your appointments do you mean?
warm-request-new-time = When would you love to come instead?
warm-request-name = And what name shall I put it under?
warm-request-change = No problem at all, nothing is booked yet! What shall we change: the day, the time or the person?
warm-request-person = Shall I get someone on the team for you?
warm-request-more = What can I do for you? 😊

warm-offer = Here's what I have for { $service }:
warm-offer-2 = Good news, for { $service } I have:
warm-offer-widened = What a pity, there's nothing free exactly then! But look how close these are for { $service }:
warm-offer-choose = { $count ->
    [one] Shall I grab it for you?
   *[other] Which one do you like best?
}
warm-offer-choose-2 = { $count ->
    [one] Would you like it?
   *[other] Which one works best for you?
}

warm-confirm = Lovely! { $service } with { $staff } on *{ $when }*, { $price }. Shall I book it for you?
warm-confirm-2 = Great choice! { $service } with { $staff } on *{ $when }*, { $price }. Shall I book it for you?
warm-confirm-move = Of course! I'd move it to: { $service } with { $staff } on *{ $when }*, { $price }. Shall I make the change?
warm-confirm-cancel = What a pity! Shall I cancel { $service } with { $staff } on *{ $when }* ({ $reference })?
warm-booked = Yay, you're booked! 🎉 { $service } with { $staff } on *{ $when }*, { $price }. Your reference is { $reference }.⟨ We can't wait to see you! 💛⟩
warm-booked-2 = All set, it's yours! 🎉 { $service } with { $staff } on *{ $when }*, { $price }. Your reference is { $reference }.⟨ See you then! 😊⟩
warm-moved = Done, all moved for you! 👍 { $service } with { $staff } on *{ $when }*, { $price }. Your reference is { $reference }.
warm-cancelled = No worries, it's cancelled: { $service } with { $staff } on { $when } ({ $reference }).⟨ Whenever you'd like another time, I'm right here! 💛⟩
warm-kept = No problem, I've left everything just as it was! 😊

warm-failed-taken = Oh no, somebody has just snapped up that time, I'm sorry!
warm-failed-hold-expired = Oh no, I could only keep that time for a few minutes and it has been released, I'm sorry!
warm-failed-nothing-free = Oh, I'm sorry, I can't find anything free then.
warm-failed-no-appointments = I can't find any upcoming appointment of yours.⟨ Shall we book one? Just tell me what and when! 😊⟩
warm-failed-internal = Oh no, I'm sorry, something went wrong on our side! Nothing was changed. Could you try again in a moment?

warm-appointments-none = You have no upcoming appointments.⟨ Shall we book one? Just tell me what and when! 😊⟩
warm-services = Here's everything we'd love to do for you:
warm-address = You'll find us at { $address }. 📍

warm-noted = Thank you so much, I've made a note of it!
warm-noted-complaint = Oh no, I'm so very sorry about that.
warm-noted-praise = That makes our day, thank you! 💛 I'll tell the team right away.
warm-noted-running-late = Thanks for telling us! Don't rush, I'll let the team know.
warm-noted-lost-item = Oh no, I'm sorry to hear that! I'll ask the team to look for it.
warm-noted-business = Thank you so much for writing! The team will see your message.
warm-noted-attendance = Perfect, we can't wait to see you! 😊

warm-handed-over = Of course! Someone from the team will be with you here.
warm-small-talk = All wonderful here, thank you for asking! 😊
warm-not-understood = Oh dear, I didn't quite get that, sorry! Could you put it another way?
warm-not-understood-2 = Sorry, that went past me! Could you say it in other words?

warm-requested = Lovely, I've passed on your request! { $service } with { $staff } on *{ $when }*, { $price }. The time is kept for you, and we'll confirm it as soon as the team has looked at it. Your reference is { $reference }.
warm-waiting = You're on the waiting list for { $what }!⟨ I'll write to you the moment something comes free. 🤞⟩
warm-waitlist-left = All right, you're off the waiting list.
warm-offer-declined = No worries, I've let it go and taken you off the waiting list.⟨ Whenever you'd like to wait for another time, just tell me! 😊⟩
warm-freed = Great news, a time has come free! 🎉 { $service } with { $staff } on *{ $when }*, { $price }. I'm keeping it for you until { $until }. Shall I book it for you?

warm-news-confirmed = Wonderful, your appointment is confirmed! 🎉 { $service } with { $staff } on *{ $when }*, { $price }. Your reference is { $reference }.⟨ We can't wait to see you!⟩
warm-news-cancelled = We're so sorry, we've had to cancel your appointment: { $service } with { $staff } on { $when } ({ $reference }).⟨ Tell me when you'd like to come instead and I'll find you a time. 💛⟩
