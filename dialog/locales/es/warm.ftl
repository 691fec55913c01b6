# La voz cercana: de tú, como quien atiende en el mostrador a una amiga. Lo que no está aquí se dice
# como en main.ftl. El nivel de emojis del negocio decide cuántos quedan.

warm-greet = ¡Hola, hola! 👋 Soy el asistente virtual de { $business }, ¡qué alegría que nos escribas! ⟨Puedo reservarte, cambiarte o cancelarte una cita, o resolver cualquier duda. ⟩¿Qué puedo hacer por ti?
warm-greet-2 = ¡Hola! ¡Qué bien leerte! 😊 Soy el asistente virtual de { $business }. ⟨Encantado de reservarte, cambiarte o cancelarte una cita, o de resolver tus dudas. ⟩¿En qué te ayudo?
warm-greet-named = ¡Hola, { $name }, qué alegría que nos escribas! 👋 Soy el asistente virtual de { $business }. ⟨Puedo reservarte, cambiarte o cancelarte una cita, o resolver cualquier duda. ⟩¿Qué puedo hacer por ti?
warm-greet-named-2 = ¡Hola, { $name }! ¡Qué bien leerte! 😊 Soy el asistente virtual de { $business }. ⟨Encantado de reservarte, cambiarte o cancelarte una cita, o de resolver tus dudas. ⟩¿En qué te ayudo?
warm-greet-own = Soy el asistente virtual de { $business }. ⟨Encantado de reservarte, cambiarte o cancelarte una cita, o de resolver tus dudas. ⟩¿En qué te ayudo? 😊
warm-welcome = ¡De nada, faltaría más! 😊
warm-welcome-2 = ¡Un placer!
warm-welcome-3 = ¡A ti! 😊
warm-goodbye = ¡Hasta muy pronto, tenemos muchas ganas de verte! 👋
warm-goodbye-2 = ¡Cuídate mucho, nos vemos muy pronto! 😊

warm-apologise = Vaya, siento muchísimo las molestias.
warm-reassure = Te entiendo perfectamente, y no te preocupes por nada: nada se reserva ni se cambia hasta que tú digas que sí. 💛
warm-person-available = Y si te apetece más hablar con alguien del equipo, solo tienes que decírmelo.

warm-request-service = ¿Qué te apetece hacerte?
warm-request-service-2 = ¿Con qué servicio te mimamos?
warm-request-date = ¿Qué otro día te iría bien?
warm-request-time = ¿A qué hora te iría bien?
warm-request-choice = ¿Cuál de los horarios te gusta más? ¡Envíame solo el número! 😊
warm-request-confirmation = Entonces, ¿te la reservo ya?
warm-request-appointment = ¿A cuál de tus citas te refieres?
warm-request-new-time = ¿Cuándo te gustaría venir?
warm-request-name = ¿Y a nombre de quién te la pongo?
warm-request-change = ¡Sin ningún problema, todavía no hay nada reservado! ¿Qué cambiamos: el día, la hora o la persona?
warm-request-person = ¿Le pido a alguien del equipo que te atienda?
warm-request-more = ¿Qué puedo hacer por ti? 😊

warm-offer = Mira lo que tengo para { $service }:
warm-offer-2 = ¡Buenas noticias! Para { $service } tengo:
warm-offer-widened = ¡Qué pena, justo entonces no queda hueco! Pero mira qué cerca están estos para { $service }:
warm-offer-choose = { $count ->
    [one] ¿Te lo guardo?
   *[other] ¿Cuál te gusta más?
}
warm-offer-choose-2 = { $count ->
    [one] ¿Te va bien?
   *[other] ¿Cuál te va mejor?
}

