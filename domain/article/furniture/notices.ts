/**
 * Sentences that a publisher puts into texts for other reasons than the news: sponsors, commissions, cookies, paywalls,
 * players, corrections of the clock. By purpose and language, as sources of regular expressions for lower-case text;
 * each is the beginning of a paragraph.
 */
const anyOf = (words: readonly string[]) => `(?:${words.join("|")})`;

const SPONSOR = anyOf([
  "(?:this|today['’]s|this week['’]s) (?:episode|show|podcast|issue|post|edition|newsletter|video|series) (?:is|was|has been) (?:\\p{L}+ly )?(?:sponsored|brought to you|supported|presented|powered|made possible)(?: in part)? by",
  "(?:today['’]s |this week['’]s |our |a (?:word|message) from our |thanks to our )?sponsors?\\s*:|(?:thanks|thank you) to .{1,60} for sponsoring\\b|thank you to our sponsors?\\b",
  "(?:(?:werbung|anzeige)\\s*:\\s*)?diese (?:folge|episode|ausgabe|sendung) (?:wird|wurde|ist) .{0,30}(?:präsentiert|unterstützt|gesponsert|ermöglicht)|(?:unser |heutiger )?sponsor\\s*:",
  "cet(?:te)? (?:épisode|émission|édition|newsletter|vidéo) (?:vous )?est (?:sponsorisée?|proposée?|présentée?|offerte?|soutenue?|parrainée?) par",
  "est[ea] (?:episodio|programa|edición|boletín|podcast|vídeo|video) (?:está|es|ha sido) (?:patrocinad|presentad|ofrecid)[oa] por",
  "est[ea] (?:episódio|programa|edição|boletim|podcast|vídeo) (?:é|foi|está) (?:patrocinad|apresentad|oferecid)[oa] (?:por|pel[oa])",
  "(?:هذه الحلقة|هذه النشرة|هذا البودكاست|هذا المحتوى) برعاية",
  "(?:הפרק|הגיליון|התוכנית)(?: הזה| הזו)? (?:מוגש |מוגשת )?בחסות",
]);

/** Before the name of a company or a tool, at the most. */
export const MADE_BY = anyOf([
  "(?:powered|sponsored|presented|brought to you) by|(?:sent|published) (?:with|via)|in partnership with|(?:edited|reviewed|translated|produced|fact-checked) by|music(?: by)?\\s*:|(?:additional )?reporting by|with (?:additional )?(?:reporting|material|information) (?:from|by)|a message from|\\[sponsor(?:ed)?\\]",
  "mit (?:material|informationen) (?:von|der)|präsentiert von|gesendet mit|bereitgestellt von",
  "propulsé par|présenté par|envoyé avec",
  "con información de|patrocinado por|presentado por|con la tecnología de|desarrollado por|enviado con",
  "com informações d[aeo]|apresentado por|desenvolvido por|com tecnologia d[eo]|enviado com",
  "برعاية|بدعم من|مدعوم من",
  "בחסות|מופעל על[- ]ידי|נשלח באמצעות",
]);

