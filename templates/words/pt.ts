import type { WordsWith } from "./catalogue.ts";

export const pt: WordsWith<"one" | "many" | "other"> = {
  more: { one: "Mais uma manchete", many: "Mais {n} de manchetes", other: "Mais {n} manchetes" },
  headlines: { one: "Uma manchete", many: "{n} de manchetes", other: "{n} manchetes" },
  rest: { one: "Mais uma manchete na web", many: "Mais {n} de manchetes na web", other: "Mais {n} manchetes na web" },
  developing: "Em atualização",
  otherNews: "Outras notícias",
  alsoIn: "também em {names}",
  others: { one: "outra fonte", many: "{n} de outras fontes", other: "outras {n} fontes" },
  readAt: "Ler a matéria completa em {source}",
  read: "Ler a matéria completa",
  picture: "Imagem: {credit}",
  reason: "Você recebe este e-mail porque assinou {title}.",
  replies: "Responda a este e-mail ou escreva para {contact}: uma pessoa vai ler.",
  browser: "Ver no navegador",
  archive: "Todas as edições",
  unsubscribe: "Cancelar a assinatura",
  editions: "Edições",
  previous: "Edição anterior",
  next: "Próxima edição",
  noEditions: "Ainda não saiu nenhuma edição. A primeira aparecerá aqui.",
  newsletters: "Newsletters",
  thisNewsletter: "esta newsletter",
  skip: "Ir para o texto",
  leaveTitle: "Cancelar a assinatura?",
  leaveAsk: "{address} não receberá mais edições de {title}.",
  leaveButton: "Cancelar a assinatura",
  leaveNot: "Para continuar assinando, basta fechar esta página.",
  reference: "Se nos escrever sobre isto, informe {id}.",
  messages: {
    left: {
      title: "Assinatura cancelada",
      text: "Você não receberá mais edições de {title}. Uma que já está a caminho ainda pode chegar.",
    },
    sample: {
      title: "Este e-mail não tinha destinatário",
      text: "No e-mail que você recebe, o link de cancelamento é só seu: ele abre uma página com um único botão.",
    },
    badLink: {
      title: "Este link não funciona",
      text: "Talvez tenha sido cortado no caminho. Abra de novo o link de cancelamento do e-mail mais recente de {title}, ou responda a esse e-mail e peça o cancelamento.",
    },
    notFound: {
      title: "Esta página não existe",
      text: "O endereço pode estar errado, ou a edição não foi publicada.",
    },
    error: {
      title: "Algo deu errado",
      text: "A falha é nossa e nada foi alterado. Tente de novo em alguns minutos.",
    },
  },
};
