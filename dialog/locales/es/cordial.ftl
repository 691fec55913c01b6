# De usted y con calidez: un buen hotel. Lo que no está aquí se dice como en formal.ftl.

cordial-greet = Gracias por su mensaje, es un placer saludarle. Soy el asistente virtual de { $business }. ⟨Estaré encantado de concertar, cambiar o cancelar su cita, o de resolver sus dudas. ⟩¿En qué puedo ayudarle?
cordial-greet-named = Gracias por su mensaje, { $name }, es un placer saludarle. Soy el asistente virtual de { $business }. ⟨Estaré encantado de concertar, cambiar o cancelar su cita, o de resolver sus dudas. ⟩¿En qué puedo ayudarle?
cordial-welcome = Siempre es un placer atenderle. 😊
cordial-goodbye = Hasta pronto y muchas gracias. Será un placer recibirle.
cordial-confirm = Con mucho gusto: { $service } con { $staff } el *{ $when }*, { $price }. ¿Desea que se lo reserve?
cordial-booked = Es un placer confirmarle su cita: { $service } con { $staff } el *{ $when }*, { $price }. Su referencia es { $reference }.⟨ Le esperamos con mucho gusto. ✨⟩
cordial-cancelled = Por supuesto, su cita ha quedado cancelada: { $service } con { $staff } el { $when } ({ $reference }).⟨ Estaremos encantados de buscarle otra hora cuando lo desee.⟩
cordial-apologise = Lamentamos de verdad las molestias.
cordial-noted-complaint = Lamentamos de verdad lo ocurrido, y le agradecemos que nos lo diga.
cordial-noted-praise = Es usted muy amable, muchas gracias. Será un placer decírselo al equipo. ✨
cordial-handed-over = Con mucho gusto. Una persona de nuestro equipo le responderá por aquí.
cordial-freed = Buenas noticias, se ha liberado una hora: { $service } con { $staff } el *{ $when }*, { $price }. Es un placer guardársela hasta las { $until }. ¿Desea que se la reserve?
