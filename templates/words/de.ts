import type { Words } from "../words.ts";

export const de: Words = {
  more: { one: "Eine weitere Schlagzeile", other: "{n} weitere Schlagzeilen" },
  headlines: { one: "Eine Schlagzeile", other: "{n} Schlagzeilen" },
  rest: { one: "Noch eine Schlagzeile im Web", other: "Noch {n} Schlagzeilen im Web" },
  developing: "Wird fortgeschrieben",
  alsoIn: "auch bei {names}",
  others: { one: "einer weiteren Quelle", other: "{n} weiteren Quellen" },
  readAt: "Der ganze Artikel bei {source}",
  read: "Der ganze Artikel",
  reason: "Sie erhalten diese E-Mail, weil Sie {title} abonniert haben.",
  replies: "Antworten Sie auf diese E-Mail oder schreiben Sie an {contact}: Ein Mensch liest mit.",
  browser: "Im Browser ansehen",
  archive: "Alle Ausgaben",
  unsubscribe: "Abbestellen",
};
