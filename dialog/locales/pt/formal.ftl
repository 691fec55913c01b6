# A voz formal: sem "você" nem exclamações, sem presumir senhor ou senhora. O que não está aqui se
# diz como em main.ftl, e um teste exige então que sirva para as duas.

formal-greet = Agradecemos a sua mensagem. Aqui é o assistente virtual de { $business }. ⟨Posso agendar, remarcar ou cancelar um horário, ou esclarecer uma dúvida. ⟩Em que posso ser útil?
formal-greet-named = Agradecemos a sua mensagem, { $name }. Aqui é o assistente virtual de { $business }. ⟨Posso agendar, remarcar ou cancelar um horário, ou esclarecer uma dúvida. ⟩Em que posso ser útil?
formal-greet-own = Aqui é o assistente virtual de { $business }. ⟨Posso agendar, remarcar ou cancelar um horário, ou esclarecer uma dúvida. ⟩Em que posso ser útil?
formal-welcome = Às ordens.
formal-welcome-2 = Disponha sempre.
formal-goodbye = Até breve. Agradecemos a preferência.
formal-goodbye-2 = Agradecemos o contato. Até breve.

formal-apologise = Pedimos desculpas pelo transtorno.
formal-reassure = Compreendo. ⟨Não há motivo para preocupação: ⟩nada é agendado nem alterado sem a sua confirmação.
formal-person-available = Se preferir falar com uma pessoa da nossa equipe, por favor me avise.

formal-request-service = Qual serviço deseja?
formal-request-date = Que outro dia seria conveniente?
formal-request-time = Que horário seria conveniente?
formal-request-choice = Qual dos horários seria conveniente? Por favor, responda com o número.
formal-request-confirmation = Posso confirmar o agendamento?
formal-request-cancel-confirmation = Posso cancelar o agendamento?
formal-request-appointment = A qual agendamento se refere?
formal-request-new-time = Para quando prefere remarcar?
formal-request-name = Em nome de quem devo agendar?
formal-request-change = Pois não, nada foi agendado ainda. O que deseja mudar: o dia, a hora ou o profissional?
formal-request-person = Deseja falar com uma pessoa da nossa equipe?
formal-request-more = Em que posso ser útil?

formal-offer = Para { $service } estão disponíveis:
formal-offer-widened = Nesse horário exato não há disponibilidade. O mais próximo para { $service } é:
formal-offer-choose = { $count ->
    [one] Deseja que eu reserve?
   *[other] Qual prefere?
}

formal-confirm = { $service } com { $staff }, *{ $when }*, { $price }. Deseja que eu agende?
formal-confirm-2 = Posso oferecer { $service } com { $staff }, *{ $when }*, { $price }. Deseja que eu agende?
formal-confirm-move = O agendamento passaria a ser: { $service } com { $staff }, *{ $when }*, { $price }. Deseja que eu remarque?
formal-confirm-cancel = Deseja que eu cancele { $service } com { $staff }, *{ $when }* ({ $reference })?
formal-booked = Agendamento confirmado: { $service } com { $staff }, *{ $when }*, { $price }. Sua referência é { $reference }.⟨ Será um prazer receber a sua visita.⟩
formal-booked-2 = Agradecemos. Agendamento confirmado: { $service } com { $staff }, *{ $when }*, { $price }. Sua referência é { $reference }.
formal-moved = Agendamento remarcado: { $service } com { $staff }, *{ $when }*, { $price }. Sua referência é { $reference }.
formal-cancelled = Agendamento cancelado: { $service } com { $staff }, { $when } ({ $reference }).⟨ Se desejar outro horário, por favor me avise.⟩
formal-kept = Pois não. Tudo permanece como estava.

formal-failed-taken = Lamento, esse horário acabou de ser ocupado.
formal-failed-too-soon = Esse horário já passou ou está próximo demais para agendar.
formal-failed-hold-expired = Lamento, o horário só podia ser guardado por alguns minutos e já foi liberado.
formal-failed-nothing-free = Lamento, não encontrei nenhum horário disponível.
formal-failed-no-appointments = Não encontrei nenhum agendamento em seu nome.⟨ Se desejar, posso agendar.⟩
formal-failed-internal = Lamento, houve uma falha do nosso lado e nada foi alterado. Por favor, tente novamente em instantes.
formal-failed-offer-gone = Lamento, o horário só podia ser guardado por um tempo e já foi ocupado. Seu lugar na lista de espera continua, e escreverei quando houver outra vaga.

formal-appointments = { $count ->
    [one] Este é o seu próximo agendamento:
   *[other] Estes são os seus próximos agendamentos:
}
formal-appointments-none = Não há nenhum agendamento em seu nome.⟨ Se desejar um, por favor diga o serviço e quando.⟩