const COMMISSION = anyOf([
  "(?:(?:disclosure|disclaimer|note)\\s*:\\s*)?th(?:is|e) (?:post|article|page|site|video|newsletter|story|e-?mail|content|episode|description) (?:may )?(?:contains?|includes?|uses?|has)\\b.{0,40}\\baffiliate links?",
  "(?:(?:disclosure|disclaimer|note)\\s*:\\s*)?(?:some|all|many|certain)? ?(?:of )?(?:the |our |these )?links? .{0,60}\\baffiliate|(?:may )?contains? affiliate|affiliate (?:disclosure|disclaimer|notice|links?\\s*[:.]?$)",
  "as an amazon associate,? (?:i|we|.{1,40}) earns?|(?:(?:if|when) you .{0,80} )?(?:i|we) (?:may|might|will) (?:receive|earn|get) (?:an? )?(?:small |affiliate )*commissions?\\b",
  "(?:hinweis\\s*:\\s*)?(?:dieser|der) (?:artikel|beitrag|text|newsletter) enthält .{0,30}(?:affiliate|partner|werbe)[- ]?links?|enthält (?:werbung|affiliate)|als amazon-partner verdien|(?:\\*|affiliate)[- ]?(?:affiliate-|partner)?links?\\b",
  "(?:cet article|cette page|ce billet|cette newsletter) (?:contient|comporte|peut contenir) .{0,20}liens? (?:d['’]affiliation|affiliés?|partenaires?)|en tant que partenaire (?:d['’])?amazon",
  "est[ea] (?:artículo|entrada|post|página|boletín) (?:contiene|incluye|puede contener) .{0,20}enlaces? de afiliad|(?:en calidad de|como) afiliado de amazon",
  "est[ea] (?:post|artigo|página|texto|boletim) (?:contém|pode conter|inclui) .{0,20}links? de afiliad|como (?:associado|afiliado)(?: da)? amazon",
  "(?:قد )?[يت]حتوي هذ[اه] (?:المقال|المقالة|الصفحة|المنشور|النشرة) على روابط (?:تابعة|تسويق|إحالة|أفلييت)",
  "(?:הפוסט|הכתבה|המאמר|הדף)(?: הזה| הזו)? (?:עשוי(?:ה)? להכיל|מכיל(?:ה)?|כולל(?:ת)?) קישורי (?:שותפים|שיווק)",
]);

const COOKIES = anyOf([
  "(?:this (?:web)?site|our (?:web)?site|we) uses? cookies(?:[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$|.{0,160}\\b(?:experience|consent|agree|accept|traffic|policy|preferences|necessary))|by (?:continuing|using|browsing|clicking)\\b.{0,100}\\bcookies",
  "(?:(?:diese|unsere) (?:web)?(?:seite|site)|wir) (?:verwende[nt]|nutz(?:en|t)|benutz(?:en|t)|setz(?:en|t)) cookies",
  "(?:ce site|notre site|nous)(?: web| internet)? (?:utilis\\p{L}+|emplo\\p{L}+|recour\\p{L}+) (?:des |aux )?cookies|en (?:poursuivant|continuant) (?:votre|sur|à)\\b.{0,100}\\bcookies",
  "(?:utilizamos|usamos|(?:este sitio|esta página|esta web|nuestro sitio)(?: web)? (?:utiliza|usa|emplea)) (?:las )?cookies",
  "(?:utilizamos|usamos|(?:este|nosso|o nosso) site (?:utiliza|usa)) (?:os )?cookies",
  "(?:نستخدم|يستخدم (?:هذا الموقع|موقعنا)) (?:ملفات (?:تعريف )?الارتباط|الكوكيز)",
  "(?:אנו משתמשים|אנחנו משתמשים|(?:אתר זה|האתר) (?:משתמש|עושה שימוש)) ב-?(?:עוגיות|קובצי cookie|קבצי cookie|cookies)",
]);

