/**
 * Headings of boxes and names of buttons, each a line of its own: "Most popular", "Image caption, the harbour at dawn".
 * By purpose and language, as sources of regular expressions for lower-case text.
 */
const anyOf = (words: readonly string[]) => `(?:${words.join("|")})`;

/** A whole line. */
const LINES = anyOf([
  "most (?:popular|viewed|shared|commented|watched|recent)|editor['’]?s['’]? (?:picks?|choice)|top (?:stories|news|headlines)|(?:other|latest|more) (?:news|stories|headlines)|up next|don['’]t miss(?: this| out)?|in case you missed it|(?:related|suggested|popular|more) (?:topics?|tags|links|videos|coverage|content)|related internet links|external links|further reading|around the web|from our partners|you might have missed",
  "new contributors|(?:assets|files|attachments) ?\\(?\\d{0,3}\\)?|release notes|dependabot will resolve any conflicts\\b.{0,100}|toggle caption|(?:hide|show) captions?|enlarge (?:this )?image|view (?:gallery|slideshow|image|comments)|(?:slideshow|gallery) ?\\(? ?\\d{1,3} (?:images|photos|pictures) ?\\)?|no posts|ready for more\\?|start writing|leave a tip|report (?:an )?(?:error|typo|ad)|give feedback|send feedback|feedback|suggest a correction|discussion about this (?:post|video|podcast|episode)|substack is the home for great culture|visit the source for more information|read the comments|explore more on these topics|member[- ]only (?:story|post|content)|table of contents|on this page",
  "meistgelesen|meist(?:gelesene|kommentierte|geklickte)(?: artikel| beiträge)?|(?:mehr |weitere |aktuelle )?(?:top-?news|topthemen|themen|nachrichten|schlagzeilen|meldungen)|empfehlungen(?: der redaktion)?|unsere empfehlungen|feedback(?: an die redaktion| geben)?|fehler (?:melden|gefunden\\?)|lesen sie jetzt|lies jetzt|alle artikel (?:dieser ausgabe|anzeigen|lesen)|(?:empfohlener )?(?:redaktioneller |externer )+inhalt|inhaltsverzeichnis|auf dieser seite|bild(?:er)? vergrößern|als nächstes|das wichtigste (?:zum thema|des tages).{0,20}newsletter|externe links|weiterführende links",
  "recommandé(?:e?s)?(?: pour vous)?|les plus (?:lus|consultés|partagés|populaires|commentés)|le plus lu|(?:dans|de) la même rubrique|à la une|(?:le )?choix de la rédaction|à ne pas manquer|contenus? (?:sponsorisés?|partenaires?)|signaler (?:un contenu|une erreur|un abus)(?: inapproprié)?|à suivre|liens externes|agrandir l['’]image|sommaire|réservée? aux abonnés|plus d['’](?:infos|actualités)|autres (?:articles|actualités)",
  "recomendad[oa]s?(?: para (?:ti|usted))?|l[oa]s? más (?:leíd|vist|compartid|comentad|popular)\\p{L}*|lo último|no te (?:lo )?pierdas|(?:selección|elección) del editor|destacad[oa]s|enlaces externos|otras noticias|noticias destacadas|informar (?:de )?un error|ampliar imagen|a continuación|temas relacionados|últimas noticias",
  "recomendad[oa]s?(?: para você)?|(?:as )?mais (?:lidas|vistas|populares|comentadas|acessadas|lidos|vistos)|(?:escolha|seleção) do editor|não perca|destaques|links externos|outras notícias|últimas notícias|notícias em destaque|(?:reportar|comunicar) (?:um )?erro|ampliar imagem|a seguir|temas relacionados|tópicos relacionados",
  "الأكثر (?:قراءة|مشاهدة|تداولا|شعبية)|اخترنا لك|لا تفوت|أهم الأخبار|آخر الأخبار|أخبار أخرى|روابط خارجية|مواضيع مختارة|التالي",
  "ה?נקראות ביותר|ה?נצפות ביותר|ה?פופולריות ביותר|בחירת העורך|אל תפספסו|חדשות נוספות|כתבות מומלצות|צילום מסך|לכל העדכונים|כותרות|קישורים חיצוניים|דווחו על טעות",
]);

