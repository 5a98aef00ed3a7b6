/**
 * The words of buttons and pleas, by language. A text in nothing but these words is furniture, however it is put
 * together: "Read this article on our website", "Klicken Sie hier, um den ganzen Beitrag zu lesen". Subjects and finite
 * verbs are missing on purpose, so a sentence that tells something has a word that isn't here.
 */
export type ButtonWords = {
  /** What a reader is asked to do. */
  readonly acts: ReadonlySet<string>;
  /** The same where only buttons ask for it, so nothing has to be named: "Click here". */
  readonly sure: ReadonlySet<string>;
  /** What the button leads to. */
  readonly things: ReadonlySet<string>;
  /** What joins them. */
  readonly small: ReadonlySet<string>;
  /** Words before a name: "on The Gull". */
  readonly beforeNames: ReadonlySet<string>;
};

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Letters that are written before a word, such as articles and prepositions. */
export const PREFIXES: readonly (readonly [RegExp, RegExp])[] = [
  [/^\p{sc=Arab}/u, /^[وف]?(?:لل|[بلك]?ال|[بل])(?=\p{L}{2})|^و(?=\p{L}{3})/u],
  [/^\p{sc=Hebr}/u, /^[וש]?[הלבמכ](?=\p{L}{2})|^ו(?=\p{L}{3})/u],
];

export const NETWORK_WORDS = set(
  "facebook twitter x whatsapp telegram linkedin pinterest reddit instagram mastodon bluesky threads tumblr pocket xing flipboard messenger youtube tiktok discord slack medium substack github gitlab patreon kofi rss google apple spotify email e mail sms فيسبوك تويتر واتساب تلغرام تليجرام يوتيوب انستغرام إنستغرام פייסבוק טוויטר וואטסאפ טלגרם אינסטגרם יוטיוב",
);

