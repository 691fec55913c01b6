# Lo más llano: no se dirige a nadie ni dice nada que no haga falta. Es lo que queda cuando todo lo
# demás tiene una palabra que el negocio no quiere.

plain-greet = { $business }, asistente virtual: citas y preguntas.
plain-greet-named = { $name }: { $business }, asistente virtual. Citas y preguntas.
plain-greet-own = { $business }, asistente virtual: citas y preguntas.
plain-welcome = Con gusto.
plain-goodbye = Hasta la próxima.
plain-apologise = Mil disculpas.
plain-request-service = ¿El servicio?
plain-request-date = ¿El día?
plain-request-time = ¿La hora?
plain-request-choice = ¿El número?
plain-request-confirmation = ¿Confirmar, sí o no?
plain-request-cancel-confirmation = ¿Cancelar, sí o no?
plain-request-name = ¿El nombre?
plain-request-change = ¿Qué cambia: el día, la hora o la persona?
plain-offer = { $service }:
plain-offer-widened = { $service }, lo más cercano:
plain-offer-choose = { $count ->
    [one] ¿Sí o no?
   *[other] ¿El número?
}
plain-confirm = { $service }, { $staff }, *{ $when }*, { $price }. ¿Sí o no?
plain-confirm-cancel = Cancelar { $service }, { $staff }, *{ $when }* ({ $reference }): ¿sí o no?
plain-booked = Confirmado: { $service }, { $staff }, *{ $when }*, { $price }. { $reference }.
plain-moved = Cambiado: { $service }, { $staff }, *{ $when }*, { $price }. { $reference }.
plain-cancelled = Cancelado: { $service }, { $staff }, { $when } ({ $reference }).
plain-failed-taken = Esa hora se acaba de ocupar.
plain-failed-hold-expired = Esa hora ya ha quedado libre.
plain-failed-nothing-free = No hay nada libre para entonces.
plain-failed-internal = No ha funcionado y no se ha cambiado nada. Conviene probar más tarde.
plain-failed-offer-gone = Esa hora ya se ha ocupado. El puesto en la lista de espera se mantiene.
plain-noted = Anotado.
plain-noted-complaint = No debería haber ocurrido.
plain-noted-praise = Muchas gracias.
plain-noted-lost-item = El equipo lo buscará.
plain-handed-over = Una persona responderá por aquí.
plain-small-talk = Todo en orden.
plain-not-understood = Mejor con otras palabras.
plain-text-only = Aquí solo se puede leer texto.
plain-waitlist-left = Fuera de la lista de espera.
plain-freed = Libre ahora: { $service }, { $staff }, *{ $when }*, { $price }. Guardado hasta las { $until }. ¿Sí o no?
plain-news-declined = No se puede aceptar la solicitud: { $service }, { $staff }, { $when } ({ $reference }).
plain-news-cancelled = El negocio ha cancelado: { $service }, { $staff }, { $when } ({ $reference }).
