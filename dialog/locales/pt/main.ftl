# Respostas em português, com você, na voz simples e amável: aqui estão todas. As chaves e os
# argumentos são os mesmos em todas as línguas. O que está entre ⟨ ⟩ é mera cortesia, e falta onde as
# respostas são curtas.

moment = { $date } às { $time }
day = { $weekday }, { $day }
names = { $first } e { $last }
someone = alguém da equipe
some-service = seu horário
service-for = { $service } para { $count ->
    [one] uma pessoa
   *[other] { $count } pessoas
}

greet = Olá! Aqui é o assistente virtual de { $business }. ⟨Posso marcar, remarcar ou cancelar um horário, ou tirar uma dúvida. ⟩Como posso ajudar?
greet-named = Olá, { $name }! Aqui é o assistente virtual de { $business }. ⟨Posso marcar, remarcar ou cancelar um horário, ou tirar uma dúvida. ⟩Como posso ajudar?
greet-own = Aqui é o assistente virtual de { $business }. ⟨Posso marcar, remarcar ou cancelar um horário, ou tirar uma dúvida. ⟩Como posso ajudar?
welcome = De nada!
goodbye = Até logo!

apologise = Sinto muito pelo transtorno.
reassure = Entendo, e não precisa se preocupar: nada é marcado nem alterado até você dizer que sim.
person-available = Se preferir falar com alguém da equipe, é só dizer.

request-service = Qual serviço você quer?
request-party-size = Para quantas pessoas?
request-date = Que outro dia fica bom para você?
request-time = Que horário fica bom para você?
request-choice = Qual dos horários fica bom para você? É só mandar o número.
request-confirmation = Então, posso confirmar o horário?
request-cancel-confirmation = Então, cancelo o horário?
request-appointment = De qual horário você está falando?
request-new-time = Para quando você prefere?
request-name = Em nome de quem eu marco?
request-change = Sem problema, nada foi marcado ainda. O que mudamos: o dia, a hora ou o profissional?
request-person = Quer que eu passe você para alguém da equipe?
request-more = Como posso ajudar?

offer = Para { $service } eu tenho:
offer-widened = Nesse horário não tem vaga. O mais próximo para { $service } é:
offer-line = { $when } com { $staff }
offer-choose = { $count ->
    [one] Posso marcar esse?
   *[other] Qual fica bom para você?
}

confirm = { $service } com { $staff }, *{ $when }*, { $price }. Posso marcar?
confirm-move = Ficaria assim: { $service } com { $staff }, *{ $when }*, { $price }. Posso remarcar?
confirm-cancel = Posso cancelar { $service } com { $staff }, *{ $when }* ({ $reference })?
booked = Marcado! { $service } com { $staff }, *{ $when }*, { $price }. Sua referência é { $reference }.⟨ Até lá!⟩
moved = Pronto, remarcado: { $service } com { $staff }, *{ $when }*, { $price }. Sua referência é { $reference }.
cancelled = Cancelado: { $service } com { $staff }, { $when } ({ $reference }).⟨ Se quiser outro horário, é só falar.⟩
kept = Tudo bem, deixei tudo como estava.

failed-taken = Desculpe, esse horário acabou de ser ocupado.
failed-closed = Nesse horário não atendemos.
failed-too-soon = Esse horário já passou ou está em cima da hora para marcar.
failed-too-far = Ainda não marcamos com tanta antecedência.
failed-impossible-date = Esse dia não existe no calendário.
failed-nonexistent-time = O relógio muda nesse dia e esse horário não existe.
failed-not-offered = Essa pessoa não faz esse serviço.
failed-hold-expired = Desculpe, eu só podia guardar esse horário por alguns minutos e ele já foi liberado.
failed-gone = Esse horário não existe mais.
failed-nothing-free = Desculpe, não encontrei nada livre para esse momento.
failed-no-appointments = Não encontrei nenhum horário seu marcado.⟨ Se quiser, marco um para você.⟩
failed-internal = Desculpe, algo deu errado do nosso lado e nada foi alterado. Tente de novo daqui a pouco.

appointments = { $count ->
    [one] Este é o seu próximo horário:
   *[other] Estes são os seus próximos horários:
}
appointments-none = Você não tem nenhum horário marcado.⟨ Quer marcar? É só dizer o quê e quando.⟩
appointment-line = { $service } com { $staff }, { $when } ({ $reference })

services = Estes são os nossos serviços:
service-line = { $service }: { $price } ({ $minutes } min)
service-one = { $service } custa { $price } e leva { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minutos
}.
hours = Nosso horário de funcionamento:
hours-day = { $first }: { $hours }
hours-days = { $first } a { $last }: { $hours }
address = Estamos em { $address }.
staff = { $count ->
    [one] Aqui trabalha { $names }.
   *[other] Aqui trabalham { $names }.
}
staff-service = { $count ->
    [one] { $service }: quem faz é { $names }.
   *[other] { $service }: quem faz são { $names }.
}
no-answer = Eu não tenho essa informação.

