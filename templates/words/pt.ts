import type { Words } from "../words.ts";

export const pt: Words = {
  more: { one: "Mais uma manchete", other: "Mais {n} manchetes" },
  headlines: { one: "Uma manchete", other: "{n} manchetes" },
  rest: { one: "Mais uma manchete na web", other: "Mais {n} manchetes na web" },
  developing: "Em desenvolvimento",
  alsoIn: "também em {names}",
  others: { one: "outra fonte", other: "outras {n} fontes" },
  readAt: "Ler a matéria completa em {source}",
  read: "Ler a matéria completa",
  reason: "Você recebe este e-mail porque assinou {title}.",
  replies: "Responda a este e-mail ou escreva para {contact}: uma pessoa vai ler.",
  browser: "Ver no navegador",
  archive: "Todas as edições",
  unsubscribe: "Cancelar a assinatura",
};
