# Respuestas en español, de tú, en la voz llana y amable: aquí están todas. Las claves y los
# argumentos son los mismos en todas las lenguas. Lo que está entre ⟨ ⟩ es mera cortesía, y falta
# donde las respuestas son cortas.

moment = { $date } a las { $time }
day = { $weekday } { $day }
names = { $first } y { $last }
someone = alguien del equipo
some-service = tu cita
service-for = { $service } para { $count ->
    [one] una persona
   *[other] { $count } personas
}

greet = ¡Hola! Soy el asistente virtual de { $business }. ⟨Puedo reservar, cambiar o cancelar una cita, o resolver tus dudas. ⟩¿En qué te ayudo?
greet-named = ¡Hola, { $name }! Soy el asistente virtual de { $business }. ⟨Puedo reservar, cambiar o cancelar una cita, o resolver tus dudas. ⟩¿En qué te ayudo?
greet-own = Soy el asistente virtual de { $business }. ⟨Puedo reservar, cambiar o cancelar una cita, o resolver tus dudas. ⟩¿En qué te ayudo?
welcome = ¡De nada!
goodbye = ¡Hasta pronto!

apologise = Siento mucho las molestias.
reassure = Te entiendo, y no hay de qué preocuparse: nada se reserva ni se cambia hasta que digas que sí.
person-available = Si prefieres hablar con alguien del equipo, solo dímelo.

request-service = ¿Qué servicio quieres?
request-party-size = ¿Para cuántas personas?
request-date = ¿Qué otro día te viene bien?
request-time = ¿A qué hora te viene bien?
request-choice = ¿Cuál de los horarios te viene bien? Envíame solo el número.
request-confirmation = Entonces, ¿te confirmo la cita?
request-cancel-confirmation = Entonces, ¿cancelo la cita?
request-appointment = ¿A qué cita te refieres?
request-new-time = ¿Cuándo prefieres venir?
request-name = ¿A nombre de quién la pongo?
request-change = Sin problema, todavía no hay nada reservado. ¿Qué cambiamos: el día, la hora o la persona?
request-person = ¿Quieres que te atienda alguien del equipo?
request-more = ¿En qué te puedo ayudar?

offer = Para { $service } tengo:
offer-widened = Justo entonces no queda hueco. Lo más cercano para { $service } es:
offer-line = { $when } con { $staff }
offer-choose = { $count ->
    [one] ¿Te lo reservo?
   *[other] ¿Cuál te viene bien?
}

confirm = { $service } con { $staff } el *{ $when }*, { $price }. ¿Te lo reservo?
confirm-move = La cita quedaría así: { $service } con { $staff } el *{ $when }*, { $price }. ¿Hago el cambio?
confirm-cancel = ¿Cancelo { $service } con { $staff } el *{ $when }* ({ $reference })?
booked = ¡Reservado! { $service } con { $staff } el *{ $when }*, { $price }. Tu referencia es { $reference }.⟨ ¡Te esperamos!⟩
moved = Listo, cita cambiada: { $service } con { $staff } el *{ $when }*, { $price }. Tu referencia es { $reference }.
cancelled = Queda cancelada: { $service } con { $staff } el { $when } ({ $reference }).⟨ Si quieres otra hora, dímelo.⟩
kept = De acuerdo, lo dejo todo como estaba.

failed-taken = Lo siento, esa hora se acaba de ocupar.
failed-closed = A esa hora no atendemos.
failed-too-soon = Esa hora ya ha pasado o está demasiado cerca para reservar.
failed-too-far = Todavía no aceptamos reservas para tan adelante.
failed-impossible-date = Ese día no existe en el calendario.
failed-nonexistent-time = Ese día cambia la hora y la que me dices no existe.
failed-not-offered = Esa persona no hace este servicio.
failed-hold-expired = Lo siento, solo podía guardarte esa hora unos minutos y ya ha quedado libre.
failed-gone = Esa cita ya no existe.
failed-nothing-free = Lo siento, no encuentro nada libre para entonces.
failed-no-appointments = No encuentro ninguna cita tuya pendiente.⟨ Si quieres, te reservo una.⟩
failed-internal = Lo siento, algo ha fallado por nuestra parte y no se ha cambiado nada. Inténtalo de nuevo en un momento.

appointments = { $count ->
    [one] Esta es tu próxima cita:
   *[other] Estas son tus próximas citas:
}
appointments-none = No tienes citas pendientes.⟨ ¿Quieres reservar una? Dime qué y cuándo.⟩
appointment-line = { $service } con { $staff }, { $when } ({ $reference })

services = Esto es lo que ofrecemos:
service-line = { $service }: { $price } ({ $minutes } min)
service-one = { $service } cuesta { $price } y dura { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minutos
}.
hours = Nuestro horario:
hours-day = { $first }: { $hours }
hours-days = { $first } a { $last }: { $hours }
address = Nos encuentras en { $address }.
staff = { $count ->
    [one] Aquí trabaja { $names }.
   *[other] Aquí trabajan { $names }.
}
staff-service = { $count ->
    [one] { $service }: lo hace { $names }.
   *[other] { $service }: lo hacen { $names }.
}
no-answer = No tengo esa información.

