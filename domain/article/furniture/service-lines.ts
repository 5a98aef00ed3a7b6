/**
 * Lines that software and services put under or around texts: blog plug-ins, syndication services, journals' citations,
 * podcast hosts, mailing services, embedded content. By purpose and language, as sources of regular expressions for
 * lower-case text; each is a whole line unless it says otherwise.
 */
const anyOf = (words: readonly string[]) => `(?:${words.join("|")})`;
const END = "[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$";

/** WordPress: accessible names of its share buttons, at their ends. */
const NEW_WINDOW = `.{0,120}\\(${anyOf([
  "opens in (?:a )?new (?:window|tab)",
  "(?:wird )?in (?:einem )?neue[mn] (?:fenster|tab)(?: geöffnet)?|öffnet in neuem (?:fenster|tab)",
  "(?:s['’])?ouvre dans (?:une nouvelle fenêtre|un nouvel onglet)",
  "se abre en una (?:ventana|pestaña) nueva|abre en una nueva (?:ventana|pestaña)",
  "abre (?:em|numa|em uma) nova (?:janela|guia|aba)",
  "(?:ي?فتح|تفتح) في نافذة جديدة",
  "נפתח בחלון חדש",
])}\\).{0,30}$`;

/** WordPress: headings and states of its "like" box, of counters and of comment forms. */
const BLOG_BOX = `${anyOf([
  "like this|be the first to like (?:this|it)|(?:post|page) views\\s*:?\\s*[\\d.,]+|spread the (?:love|word)|sharing is caring|please follow and like us|advertisements?|report this ad|(?:your e-?mail address will not be published\\W*)?required fields are marked.{0,3}|your e-?mail address will not be published|this site uses akismet to reduce spam\\b.{0,80}|save my name, e-?mail,? and website in this browser.{0,40}|(?:leave a (?:reply|comment) ?)?cancel reply|post comment|republished by .{2,40}|(?:go to|visit the) (?:the )?source|source link|story continues|read online|view online|(?:just )?start a substack",
  "gefällt mir|sei der erste, dem dies gefällt|(?:ihre|deine) e-mail-adresse wird nicht veröffentlicht\\b.{0,80}|diese website verwendet akismet.{0,120}|kommentar abschicken|wird geladen|gefällt mir wird geladen",
  "j['’]aime(?: ça)?|soyez le premier à aimer.{0,30}|(?:votre|ton) adresse e-?mail ne sera pas publiée\\b.{0,80}|ce site utilise akismet.{0,140}|j['’]aime chargement|chargement en cours",
  "me gusta(?: esto)?|sé el primero en decir que te gusta.{0,10}|(?:tu|su) dirección de correo electrónico no será publicada\\b.{0,90}|este sitio (?:usa|utiliza) akismet.{0,120}|me gusta cargando|cargando",
  "curtir(?: isso)?|gosto(?: disto)?|seja o primeiro a curtir.{0,20}|o (?:seu|teu) endereço de e-?mail não será publicado\\b.{0,90}|este site (?:utiliza|usa) o akismet.{0,120}|curtir carregando|carregando",
  "معجب بهذه|إعجاب تحميل|لن يتم نشر عنوان بريدك الإلكتروني.{0,80}|هذا الموقع يستخدم (?:خدمة )?akismet.{0,120}",
  "אהבתי(?: את זה)?|אהבתי טוען|(?:ה?אימייל|כתובת האימייל שלך) לא יוצג באתר.{0,60}|אתר זה עושה שימוש ב-?akismet.{0,120}",
])}\\s*:?${END}`;

/** WordPress: where a text is filed. */
const POSTED_IN = anyOf([
  "posted in .{2,80}[|,] ?tagged\\b.{0,120}$|filed under\\s*:?.{2,60} tagged with\\b.{0,120}$|category\\s*:.{2,80}(?:published|hits)\\s*:.{0,60}$",
  "dieser (?:beitrag|eintrag) wurde (?:unter|in|am) .{2,120}(?:abgelegt|veröffentlicht|verschlagwortet)\\b.{0,120}$|veröffentlicht (?:unter|in) .{2,60}(?:verschlagwortet|getaggt)\\b.{0,100}$",
  "(?:publié|posté|cette entrée a été publiée) dans .{2,80}(?:marqué|étiqueté|tagué|avec comme mot).{0,120}$",
  "(?:publicad[oa]|esta entrada fue publicada) en .{2,80}(?:etiquetad[oa]|guarda el enlace)\\b.{0,120}$",
  "(?:publicado|postado|esta entrada foi publicada) em .{2,80}(?:etiquetado|marcado|marcada|com a tag)\\b.{0,120}$",
  "نشرت? في .{2,60}(?:وسوم|موسوم).{0,80}$",
  "פורסם (?:בקטגוריה|ב).{2,60}(?:עם התגים|תויג).{0,80}$",
]);

