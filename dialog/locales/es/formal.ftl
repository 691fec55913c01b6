# La voz formal: de usted, sin exclamaciones. Lo que no está aquí se dice como en main.ftl, y una
# prueba exige entonces que sirva para tú y para usted.

formal-some-service = su cita
formal-greet = Gracias por su mensaje. Le atiende el asistente virtual de { $business }. ⟨Puedo concertar, cambiar o cancelar una cita, o resolver sus dudas. ⟩¿En qué puedo ayudarle?
formal-greet-named = Gracias por su mensaje, { $name }. Le atiende el asistente virtual de { $business }. ⟨Puedo concertar, cambiar o cancelar una cita, o resolver sus dudas. ⟩¿En qué puedo ayudarle?
formal-greet-own = Le atiende el asistente virtual de { $business }. ⟨Puedo concertar, cambiar o cancelar una cita, o resolver sus dudas. ⟩¿En qué puedo ayudarle?
formal-welcome = Con mucho gusto.
formal-welcome-2 = A su disposición.
formal-goodbye = Hasta pronto. Gracias por su confianza.
formal-goodbye-2 = Gracias y hasta pronto.

formal-apologise = Le ruego que disculpe las molestias.
formal-reassure = Le comprendo. ⟨No tiene de qué preocuparse: ⟩nada se reserva ni se cambia hasta que usted lo confirme.
formal-person-available = Si prefiere hablar con una persona de nuestro equipo, no tiene más que indicármelo.

formal-request-service = ¿Qué servicio desea?
formal-request-date = ¿Qué otro día le conviene?
formal-request-time = ¿A qué hora le conviene?
formal-request-choice = ¿Cuál de los horarios le conviene? Indíqueme solo el número, por favor.
formal-request-confirmation = ¿Le confirmo la cita?
formal-request-cancel-confirmation = ¿Desea que cancele la cita?
formal-request-appointment = ¿A qué cita se refiere?
formal-request-new-time = ¿Cuándo prefiere venir?
formal-request-name = ¿A nombre de quién hago la reserva?
formal-request-change = Por supuesto, todavía no hay nada reservado. ¿Qué desea cambiar: el día, la hora o la persona?
formal-request-person = ¿Desea que le atienda una persona de nuestro equipo?
formal-request-more = ¿En qué puedo ayudarle?

formal-offer = Para { $service } puedo ofrecerle:
formal-offer-widened = A esa hora exacta no hay disponibilidad. Lo más cercano para { $service } es:
formal-offer-choose = { $count ->
    [one] ¿Se lo reservo?
   *[other] ¿Cuál prefiere?
}

formal-confirm = { $service } con { $staff } el *{ $when }*, { $price }. ¿Desea que se lo reserve?
formal-confirm-2 = Puedo ofrecerle { $service } con { $staff } el *{ $when }*, { $price }. ¿Desea que se lo reserve?
formal-confirm-move = Su cita quedaría así: { $service } con { $staff } el *{ $when }*, { $price }. ¿Desea que haga el cambio?
formal-confirm-cancel = ¿Desea que cancele { $service } con { $staff } el *{ $when }* ({ $reference })?
formal-booked = Su cita queda confirmada: { $service } con { $staff } el *{ $when }*, { $price }. Su referencia es { $reference }.⟨ Le esperamos.⟩
formal-booked-2 = Gracias, su cita queda confirmada: { $service } con { $staff } el *{ $when }*, { $price }. Su referencia es { $reference }.
formal-moved = Su cita ha quedado cambiada: { $service } con { $staff } el *{ $when }*, { $price }. Su referencia es { $reference }.
formal-cancelled = Su cita ha quedado cancelada: { $service } con { $staff } el { $when } ({ $reference }).⟨ Si desea otra hora, indíquemelo.⟩
formal-kept = De acuerdo. Todo queda como estaba.

formal-failed-taken = Lo lamento, esa hora se acaba de ocupar.
formal-failed-nonexistent-time = Ese día cambia la hora y la que usted indica no existe.
formal-failed-hold-expired = Lo lamento, solo podía guardarle esa hora unos minutos y ya ha quedado libre.
formal-failed-nothing-free = Lo lamento, no encuentro nada libre para entonces.
formal-failed-no-appointments = No encuentro ninguna cita suya pendiente.⟨ Si lo desea, le reservo una.⟩
formal-failed-internal = Lo lamento, algo ha fallado por nuestra parte y no se ha cambiado nada. Vuelva a intentarlo en un momento, por favor.
formal-failed-offer-gone = Lo lamento, solo podía guardarle esa hora un rato y ya se ha ocupado. Sigue usted en la lista de espera y le escribiré cuando se libere otra.

