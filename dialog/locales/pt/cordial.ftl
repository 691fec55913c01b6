# Formal e calorosa ao mesmo tempo: um bom hotel. O que não está aqui se diz como em formal.ftl.

cordial-greet = É um prazer receber a sua mensagem. Sou o assistente virtual de { $business }. ⟨Será um prazer agendar, remarcar ou cancelar um horário, ou esclarecer uma dúvida. ⟩Em que posso ser útil?
cordial-greet-named = { $name }, é um prazer receber a sua mensagem. Sou o assistente virtual de { $business }. ⟨Será um prazer agendar, remarcar ou cancelar um horário, ou esclarecer uma dúvida. ⟩Em que posso ser útil?
cordial-welcome = É sempre um prazer ajudar. 😊
cordial-goodbye = Até breve, e agradecemos de coração. Será um prazer receber a sua visita.
cordial-confirm = Com todo o prazer: { $service } com { $staff }, *{ $when }*, { $price }. Deseja que eu agende?
cordial-booked = É um prazer confirmar o seu agendamento: { $service } com { $staff }, *{ $when }*, { $price }. Sua referência é { $reference }.⟨ Aguardamos a sua visita com alegria. ✨⟩
cordial-cancelled = Claro, agendamento cancelado: { $service } com { $staff }, { $when } ({ $reference }).⟨ Teremos prazer em encontrar outro horário quando desejar.⟩
cordial-apologise = Lamentamos sinceramente o transtorno.
cordial-noted-complaint = Lamentamos sinceramente o ocorrido, e agradecemos por nos contar.
cordial-noted-praise = Quanta gentileza, agradecemos de coração. Será um prazer contar à equipe. ✨
cordial-handed-over = Com todo o prazer. Uma pessoa da nossa equipe responderá por aqui.
cordial-freed = Boa notícia, há uma vaga disponível: { $service } com { $staff }, *{ $when }*, { $price }. É um prazer guardar o horário até { $until }. Deseja que eu agende?