warm-confirm = ¡Genial! { $service } con { $staff } el *{ $when }*, { $price }. ¿Te lo reservo?
warm-confirm-2 = ¡Qué buena elección! { $service } con { $staff } el *{ $when }*, { $price }. ¿Te lo reservo?
warm-confirm-move = ¡Claro que sí! La cita quedaría así: { $service } con { $staff } el *{ $when }*, { $price }. ¿Hago el cambio?
warm-confirm-cancel = ¡Qué pena! ¿Cancelo { $service } con { $staff } el *{ $when }* ({ $reference })?
warm-booked = ¡Genial, ya tienes tu cita! 🎉 { $service } con { $staff } el *{ $when }*, { $price }. Tu referencia es { $reference }.⟨ ¡Tenemos muchas ganas de verte! 💛⟩
warm-booked-2 = ¡Hecho, es tuya! 🎉 { $service } con { $staff } el *{ $when }*, { $price }. Tu referencia es { $reference }.⟨ ¡Nos vemos! 😊⟩
warm-moved = ¡Listo, cita cambiada! 👍 { $service } con { $staff } el *{ $when }*, { $price }. Tu referencia es { $reference }.
warm-cancelled = No te preocupes, queda cancelada: { $service } con { $staff } el { $when } ({ $reference }).⟨ ¡Cuando te apetezca otra hora, aquí estoy! 💛⟩
warm-kept = ¡Sin problema, lo dejo todo tal como estaba! 😊

warm-failed-taken = ¡Vaya, se nos acaban de adelantar con esa hora, lo siento!
warm-failed-hold-expired = ¡Vaya, solo podía guardarte esa hora unos minutos y ya ha quedado libre, lo siento!
warm-failed-nothing-free = ¡Ay, lo siento, no encuentro nada libre para entonces!
warm-failed-no-appointments = No encuentro ninguna cita tuya pendiente.⟨ ¿Reservamos una? ¡Dime qué y cuándo! 😊⟩
warm-failed-internal = ¡Vaya, lo siento, algo ha fallado por nuestra parte! No se ha cambiado nada. ¿Lo intentas de nuevo en un momento?

warm-appointments-none = No tienes citas pendientes.⟨ ¿Reservamos una? ¡Dime qué y cuándo! 😊⟩
warm-services = Mira todo lo que podemos hacer por ti:
warm-address = Nos encuentras en { $address }. 📍

warm-noted = ¡Muchísimas gracias, queda anotado!
warm-noted-complaint = Vaya, cuánto lo siento.
warm-noted-praise = ¡Nos alegras el día, gracias! 💛 Se lo digo ahora mismo al equipo.
warm-noted-running-late = ¡Gracias por avisar! Ven sin prisa, que yo se lo digo al equipo.
warm-noted-lost-item = ¡Vaya, cuánto lo siento! Le pido al equipo que lo busque.
warm-noted-business = ¡Muchas gracias por escribirnos! El equipo verá tu mensaje.
warm-noted-attendance = ¡Perfecto, tenemos muchas ganas de verte! 😊

warm-handed-over = ¡Claro! Alguien del equipo te responde por aquí.
warm-small-talk = ¡Por aquí de maravilla, gracias por preguntar! 😊
warm-not-understood = ¡Ay, perdona, no te he entendido bien! ¿Me lo dices de otra manera?
warm-not-understood-2 = ¡Perdona, se me ha escapado! ¿Me lo cuentas con otras palabras?

warm-requested = ¡Genial, he pasado tu solicitud! { $service } con { $staff } el *{ $when }*, { $price }. Te guardamos la hora y te la confirmamos en cuanto el equipo la haya mirado. Tu referencia es { $reference }.
warm-waiting = ¡Ya estás en la lista de espera para { $what }!⟨ Te escribo en cuanto se libere algo. 🤞⟩
warm-waitlist-left = ¡Hecho! Ya no estás en la lista de espera.
warm-offer-declined = Sin problema, la dejo libre y te quito de la lista de espera.⟨ ¡Cuando quieras esperar otra hora, dímelo! 😊⟩
warm-freed = ¡Qué buena noticia, se ha liberado una hora! 🎉 { $service } con { $staff } el *{ $when }*, { $price }. Te la guardo hasta las { $until }. ¿Te la reservo?

warm-news-confirmed = ¡Genial, tu cita está confirmada! 🎉 { $service } con { $staff } el *{ $when }*, { $price }. Tu referencia es { $reference }.⟨ ¡Tenemos muchas ganas de verte!⟩
warm-news-cancelled = Lo sentimos muchísimo, hemos tenido que cancelar tu cita: { $service } con { $staff } el { $when } ({ $reference }).⟨ Dime cuándo te va bien y te busco otra hora. 💛⟩
