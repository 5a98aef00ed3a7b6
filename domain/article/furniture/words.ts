/**
 * Furniture by purpose, in the product's seven languages (en, de, fr, es, pt, ar, he) and some related ones. Each entry
 * is the source of a regular expression for lower-case text.
 */
type Words = readonly string[];

const anyOf = (words: Words) => `(?:${words.join("|")})`;

/** Links to the rest of the text. */
export const READ_MORE = anyOf([
  "continue reading|read more|read on|keep reading|read the (?:rest|whole thing)|read (?:the )?(?:full|whole|rest of the|original) (?:story|article|post|piece|text|topic)|full story|view (?:the )?(?:original|full post)|click here to (?:read|continue)",
  "(?:artikel |beitrag )?weiterlesen|hier (?:lesen sie|liest du|geht es|geht['’]s) weiter|mehr lesen|weiter lesen|lesen sie (?:weiter|mehr)|(?:den )?ganzen (?:artikel|beitrag) lesen|zum (?:ganzen|vollständigen) (?:artikel|beitrag)|ganzes thema lesen",
  "lire la suite|lire plus|en savoir plus|lire l['’]article(?: complet| en entier)?|continuer la lecture|poursuivre la lecture|lire le sujet en entier",
  "seguir leyendo|sigue leyendo|leer más|continuar leyendo|continúa leyendo|leer (?:el |la )?(?:artículo|nota|noticia|entrada|tema) complet[oa]",
  "leia mais|ler mais|leia a íntegra|continuar lendo|continue (?:a ler|lendo)|continuar a ler|leia (?:a matéria|o artigo|o texto) complet[oa]|ler (?:o )?tópico completo",
  "اقر[أا] المزيد|إقر[أا] المزيد|متابعة القراءة|تابع القراءة|أكمل القراءة|لقراءة المزيد",
  "קרא[ו]? עוד|להמשך קריאה|לקריאת הכתבה(?: המלאה)?|לכל הכתבה|המשך קריאה|המשיכו לקרוא|לקריאה נוספת|לכתבה המלאה",
  "leggi tutto|continua a leggere|leggi (?:di più|l['’]articolo)|lees (?:verder|meer)|verder lezen|czytaj (?:więcej|dalej)|läs mer|læs mere|les mer|читать (?:далее|дальше|полностью)|devamını oku",
]);

/** Links to other texts, followed by a colon or the end. */
export const RELATED = anyOf([
  "related(?: (?:stories|articles|posts|reading))?|see also|read also|also read|more (?:on|about) th(?:is|e) (?:story|topic|subject)|more on this|read next|recommended(?: reading)?|you (?:may|might) also (?:like|enjoy)|more (?:from|by) [^.!?:]{1,40}|more on this topic|you should read|read this(?: next)?|must read|most read|recommended for you|you(?:'ll|’ll) also like|(?:popular|latest|recent) (?:posts|stories|articles)|trending now",
  "mehr (?:zum|zu diesem) thema|(?:lesen sie|lies|hören sie|sehen sie)(?: dazu| hierzu| mehr)? auch|auch interessant|mehr dazu|lesetipp|siehe auch|das könnte (?:sie|dich|ihnen|dir) auch (?:interessieren|gefallen)|zum thema|(?:ähnliche|verwandte|weitere) (?:beiträge|artikel|themen|meldungen)",
  "à lire aussi|(?:lire|lisez|voyez|regardez|écoutez) (?:aussi|également)|à voir aussi|sur le même (?:sujet|thème)|voir aussi|à lire également|articles (?:liés|similaires|connexes)|vous aimerez(?: peut-être)? aussi|à découvrir aussi",
  "(?:te |le )?recomendamos(?: leer)?|lea también|lee también|leer también|l[ea]e además|mira también|vea también|(?:también )?(?:te|le) puede(?: también)? (?:interesar|gustar)|artículos relacionados|más (?:contenidos?|noticias|artículos) (?:de|sobre|en) .{2,40}|ver también|relacionad[oa]s?|noticias relacionadas|más información",
  "mais sobre (?:o|este) (?:tema|assunto)|leia também|veja também|leia ainda|saiba mais|(?:artigos|posts|matérias|notícias|conteúdos) relacionad[oa]s|você (?:também )?(?:pode|vai)(?: também)? gostar|relacionad[oa]s?|recomendamos(?: ler)?",
  "اقر[أا] أيض[اً]+|إقر[أا] أيض[اً]+|(?:مواضيع|موضوعات|مقالات|أخبار) (?:ذات صلة|متعلقة|مشابهة)|شاهد أيض[اً]+|قد (?:يعجبك|يهمك)(?: أيض[اً]+)?",
  "קראו גם|ראו גם|עוד בנושא|(?:כתבות|פוסטים) (?:קשורות|קשורים|נוספות|נוספים)|עוד כתבות|(?:כתבות|דברים) (?:נוספות |נוספים )?ש(?:יעניינו|אולי יעניינו) אתכם|אולי יעניין (?:אותך|אתכם)(?: גם)?",
  "leggi anche|lees ook|zie ook|czytaj też|läs också",
]);

