import type { Words } from "../words.ts";

export const fr: Words = {
  more: { one: "Un autre titre", other: "{n} autres titres" },
  headlines: { one: "Un titre", other: "{n} titres" },
  rest: { one: "Un titre de plus sur le web", other: "{n} titres de plus sur le web" },
  developing: "En développement",
  alsoIn: "aussi dans {names}",
  others: { one: "une autre source", other: "{n} autres sources" },
  readAt: "Lire l’article complet sur {source}",
  read: "Lire l’article complet",
  reason: "Vous recevez ce courriel parce que vous êtes abonné à {title}.",
  replies: "Répondez à ce courriel ou écrivez à {contact} : une personne vous lira.",
  browser: "Voir dans le navigateur",
  archive: "Toutes les éditions",
  unsubscribe: "Se désabonner",
};
