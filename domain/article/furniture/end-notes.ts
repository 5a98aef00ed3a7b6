import { isPlea } from "./pleas.ts";
import { isFurnitureByRoles } from "./roles/rules.ts";

/**
 * Notes at the end of a text: who wrote it, where it appeared first, where all of it is, and who may read it. Elsewhere
 * in a text, the same sentences may be part of it. By purpose and language, for lower-case text.
 */
const anyOf = (words: readonly string[]) => `(?:${words.join("|")})`;
/** Longest note in characters: what is said of an author. */
const LONGEST = 300;
// bounded: LONGEST, 300 characters
const pattern = (source: string, flags = "u") => new RegExp(source, flags);

const WRITER = anyOf([
  "(?:[\\p{L}-]+ ){0,3}(?:reporter|editor|writer|correspondent|columnist|journalist|critic|contributor|producer|photographer|novelist|blogger)",
  "(?:[\\p{L}-]+ ){0,2}\\p{L}*(?:redakteur|korrespondent|autor|reporter|journalist|kolumnist|volontär|fotograf)(?:in)?",
  "(?:journaliste|rédact(?:eur|rice)|correspondant|chroniqueu(?:r|se)|reporter|aut(?:eur|rice|eure)|photographe)",
  "(?:periodista|redactora?|corresponsal|columnista|reporter[oa]|editora?|autora?)",
  "(?:jornalista|redatora?|correspondente|colunista|repórter|editora?|autora?)",
]);
const NAME = "\\p{Lu}[\\p{L}\\p{M}.'’-]*(?: (?:de |da |von |van |al-)?\\p{Lu}[\\p{L}\\p{M}.'’-]*){1,3}";

/** As written, because names begin with a capital letter. */
const ABOUT_AUTHORS: readonly RegExp[] = [
  pattern(
    `^${NAME}(?:,? (?:\\p{L}+ ){0,3})? (?:is|was|ist|war|est|es|é) (?:an? |the |our |eine? |unsere? |un(?:e|a)? |notre |nuestr[oa] |noss[oa] |uma? |la |el |o )?${WRITER}(?![\\p{L}\\p{M}])(?!.*(?:who|whose|der|die|qui|que|was|wurde|fut|está|fue|foi) )`,
  ),
  pattern(
    `^(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or|[Ww]ritten by|[Rr]eported by) ${NAME}\\s*[,|–—·-]\\s*(?:[\\p{L}’'-]+ ){0,4}${WRITER}(?![\\p{L}\\p{M}]).{0,60}$`,
  ),
  pattern(
    `^(?:(?:[Ww]ritten|[Ee]dited|[Pp]roduced|[Rr]eported|[Nn]arrated|[Tt]ranslated|[Ff]act[- ]checked|[Pp]hotographed|[Ii]llustrated|[Ww]ords|[Tt]ext|[Pp]ictures|[Pp]hoto(?:graph)?s|[Dd]esign|[Gg]raphics) by ${NAME}(?:,[^.;]{0,80})?[.;,]?\\s*){1,5}(?:[Hh](?:er|is)\\s.{3,80})?$`,
  ),
  pattern(`^${NAME} (?:covers|edits|reports on|writes about) .{3,120} (?:for|at|of) (?:the )?\\p{Lu}.{1,60}$`),
  pattern(
    `^${NAME} (?:writes (?:about|on|for)|blogs (?:about|at)|schreibt (?:über|für|seit|hier)|écrit (?:sur|pour|depuis)|escribe (?:sobre|para|en)|escreve (?:sobre|para|em)) [^.]{3,120}\\.?$`,
  ),
  pattern(
    `^(?:[Pp]hotography|[Ff]act[- ][Cc]hecking|(?:[Cc]opy[- ]?)?[Ee]diting|[Ii]llustrations?|[Gg]raphics|[Dd]esign|[Tt]ranslation|[Pp]roduction|[Ss]ound|[Mm]usic|[Rr]esearch|[Ll]ayout|[Cc]amera|[Ss]ponsored|[Pp]resented|Redaktion|Übersetzung|Lektorat|Traduction|Rédaction|Traducción|Edición|Tradução|Edição)(?: by| von| par| por|\\s?:) ${NAME}$`,
  ),
  // "Discuss on Lobsters"
  pattern(
    "^(?:Discuss|Comment|Reply|View|Watch|Listen|Continue|Diskutieren|Discuter|Comentar|Debatir|Discutir)(?: (?:this|it))? (?:on|at|in|auf|bei|sur|en|em|no) \\p{Lu}[\\p{L}\\p{N}.]*(?: \\p{Lu}[\\p{L}\\p{N}.]*)?$",
  ),
];
/** A picture "by" a first name "from" an agency. */
const BY_AND_FROM =
  /^(?:photo|image|picture|illustration|graphic|artwork|header)s?\s?(?:by|from|:)\s.{2,40}\s(?:from|on|via|for|\/)\s.{2,40}$/u;