/** WordPress's line under each article of a feed, in its translations: the parts before and after the title. */
export const FIRST_ON: readonly (readonly [string, string])[] = [
  [
    "(?:the|this) (?:post|article|story)",
    "(?:(?:appeared|posted|published) first (?:on|in|at)|(?:first|originally) (?:appeared|posted|published) (?:on|in|at)|was first published (?:on|in|at))",
  ],
  [
    "(?:der|dieser) (?:beitrag|artikel)",
    "(?:erschien|ist|wurde) (?:zuerst|erstmals|als erstes) (?:erschienen |veröffentlicht )?(?:auf|bei|in)",
  ],
  [
    "(?:l['’]|cet |le )(?:article|billet|post)",
    "(?:est|a) (?:(?:apparu|paru|été publié) (?:en premier|d['’]abord)|(?:d['’]abord|initialement) (?:apparu|paru|publié)) (?:sur|dans)",
  ],
  [
    "(?:la entrada|el (?:cargo|artículo|post)|esta entrada)",
    "(?:se publicó|apareció|aparece|salió|fue publicad[oa]) (?:primero|antes|por primera vez) en",
  ],
  [
    "(?:o|este) (?:post|artigo|conteúdo|texto)",
    "(?:apareceu|aparece|saiu|foi publicado|publicado) (?:primeiro|antes|em primeiro lugar|pela primeira vez) (?:em|no|na)",
  ],
  ["(?:ظهرت? (?:المقالة|التدوينة|المقال|هذه المقالة)|المقالة|التدوينة)", "(?:ظهرت )?أول[اً]+ على"],
  ["(?:הפוסט|המאמר|הרשומה)", "(?:הופיעה?|פורסמה?) (?:לראשונה|ראשון) ב"],
  ["l['’]articolo", "(?:proviene da|sembra essere il primo su|è stato pubblicato per la prima volta su)"],
  ["het bericht", "(?:verscheen|is) (?:eerst|als eerste|voor het eerst) (?:op|verschenen op)"],
  ["inlägget", "dök först upp på"],
  ["(?:indlægget|innlegget)", "(?:blev først udgivet på|blev vist første gang den|dukket først opp på)"],
  ["(?:artykuł|wpis)", "pochodzi z serwisu"],
  ["(?:сообщение|запись)", "(?:появил[иао]сь?) сначала на"],
];

/** The same for words after the title, or after "this article". */
export const PUBLISHED_ELSEWHERE = anyOf([
  "(?:was |is |were |has been )?(?:originally|first|previously) (?:published|posted|appeared|printed)|(?:appeared|was published|was posted) (?:originally|first|previously)",
  "(?:wurde|ist|erschien) (?:ursprünglich|zuerst|erstmals)|erstveröffentlichung|zuerst (?:erschienen|veröffentlicht)",
  "(?:a été|est) (?:initialement|d['’]abord|à l['’]origine) (?:publié|paru)|(?:est paru|a été publié)(?: initialement| d['’]abord| à l['’]origine)?",
  "(?:se publicó|fue publicad[oa]|apareció|publicad[oa]) (?:originalmente|inicialmente|primero|por primera vez)",
  "(?:foi )?(?:originalmente|inicialmente|primeiro) publicad[oa]|(?:foi publicad[oa]|publicad[oa]|apareceu) (?:originalmente|inicialmente|primeiro|pela primeira vez)",
  "نُ?شر(?:ت)?(?: هذا المقال| هذه المقالة)? (?:في الأصل|أول[اً]+|لأول مرة)",
  "(?:פורסם|פורסמה|הופיע) (?:במקור|לראשונה)",
]);