formal-appointments = { $count ->
    [one] Esta es su próxima cita:
   *[other] Estas son sus próximas citas:
}
formal-appointments-none = No tiene citas pendientes.⟨ Si desea una, indíqueme qué servicio y cuándo.⟩

formal-services = Estos son nuestros servicios:
formal-address = Nos encontrará en { $address }.
formal-no-answer = No dispongo de esa información.

formal-noted-complaint = Lamentamos mucho lo ocurrido.
formal-noted-praise = Gracias por sus amables palabras. Se las transmitiré al equipo.
formal-noted-running-late = Gracias por avisarnos. Informaré al equipo.
formal-noted-lost-item = Lo lamento. Pediré al equipo que lo busque.
formal-noted-business = Gracias por escribirnos. El equipo verá su mensaje.
formal-noted-waitlist = Queda anotado que desea que le avisemos si se libera una hora.
formal-noted-attendance = Muchas gracias. Le esperamos.

formal-handed-over = Una persona de nuestro equipo le responderá por aquí.
formal-opted-out = Entendido, no recibirá más mensajes nuestros. Si cambia de idea, escriba VOLVER.
formal-about-me = Soy el asistente virtual de { $business }, un programa y no una persona. Puedo concertar, cambiar o cancelar citas, resolver sus dudas y avisar a una persona de nuestro equipo cuando lo desee.
formal-small-talk = Muy bien, gracias.
formal-out-of-scope = En eso no puedo ayudarle. Puedo concertar, cambiar o cancelar una cita, o responder a sus preguntas sobre { $business }.
formal-not-understood = Disculpe, no le he entendido bien. ¿Podría decírmelo de otra manera?
formal-not-understood-2 = Le pido disculpas, no he comprendido su mensaje. ¿Podría expresarlo de otro modo?
formal-menu = Puedo ayudarle con lo siguiente:
    • concertar una cita
    • cambiarla o cancelarla
    • informarle de precios, horarios y dirección
    • ponerle en contacto con nuestro equipo
formal-text-only = Lo lamento, solo puedo leer mensajes de texto. ¿Podría escribírmelo?

formal-confirm-request = { $service } con { $staff } el *{ $when }*, { $price }. Nuestro equipo confirma cada una de estas citas. ¿Desea que la solicite?
formal-requested = He transmitido su solicitud: { $service } con { $staff } el *{ $when }*, { $price }. Le guardamos la hora y se la confirmaremos en cuanto el equipo la haya revisado. Su referencia es { $reference }.
formal-moved-request = Su solicitud es ahora: { $service } con { $staff } el *{ $when }*, { $price }. Se la confirmaremos en cuanto el equipo la haya revisado. Su referencia es { $reference }.
formal-appointment-line-pending = { $service } con { $staff }, { $when } ({ $reference }): es una solicitud, pendiente de confirmar

formal-refused-person = No me es posible hacer esta reserva.
formal-refused-day-full = { $limit ->
    [one] Cada cliente puede tener { $limit } cita al día, y usted ya la tiene ese día.
   *[other] Cada cliente puede tener { $limit } citas al día, y usted ya las tiene ese día.
}
formal-refused-week-full = { $limit ->
    [one] Cada cliente puede tener { $limit } cita a la semana, y usted ya la tiene esa semana.
   *[other] Cada cliente puede tener { $limit } citas a la semana, y usted ya las tiene esa semana.
}

formal-waiting = Queda en la lista de espera para { $what }.⟨ Le escribiré en cuanto se libere una hora.⟩
formal-waitlist-left = Ya no figura en la lista de espera.
formal-offer-declined = De acuerdo, la dejo libre y le retiro de la lista de espera.⟨ Si desea esperar otra hora, indíquemelo.⟩
formal-freed = Se ha liberado una hora: { $service } con { $staff } el *{ $when }*, { $price }. Se la guardo hasta las { $until }. ¿Desea que se la reserve?

formal-news-confirmed = Su cita está confirmada: { $service } con { $staff } el *{ $when }*, { $price }. Su referencia es { $reference }.⟨ Le esperamos.⟩
formal-news-approved = Nuestro equipo ha aceptado su solicitud: { $service } con { $staff } el *{ $when }* ({ $reference }). Falta un detalle para confirmarla.
formal-news-declined = Lo lamentamos, nuestro equipo no puede aceptar su solicitud: { $service } con { $staff } el { $when } ({ $reference }).⟨ Si desea otra hora, indíquemelo.⟩
formal-news-cancelled = Lo lamentamos, hemos tenido que cancelar su cita: { $service } con { $staff } el { $when } ({ $reference }).⟨ Si desea otra hora, indíquemelo.⟩
formal-news-moved = Hemos cambiado su cita. Ahora es: { $service } con { $staff } el *{ $when }*, { $price }. Su referencia es { $reference }. Si no le conviene, indíquemelo.