export const BUTTON_WORDS: readonly ButtonWords[] = [
  {
    acts: set(
      "show read reading continue keep pass view see visit check join follow share sharing leave add write comment reply discuss respond print save bookmark listen watch play download get receive enter donate become upgrade manage unlock try forward copy buy go support preview browse edit comments opens open becoming supporting let comment email paste clap contact start invite claim give tune catch turn find translate activate",
    ),
    sure: set("click tap subscribe unsubscribe sign log login register tweet pin"),
    things: set(
      "article articles story stories post posts piece text entry essay column transcript version topic thread page site website blog feed channel app browser newsletter newsletters inbox address list mailing subscription subscriptions subscriber subscribers subscribing member members membership account patron supporter link button comments comment discussion conversation forum rest full whole complete entire original paid episode podcast video videos gallery friend friends trial preferences settings alerts notifications socials media thing continuing results show server group news window alert thoughts work podcasts pdf report book amazon trial updates update writer letter letters group groups favourites favorites archives archive chat content issue issues web",
    ),
    small: set(
      "the a an this these our my your it its to on in at for from of with by via or and if you us me please just all new as through directly already want would like liked enjoy enjoyed loved love up out off first day days week not no thanks latest weekly daily social more here now below online free today access paid month year delivered can any time know what do think consider every re ve ll author their information got have tip every morning evening month monthly year be sure breaking both other only paying was forwarded found useful helpful never miss past min mins minute minutes",
    ),
    beforeNames: set("on at to in from with of via for follow support share"),
  },
  {
    acts: set(
      "lesen lies abonniert melden teilen teile folgen folge schauen ansehen anschauen anhören hören laden herunterladen besuchen besuche kommentieren schreiben schreibe hinterlassen hinterlasse verfassen verfasse spenden unterstützen unterstütze drucken merken empfehlen weiterempfehlen weitersagen geht gehts finden finde gibt weiter werden erfahren zeigen öffnen testen bestellen anzeigen starten einladen hinzufügen vorlesen lassen aktivieren",
    ),
    sure: set(
      "klicken klicke klick abonnieren abonniere weiterlesen anmelden registrieren einloggen kommentieren kommentiere",
    ),
    things: set(
      "artikel artikels beitrag beitrags beiträge text thema meldung bericht geschichte seite webseite website homepage blog kanal app newsletter newsletters mail postfach mailadresse adresse abo abonnement abonnent abonnenten mitglied konto link button kommentar kommentare antworten diskussion forum rest ganzen ganze ganzes ganzer vollständigen vollständige vollständiger kompletten komplette original originalartikel originalbeitrag originalmeldung folge folgen podcast video videos galerie freund freunde freunden freundin gruppe favoriten arbeit spende journalismus redaktion inhalte benachrichtigungen",
    ),
    small: set(
      "der die das den dem des ein eine einen einem einer diese diesen dieser dieses diesem unser unsere unseren unserem unserer ihr ihre ihren dein deine deinen sie dich ihnen dir uns mir es zu zum zur auf bei beim im in an am von vom für mit über via um und oder bitte sich alle neue neuen einfach schon bereits gleich direkt per als wenn gefallen hat ihm noch nicht mehr hier jetzt unten online kostenlos gratis heute plus dann ihn jede woche jeden tag s morgen abend monat unabhängigen doch nichts verpassen min minuten wollen",
    ),
    beforeNames: set("auf bei im in von vom mit über via"),
  },
  {
    acts: set(
      "afficher lire lisez lis lisent continuer continuez poursuivre poursuivez voir voyez visiter visitez consulter consultez ouvrir retrouvez retrouver découvrez découvrir suivez suivre partagez partager partage laissez laisser laisse ajoutez ajouter écrire commentez commenter répondre imprimer enregistrer écoutez écouter regardez regarder télécharger téléchargez recevez recevoir soutenez soutenir devenez devenir rejoignez rejoindre réagissez réagir manquer activez votez",
    ),
    sure: set("cliquez cliquer clique abonnez abonner abonne inscrivez inscrire désabonner connectez connecter"),
    things: set(
      "article articles texte billet sujet page site blog chaîne appli application navigateur newsletter newsletters infolettre lettre courriel groupe favoris euro euros boîte adresse abonnement abonné abonnés abonnée membre membres compte lien bouton commentaire commentaires réponses discussion conversation forum suite intégralité reste complet complète entier entière original originale épisode podcast vidéo vidéos galerie ami amis actualité actualités cet média médias presse journalisme travail don contenu contenus notifications",
    ),
    small: set(
      "le la les l un une des d de du ce cette cet ces notre nos votre vos son sa ses se s vous nous moi me m je j y en à au aux a pour sur dans par avec via ou et si merci déjà tous toutes tout nouveau nouveaux qu que savoir aimé aimez ne pas sous ci plus ici maintenant dessous ligne gratuit gratuitement aujourd hui accès chaque semaine jour mois matin soir midi an indépendant indépendante mon plu rien min minutes avis",
    ),
    beforeNames: set("sur dans à de chez avec via"),
  },
  {
    acts: set(
      "mostrar leer lea lee leyendo seguir sigue siga sigan continuar continúa continúe ver vea mira mire haz haga pulse visita visite abrir accede acceda inicia únete unirse seguirnos compartir comparte comparta compártelo compartirlo deja dejar deje añadir escribir comentar comenta responder imprimir guardar escuchar escucha descargar descarga recibe reciba recibir apoya apoyar apóyanos hazte hágase consulta consulte consultar activa opina opine",
    ),
    sure: set(
      "clic pincha pinche pulsa suscríbete suscríbase suscribirse suscribirte suscribir regístrate síguenos síganos",
    ),
    things: set(
      "artículo artículos texto nota noticia noticias entrada publicación tema página sitio web blog canal app aplicación navegador newsletter boletín boletines correo bandeja dirección suscripción suscriptor suscriptores miembro socio cuenta enlace botón comentario comentarios respuestas conversación foro resto completo completa completos íntegro íntegra entero original episodio podcast vídeo vídeos video videos galería amigo amigos redes sociales grupo favoritos trabajo periodismo sesión contenido notificaciones",
    ),
    small: set(
      "el la los las lo le un una unos unas este esta esto ese esa nuestro nuestra nuestros nuestras tu su sus te nos me se en a al de del para por con vía o y si ya todos todas todo nuevo nuevos que gusta gustó ha no tus más aquí ahora abajo línea gratis hoy acceso cada semana semanas día importantes principales mejores mañana mi independiente dale gustado pierdas min minutos",
    ),
    beforeNames: set("en a de con vía desde"),
  },
  {
    acts: set(
      "mostrar ler leia lê lendo continuar continue continua ver veja vê visite visitar abrir acesse aceda acessar aceder confira junte participe siga seguir compartilhe compartilhar partilhe partilhar deixe deixar adicionar escrever comente comentar responder imprimir guardar salvar ouça ouvir assista baixe baixar descarregar receba receber apoie apoiar torne faça entre ative",
    ),
    sure: set("clique clicar assine assinar inscreva inscrever subscreva subscrever cadastre"),
    things: set(
      "artigo artigos texto matéria reportagem notícia notícias post posts publicação tópico página site blog canal app aplicativo aplicação navegador newsletter newsletters boletim email caixa endereço assinatura assinante assinantes subscrição subscritor membro conta link botão comentário comentários resposta respostas conversa fórum resto restante completo completa completos íntegra inteiro original gratuitamente episódio podcast vídeo vídeos galeria amigo amigos redes sociais grupo favoritos região trabalho jornalismo login like conteúdo notificações sininho",
    ),
    small: set(
      "o a os as um uma este esta isto isso esse essa nosso nossa nossos nossas seu sua seus suas se nos me te em no na ao à às de do da dos das para por pelo pela com via ou e já todos todas todo novo novos que gostou não pra mais aqui agora abaixo online grátis hoje acesso cada toda semana semanas dia estão alta meu meus perca nada min minutos",
    ),
    beforeNames: set("em no na de do da com via"),
  },
  {
    acts: set(
      "اقرأ اقرا إقرأ إقرا قراءة لقراءة متابعة لمتابعة تابع تابعوا أكمل استكمال زر زوروا شاهد مشاهدة للمزيد سجل انضم انضموا شارك شاركوا شاركها مشاركة أضف اترك أترك اكتب إضافة علق تعليق طباعة استمع حمل احصل ادعم مطالعة شاركه شاركوه فعل",
    ),
    sure: set("اضغط انقر اشترك اشتركوا تابعونا تابعنا"),
    things: set(
      "خبر الخبر مقال المقال مقالة المقالة موضوع الموضوع منشور نص صفحة صفحتنا موقع موقعنا مدونة قناة قناتنا تطبيق تطبيقنا متصفح نشرة نشرتنا بريد بريدية بريدك إلكتروني الكترونية رابط زرار تعليقات تعليقا نقاش منتدى كامل كاملا كاملة بقية باقي تفاصيل مزيد أصلي أصلية حلقة بودكاست فيديو صديق أصدقاء أصدقائك حساب حسابنا أخبار مجموعة مجموعتنا دخول جرس تنبيهات اشعارات محتوى",
    ),
    small: set(
      "على في من إلى عن عبر مع هذا هذه أو إن لل لك لنا جميع كل أيضا يرجى هنا الآن أدناه أسفل مجانا اليوم اخر هل اعجبك اعجبكم زر",
    ),
    beforeNames: set("على في من عبر مع"),
  },
  {
    acts: set(
      "קרא קראו קריאה קריאת המשך המשיכו להמשך לקריאה בקרו צפו צפה צפייה הצטרפו עקבו שתפו שתף שיתוף השאירו כתבו הוסיפו הוספת הגיבו הדפסה האזינו הורידו קבלו תמכו פתחו שתפי להגיב",
    ),
    sure: set("התחברו לחצו לחץ הקליקו הירשמו הרשמו הרשמה"),
    things: set(
      "כתבה ידיעה מאמר פוסט רשומה טקסט נושא דף אתר בלוג ערוץ אפליקציה דפדפן ניוזלטר ניוזלטרים מייל דואר רשימת תפוצה מנוי מנויים קישור כפתור תגובה תגובות דיון פורום מלא מלאה מלאים שאר המשך מקור מקורי פרק פודקאסט וידאו סרטון חבר חברים קבוצה קבוצת גוגל חדשות כתבות תוכן התראות",
    ),
    small: set(
      "את של על עם אל זה זו הזה הזאת שלנו שלכם שלך אותנו אותי אחרינו אחרי כל או ב ל ה לנו לכם אנא עוד כאן עכשיו למטה חינם היום אהבתם אותה אותו כדי",
    ),
    beforeNames: set("על עם של"),
  },
];