/** Syndication: where a text came from and under what licence. */
const SYNDICATED = anyOf([
  "a version of this (?:article|story|column|essay) (?:appears|appeared|ran)\\b.{0,160}$|th(?:is|e) (?:article|story|post|text) (?:is|was|has been) (?:republished|reprinted|reposted|syndicated) (?:from|with|under|by|courtesy)\\b.{2,200}$",
  "\\(?(?:except for the headline, )?this (?:story|article|report) has (?:not been edited by|been published from)\\b.{2,160}$|distributed by .{2,60}(?:agency|inc|llc|ltd|syndicate|media)\\b.{0,20}$|(?:the )?(?:associated press|canadian press|press association|.{2,30} (?:staff )?writer .{2,30}) contributed to this (?:report|story|article)\\.?$|th(?:is|e) (?:report|story|article) by .{2,40} was first published\\b.{0,40}$",
  "with (?:files|additional reporting|reporting|information|a file) from [^.!?]{2,80}$|syndicated from .{2,60}$|read the original (?:article|story|post)?(?: (?:here|at|on)\\b.{0,60})?[.]?$",
  "dieser (?:artikel|beitrag|text) (?:wurde|erscheint|erschien|ist) .{0,80}(?:unter (?:einer )?(?:creative-commons|cc)|übersetzt|übernommen)\\b.{0,120}$",
  "cet article est (?:republié|repris|reproduit).{2,200}$",
  "este artículo (?:ha sido|fue|es|se) (?:republicad|reproducid|republica)\\S*.{2,200}$",
  "este artigo (?:é|foi) (?:republicad|reproduzid)\\S*.{2,200}$",
  "أعيد نشر هذا المقال.{2,160}$",
  "(?:המאמר|הכתבה) (?:פורסמה?|מתפרסמת?) (?:מחדש|ברישיון).{2,160}$",
  ".{2,80} (?:does|do) not work for, consult, own shares in\\b.{0,300}$|.{2,80} ne travaille pas, ne conseille pas, ne possède pas\\b.{0,300}$|.{2,80} no recibe (?:ningún )?salario, ni ejerce\\b.{0,300}$|.{2,80} não presta consultoria, trabalha, possui ações\\b.{0,300}$",
]);

/** Journals: an issue's name and numbers, for texts without an abstract. */
const CITATION = anyOf([
  "publication date\\s*:.{4,40}$|source\\s*:.{2,80}, volume \\d.{0,40}$|author\\(s\\)\\s*:.{2,300}$|authors?\\s*:\\s*[^.!?]{2,200}$",
  "[^.!?]{2,80}, (?:published online\\s*:.{4,60}doi\\b.{0,60}|volume \\d{1,4}, (?:issue|number|no\\.?) \\d.{0,60}|early ?view\\W*|ahead of print\\W*)$|volume \\d{1,4}, (?:issue|number) \\d.{0,60}$",
  "comments\\s*:\\s*\\d{1,3} pages\\b.{0,120}$|no abstract(?: available)?\\.?$",
]);

/** Podcasts: hosts, their privacy pages, and how to write in or to listen elsewhere. */
const PODCAST = anyOf([
  "(?:see|visit|read)? ?(?:our |the )?(?:gdpr )?(?:privacy (?:policy|& opt-out|and opt-out)|opt-out)\\b.{0,160}(?:https?://|\\w\\.\\w{2,10}/)|this podcast uses the following third-party services\\b.{0,160}$|advertising inquir(?:ies|y)\\s*:.{0,80}$|\\S+\\.(?:com|fm|net)/(?:privacy|listener)\\b.{0,60}$",
  "(?:send (?:us|me|in) (?:a |your )?(?:text|voice ?(?:message|mail)s?|feedback)|text us|leave (?:us )?a (?:voicemail|voice message))(?: message)?\\s*(?:$|[:!.]).{0,100}$|(?:please )?(?:rate|review|leave)(?:,| and)? (?:(?:review|rate|subscribe|us|a|rating|and|or|this|the|show|podcast|five|5|-?stars?)\\b,? ?){1,9}(?:on|at|in) (?:apple|spotify|itunes|google|amazon|goodreads|podchaser|your|the app store)\\b.{0,80}$",
  "(?:follow|subscribe to|listen to|find|get|stream|hear) .{1,60} (?:wherever|anywhere) you (?:get|listen to|find|download) (?:your )?podcasts.{0,20}$|listen to (?:the |an )?audio (?:version|narration)\\b.{0,80}$|(?:our )?(?:theme )?music (?:is|was) (?:composed )?by\\b.{2,80}$|transcripts? (?:are|is) available (?:at|on)\\b.{2,60}$|hosted (?:by|on) \\S+\\b.{0,200}(?:https?://|privacy|\\w\\.com\\b)",
  "(?:hébergé[es]?|alojado|hospedado|gehostet|bereitgestellt) (?:par|sur|en|por|em|von|auf|bei) \\S+\\. .{0,40}\\w\\.\\w{2,10}/",
  "(?:alle|weitere) folgen .{0,40}(?:überall, wo es podcasts gibt|wo es podcasts gibt|in der (?:app|audiothek)).{0,20}$|retrouvez (?:tous les|cet|nos) épisodes? .{2,80}$|(?:escucha|encuentra|puedes escuchar) .{0,40}(?:en|donde) (?:spotify|apple|tu plataforma)\\b.{0,60}$|(?:ouça|encontre) .{0,40}(?:no|na|em) (?:spotify|apple|sua plataforma)\\b.{0,60}$",
  // A film's or an episode's chapters.
  "\\(?\\d{1,2}:\\d{2}(?::\\d{2})?\\)?\\s*[-–—|]?\\s*[^.!?:]{2,50}$",
  "hier können sie den podcast abonnieren\\b.{0,80}$|abonnez-vous au podcast\\b.{0,80}$",
]);