noted = Gracias, queda anotado.
noted-complaint = Lo siento mucho.
noted-praise = ¡Qué alegría leerlo, gracias! Se lo digo al equipo.
noted-running-late = Gracias por avisar, se lo digo al equipo.
noted-lost-item = Vaya, lo siento. Le pido al equipo que lo busque.
noted-business = Gracias por escribirnos. El equipo verá tu mensaje.
noted-waitlist = Anotado: quieres que te avisemos si se libera algo.
noted-attendance = Perfecto, te esperamos.

handed-over = Alguien del equipo te responderá por aquí.
opted-out = Entendido, no recibirás más mensajes nuestros. Si cambias de idea, escribe VOLVER.
about-me = Soy el asistente virtual de { $business }, un programa y no una persona. Puedo reservar, cambiar o cancelar citas, resolver dudas y avisar a alguien del equipo cuando quieras.
small-talk = ¡Por aquí todo bien, gracias!
out-of-scope = En eso no puedo ayudarte. Puedo reservar, cambiar o cancelar una cita, o responder preguntas sobre { $business }.
not-understood = Perdona, no te he entendido bien. ¿Me lo dices de otra manera?
menu = Esto es lo que puedo hacer:
    • reservar una cita
    • cambiarla o cancelarla
    • decirte precios, horarios y dónde estamos
    • pasarte con alguien del equipo
text-only = Lo siento, solo puedo leer mensajes de texto. ¿Me lo escribes?

confirm-request = { $service } con { $staff } el *{ $when }*, { $price }. El equipo confirma cada una de estas citas. ¿La solicito?
requested = He pasado tu solicitud: { $service } con { $staff } el *{ $when }*, { $price }. Te guardamos la hora y te la confirmamos en cuanto el equipo la haya mirado. Tu referencia es { $reference }.
moved-request = Listo, tu solicitud es ahora: { $service } con { $staff } el *{ $when }*, { $price }. Te la confirmamos en cuanto el equipo la haya mirado. Tu referencia es { $reference }.
appointment-line-pending = { $service } con { $staff }, { $when } ({ $reference }): es una solicitud, te la confirmaremos

why-off-weekly = { $staff } no trabaja { $every }.
why-nobody-weekly = No hay nadie { $every }.
why-off = { $staff } no está el { $day }.
why-nobody = No hay nadie el { $day }.
why-closed = El { $day } cerramos ({ $holiday }).
why-break = { $staff } descansa de { $from } a { $until } el { $day }.
why-break-all = El { $day } cerramos de { $from } a { $until }.
why-hours = { $staff } trabaja de { $hours } el { $day }.
why-hours-all = El { $day } estamos de { $hours }.
why-full = { $staff } lo tiene todo ocupado el { $day }.
why-full-all = El { $day } lo tenemos todo ocupado.
why-nothing-then = { $staff } no tiene hueco a esa hora el { $day }.
why-nothing-then-all = No tenemos hueco a esa hora el { $day }.
why-cap = { $staff } no acepta más citas el { $day }.

refused-person = Esta reserva no la puedo hacer yo.
refused-day-full = { $limit ->
    [one] Cada cliente puede tener { $limit } cita al día, y ya la tienes ese día.
   *[other] Cada cliente puede tener { $limit } citas al día, y ya las tienes ese día.
}
refused-week-full = { $limit ->
    [one] Cada cliente puede tener { $limit } cita a la semana, y ya la tienes esa semana.
   *[other] Cada cliente puede tener { $limit } citas a la semana, y ya las tienes esa semana.
}
refused-too-late = Solo podía cambiarlo hasta el { $when }.

waiting = Estás en la lista de espera para { $what }.⟨ Te escribo en cuanto se libere algo.⟩
waiting-with = { $what } con { $staff }
waiting-on = { $what } el { $day }
waiting-between = { $what } entre el { $day } y el { $last }
waitlist-left = Ya no estás en la lista de espera.
offer-declined = De acuerdo, la dejo libre y te quito de la lista de espera.⟨ Si quieres esperar otra hora, dímelo.⟩
freed = Buenas noticias, se ha liberado una hora: { $service } con { $staff } el *{ $when }*, { $price }. Te la guardo hasta las { $until }. ¿Te la reservo?
failed-offer-gone = Lo siento, solo podía guardarte esa hora un rato y ya se ha ocupado. Sigues en la lista de espera y te escribo cuando se libere otra.

news-confirmed = Tu cita está confirmada: { $service } con { $staff } el *{ $when }*, { $price }. Tu referencia es { $reference }.⟨ ¡Te esperamos!⟩
news-approved = El equipo ha dicho que sí a { $service } con { $staff } el *{ $when }* ({ $reference }). Falta un detalle para confirmarla.
news-declined = Lo siento, el equipo no puede aceptar tu solicitud: { $service } con { $staff } el { $when } ({ $reference }).⟨ Si quieres otra hora, dímelo.⟩
news-cancelled = Lo siento, hemos tenido que cancelar tu cita: { $service } con { $staff } el { $when } ({ $reference }).⟨ Si quieres otra hora, dímelo.⟩
news-moved = Hemos cambiado tu cita. Ahora es: { $service } con { $staff } el *{ $when }*, { $price }. Tu referencia es { $reference }. Si no te viene bien, dímelo.