export const THIS_TEXT = anyOf([
  "this(?: (?:article|post|story|piece|essay|column|interview|text|content))?|the (?:article|post|piece|essay|column|interview)|a version of this (?:article|post|story)",
  "dieser (?:artikel|beitrag|text)|diese (?:kolumne|geschichte)",
  "(?:cet article|ce texte|ce billet|cette (?:tribune|chronique))",
  "(?:(?:este|esta) )?(?:artículo|texto|nota|entrada|artigo|post|matéria|reportagem|crónica|coluna)",
  "(?:هذا المقال|هذه المقالة|هذا النص|نُشر هذا)",
  "(?:מאמר זה|המאמר|כתבה זו|הכתבה|פוסט זה|הפוסט)",
]);

/** Buttons and pleas: subscribe, share, comment, follow, pay. The pattern defines what may follow. */
export const BUTTONS = anyOf([
  "accept(?: all)?(?: cookies)?|manage cookies|(?:cookie|privacy) policy|terms of (?:service|use)|contact us|show less|rate this article|yes \\| no|was this (?:article|page) helpful\\??|issue #\\d{1,4}|in this issue|pledge your support|sign (?:up|in)|log in|register|cross-posted from .{2,40}|reply|reblog|(?:see|show|view|load) more|promoted|paid post|ad|sponsor message|preorder now|topics|trending|show notes|(?:full |episode )?transcript(?: below| here)?|follow|zum (?:artikel|beitrag|video|podcast)|timestamps|chapters|about the author|print friendly|view poll|subscribe(?: now| here| today)?|unsubscribe|follow (?:us|me)|like us|share(?: this| on| via| it)?|tweet(?: this)?|leave a (?:comment|reply)|post a comment|join (?:us|our|the (?:discussion|conversation))|download (?:our|the) app|get the app|click here|upgrade to paid|give a gift(?: subscription)?|refer a friend|donate(?: now| here)?|support (?:us|this (?:podcast|show|site|work))|buy (?:me|us) a coffee|become a (?:member|patron|supporter|subscriber)|listen (?:now|here)|watch now|learn more|advertisement|sponsored(?: content| post)?|skip (?:ad|advert(?:isement)?)|expand|copy link|print this|email this|save this|comments? (?:are )?(?:closed|off)|view (?:all )?comments|listen to th(?:is|e) (?:article|story|episode|post)|(?:read|open) (?:this )?in (?:(?:the|our) )?app|skip to (?:main )?content|flag as [a-z]+|report this (?:post|comment)|bookmark|click to (?:share|email|print|enlarge|expand|zoom|view)[^.!?]{0,60}|get \\d{1,2} ?% off(?: [a-z\\d]+){0,4}",
  "(?:jetzt |hier |kostenlos |unseren |den |zum |newsletter ){0,4}(?:abonnieren|anmelden|teilen|kommentieren|spenden)|abmelden|abbestellen|folgen sie uns|kommentar (?:hinterlassen|schreiben)|hier klicken|klicken sie hier|mehr erfahren|anzeige|werbung|gesponsert|zum original(?:artikel|beitrag|text)?|zur originalmeldung|(?:artikel|beitrag) anhören|(?:alle )?cookies akzeptieren|datenschutzerklärung|impressum|(?:artikel|beitrag) (?:ver)?senden|zum inhalt(?: springen)?|zur (?:startseite|übersicht|bildergalerie|galerie)|mehr (?:an)?zeigen|drucken|merken",
  "accepter (?:tous )?les cookies|mentions légales|politique de confidentialité|signaler une erreur|(?:voir|afficher) plus|abonnez-vous|s['’]abonner|je m['’]abonne|se désabonner|se désinscrire|inscrivez-vous|partager|partagez|suivez-nous|laisse[rz] un commentaire|commenter|cliquez ici|faire un don|publicité|sponsorisé|contenu sponsorisé|écouter (?:l['’]|cet )article|aller au contenu|imprimer",
  "aceptar (?:todas las )?cookies|aviso legal|política de privacidad|reportar un error|más noticias|(?:ver|mostrar) más|suscríbete|suscríbase|suscribirse|darse de baja|cancelar (?:la )?suscripción|compartir|comparte|síguenos|síganos|deja(?:r)? un comentario|comentar|haz clic aquí|haga clic aquí|donar|publicidad|(?:contenido )?patrocinado|escuchar (?:el |este )?artículo|(?:saltar|ir) al contenido|imprimir",
  "aceitar (?:todos os )?cookies|política de privacidade|mais notícias|(?:ver|mostrar) mais|inscreva-se|assine(?: já| agora)?|subscreva|subscrever|cancelar (?:a )?(?:inscrição|subscrição|assinatura)|compartilhar|compartilhe|partilhar|partilhe|siga-nos|deix(?:e|ar) um comentário|comentar|clique aqui|doar|publicidade|(?:conteúdo )?patrocinado|ouvir (?:o |este )?artigo|(?:pular|saltar|ir) para o conteúdo|imprimir",
  "سياسة الخصوصية|شروط الاستخدام|قبول ملفات تعريف الارتباط|المزيد من الأخبار|عرض المزيد|سجل الآن|اشترك(?: الآن| معنا)?|إلغاء الاشتراك|شارك(?: على| هذا)?|مشاركة|تابعنا|اترك تعليق[اً]*|أضف تعليق[اً]*|انقر هنا|اضغط هنا|تبرع|إعلان|محتوى (?:برعاية|مدفوع|ممول)|استمع إلى المقال|طباعة",
  "מדיניות (?:ה)?פרטיות|תנאי (?:ה)?שימוש|עוד חדשות|לכל הכתבות|הצג עוד|הירשמו|להרשמה|הרשמה|הסרה|שתפו|שיתוף|עקבו אחרינו|השאירו תגובה|הוסיפו תגובה|לחצו כאן|לתרומה|פרסומת|תוכן ממומן|האזינו לכתבה|הדפסה",
  "iscriviti|condividi|lascia un commento|clicca qui|pubblicità|abonneer(?: je)?|delen|advertentie|reklama|annons",
]);

