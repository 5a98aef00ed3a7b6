import type { WordsWith } from "./catalogue.ts";

export const fr: WordsWith<"one" | "many" | "other"> = {
  more: { one: "Un autre titre", many: "{n} d’autres titres", other: "{n} autres titres" },
  headlines: { one: "Un titre", many: "{n} de titres", other: "{n} titres" },
  rest: {
    one: "Un titre de plus sur le web",
    many: "{n} de titres de plus sur le web",
    other: "{n} titres de plus sur le web",
  },
  developing: "Du nouveau",
  otherNews: "Autres nouvelles",
  alsoIn: "aussi dans {names}",
  others: { one: "une autre source", many: "{n} d’autres sources", other: "{n} autres sources" },
  readAt: "Lire l’article complet sur {source}",
  read: "Lire l’article complet",
  picture: "Photo\u00a0: {credit}",
  reason: "Vous recevez ce courriel parce que vous êtes abonné à {title}.",
  replies: "Répondez à ce courriel ou écrivez à {contact}\u00a0: une personne vous lira.",
  browser: "Voir dans le navigateur",
  archive: "Toutes les éditions",
  unsubscribe: "Se désabonner",
  editions: "Éditions",
  previous: "Édition précédente",
  next: "Édition suivante",
  noEditions: "Aucune édition n’est encore parue. La première se trouvera ici.",
  newsletters: "Lettres d’information",
  thisNewsletter: "cette lettre",
  skip: "Aller au texte",
  leaveTitle: "Se désabonner\u00a0?",
  leaveAsk: "{address} ne recevra plus les éditions de {title}.",
  leaveButton: "Se désabonner",
  leaveNot: "Pour rester abonné, fermez simplement cette page.",
  reference: "Si vous nous écrivez à ce sujet, indiquez {id}.",
  messages: {
    left: {
      title: "Vous êtes désabonné",
      text: "Vous ne recevrez plus d’édition de {title}. Une édition déjà en route peut encore vous parvenir.",
    },
    sample: {
      title: "Ce courriel n’avait pas de destinataire",
      text: "Dans le courriel que vous recevez, le lien de désabonnement est le vôtre\u00a0: il ouvre une page avec un seul bouton.",
    },
    badLink: {
      title: "Ce lien ne fonctionne pas",
      text: "Il a peut-être été coupé en chemin. Ouvrez de nouveau le lien de désabonnement du dernier courriel de {title}, ou répondez à ce courriel pour demander votre retrait.",
    },
    notFound: {
      title: "Cette page n’existe pas",
      text: "L’adresse est peut-être mal saisie, ou l’édition n’est pas parue.",
    },
    error: {
      title: "Une erreur s’est produite",
      text: "Elle vient de nous, et rien n’a été modifié. Réessayez dans quelques minutes.",
    },
  },
};
