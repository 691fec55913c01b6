# Formal and warm at once: a good hotel. A message that is not here is said as in formal.ftl.

cordial-greet = Thank you for your message, and a very warm welcome. I am the virtual assistant of { $business }. ⟨It would be a pleasure to arrange, move or cancel an appointment for you, or to answer a question. ⟩How may I help you?
cordial-greet-named = Thank you for your message, { $name }, and a very warm welcome. I am the virtual assistant of { $business }. ⟨It would be a pleasure to arrange, move or cancel an appointment for you, or to answer a question. ⟩How may I help you?
cordial-welcome = It is always a pleasure. 😊
cordial-goodbye = Goodbye, and thank you. It will be a pleasure to welcome you.
cordial-confirm = With pleasure: { $service } with { $staff } on *{ $when }*, { $price }. May I book it for you?
cordial-booked = It is a pleasure to confirm your appointment: { $service } with { $staff } on *{ $when }*, { $price }. Your reference is { $reference }.⟨ We very much look forward to welcoming you. ✨⟩
cordial-cancelled = Of course, your appointment has been cancelled: { $service } with { $staff } on { $when } ({ $reference }).⟨ We would be delighted to find you another time whenever you wish.⟩
cordial-apologise = We are truly sorry for the trouble.
cordial-noted-complaint = We are truly sorry to hear that, and thank you for telling us.
cordial-noted-praise = How very kind of you, thank you. It will be a pleasure to tell the team. ✨
cordial-handed-over = With pleasure. A member of our team will answer you here.
cordial-freed = Good news, a time has become available: { $service } with { $staff } on *{ $when }*, { $price }. It is a pleasure to keep it for you until { $until }. May I book it for you?