/** Buttons to share, with the word before the networks that follow. */
export const SHARE_ON = anyOf([
  "share(?: this)?(?: (?:on|via|with|to))?",
  "(?:jetzt |artikel |beitrag )?teilen(?: (?:mit|auf|über|via|bei))?",
  "partage[rz](?: (?:sur|avec|via|cet article))?",
  "compart(?:e|ir|ilo)(?: (?:en|con|por|esto))?",
  "(?:compartilh|partilh)(?:e|ar)(?: (?:em|no|na|com|via|isto|isso))?",
  "شارك(?: (?:على|مع|عبر|هذا))?",
  "שת(?:ף|פו|פי)(?: (?:ב|עם|את)(?: זה)?)?",
  "condividi(?: (?:su|con))?|delen (?:via|op)|dela (?:på|med)|udostępnij",
]);

/** Networks and ways to pass a text on, as rows of buttons name them. */
export const NETWORKS = anyOf([
  "facebook|twitter|x|x \\(twitter\\)|whatsapp|telegram|linkedin|pinterest|reddit|instagram|mastodon|bluesky|threads|tumblr|pocket|xing|flipboard|messenger|youtube|tiktok|e-?mail|print|copy link|sms|viber|line",
]);

const GOOGLE_NEWS = "google (?:news|nachrichten|actualités|noticias|notícias|discover)";

/** "Follow The Gull on Bluesky", with the network. */
export const FOLLOW_ON = anyOf([
  `(?:follow|find|like) .{1,60} on (?:${NETWORKS}|${GOOGLE_NEWS})`,
  "(?:follow|find) .{1,60} on social media|folg(?:en sie|t|e) .{1,60} in den sozialen (?:medien|netzwerken)",
  "(?:suivez|retrouvez).{1,60} sur les réseaux sociaux|(?:sigue|síguenos|síganos)(?: .{1,60})? en (?:nuestras )?redes(?: sociales)?|(?:siga|acompanhe)(?:-nos)?(?: .{1,60})? nas (?:nossas )?redes sociais",
  `folg(?:en sie|t|e) .{1,60} (?:auf|bei) (?:${NETWORKS}|${GOOGLE_NEWS})`,
  `(?:suivez|retrouvez).{1,60} sur (?:${NETWORKS}|${GOOGLE_NEWS})`,
  `(?:sigue|siga|síguenos|síganos)(?: .{1,80})? en (?:${NETWORKS}|${GOOGLE_NEWS})`,
  `(?:siga|acompanhe|curta)(?:-nos)?(?: .{1,60})? (?:no|na|em) (?:${NETWORKS}|${GOOGLE_NEWS})`,
  "تابع(?:ونا|نا|وا)?(?: .{1,60})? على (?:فيسبوك|تويتر|إكس|تلغرام|واتساب|يوتيوب|إنستغرام|أخبار جوجل)",
  "עקבו אחרי(?:נו)?(?: .{1,60})? ב(?:פייסבוק|טוויטר|טלגרם|אינסטגרם|יוטיוב|גוגל)",
]);

