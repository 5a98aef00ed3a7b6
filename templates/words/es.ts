import type { WordsWith } from "./catalogue.ts";

export const es: WordsWith<"one" | "many" | "other"> = {
  more: { one: "Un titular más", many: "{n} de titulares más", other: "{n} titulares más" },
  headlines: { one: "Un titular", many: "{n} de titulares", other: "{n} titulares" },
  rest: {
    one: "Un titular más en la web",
    many: "{n} de titulares más en la web",
    other: "{n} titulares más en la web",
  },
  developing: "En desarrollo",
  otherNews: "Otras noticias",
  alsoIn: "también en {names}",
  others: { one: "otra fuente", many: "{n} de otras fuentes", other: "otras {n} fuentes" },
  readAt: "Leer el artículo completo en {source}",
  read: "Leer el artículo completo",
  picture: "Imagen: {credit}",
  reason: "Recibe este correo porque se suscribió a {title}.",
  replies: "Responda a este correo o escriba a {contact}: lo lee una persona.",
  browser: "Ver en el navegador",
  archive: "Todas las ediciones",
  unsubscribe: "Cancelar la suscripción",
  editions: "Ediciones",
  previous: "Edición anterior",
  next: "Edición siguiente",
  noEditions: "Todavía no se ha publicado ninguna edición. La primera aparecerá aquí.",
  newsletters: "Boletines",
  thisNewsletter: "este boletín",
  skip: "Ir al texto",
  leaveTitle: "¿Cancelar la suscripción?",
  leaveAsk: "{address} no recibirá más ediciones de {title}.",
  leaveButton: "Cancelar la suscripción",
  leaveNot: "Para seguir suscrito, cierre esta página.",
  reference: "Si nos escribe sobre esto, indique {id}.",
  messages: {
    left: {
      title: "Suscripción cancelada",
      text: "No recibirá más ediciones de {title}. Una que ya está en camino aún puede llegar.",
    },
    sample: {
      title: "Este correo no tenía destinatario",
      text: "En el correo que usted recibe, el enlace de cancelación es suyo: abre una página con un solo botón.",
    },
    badLink: {
      title: "Este enlace no funciona",
      text: "Puede que se haya cortado por el camino. Abra de nuevo el enlace de cancelación del último correo de {title}, o responda a ese correo y pida la baja.",
    },
    notFound: {
      title: "Esta página no existe",
      text: "Puede que la dirección esté mal escrita o que la edición no se haya publicado.",
    },
    error: {
      title: "Algo ha fallado",
      text: "El fallo es nuestro y no se ha cambiado nada. Inténtelo de nuevo dentro de unos minutos.",
    },
  },
};
