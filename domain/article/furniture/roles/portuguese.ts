import type { RoleWords } from "./role.ts";

export const PORTUGUESE: RoleWords = {
  asks: "assine assinar inscreva inscrever subscreva subscrever clique clicar cadastre registe registre compartilh* partilhe partilhar encaminhe baixe baixar descarregue instale siga seguir doe doar curta comente salve guarde imprima ative ativar apoie avalie recomende junte repasse inscreve-te subscreve",
  mayAsk:
    "ler leia lê lendo lido continue continuar ver veja assista assistir ouça ouvir descubra visite abra entre acesse aceda consulte confira deixe deixar escreva envie mande conte diga dizer fale avise passe faça ajude ajudar contribua colabore convide pague aproveite receba receber escolha mude altere gerencie adicione aceite aceitar permita opine acha participe debata vote experimente compre comprar peça fique perca perder termine venha aperte saia quer quiser prefere gosta gostou tem pode sabe conhece encontre acompanhe torne torna mostrar esconder pergunte responda baixe obrigado obrigada precisa precisamos leem leiam comentando existiria criar enviar seja pedir pede sai vivemos",
  channel:
    "newsletter newsletters boletim boletins e-mail e-mails email mail correio app aplicativo aplicação notificação notificações alerta alertas canal canais whatsapp telegram facebook instagram tiktok youtube twitter mastodon bluesky threads linkedin reddit discord spotify feed rss redes sociais sininho tuíte tuítes mensagem mensagens",
  device:
    "link links botão conta site navegador celular telemóvel telefone endereço lista configurações perfil store play google apple android ios carta caixa",
  piece:
    "artigo artigos texto textos nota notas notícia notícias matéria matérias reportagem reportagens história post posts entrevista episódio episódios podcast podcasts vídeo vídeos conteúdo conteúdos edição número página coluna crônica crónica áudio série resto restante completo completa inteiro inteira íntegra descrição versão programa resumo tema tuíte mapa tabela análise trecho entrevistas",
  house:
    "redação redacção equipe equipa revista jornal mídia meio blog site portal editora jornalismo jornalistas arquivo independente* estúdio diário seção secção",
  readers:
    "comentário comentários resposta respostas conversa debate fórum leitor leitores leitora leitoras assinante assinantes apoiador* sócio sócios membro membros ouvintes amigo amigos amiga opinião opiniões pergunta perguntas pontos votos visualizações participantes comunidade estrelas reações curtidas adiante palavra",
  money:
    "grátis gratuito gratuita teste mês assinatura assinaturas plano oferta doação doações contribuição código desconto preço preços euro euros reais r café comissão parte fidelidade pago premium presente anual mensal custa ganhar exclusivo exclusiva percentagem porcentagem vendas venda produtos cota financiamento apoio dólares ganhamos ganha",
  rules:
    "direitos reservados reprodução reproduzido reproduzida republicado permissão autorização consentimento licença copyright privacidade cookies cookie termos condições política erro erros gralha gralhas correção correções retificação ética proibida proibido escrito afiliado afiliados marcados asterisco copiar cópia permitido",
  cookies: "cookies cookie rastreadores consentimento javascript",
  maker:
    "foto fotos fotografia* crédito créditos imagem imagens ilustração* infográfico cortesia divulgação reprodução repórter correspondente jornalista autor autora redator redatora colunista produção montagem música tradução edição texto textos colaboração lusa afp reuters getty agência arquivo enviado especial roteiro mixagem cobre escreve dirige assina enviada escrito redigido desenho desenhos",
  origin:
    "publicado publicada originalmente apareceu saiu primeiro antes anterior versão inicialmente reproduzido original vez",
  more: "mais também além relacionad* recomendad* populares lidas lidos vistas vistos últimas últimos recente* destaques perca saber saiba outros outras próximo anterior tendências contexto tema similares entenda arquivo",
  machine:
    "ia inteligência artificial gerada gerado gerados automátic* automaticamente máquina sintética voz resumo áudio ouvir robô pontos elaborado ouça",
  state:
    "indisponível encerrado encerrados fechado fechados desativad* bloquead* carregando carregar removido vazio expirado moderado aceitam há",
  ad: "publicidade anúncio anúncios patrocinad* patrocinador patrocinadores propaganda promovido promoção publieditorial parceiro parceiros segue continua",
  length: "min minuto minutos leitura tempo palavras cerca duração",
  us: "nós nos nosso nossa nossos nossas conosco estamos somos",
  you: "você vocês te ti teu tua seu sua seus suas",
  this: "este esta estes estas isto esse essa aqui abaixo acima deste desta",
  not: "não sem nada nunca nenhum nenhuma nem",
  time: "dia dias semana semanas mês manhã manhãs tarde noite hoje agora logo breve já segunda terça terças quarta quinta sexta sábado domingo cada hora horas diário semanal atualizado toda todas janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro vem segunda-feira terça-feira quarta-feira quinta-feira sexta-feira",
  be: "é são está estão há",
  was: "foi foram era eram havia tinha",
  tells:
    "ele ela eles elas lhe lhes disse diz afirmou teve fez pôde queria veio tomou viu vivia vive morreu nasceu polícia tribunal ministro homem mulher homens porque enquanto durante onde quando segundo então teria quem",
  small:
    "o a os as um uma uns umas e ou mas à ao aos às de do da dos das em no na nos nas por pelo pela pelos pelas para pra com via entre se é são está ser que o-que como tudo todos olá oi muito bem pequeno pequena novo nova novos direto diretamente melhor só apenas assim isso mesmo outro outra quem disponível disponíveis desde dois duas três quatro cinco seis sete oito nove dez onze doze cem mil pessoa pessoas deve devem podem pode juntos útil interessante especial extra adicional feito feitas vir vai ir coisa coisas longo curto cedo tarde seguro menos vários próprio alta após depois continua algo errado certo próxima próximo quinta-feira chega me meu minha até sempre",
};