/** Calls to write, before an email address. */
export const CONTACT = anyOf([
  "(?:you can )?(?:contact|reach|e-?mail|write to|send)",
  "(?:kontakt|schreiben sie|schreibt|mailen sie|fragen|lob|kritik)",
  "(?:contactez|écrivez|joindre)",
  "(?:contact[ae]|escrib[ae]|escríbenos|envía)",
  "(?:contato|contate|entre em contato|escreva|envie)",
  "(?:تواصل|راسل|للتواصل)",
  "(?:פנו|כתבו|לפניות)",
]);

/** What platforms count, each word once, or a line of many counts would have more than one reading. */
const COUNTED_WORDS = [
  "point points comment comments view views like likes share shares read reads vote votes upvote upvotes clap claps reply replies post posts participant participants reaction reactions retweet retweets boost boosts favorite favorites favourite favourites rating ratings star stars follower followers min_read mins_read minute_read minutes_read score response responses heart hearts restack restacks repost reposts bookmark bookmarks download downloads listen listens play plays watcher watchers fork forks karma kudos answer answers people_reacted people_like_this people_like_that",
  "punkt punkte kommentar kommentare aufruf aufrufe beitrag beiträge teilnehmer antwort antworten min_lesezeit min._lesezeit minuten_lesezeit",
  "commentaire commentaires vue vues message messages participant participants participante participantes participant(e) participant(e)s réponse réponses j'aime j’aime min_de_lecture minute_de_lecture minutes_de_lecture",
  "punto puntos comentario comentarios vista vistas visita visitas publicación publicaciones participante participantes respuesta respuestas me_gusta min_de_lectura minutos_de_lectura",
  "ponto pontos comentário comentários visualização visualizações postagem postagens publicação publicações resposta respostas curtida curtidas gosto gostos min_de_leitura minutos_de_leitura",
  "تعليق تعليقات منشور منشورات مشاهدة مشاهدات إعجاب إعجابات نقاط مشاركة مشاركات مشاركين دقائق_قراءة",
  "תגובות תגובה פוסטים פוסט צפיות נקודות לייקים משתתפים דקות_קריאה",
];
export const COUNTED = `${anyOf(
  [...new Set(COUNTED_WORDS.flatMap((words) => words.split(" ")))].map((word) =>
    word.replaceAll("_", " ").replace(/[.()]/g, "\\$&"),
  ),
)}(?!\\p{L})`;

/** Header and footer of a mailing that is also a feed's item. */
export const MAILING = anyOf([
  "is this (?:e-?mail|newsletter|message) not displaying|was this (?:(?:e-?mail|newsletter|message) )?forwarded|did (?:someone|a friend) forward|view (?:this )?(?:e-?mail|newsletter|message|it)? ?(?:in|on) (?:your|the|a) (?:web ?)?browser|view in browser|having trouble (?:viewing|reading)|forward (?:this )?(?:e-?mail )?to a friend|(?:you can )?(?:update|manage) your (?:e-?mail )?preferences|why (?:did|am) i (?:get|getting) this|you(?:'re| are|’re| have)? (?:are )?receiv(?:ing|ed) this (?:e-?mail|newsletter|message)|our mailing address is|add us to your address book|want to change how you receive|unsubscribe from this list|(?:if you )?no longer (?:want|wish) to receive",
  "(?:diese |newsletter |e-?mail )?(?:e-?mail |newsletter )?(?:im browser (?:anzeigen|ansehen|öffnen|lesen))|sie erhalten diese (?:e-?mail|nachricht)|vom newsletter abmelden|wurde (?:ihnen|dir) (?:dies\\p{L}+|der) (?:newsletter|e-?mail|mail) weitergeleitet|online ansehen",
  "(?:voir|afficher|lire|consulter|ouvrir) (?:cet |ce |l['’])?(?:e-?mail|courriel|message|newsletter)? ?(?:dans|sur) (?:votre|le|un) navigateur|vous recevez cet? (?:e-?mail|courriel|message)|mettre à jour vos préférences|(?:on vous a|vous a-t-on) transféré",
  "ver (?:este |el )?(?:correo|e-?mail|mensaje|boletín)? ?(?:electrónico )?en (?:su|tu|el) navegador|recibes? este (?:correo|e-?mail|mensaje)|actualizar (?:tus|sus) preferencias|¿?te han reenviado",
  "ver (?:este |o )?(?:e-?mail|mensagem|boletim)? ?no (?:seu )?navegador|(?:você )?(?:está recebendo|recebeu|recebe) este e-?mail|atualizar (?:suas |as suas )?preferências|recebeu est[ea] (?:e-?mail|newsletter) de (?:um amigo|alguém)",
  "عرض (?:هذا )?(?:البريد|الرسالة)?.{0,20}في المتصفح|تتلقى هذه الرسالة",
  "(?:הצג|צפו|לצפייה|צפייה).{0,20}בדפדפן|קיבלת(?:ם)? (?:את )?ה?(?:מייל|הודעה|ניוזלטר) [הז]",
]);