/** The beginning of a line about a picture or a film. */
const MEDIA = anyOf([
  "(?:image|media|figure|video|photo) (?:source|caption|copyright),|figure caption, warning",
  "(?:this|the) (?:video|content|audio|media|player) (?:can ?not|can['’]t|is not able to|is unable to) be (?:played|displayed|loaded|shown)",
  "an dieser stelle (?:finden sie|befindet sich|steht|ist) .{0,20}extern|dieses video kann nicht abgespielt",
  "cette vidéo ne peut pas être lue|ce contenu ne peut pas être affiché",
  "(?:este vídeo|este video|este contenido) no (?:se puede|puede)(?: ser)? (?:reproduc|mostra)",
  "este (?:vídeo|conteúdo) não pode ser (?:reproduzido|exibido)",
  "(?:تعذر|لا يمكن) تشغيل (?:هذا )?الفيديو",
  "לא ניתן להציג את הסרטון",
]);

/** The beginning of a line about how the text came about, or goes on. */
const STATE = anyOf([
  "this is a (?:developing|breaking)(?: news)?(?: story)?\\b\\W{1,3}(?:please )?(?:check|it |more|this|will|updates?)|this is a (?:developing|breaking)(?: news)? story(?:[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$| (?:and|that|which) will)|more (?:details )?(?:to follow|soon)[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$|(?:this|the) (?:story|article|page) (?:will|is being) (?:be )?updated\\b.{0,60}$",
  "dies(?:e meldung|er beitrag|er artikel) (?:wurde|wird) (?:am .{4,30} (?:im|auf|in|bei) .{3,60} gesendet|(?:laufend|fortlaufend|ständig) aktualisiert)|(?:mehr|weitere informationen) in kürze[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$",
  "(?:plus d['’]informations|plus de détails) (?:à venir|dans quelques|à suivre)|article en cours (?:de mise à jour|d['’]actualisation)",
  "(?:noticia|información) en desarrollo|(?:habrá )?(?:más información|ampliación) en breve",
  "(?:notícia|reportagem|matéria) em (?:atualização|andamento)|mais informações em (?:breve|instantes)",
  "(?:التفاصيل|يتبع|المزيد) (?:بعد قليل|لاحق[اً]+)",
  "(?:הכתבה מתעדכנת|פרטים נוספים בהמשך)",
  "our standards\\s*:|the .{2,40} is not responsible for the content of external|.{2,60} is (?:a )?reader-supported\\b|.{2,60} is free today\\. but if you enjoyed|(?:get|receive|have) .{2,80} (?:in|to|into) your (?:inbox|mailbox)[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$|like this:\\s*like loading",
]);