/** Newsletters: what they ask readers about themselves. */
const LETTER = anyOf([
  "you(?:['’]ve)? just read (?:issue|edition)\\b.{0,160}$|(?:log ?in|sign in) or (?:subscribe|register|sign up) to (?:participate|vote|post|comment|continue)\\b.{0,60}$|what did you think of (?:today|this|the)\\b.{0,40}\\?$|no spam\\b.{0,60}$|(?:great|success|almost there|check your (?:inbox|e-?mail))[!.] (?:check|please|now|click)\\b.{0,100}$|you['’]ve successfully (?:subscribed|signed)\\b.{0,60}$|welcome back! you['’]ve .{0,60}$|(?:thank you|thanks) (?:to )?.{0,60}(?:tun(?:ing|ed) in(?:to)?|join(?:ing|ed) (?:me|us)|for (?:joining|tuning))\\b.{0,120}(?:live|video|app)\\b.{0,20}$|(?:see you|until) (?:next (?:week|time|month)|tomorrow|soon)\\b.{0,20}$|(?:(?:hi|hey|hello|dear|good morning)\\b[^.!?]{0,40}[,!.] )?welcome (?:back )?to (?:another |the \\S+ |this week['’]s |today['’]s )?(?:edition|issue|episode|instal?lment)\\b.{0,80}$|(?:note: )?this (?:post|issue|e-?mail|newsletter) (?:is|may be) too (?:long|big)\\b.{0,100}$|(?:got|have) (?:any )?(?:feedback|thoughts|comments|questions|ideas)\\b[^?]{0,40}\\? .{0,60}\\b(?:reply|e-?mail|write|comment|let (?:me|us))\\b.{0,60}$|use (?:the )?(?:promo |discount )?code \\S+ (?:for|to get|at)\\b.{0,80}$|do you have an opinion on\\b.{0,200}$|keine? (?:meldung|nachricht|folge|neuigkeit)(?:en)? (?:mehr )?verpassen.{0,60}$|hier geht(?:['’]s| es) (?:zur|zum|zu den)\\b[^.]{0,60}$",
  "thanks to (?:all )?(?:of )?(?:our|the) (?:contributors|sponsors|supporters|patrons)\\b.{0,60}$|(?:if you (?:enjoy|like|love|liked|enjoyed) .{2,60}, )(?:please )?(?:consider |feel free to )?(?:shar|subscrib|support|tell|becom|lik|forward|leav|clap|upgrad)\\S*.{0,140}$|(?:join|get more from) .{2,60}(?:subscriber chat|in the substack app)[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$|available (?:for|on|in) (?:ios|android|the (?:substack )?app)\\b.{0,60}$",
  ".{2,60} (?:ist eine|is a) (?:von (?:(?:ihren|seinen|den) )?(?:leser|hörer)\\S* (?:unterstützte|finanzierte)|listener-supported)\\b.{0,200}$|.{2,60} est une? (?:publication|média|podcast|newsletter) (?:soutenue?|financée?) par (?:ses|les)\\b.{0,200}$|.{2,60} es una? (?:publicación|medio|pódcast|podcast) (?:apoyad|financiad|sostenid)[oa] por\\b.{0,200}$|.{2,60} é uma? (?:publicação|meio|podcast) (?:apoiad|financiad|sustentad)[oa] p(?:or|el)\\S*.{0,200}$",
  "(?:diese[rs]? (?:beitrag|post|folge|text) ist|cet(?:te)? (?:article|publication|épisode) est|est[ea] (?:publicación|entrada|episodio) es|est[ea] (?:publicação|post|episódio) é) (?:öffentlich|publi(?:c|que)|públic[oa])\\P{L}.{0,100}$|(?:פוסט|פרק) זה (?:הוא )?(?:ציבורי|פתוח לכולם).{0,80}$|هذا المنشور (?:عام|متاح للجميع).{0,80}$",
  "wenn sie (?:diese|keine|den)\\b.{0,40}(?:e-?mails?|newsletter|nachrichten?)\\b.{0,40}(?:erhalten|bekommen)\\b.{0,100}$|probleme (?:bei|mit) der darstellung\\b.{0,80}$",
  "si vous ne (?:souhaitez|voulez) plus recevoir\\b.{0,120}$|(?:se désinscrire|me désabonner|désinscription) de\\b.{0,60}$|version en ligne$|vous recevez cet? (?:e-?mail|courriel|message|newsletter)\\b.{0,120}$",
  "si (?:no|ya no) (?:deseas?|quieres?) (?:seguir recibiendo|recibir)\\b.{0,120}$",
  "(?:se )?não (?:quer|deseja)(?: mais)? receber\\b.{0,120}$|(?:você )?está recebendo este e-?mail\\b.{0,120}$",
  "إذا (?:كنت )?لا ت(?:رغب|ريد) في (?:تلقي|استلام).{0,100}$",
  "להסרה מ(?:ה?רשימ|ה?דיוור|ה?תפוצה).{0,80}$|אם (?:אינך|אינכם) (?:מעוניין|מעוניינים|רוצה|רוצים) לקבל.{0,100}$",
]);