/** Words before a picture's credit. */
export const CREDIT = anyOf([
  "(?:the )?(?:featured|cover|header|lead|main) (?:image|photo|picture)|photograph|(?:file )?photos?(?: credit)?|images?(?: credit)?|picture|credit|caption|illustration",
  "fotos?|(?:symbol|archiv)?(?:bild|foto)|quelle|bildquelle|bildnachweis",
  "crédits?(?: photos?)?|légende",
  "(?:imagen|foto)(?: de archivo| referencial)?|fotografía|imagem|créditos?",
  "تصوير|الصورة|صورة",
  "צילום|קרדיט(?: (?:תמונה|צילום))?|תמונה",
]);

/** Labels before the name of a source. */
export const SOURCE = anyOf([
  "(?:original )?source|via|author|reporter",
  "quelle|autor(?:in)?|text",
  "source originale|auteure?|texte",
  "fuente|texto",
  "fonte",
  "المصدر|مصدر",
  "מקור",
]);

/** Labels before a text's tags. */
export const FILED_UNDER = anyOf([
  "filed (?:under|in)|posted in|labels?|tags?|tagged(?: with)?|categor(?:y|ies)|topics?|keywords?",
  "schlagw(?:ort|örter|orte)|kategorien?|themen(?: (?:des artikels|dieses beitrags))?|stichw(?:ort|örter|orte)",
  "étiquettes?|mots[- ]clés|catégories?|classé (?:dans|sous)",
  "etiquetas?|categorías?|archivado en|palabras clave",
  "marcadores|categorias?|palavras[- ]chave|arquivado em",
  "الوسوم|التصنيفات?|الأقسام|(?:ال)?كلمات (?:ال)?(?:مفتاحية|دلالية|دليلية|دلالية)",
  "תגיות|קטגורי(?:ה|ות)|נושאים|מילות (?:ה)?מפתח",
]);

/** Labels before a number of minutes. */
export const READING_TIME = anyOf([
  "(?:estimated )?reading time|time to read",
  "(?:geschätzte )?(?:lesezeit|lesedauer)",
  "(?:temps de |durée de )?lecture",
  "(?:tiempo (?:estimado )?de )?lectura(?: de)?",
  "tempo (?:estimado )?de leitura",
  "(?:مدة|وقت|زمن) القراءة",
  "זמן קריאה",
]);

/** Labels of advertisements within a text. */
export const AROUND_ADVERT = anyOf([
  "(?:advertisement|ad)\\W{1,5}(?:story|article|content) continues below|(?:story|article|content) continues (?:below|after)(?: (?:this |the )?ad(?:vertisement)?)?",
  "nach der anzeige weiterlesen|weiter(?:lesen)? nach der (?:anzeige|werbung)|(?:artikel|text) (?:läuft|geht) nach der (?:anzeige|werbung) weiter",
  "la suite (?:après|apres) (?:la|cette) publicité|(?:l['’]article|la lecture) continue après (?:la|cette) publicité",
  "(?:sigue|continúa)(?: leyendo)? (?:después|tras) de? ?(?:la|esta) publicidad",
  "continua (?:após|depois d)a? ?(?:a )?publicidade",
  "يتبع بعد الإعلان",
  "ההמשך אחרי הפרסומת|הכתבה ממשיכה אחרי הפרסומת",
]);

/** A newspaper's warning that a text is old. */
export const OLD_TEXT = anyOf([
  "this (?:article|story|post) is (?:more than|over) (?:an?|one|two|three|\\d+) (?:years?|months?) old",
  "dieser (?:artikel|beitrag|text) ist (?:älter als|mehr als|über) (?:ein|zwei|drei|\\d+) (?:jahre?|monate?)(?: alt)?",
  "cet article (?:a plus de|date de plus de) (?:un|deux|trois|\\d+) (?:ans?|mois)",
  "este (?:artículo|texto) tiene más de (?:un|dos|tres|\\d+) (?:años?|mes(?:es)?)",
  "este artigo tem mais de (?:um|dois|três|\\d+) (?:anos?|m[eê]s(?:es)?)",
]);
