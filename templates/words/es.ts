import type { Words } from "../words.ts";

export const es: Words = {
  more: { one: "Un titular más", other: "{n} titulares más" },
  headlines: { one: "Un titular", other: "{n} titulares" },
  rest: { one: "Un titular más en la web", other: "{n} titulares más en la web" },
  developing: "En desarrollo",
  alsoIn: "también en {names}",
  others: { one: "otra fuente", other: "otras {n} fuentes" },
  readAt: "Leer el artículo completo en {source}",
  read: "Leer el artículo completo",
  reason: "Recibe este correo porque se suscribió a {title}.",
  replies: "Responda a este correo o escriba a {contact}: lo lee una persona.",
  browser: "Ver en el navegador",
  archive: "Todas las ediciones",
  unsubscribe: "Cancelar la suscripción",
};