/** A question to readers and what they should do then. */
const WRITE_TO_US = anyOf([
  "(?:do you have|have you got|have|got) (?:a|any|an) (?:news |confidential |interesting )*(?:story|stories|tips?|questions?|comments?|corrections?|feedback|idea|photo|information)\\b[^?.!]{0,80}\\? ?(?:please )?(?:e-?mail|contact|get in touch|let us|send|call|text|write|message|tell|reach|submit|share|whatsapp|dm|you can)",
  "(?:haben sie|hast du|habt ihr) (?:einen? )?(?:hinweise?|tipps?|fragen?|anregungen|kritik|fehler)\\b[^?]{0,80}\\? ?(?:schreib|melde|kontaktier|dann|mail|sende|schick)",
  "(?:vous avez|avez-vous) (?:une |un |des )(?:informations?|questions?|témoignages?|histoires?|remarques?)\\b[^?]{0,80}\\? ?(?:contactez|écrivez|envoyez|faites)",
  "¿(?:tienes|tiene) (?:una |un |alguna? )?(?:historias?|preguntas?|noticias?|denuncias?|sugerencias?|información)\\b[^?]{0,80}\\? ?(?:escríbenos|escríbanos|contacta|envía|manda|cuénta)",
  "(?:você )?tem (?:uma |um |alguma? )?(?:históri|pergunt|notíci|sugest|dúvid|denúnci)\\p{L}*\\b[^?]{0,80}\\? ?(?:escreva|envie|entre em contato|mande|fale|conte)",
  "(?:هل )?لديك (?:خبر|قصة|سؤال|معلومات)[^؟?]{0,80}[؟?] ?(?:راسل|تواصل|اكتب|أرسل)",
  "(?:(?:have you )?(?:spotted|found|noticed|see) (?:a|an|any) (?:typo|error|mistake)s?|fehler (?:gefunden|entdeckt)|(?:vous avez (?:repéré|trouvé|vu) )?une (?:erreur|coquille|faute)|¿?(?:has (?:visto|encontrado)|encontraste|encontró) (?:un|algún) error|(?:você )?encontrou (?:um|algum) erro|هل وجدت خط[أا]|(?:מצאתם|נתקלתם ב)\\s?טעות)[^?؟]{0,60}[?؟].{0,80}$",
  "יש (?:לך|לכם) (?:סיפור|שאלה|מידע|טיפ)[^?]{0,80}\\? ?(?:כתבו|שלחו|פנו|צרו)",
]);

/** Regular expressions' sources for whole lines in lower case. */
export const LABELS: readonly string[] = [
  `[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*${LINES}[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$`,
  MEDIA,
  STATE,
  `[^\\p{L}\\p{N}¿]*${WRITE_TO_US}`,
];

/**
 * A label before the headline of something else, as written: "WATCH: Eels return". A sentence after "Watch:" has no
 * capital letter or a full stop.
 */
export const OTHER_HEADLINE: readonly RegExp[] = [
  // bounded: a paragraph of at most 600 characters
  /^[^\p{L}\p{N}]*(?:WATCH|LISTEN|READ|SEE|LOOK|RELATED|MORE|PHOTOS?|PICTURES|VIDEOS?|GALLERY|PODCAST|QUIZ|POLL|SEHEN|LESEN|HÖREN|FOTOS?|IMÁGENES|IMAGENS|VÍDEOS?|VIDÉOS?|VEA|LEA|MIRA|LEIA|VEJA|ASSISTA|LIRE|VOIR|ÉCOUTER|EN IMAGES|À LIRE)(?: (?:MORE|NOW|ALSO|HERE|LIVE|NEXT|BELOW|AUCH|AUSSI|TAMBIÉN|TAMBÉM|AINDA|MAIS|MÁS)){0,2}\s*[:|►▶–—]\s*\S.{2,159}$/u,
  /^[^\p{L}\p{N}]*(?:Watch|Listen|Read|See|Look|Video|Podcast|Gallery|In pictures|Sehen Sie|Hören Sie|Im Video|Video|Écoutez|Regardez|En vidéo|En images|Vea|Lea|Mira|En vídeo|Leia|Veja|Assista|Ouça|Em vídeo)(?: (?:more|now|also|here|live|next|below|the video|auch|jetzt|aussi|también|também|ainda|mais|más)){0,2}\s?[:|►▶]\s*["“‘'«]?\p{Lu}[^\n]{2,150}[^.\s]$/u,
  /^[^\p{L}\p{N}]*(?:شاهد|شاهدوا|استمع|فيديو|بالفيديو|بالصور|צפו|האזינו|וידאו|בתמונות)(?: (?:أيضا|أيضًا|الآن|גם|עכשיו))?\s?[:|]\s*\S[^\n]{2,150}[^.\s]$/u,
];
