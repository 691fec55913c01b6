# O mais simples: não se dirige a ninguém nem diz nada que não seja preciso. É o que resta quando todo
# o resto tem uma palavra que o negócio não quer.

plain-greet = { $business }, assistente virtual: horários e perguntas.
plain-greet-named = { $name }: { $business }, assistente virtual. Horários e perguntas.
plain-greet-own = { $business }, assistente virtual: horários e perguntas.
plain-welcome = Com prazer.
plain-goodbye = Até a próxima.
plain-apologise = Mil desculpas.
plain-request-service = O serviço?
plain-request-date = O dia?
plain-request-time = A hora?
plain-request-choice = O número?
plain-request-confirmation = Confirmar, sim ou não?
plain-request-cancel-confirmation = Cancelar, sim ou não?
plain-request-name = O nome?
plain-request-change = O que muda: o dia, a hora ou o profissional?
plain-offer = { $service }:
plain-offer-widened = { $service }, o mais próximo:
plain-offer-choose = { $count ->
    [one] Sim ou não?
   *[other] O número?
}
plain-confirm = { $service }, { $staff }, *{ $when }*, { $price }. Sim ou não?
plain-confirm-cancel = Cancelar { $service }, { $staff }, *{ $when }* ({ $reference }): sim ou não?
plain-booked = Confirmado: { $service }, { $staff }, *{ $when }*, { $price }. { $reference }.
plain-moved = Remarcado: { $service }, { $staff }, *{ $when }*, { $price }. { $reference }.
plain-cancelled = Cancelado: { $service }, { $staff }, { $when } ({ $reference }).
plain-failed-taken = Essa vaga acabou de ser ocupada.
plain-failed-hold-expired = Essa vaga já foi liberada.
plain-failed-nothing-free = Não há nada livre.
plain-failed-internal = Não funcionou e nada foi alterado. Melhor tentar mais tarde.
plain-failed-offer-gone = Essa vaga já foi ocupada. O lugar na lista de espera continua.
plain-noted = Anotado.
plain-noted-complaint = Isso não deveria ter acontecido.
plain-noted-praise = Gratidão.
plain-noted-lost-item = A equipe vai procurar.
plain-handed-over = Uma pessoa responderá por aqui.
plain-small-talk = Tudo em ordem.
plain-not-understood = Melhor com outras palavras.
plain-text-only = Aqui só dá para ler texto.
plain-waitlist-left = Fora da lista de espera.
plain-freed = Livre agora: { $service }, { $staff }, *{ $when }*, { $price }. Guardado até { $until }. Sim ou não?
plain-news-declined = A solicitação não pode ser aceita: { $service }, { $staff }, { $when } ({ $reference }).
plain-news-cancelled = O negócio cancelou: { $service }, { $staff }, { $when } ({ $reference }).
