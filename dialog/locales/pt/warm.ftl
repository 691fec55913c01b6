# A voz próxima: de você, como quem recebe uma amiga no balcão. O que não está aqui se diz como em
# main.ftl. O nível de emojis do negócio decide quantos ficam.

warm-greet = Oi, tudo bem? 👋 Aqui é o assistente virtual de { $business }, que bom receber a sua mensagem! ⟨Posso marcar, remarcar ou cancelar um horário para você, ou tirar qualquer dúvida. ⟩O que posso fazer por você?
warm-greet-2 = Olá, que bom ver você por aqui! 😊 Sou o assistente virtual de { $business }. ⟨Vou adorar marcar, remarcar ou cancelar um horário para você, ou tirar uma dúvida. ⟩Como posso ajudar?
warm-greet-named = Oi, { $name }, que bom receber a sua mensagem! 👋 Aqui é o assistente virtual de { $business }. ⟨Posso marcar, remarcar ou cancelar um horário para você, ou tirar qualquer dúvida. ⟩O que posso fazer por você?
warm-greet-named-2 = Olá, { $name }, que bom ver você por aqui! 😊 Sou o assistente virtual de { $business }. ⟨Vou adorar marcar, remarcar ou cancelar um horário para você, ou tirar uma dúvida. ⟩Como posso ajudar?
warm-greet-own = Sou o assistente virtual de { $business }. ⟨Vou adorar marcar, remarcar ou cancelar um horário para você, ou tirar uma dúvida. ⟩Como posso ajudar? 😊
warm-welcome = Imagina, de nada! 😊
warm-welcome-2 = Foi um prazer!
warm-welcome-3 = Conte sempre com a gente! 😊
warm-goodbye = Até logo, estamos ansiosos para ver você! 👋
warm-goodbye-2 = Se cuida, até já! 😊

warm-apologise = Poxa, sinto muito mesmo pelo transtorno.
warm-reassure = Entendo perfeitamente, e não precisa se preocupar: nada é marcado nem alterado até você dizer que sim. 💛
warm-person-available = E se preferir bater um papo com alguém da equipe, é só me dizer.

warm-request-service = O que você quer fazer de bom?
warm-request-service-2 = Qual serviço você vai querer hoje?
warm-request-date = Que outro dia ficaria bom para você?
warm-request-time = Que horário ficaria bom para você?
warm-request-choice = De qual dos horários você gostou mais? É só me mandar o número! 😊
warm-request-confirmation = Então, posso marcar para você?
warm-request-appointment = De qual dos seus horários você está falando?
warm-request-new-time = Para quando você gostaria de mudar?
warm-request-name = E em nome de quem eu marco?
warm-request-change = Sem problema nenhum, nada foi marcado ainda! O que mudamos: o dia, a hora ou o profissional?
warm-request-person = Quer que eu chame alguém da equipe para você?
warm-request-more = O que posso fazer por você? 😊

warm-offer = Olha o que eu tenho para { $service }:
warm-offer-2 = Boa notícia! Para { $service } eu tenho:
warm-offer-widened = Que pena, bem nesse horário não tem vaga! Mas olha como estes estão pertinho para { $service }:
warm-offer-choose = { $count ->
    [one] Posso guardar para você?
   *[other] De qual você gostou mais?
}
warm-offer-choose-2 = { $count ->
    [one] Fica bom para você?
   *[other] Qual fica melhor para você?
}