/** Words before the one who wrote it. */
const ABOUT = anyOf([
  "about (?:the|our) (?:author|writer|reporter|editor|photographer|contributor)s?",
  "(?:über|zu) (?:den|die|unsere?n?|der|zur) (?:autor|verfasser|fotograf|reporter)\\p{L}*|(?:zur person|zum autor|zur autorin)",
  "à propos (?:de l['’]aut\\p{L}+|des auteurs|de la rédact\\p{L}+)",
  "(?:sobre|acerca de|acerca del) (?:el |la |o |a |os |los )?autor\\p{L}*",
  "(?:عن|حول) (?:الكاتب|المؤلف|الصحفي)ة?",
  "(?:על|אודות) (?:הכותב|המחבר|הכתב)ת?",
]);

const TEXT = anyOf([
  "(?:th(?:is|e)|an?|our) (?:\\p{L}+ ){0,2}(?:article|story|piece|essay|post|text|column|interview|version|form|extract|excerpt|report|list|translation)(?: of (?:this|the|it)(?: \\p{L}+)?)?|(?:article|story|piece|essay|report|text)",
  "(?:dieser|der|den|dies|ein)(?: \\p{L}+)? (?:text|beitrag|artikel|bericht|auszug)|(?:diese|die|eine)(?: \\p{L}+)? (?:geschichte|reportage|fassung|recherche)",
  "(?:(?:cet?|cette|le|la|l['’]|un|une) ?)?(?:article|texte|billet|papier|tribune|enquête|reportage|entretien)",
  "(?:(?:este|esta|el|la|un|una) )?(?:texto|artículo|reportaje|nota|entrevista|crónica|reseña)",
  "(?:(?:este|esta|o|a|um|uma) )?(?:texto|artigo|reportagem|matéria|entrevista|crônica|crónica)",
]);
const APPEARED = anyOf([
  `(?:${TEXT} )?(?:(?:was|has been|were|is) )?(?:originally|first|previously|initially|earlier|also) (?:published|posted|printed|ran|run|carried|aired|broadcast|appeared|featured)(?: here)? (?:in|on|by|at|for)(?: the \\p{L}+ (?:issue|edition) of)?`,
  `${TEXT} (?:(?:was|has been|were|is) )?(?:published|posted|printed|ran|carried|aired|broadcast|appeared|featured) (?:(?:originally|first|previously|initially|earlier|also) )?(?:in|on|by|at|for)(?: the \\p{L}+ (?:issue|edition) of)?`,
  `(?:${TEXT} )?(?:lief|erschien|stand|wurde|ist) (?:zuerst|ursprünglich|erstmals|bereits|vorab|auch) (?:in|im|bei|auf|am)(?: der| dem)?`,
  `(?:${TEXT} )?(?:(?:a été|est) )?(?:initialement|d['’]abord|précédemment|auparavant) (?:diffusée?|parue?|publiée?|sortie?|imprimée?) (?:dans|sur|chez|par|en)`,
  `(?:${TEXT} )?(?:fue |ha sido )?(?:aparecid|publicad|emitid|difundid)[oa] (?:antes|primero|originalmente|inicialmente|previamente) (?:en|por)`,
  `(?:${TEXT} )?(?:foi )?(?:veiculad|publicad|divulgad|exibid)[oa] (?:antes|primeiro|originalmente|inicialmente|anteriormente) (?:em|no|na|pel[oa])`,
]);
/** Only before a name, an address or a forum. */
const APPEARED_IN = pattern(`^${APPEARED}\\s+(?=\\S)`);

