import type { WordsWith } from "./catalogue.ts";

export const de: WordsWith<"one" | "other"> = {
  more: { one: "Eine weitere Schlagzeile", other: "{n} weitere Schlagzeilen" },
  headlines: { one: "Eine Schlagzeile", other: "{n} Schlagzeilen" },
  rest: { one: "Noch eine Schlagzeile im Web", other: "Noch {n} Schlagzeilen im Web" },
  developing: "Neuer Stand",
  otherNews: "Weitere Meldungen",
  alsoIn: "auch bei {names}",
  others: { one: "einer weiteren Quelle", other: "{n} weiteren Quellen" },
  readAt: "Der ganze Artikel bei {source}",
  read: "Der ganze Artikel",
  picture: "Bild: {credit}",
  reason: "Sie erhalten diese E-Mail, weil Sie {title} abonniert haben.",
  replies: "Antworten Sie auf diese E-Mail oder schreiben Sie an {contact}: Ein Mensch liest Ihre Nachricht.",
  browser: "Im Browser ansehen",
  archive: "Alle Ausgaben",
  unsubscribe: "Abbestellen",
  editions: "Ausgaben",
  previous: "Vorige Ausgabe",
  next: "Nächste Ausgabe",
  older: "Ältere Ausgaben",
  newer: "Neuere Ausgaben",
  noEditions: "Noch ist keine Ausgabe erschienen. Die erste wird hier stehen.",
  newsletters: "Newsletter",
  thisNewsletter: "diesem Newsletter",
  skip: "Zum Text",
  leaveTitle: "Newsletter abbestellen?",
  leaveAsk: "{address} erhält dann keine Ausgaben von {title} mehr.",
  leaveButton: "Abbestellen",
  leaveNot: "Wenn Sie den Newsletter behalten möchten, schließen Sie einfach diese Seite.",
  reference: "Bei Rückfragen geben Sie bitte {id} an.",
  messages: {
    left: {
      title: "Sie haben sich abgemeldet",
      text: "Sie erhalten keine Ausgaben von {title} mehr. Eine, die gerade unterwegs ist, kann noch ankommen.",
    },
    sample: {
      title: "Diese E-Mail hatte keinen Empfänger",
      text: "In der E-Mail, die Sie erhalten, ist der Abmeldelink Ihr eigener: Er öffnet eine Seite mit einem Knopf.",
    },
    badLink: {
      title: "Dieser Link funktioniert nicht",
      text: "Vielleicht wurde er unterwegs abgeschnitten. Öffnen Sie den Abmeldelink in der neuesten E-Mail noch einmal, oder antworten Sie auf diese E-Mail und bitten Sie um Abmeldung.",
    },
    notFound: {
      title: "Diese Seite gibt es nicht",
      text: "Die Adresse ist vielleicht vertippt, oder die Ausgabe ist nicht erschienen.",
    },
    tooMany: {
      title: "Zu viele Anfragen",
      text: "Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal.",
    },
    error: {
      title: "Hier ist etwas schiefgegangen",
      text: "Der Fehler liegt bei uns, geändert wurde nichts. Bitte versuchen Sie es in ein paar Minuten noch einmal.",
    },
  },
};