/** Content of others that waits for a reader's consent. */
const CONSENT = anyOf([
  "(?:we need your (?:consent|permission)|this content is (?:hosted|provided) by a third party|to (?:view|see) this (?:content|video),? (?:please )?(?:accept|enable|allow))\\b.{0,200}$",
  "ich bin (?:damit )?einverstanden, dass mir externe inhalte\\b.{0,240}$|wir benötigen (?:ihre|deine) (?:zustimmung|einwilligung)\\b.{0,200}$|mehr (?:dazu|informationen)(?: finden sie| dazu)? in (?:unserer|der) datenschutzerklärung[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$",
  "ce contenu (?:est|a été) bloqué (?:car|parce)\\b.{0,200}$|(?:nous avons besoin de|pour (?:voir|afficher) ce contenu)\\b.{0,120}(?:consentement|cookies|traceurs)\\b.{0,100}$",
  "(?:este contenido (?:está|ha sido) bloqueado|necesitamos tu consentimiento|para ver este contenido)\\b.{0,200}$",
  "(?:este conteúdo (?:está|foi) bloqueado|precisamos do seu consentimento|para ver este conteúdo)\\b.{0,200}$",
]);

/** "First published: 28 November 2026, 10:15", the time of a newspaper's page. */
const CLOCK = anyOf([
  "first (?:published|posted)\\s*:?.{0,40}\\d{4}.{0,30}$|(?:(?:date )?(?:first )?(?:published|posted|updated|created)|last update(?:d)?)\\s*(?:on|at)?\\s*:\\s*.{4,40}\\d.{0,20}$",
  "(?:article |contenu )?(?:mis à jour|publié) (?:à|le) \\d.{0,40}$|(?:veröffentlicht|aktualisiert|erstellt)\\s*(?:am)?\\s*:\\s*.{4,40}$|(?:publicado|actualizado|atualizado)\\s*(?:el|em)?\\s*:\\s*.{4,40}$",
]);

/** Regular expressions' sources for the beginning of a line in lower case. */
export const SERVICE_LINES: readonly string[] = [
  NEW_WINDOW,
  BLOG_BOX,
  POSTED_IN,
  SYNDICATED,
  CITATION,
  PODCAST,
  LETTER,
  CONSENT,
  CLOCK,
  // Medium, code hosts, social networks.
  "\\d{1,3} min(?:ute)?s?(?: read)?\\s*[·•|–-]\\s*.{3,40}\\d{4}$|(?:reviewed|signed-off|co-authored|tested|acked|reported)-by\\s*:.{2,80}$|(?:closes|fixes|resolves)\\s*:?\\s#\\d+[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$|(?:cc|rt|h/t)\\s*:?\\s*@\\S+[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$|last (?:reply|post|comment) (?:by|from)\\b.{0,40}$|(?:pingback|trackback)s?\\s*:.{0,160}$|(?:previous|next) (?:post|article|story|issue|episode)\\s*(?:$|[:»→].{0,160}$)|[←«\\s]*(?:older|newer) (?:posts|entries|articles)[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$|notify me of (?:follow-up|new) (?:comments|posts)\\b.{0,40}$",
  "this is a companion discussion topic for\\b.{0,300}$|@[\\w-]+ made their first contribution in\\b.{0,200}$|read the (?:full )?release notes\\b.{0,60}$",
];