const NOTES: readonly RegExp[] = [
  pattern(`^${ABOUT}\\s*[:|–—-]`),
  pattern(
    `^(?:${TEXT} (?:is |was |has been )?)?(?:cross-?published|cross-?posted|(?:re)?published|reprinted|reproduced|republished|used|syndicated) (?:here )?(?:with|by) (?:the |kind )*permission\\b`,
  ),
  pattern(
    "^(?:nachdruck|wiedergabe|abdruck)? ?mit (?:freundlicher |der )?genehmigung\\b|^(?:article |texte )?(?:reproduit|republié|repris)e?s? (?:avec|par) .{0,25}(?:autorisation|permission)|^(?:texto )?(?:reproducid|republicad)[oa] con .{0,20}permiso|^(?:texto )?(?:reproduzid|republicad)[oa] com .{0,20}(?:permissão|autorização)",
  ),
  /^(?:سبق (?:نشر|أن نشر)|(?:أعيد|يعاد) نشر|نقلا عن)(?![\p{L}]).{0,80}$|^(?:הטקסט|הכתבה|המאמר|הרשימה)?\s?(?:ראה|ראתה|ראו) אור .{0,60}$|^(?:באדיבות|פורסם ברשות|מתוך) .{2,60}$/u,
  // Where all of it is, and who may read it.
  pattern(
    "^(?:the |you can read the )?(?:full|complete|whole|entire|unabridged|longer) (?:story|report|text|article|piece|interview|post|version) (?:is |can be )?(?:available |found |read |published |online )*(?:on|at|in|here|via)\\b",
  ),
  pattern(
    "^(?:den|der|die|das) (?:ganzen?|vollständigen?|kompletten?|ganzes) (?:text|bericht|beitrag|artikel|interview|reportage)\\s.{0,60}(?:auf|unter|bei|hier|in) ",
  ),
  pattern(
    "^(?:l['’](?:intégralité|article|entretien)|la (?:suite|totalité)|le (?:texte|reportage)) .{0,40}(?:est |à lire |à retrouver |disponible |complet )+.{0,20}(?:sur|dans|ici)",
  ),
  pattern(
    "^(?:el|la|o|a) (?:texto|reportaje|reportagem|artículo|artigo|entrevista|nota|matéria|noticia|notícia) (?:complet[oa]|íntegr[oa]|na íntegra|enter[oa]|inteir[oa]) (?:está|se puede leer|puede leerse|pode ser lid[oa])",
  ),
  /^(?:التقرير|المقال|النص|الحوار|التحقيق) (?:الكامل|كاملا|كامل|بالكامل) .{0,60}$|^(?:הכתבה|הטקסט|הראיון|הידיעה) המלא(?:ה)? (?:באתר|ב-?|אצל|פתוח|לחברים|למנויים).{0,60}$/u,
  pattern(
    "^(?=.{0,120}(?:only|exclusively|nur|ausschließlich|que|uniquement|réservé|seulement|sol[oa]mente|sólo|solo|exclusivo|só|somente|apenas|فقط|בלבד))(?=.{0,120}(?:subscribers|members|supporters|mitglieder|abonnent|abonnés|membres|socios|suscriptores|assinantes|membros|للأعضاء|للمشتركين|לחברים|למנויים))(?:th(?:is|e)|dieser?|dieses|cet?|cette|est[ea]|o|هذ[اه]|النص|المقال|הטקסט|הכתבה|התוכן) ?.{0,20}(?:text|story|article|post|content|preview|artikel|beitrag|inhalt|texte|contenu|texto|artículo|artigo|conteúdo|contenido|النص|المقال|המלא|הטקסט|הכתבה|התוכן)",
  ),
  // How it came about, and whose opinion it is.
  pattern(
    "^(?:this|the) (?:interview|conversation|transcript|article|text|story|letter)s? (?:has|have|was|were|is) (?:been )?(?:\\p{L}+ly )?(?:edited|condensed|shortened|abridged|cut|translated)\\b|^(?:dieses?|das) (?:interview|gespräch|text) (?:wurde|ist) .{0,20}(?:gekürzt|redigiert|bearbeitet|autorisiert)|^cet(?:te)? (?:entretien|interview|conversation|texte) a été .{0,20}(?:raccourci|édité|condensé|abrégé|relu)|^est[ae] (?:entrevista|conversación|conversa|texto) (?:ha sido|fue|foi) .{0,20}(?:editad|abreviad|resumid|condensad|traducid|traduzid)",
  ),
  pattern(
    "^(?:the )?(?:opinions?|views?)\\b.{0,60}\\b(?:author|writer|own)|^(?:die )?(?:meinung(?:en)?|ansichten)(?: (?:des|der|in)) .{0,60}(?:redaktion|autor|verfasser)|^(?:les )?(?:opinions|propos|avis)\\b.{0,60}(?:engage|auteur)|^(?:las )?opiniones\\b.{0,60}autor|^(?:as )?opiniões\\b.{0,60}autor|^الآراء .{0,60}(?:كاتب|أصحاب|صاحب)|^הדעות .{0,60}(?:הכותב|המחבר|הכותבים)",
  ),
  // "More in Boats"
  pattern("^(?:more|mehr|plus|más|mais|المزيد|עוד) (?:in|from|aus|dans|sur|en|sobre|em|no|na|في|عن|ב)[^.!?,:;]{2,40}$"),
  pattern(
    "^(?:the |das |la |el |o |ה)?(?:full |ganze |complete |whole )?(?:video|vidéo|vídeo|סרטון)(?: \\p{L}+)? .{0,20}(?:channel|kanal|chaîne|canal|ערוץ)|^الفيديو الكامل|^הסרטון המלא",
  ),
  pattern(
    "^(?:sent|gesendet|versendet|versandt|envoyé|enviado) (?:with|via|by|mit|über|avec|con|com|por) \\S+(?: \\S+)?$",
  ),
  // Where it is filed, and by which editor.
  pattern(
    "^(?:filed|posted|published|veröffentlicht|erschienen|publié|publicado|postado|نُ?شرت?|פורסם) (?:away |under )?(?:in |dans |en |em |في |unter |ב).{2,50} (?:by|von|par|por|بواسطة|بقلم|על ידי|מאת) .{2,40}$",
  ),
  /^[^.!?]{2,80}\b(?:originally|first) (?:published|posted) (?:in|on) .{2,60} on medium\b/u,
  /^get an e-?mail (?:whenever|when|every time)\b|^(?:up)?voted (?:up )?by \d/u,
  pattern("^(?:this|the) (?:preview|excerpt|free (?:part|version|preview)|sample) (?:ends|stops|is over)\\b"),
  // Platforms.
  pattern(
    "^(?:subjects|(?:primary )?category|(?:primary )?categories|mesh terms|erratum (?:in|for)|comment (?:in|on)|correspondence(?: to)?|cite as|pmcid|keywords|journal reference|report number|announce(?:ment)? type|affiliations?|corresponding author|funding (?:statement|information)|(?:msc|acm)[- ]class(?:es)?|doi|contributors|authors?['’] contributions?)\\s*:|^received \\d.{3,40}accepted\\b|^(?:epub ahead of print|free pmc article|grants? and funding|conflicts? of interest|competing interests?|declaration of (?:competing )?interests?)\\b|^comments\\s*:.{0,80}\\d+ (?:pages|figures|tables)",
  ),
  pattern(
    "^(?:download (?:the )?assets|assets? (?:are )?below|compare v?\\d\\S* (?:to|with)|(?:full )?(?:diff|changes|changelog)\\s*:|@\\S+ released this|commits since|release (?:created|published) by|(?:sha\\d+ )?checksums?\\b|verified (?:signature|commit)|this commit was signed)",
  ),
  pattern(
    "^\\[?(?:via|x-?post(?:ed)? (?:from|to)|cross-?posted (?:from|to|in)|(?:submitted|posted) (?:to|in|on)|view (?:this )?thread)\\s*(?:/?r/\\S+|:|\\])",
  ),
  pattern(
    "^(?:flag|mark|report) (?:this |it )?(?:\\p{L}+ )?(?:as )?(?:irrelevant|inappropriate|spam)|^(?:edit|hide|delete|cancel) (?:this )?alert|^see more results|^full coverage$|^previously (?:in|on) ",
  ),
  pattern(
    "^(?:sent|made|written|built|crafted|delivered|brought to you) .{0,20}with (?:love|care|joy|♥|❤|💛)|^(?:proudly |lovingly )?(?:powered|made|built|published|hosted|sent) (?:by|with|on|via|using) (?:wordpress|ghost|substack|hugo|jekyll|beehiiv|medium|blogger|mailchimp|buttondown|tumblr|drupal|joomla|squarespace|eleventy|astro)\\b",
  ),
  pattern(
    "^(?:machine[- ]|automatically |ai[- ])?translat(?:ed|ion) (?:automatically|by (?:a )?machine|from the \\p{L}+|with)\\b|^(?:maschinell|automatisch) übersetzt|^traduit automatiquement|^traducid[oa] automáticamente|^traduzid[oa] automaticamente",
  ),
  pattern(
    "^(?:jump|skip|go|head|straight) (?:straight |right )?to (?:the )?(?:\\p{L}+ ){0,2}(?:comments|discussion|thread|forum)|^tap to (?:un)?\\p{L}+$|^(?:restack|unmute|read (?:it|this) later|save (?:it )?for later)$",
  ),
  pattern(
    "^(?:\\p{L}+ )?\\d[\\d.,]* (?:people|readers|users|others|leser(?:innen)?|personen|lecteurs|lectrices|personnes|lectores|personas|leitores|pessoas|قارئا?|أشخاص|קוראים|אנשים) (?:found|liked|like|reacted|rated|shared|fanden|gefällt|ont (?:trouvé|aimé)|les (?:pareció|gusta)|acharam|gostaram|أعجبهم|וجدوا|אהבו)",
  ),
  pattern(
    "^(?:posted|published|written|uploaded|created|added|mis(?:e)? en ligne|publié|veröffentlicht|erstellt|eingestellt|publicado|subido|escrito|criado|نشر|أضيف|פורסם|הועלה)\\b.{0,12}\\d.{2,40}\\s(?:by|par|von|por|durch|بواسطة|بقلم|על ידי|מאת)\\s.{2,40}$",
  ),
];
/** A publisher's postal address has a number and no full stop. */
const isAddress = (line: string, names: readonly string[]) =>
  names.some((name) => name.length > 2 && line.startsWith(`${name}, `)) && /\d/.test(line) && !/[.!?]$/.test(line);