warm-confirm = Ótimo! { $service } com { $staff }, *{ $when }*, { $price }. Posso marcar para você?
warm-confirm-2 = Boa escolha! { $service } com { $staff }, *{ $when }*, { $price }. Posso marcar para você?
warm-confirm-move = Claro! Ficaria assim: { $service } com { $staff }, *{ $when }*, { $price }. Posso remarcar para você?
warm-confirm-cancel = Que pena! Posso cancelar { $service } com { $staff }, *{ $when }* ({ $reference })?
warm-booked = Oba, está marcado! 🎉 { $service } com { $staff }, *{ $when }*, { $price }. Sua referência é { $reference }.⟨ Estamos ansiosos para ver você! 💛⟩
warm-booked-2 = Prontinho, o horário é seu! 🎉 { $service } com { $staff }, *{ $when }*, { $price }. Sua referência é { $reference }.⟨ Até lá! 😊⟩
warm-moved = Prontinho, remarcado! 👍 { $service } com { $staff }, *{ $when }*, { $price }. Sua referência é { $reference }.
warm-cancelled = Sem problema, está cancelado: { $service } com { $staff }, { $when } ({ $reference }).⟨ Quando quiser outro horário, estou por aqui! 💛⟩
warm-kept = Sem problema, deixei tudinho como estava! 😊

warm-failed-taken = Poxa, acabaram de pegar esse horário, desculpe!
warm-failed-hold-expired = Poxa, eu só podia guardar esse horário por alguns minutos e ele já foi liberado, desculpe!
warm-failed-nothing-free = Ah, desculpe, não encontrei nada livre para esse momento!
warm-failed-no-appointments = Não encontrei nenhum horário seu marcado.⟨ Vamos marcar um? É só dizer o quê e quando! 😊⟩
warm-failed-internal = Poxa, desculpe, algo deu errado do nosso lado! Nada foi alterado. Pode tentar de novo daqui a pouco?

warm-appointments-none = Você não tem nenhum horário marcado.⟨ Vamos marcar um? É só dizer o quê e quando! 😊⟩
warm-services = Olha tudo o que podemos fazer por você:
warm-address = Estamos em { $address }. 📍

warm-noted = Muito obrigado, já anotei!
warm-noted-complaint = Poxa, sinto muito mesmo por isso.
warm-noted-praise = Você alegrou o nosso dia, obrigado! 💛 Vou contar agora mesmo para a equipe.
warm-noted-running-late = Obrigado por avisar! Venha com calma, eu falo com a equipe.
warm-noted-lost-item = Poxa, que pena! Vou pedir para a equipe procurar.
warm-noted-business = Muito obrigado por escrever! A equipe vai ver a sua mensagem.
warm-noted-attendance = Perfeito, estamos ansiosos para ver você! 😊

warm-handed-over = Claro! Alguém da equipe já vai falar com você por aqui.
warm-small-talk = Por aqui tudo ótimo, obrigado por perguntar! 😊
warm-not-understood = Ai, desculpe, não entendi direito! Pode me dizer de outra forma?
warm-not-understood-2 = Desculpe, essa eu não peguei! Me conta com outras palavras?

warm-requested = Ótimo, já passei o seu pedido! { $service } com { $staff }, *{ $when }*, { $price }. O horário fica guardado e confirmamos assim que a equipe olhar. Sua referência é { $reference }.
warm-waiting = Você já está na lista de espera para { $what }!⟨ Escrevo assim que abrir uma vaga. 🤞⟩
warm-waitlist-left = Prontinho! Você não está mais na lista de espera.
warm-offer-declined = Sem problema, liberei o horário e tirei você da lista de espera.⟨ Quando quiser esperar outro, é só falar! 😊⟩
warm-freed = Que notícia boa, abriu uma vaga! 🎉 { $service } com { $staff }, *{ $when }*, { $price }. Guardo para você até { $until }. Posso marcar para você?

warm-news-confirmed = Oba, seu horário está confirmado! 🎉 { $service } com { $staff }, *{ $when }*, { $price }. Sua referência é { $reference }.⟨ Estamos ansiosos para ver você!⟩
warm-news-cancelled = Sentimos muito mesmo, tivemos que cancelar o seu horário: { $service } com { $staff }, { $when } ({ $reference }).⟨ Me diga quando fica bom e encontro outro horário para você. 💛⟩