noted = Obrigado, já anotei.
noted-complaint = Sinto muito por isso.
noted-praise = Que bom saber, obrigado! Vou contar para a equipe.
noted-running-late = Obrigado por avisar, vou falar com a equipe.
noted-lost-item = Que pena. Vou pedir para a equipe procurar.
noted-business = Obrigado por escrever. A equipe vai ver a sua mensagem.
noted-waitlist = Anotei que você quer ser avisado se abrir uma vaga.
noted-attendance = Perfeito, esperamos você.

handed-over = Alguém da equipe vai responder você por aqui.
opted-out = Entendido, você não vai mais receber mensagens nossas. Se mudar de ideia, escreva VOLTAR.
about-me = Sou o assistente virtual de { $business }, um programa e não uma pessoa. Posso marcar, remarcar ou cancelar horários, tirar dúvidas e chamar alguém da equipe quando você quiser.
small-talk = Por aqui tudo bem, obrigado!
out-of-scope = Com isso eu não consigo ajudar. Posso marcar, remarcar ou cancelar um horário, ou responder perguntas sobre { $business }.
not-understood = Desculpe, não entendi direito. Pode dizer de outra forma?
menu = Posso ajudar com isto:
    • marcar um horário
    • remarcar ou cancelar
    • informar preços, horários e endereço
    • passar você para alguém da equipe
text-only = Desculpe, só consigo ler mensagens de texto. Pode escrever para mim?

confirm-request = { $service } com { $staff }, *{ $when }*, { $price }. A equipe confirma cada um destes horários. Posso pedir?
requested = Passei o seu pedido: { $service } com { $staff }, *{ $when }*, { $price }. O horário fica guardado e confirmamos assim que a equipe olhar. Sua referência é { $reference }.
moved-request = Pronto, seu pedido agora é: { $service } com { $staff }, *{ $when }*, { $price }. Confirmamos assim que a equipe olhar. Sua referência é { $reference }.
appointment-line-pending = { $service } com { $staff }, { $when } ({ $reference }): é um pedido, vamos confirmar

why-off-weekly = { $staff } não trabalha { $every }.
why-nobody-weekly = Não há ninguém { $every }.
why-off = { $staff } não vem: { $day }.
why-nobody = Não há ninguém: { $day }.
why-closed = Estamos fechados: { $day } ({ $holiday }).
why-break = { $staff } faz uma pausa das { $from } às { $until }: { $day }.
why-break-all = Fechamos das { $from } às { $until }: { $day }.
why-hours = { $day }: { $staff } trabalha { $hours }.
why-hours-all = { $day }: atendemos { $hours }.
why-full = { $day }: { $staff } está com a agenda cheia.
why-full-all = { $day }: estamos com a agenda cheia.
why-nothing-then = { $day }: { $staff } não tem vaga nesse horário.
why-nothing-then-all = { $day }: não temos vaga nesse horário.
why-cap = { $day }: { $staff } não aceita mais horários.

refused-person = Esta marcação eu não posso fazer.
refused-day-full = { $limit ->
    [one] Cada cliente pode ter { $limit } horário por dia, e você já tem nesse dia.
   *[other] Cada cliente pode ter { $limit } horários por dia, e você já tem nesse dia.
}
refused-week-full = { $limit ->
    [one] Cada cliente pode ter { $limit } horário por semana, e você já tem nessa semana.
   *[other] Cada cliente pode ter { $limit } horários por semana, e você já tem nessa semana.
}
refused-too-late = Eu só podia alterar até { $when }.

waiting = Você está na lista de espera para { $what }.⟨ Escrevo assim que abrir uma vaga.⟩
waiting-with = { $what } com { $staff }
waiting-on = { $what }, { $day }
waiting-between = { $what } entre { $day } e { $last }
waitlist-left = Você não está mais na lista de espera.
offer-declined = Tudo bem, liberei o horário e tirei você da lista de espera.⟨ Se quiser esperar outro, é só falar.⟩
freed = Boa notícia, abriu uma vaga: { $service } com { $staff }, *{ $when }*, { $price }. Guardo para você até { $until }. Posso marcar?
failed-offer-gone = Desculpe, eu só podia guardar esse horário por um tempo e ele já foi ocupado. Você continua na lista de espera e escrevo quando abrir outra vaga.

news-confirmed = Seu horário está confirmado: { $service } com { $staff }, *{ $when }*, { $price }. Sua referência é { $reference }.⟨ Até lá!⟩
news-approved = A equipe disse sim para { $service } com { $staff }, *{ $when }* ({ $reference }). Falta um detalhe para confirmar.
news-declined = Desculpe, a equipe não pode aceitar o seu pedido: { $service } com { $staff }, { $when } ({ $reference }).⟨ Se quiser outro horário, é só falar.⟩
news-cancelled = Desculpe, tivemos que cancelar o seu horário: { $service } com { $staff }, { $when } ({ $reference }).⟨ Se quiser outro horário, é só falar.⟩
news-moved = Mudamos o seu horário. Agora é: { $service } com { $staff }, *{ $when }*, { $price }. Sua referência é { $reference }. Se não ficar bom para você, é só falar.