/** Whether a line at the end of a text isn't part of it. */
function isEndNote(line: string, names: readonly string[]): boolean {
  // A bullet belongs to a list of the text's own.
  if (line.length > LONGEST || line.startsWith("• ")) return false;
  const text = line.toLowerCase();
  if (NOTES.some((one) => one.test(text)) || ABOUT_AUTHORS.some((one) => one.test(line)) || BY_AND_FROM.test(text))
    return true;
  const before = APPEARED_IN.exec(text)?.[0].length ?? 0;
  if (before > 0 && /^["“«]?(?:\p{Lu}|r\/|https?:|\S+\.\p{L}{2,6}\b)/u.test(line.slice(before))) return true;
  return isAddress(line, names) || isPlea(line, names) || isFurnitureByRoles(line, "last", names);
}

/** Lines without a full stop, such as names and tags, that may be between notes. */
const BETWEEN = { lines: 2, characters: 60 };
/** Most notes of a text. */
const MOST = 8;

/** A text without the notes at its end; its first paragraph stays. */
export function withoutEndNotes(paragraphs: readonly string[], names: readonly string[]): string[] {
  const left = [...paragraphs];
  let between = 0;
  const end = Math.max(0, left.length - MOST - BETWEEN.lines - 1);
  for (let at = left.length - 1; at > end; at -= 1) {
    const line = left[at] ?? "";
    if (isEndNote(line, names)) {
      left.splice(at, 1);
      continue;
    }
    between += 1;
    if (between > BETWEEN.lines || line.length > BETWEEN.characters || /[.!?؟…]["”»)]?$/u.test(line)) break;
  }
  return left;
}