formal-no-answer = Não disponho dessa informação.

formal-noted = Agradecemos, está anotado.
formal-noted-complaint = Lamentamos muito o ocorrido.
formal-noted-praise = Agradecemos as suas palavras. Vou transmiti-las à equipe.
formal-noted-running-late = Agradecemos o aviso. Vou informar a equipe.
formal-noted-lost-item = Lamento. Vou pedir à equipe que procure.
formal-noted-business = Agradecemos a mensagem. A equipe irá lê-la.
formal-noted-waitlist = Anotei o seu pedido de aviso quando houver uma vaga.
formal-noted-attendance = Agradecemos. Aguardamos a sua visita.

formal-handed-over = Uma pessoa da nossa equipe responderá por aqui.
formal-opted-out = Entendido, não enviaremos mais mensagens. Se mudar de ideia, escreva VOLTAR.
formal-about-me = Sou o assistente virtual de { $business }, um programa e não uma pessoa. Posso agendar, remarcar ou cancelar horários, esclarecer dúvidas e chamar uma pessoa da nossa equipe quando desejar.
formal-small-talk = Tudo bem, agradeço.
formal-out-of-scope = Com isso não posso ajudar. Posso agendar, remarcar ou cancelar um horário, ou responder a perguntas sobre { $business }.
formal-not-understood = Desculpe, não compreendi. Poderia dizer de outra forma?
formal-not-understood-2 = Peço desculpas, não compreendi a mensagem. Poderia reformular, por favor?
formal-menu = Posso ajudar com o seguinte:
    • agendar um horário
    • remarcar ou cancelar
    • informar preços, horários e endereço
    • encaminhar à nossa equipe
formal-text-only = Lamento, só consigo ler mensagens de texto. Poderia escrever, por favor?

formal-confirm-request = { $service } com { $staff }, *{ $when }*, { $price }. Nossa equipe confirma cada um destes agendamentos. Deseja que eu solicite?
formal-requested = Encaminhei a sua solicitação: { $service } com { $staff }, *{ $when }*, { $price }. O horário fica guardado e confirmaremos assim que a equipe analisar. Sua referência é { $reference }.
formal-moved-request = Sua solicitação agora é: { $service } com { $staff }, *{ $when }*, { $price }. Confirmaremos assim que a equipe analisar. Sua referência é { $reference }.
formal-appointment-line-pending = { $service } com { $staff }, { $when } ({ $reference }): solicitação a confirmar

formal-refused-person = Não me é possível fazer este agendamento.
formal-refused-day-full = { $limit ->
    [one] Cada cliente pode ter { $limit } horário por dia, e o seu desse dia já está marcado.
   *[other] Cada cliente pode ter { $limit } horários por dia, e os seus desse dia já estão marcados.
}
formal-refused-week-full = { $limit ->
    [one] Cada cliente pode ter { $limit } horário por semana, e o seu dessa semana já está marcado.
   *[other] Cada cliente pode ter { $limit } horários por semana, e os seus dessa semana já estão marcados.
}

formal-waiting = Seu nome está na lista de espera para { $what }.⟨ Escreverei assim que houver uma vaga.⟩
formal-waitlist-left = Seu nome não está mais na lista de espera.
formal-offer-declined = Pois não, liberei o horário e retirei o seu nome da lista de espera.⟨ Se desejar esperar outro, por favor me avise.⟩
formal-freed = Há uma vaga disponível: { $service } com { $staff }, *{ $when }*, { $price }. O horário fica guardado até { $until }. Deseja que eu agende?

formal-news-confirmed = Seu agendamento está confirmado: { $service } com { $staff }, *{ $when }*, { $price }. Sua referência é { $reference }.⟨ Será um prazer receber a sua visita.⟩
formal-news-approved = Nossa equipe aceitou a sua solicitação: { $service } com { $staff }, *{ $when }* ({ $reference }). Falta um detalhe para confirmar.
formal-news-declined = Lamentamos, nossa equipe não pode aceitar a sua solicitação: { $service } com { $staff }, { $when } ({ $reference }).⟨ Se desejar outro horário, por favor me avise.⟩
formal-news-cancelled = Lamentamos, foi necessário cancelar o seu agendamento: { $service } com { $staff }, { $when } ({ $reference }).⟨ Se desejar outro horário, por favor me avise.⟩
formal-news-moved = Seu agendamento foi alterado. Agora é: { $service } com { $staff }, *{ $when }*, { $price }. Sua referência é { $reference }. Se não for conveniente, por favor me avise.