const PAYWALL = anyOf([
  "(?:this|the) (?:content|post|article|story|page|video|episode|edition|issue|section) is (?:only |exclusively |reserved )?(?:available )?(?:only |exclusively )?(?:for|to) (?:paid |paying |premium |registered |our )*(?:subscribers|members|supporters|patrons)\\b",
  "(?:members|subscribers)[- ]only[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$|(?:only )?for (?:paid |paying )?(?:members|subscribers)(?: only)?[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$|(?:already|not) (?:a|an) (?:paid |paying )?(?:subscriber|member)\\?|you(?:['’]ve| have) (?:reached|read|used) .{0,40}free (?:article|stor)|you(?:['’]re| are) (?:currently )?a (?:free|paid) subscriber|get full access to\\b|this is a (?:free|public) (?:preview|episode)\\b",
  "(?:(?:dieser|der|dieses) (?:artikel|inhalt|beitrag|text) ist )?(?:nur |exklusiv |ausschließlich )?für (?:unsere |plus-)?(?:abonnent|mitglieder|registrierte)\\p{L}*[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$",
  "(?:(?:cet )?article|(?:ce )?contenu|(?:cette )?page)(?: est)? (?:réservée?|accessible) (?:exclusivement |uniquement )?(?:aux|à nos) (?:abonné|membre)|il vous reste \\d.{0,40}à lire",
  "(?:(?:este )?(?:artículo|contenido)(?: es)? )(?:exclusivo|solo|sólo|reservado) (?:para|a) (?:nuestros )?(?:suscriptor|socio|miembro|abonad)",
  "(?:(?:este )?(?:artigo|conteúdo)(?: é)? )(?:exclusivo|apenas|só|reservado) (?:para|a|aos) (?:nossos )?(?:assinante|membro|subscritor)",
  "هذا (?:المحتوى|المقال)(?: متاح| حصري| مخصص)?(?: فقط)? لل(?:مشتركين|أعضاء)",
  "(?:ה?תוכן|ה?כתבה)(?: זה| זו)?(?: זמין| זמינה)? ל(?:מנויים|חברים) בלבד",
]);

const PLAYER = anyOf([
  "your browser does(?: not|n['’]t) support|javascript (?:is|must be)\\b|(?:please )?enable javascript",
  "(?:ihr|dein) browser unterstützt\\b.{0,60}nicht",
  "votre navigateur ne (?:supporte|prend)",
  "(?:tu|su) navegador no (?:soporta|admite|es compatible)",
  "(?:o )?seu navegador não (?:suporta|oferece|é compatível)",
  "متصفحك لا يدعم",
  "הדפדפן שלך (?:אינו|לא) תומך",
  "a post shared by .{1,80}\\(@|.{1,50}\\(@\\w{1,30}\\) \\p{L}+ \\d{1,2}, \\d{4}$|pic\\.twitter\\.com/\\S+[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$|\\d{1,2}:\\d{2}\\s*/\\s*\\d{1,2}:\\d{2}[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$",
]);

const NO_COMMENTS = `${anyOf([
  "no comments(?: yet)?|be the first to (?:comment|reply|share)\\b.{0,40}|comment(?:s|ing) (?:on this (?:post|story|article) )?(?:is|are) (?:now )?(?:closed|off|disabled)",
  "(?:noch )?keine kommentare|(?:schreiben sie|schreibe) den ersten kommentar|(?:sei|seien sie) (?:der|die) erste.{0,30}|(?:die )?kommentare (?:(?:zu|unter) diesem \\p{L}+ )?sind (?:geschlossen|deaktiviert)",
  "aucun commentaire(?: pour (?:le moment|l['’]instant))?|soyez le premier à (?:commenter|réagir|donner votre avis)|(?:les )?commentaires (?:de cet article )?sont (?:fermés|désactivés|clos)",
  "(?:sin|no hay|aún no hay) comentarios|s[eé] el primero en (?:comentar|opinar)|(?:los )?comentarios (?:de este \\p{L}+ )?(?:están|han sido) (?:cerrados|desactivados)",
  "(?:ainda )?(?:sem comentários|nenhum comentário)|deixe uma resposta|seja o primeiro a (?:comentar|opinar)|(?:os )?comentários (?:deste \\p{L}+ )?(?:estão|foram) (?:encerrados|fechados|desativados)",
  "لا توجد تعليقات|لا تعليقات|كن أول من يعلق|التعليقات (?:مغلقة|معطلة)",
  "אין תגובות|הוספת תגובה|היו הראשונים להגיב|היה הראשון להגיב|התגובות (?:סגורות|נעולות)",
])}[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$`;

const CHANGED = anyOf([
  "this (?:article|story|post|page|report) (?:was|has been) (?:last )?(?:updated|edited|amended|corrected|republished)(?:[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$|\\s(?:\\d|on|at|to|with|from|since|after|throughout)\\b.{0,80}$)",
  "(?:(?:posted|published|updated)(?: on)?:? )?(?:\\p{L}{2,10},? )?(?:\\p{L}{3,10}\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}|\\d{1,2}\\.? (?:de )?\\p{L}{3,10}\\.?,? (?:de )?\\d{4})[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$",
  "last (?:updated|modified|edited)\\b.{0,40}$|(?:publish(?:ed)? date|date published|(?:published|posted) on|veröffentlicht am|publié le|publicado el|publicado em|نشر في|פורסם ב-?)\\W.{0,30}\\d{4}.{0,20}$",
  "stand\\s*:.{0,30}\\d{4}.{0,15}$|(?:dieser (?:artikel|beitrag)|diese meldung) wurde (?:zuletzt )?(?:am .{0,40} )?aktualisiert[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$|zuletzt aktualisiert\\b.{0,40}$",
  "(?:cet article a été )?mis à jour le .{0,40}$",
  "(?:est[ea] (?:artículo|noticia) (?:fue|ha sido) actualizad[oa]|última actualización)\\b.{0,60}$",
  "(?:est[ea] (?:artigo|matéria|notícia) foi atualizad[oa]|última atualização)\\b.{0,60}$",
  "(?:تم تحديث هذا المقال|آخر تحديث).{0,40}$",
  "(?:הכתבה עודכנה|עודכן לאחרונה).{0,40}$",
]);

const RIGHTS = `(?:copyright (?:©|\\(c\\)|\\d{4}|by )|copyright$|(?:cc|creative commons)[ -](?:by|attribution)\\b|\\(c\\) ?\\d{4}|© ?\\d{4}|©.{1,80}[^.!?]$|${anyOf(
  [
    "all rights reserved|alle rechte vorbehalten|tous droits réservés",
    "(?:todos los )?derechos reservados|(?:todos os )?direitos reservados|(?:جميع الحقوق|حقوق النشر) محفوظة|כל הזכויות שמורות(?: ל\\S{2,20})?",
  ],
)}(?:[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$|\\s*[.©]))`;

const SERVICE = anyOf([
  "announce type:|this entry (?:was posted in|passed through)|email this ?blog ?this|this feed is for personal|this e-?mail was sent to|(?:unsubscribe|manage preferences|privacy(?: policy)?|terms)\\s*[|·•∙-]|the views expressed (?:here |in this \\p{L}+ )?(?:are|do)\\b|(?:back to (?:the )?(?:top|home ?page)|nach oben|zurück (?:zur (?:startseite|übersicht)|nach oben)|retour (?:à l['’]accueil|en haut(?: de page)?)|volver (?:arriba|al inicio|a la portada)|voltar (?:ao (?:topo|início)|para o topo)|العودة إلى (?:الأعلى|الرئيسية)|חזרה (?:למעלה|לראש הדף|לעמוד הראשי))[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$|catch all the\\b.{0,120}(?:news|updates)\\b.{0,60}$|jetzt (?:kostenlos |gratis |online )*(?:testen|lesen|bestellen|mitmachen|mitdiskutieren|mitreden)[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$|(?:diskutieren|reden|machen) sie mit[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$|alle (?:aktuellen )?(?:entwicklungen|ereignisse|nachrichten) .{0,30}(?:im|in unserem) (?:live-?blog|live-?ticker|newsblog)[\\s!-/:-@\\[-\\x60{-~¡-¿؟،‐-⁞←-⇿]*$|scroll to continue",
  "hosted (?:on|by) (?:acast|simplecast|megaphone|omny|captivate|buzzsprout|libsyn)\\b|learn more about your ad[- ]?choices\\b|privacy policy at\\b|see (?:acast|omnystudio|pcm\\.adswizz|megaphone)\\S*",
  "\\(?(?:additional )?reporting by [^.]{2,80}[;)]",
]);

export const NOTICES: readonly string[] = [
  SPONSOR,
  COMMISSION,
  COOKIES,
  PAYWALL,
  PLAYER,
  NO_COMMENTS,
  CHANGED,
  RIGHTS,
  SERVICE,
];
