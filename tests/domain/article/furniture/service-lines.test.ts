import { describe, expect, test } from "vitest";
import { readable } from "#domain/article/furniture/furniture.ts";

const title = "The mill turns again";
const TEXT = "The mill on the dike ground flour for the first time in ninety years.";
const left = (line: string) => readable([TEXT, line], title, null, "Mill Post");

describe("lines of software and services aren't paragraphs", () => {
  test.each([
    // Names of share buttons and "like" boxes.
    "• Click to share on Bluesky (Opens in new window) Bluesky",
    "Zum Teilen auf Telegram klicken (Wird in neuem Fenster geöffnet)",
    "Cliquer pour envoyer un lien par e-mail à un ami(ouvre dans une nouvelle fenêtre)",
    "Haz clic para imprimir (Se abre en una ventana nueva) Imprimir",
    "Clique para imprimir(abre em nova janela)",
    "اضغط للمشاركة على تويتر (فتح في نافذة جديدة)",
    "לחצו כדי לשתף בטלגרם (נפתח בחלון חדש)",
    "Gefällt mir:",
    "J’aime chargement…",
    "Me gusta esto:",
    "Curtir isso:",
    "إعجاب تحميل...",
    "אהבתי:",
    // Plug-ins and where a text is filed.
    "Post Views: 1,041",
    "Spread the word",
    "Posted in Mills | Tagged flour, wind | 3 Comments",
    "Publié dans Moulins | Marqué avec farine, vent",
    "Publicado en Molinos y etiquetado harina",
    "Dieser Beitrag wurde unter Mühlen abgelegt und mit Mehl verschlagwortet.",
    "Category: Mills Published: 3 May 2026 Hits: 41",
    "Story continues",
    // Syndication and citations.
    "This story is republished from Wind Quarterly under a Creative Commons license. Read the original article.",
    "(This story has not been edited by our staff and comes from a syndicated feed.)",
    "The Associated Press contributed to this story.",
    "Cet article est republié à partir de The Conversation sous licence Creative Commons.",
    "Este artículo es republicado de The Conversation bajo licencia Creative Commons.",
    "Este artigo foi republicado de The Conversation sob licença Creative Commons.",
    "Publication date: May 2027",
    "Author(s): Noor Aziz, Tom Reed",
    "Journal of Mills, Volume 4, Issue 2, Page 11-19, May 2026.",
    "Nature Mills, Published online: 3 May 2026; doi:10.1000/mill.4.11",
    // Podcasts and newsletters.
    "Our GDPR privacy policy was updated on May 3, 2026. Visit host.example/privacy for more information.",
    "Hébergé par Acast. Visitez acast.com/privacy pour plus d'informations.",
    "Send us a voice message: https://host.example/mill",
    "Rate and review the show on Apple Podcasts",
    "Follow Mill Post wherever you get your podcasts.",
    "Show notes: https://mill.example/12",
    "You just read issue #31 of Mill Post.",
    "No spam. Leave whenever you like.",
    "Log in or subscribe to participate in polls.",
    "Der Mühlenbote ist eine von seinen Lesern unterstützte Publikation.",
    "Le Moulin est un média soutenu par ses lecteurs.",
    "Wenn Sie keine E-Mails mehr erhalten möchten, klicken Sie hier.",
    "Si no deseas recibir más boletines, date de baja.",
    "Não quer mais receber este boletim? Cancele aqui.",
    "להסרה מהרשימה לחצו כאן",
    // Content of others that waits for consent.
    "Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden.",
    "Ce contenu est bloqué car vous n'avez pas accepté les traceurs.",
    // Calls to follow, write and comment.
    "Follow Mill Post on Google News",
    "Folgen Sie dem Mühlenboten auf Instagram",
    "Suivez Le Moulin sur WhatsApp",
    "Sigue toda la información del Molino en Facebook y X",
    "Siga o Moinho no Google Notícias",
    "עקבו אחרינו בגוגל חדשות",
    "Contact Noor Aziz at noor@mill.example.",
    "¿Has visto un error? Escríbenos a fallos@molino.example",
    "Soyez le premier à commenter",
    "Sé el primero en opinar",
    "Seja o primeiro a comentar",
    "كن أول من يعلق",
    "היו הראשונים להגיב",
    "Te recomendamos: Harina del dique",
    "Also Read | Flour from the dike",
    "First published: May 3, 2026, 10:15",
    "Welcome back to another issue of Mill Post!",
    "Use code FLOUR for 20% off",
    "Reviewed-by: Noor Aziz",
    "Next post: Flour from the dike",
    "A version of this article appears in print on May 3, 2026, Section B.",
    "Volver arriba",
    "Voltar ao topo",
    "العودة إلى الأعلى",
    "חזרה למעלה",
    "Dieser Beitrag ist öffentlich, also teile ihn gern.",
    "Esta publicación es pública, así que siéntete libre de compartirla.",
    "If you liked this letter, clap 👏️ and share it with a friend",
  ])("%s", (line) => {
    expect(left(line)).toEqual([TEXT]);
  });
});

describe("sentences that begin like them are", () => {
  test.each([
    "Hosted by Delft, the fair drew thousands of millers.",
    "Leave us in peace, the millers told the inspectors.",
    "Distributed by hand, the flour fed forty families.",
    "Spread the love of bread, the baker told her pupils.",
    "Authors of the study weighed every sack.",
    "Related: the owner also faces a fine over a fire in 2024.",
    "The post appeared first on a wall in Delft and was painted over an hour later.",
    "Submitted by forty villages, the plan asks for more wind.",
    "Seguir leyendo en el molino es un placer, admite la maestra.",
    "Folgen hat der Brand vor allem für die Bäcker.",
    "Publié en 1911, le roman raconte un moulin.",
    "Contact with the mill was lost at noon.",
    "Siga em frente, gritou o moleiro.",
    "Follow the wind and you find the mill.",
    "אין תגובות מן המשרד על הדוח, אמר הדובר.",
    "لا تعليقات من الوزارة على التقرير حتى الآن.",
    "חזרה למעלה של הטבלה ארכה שנתיים.",
    "Zum Artikel 5 bekennt sich die Regierung.",
    "Required by law, the sails are checked each May.",
  ])("%s", (line) => {
    expect(left(line)).toEqual([TEXT, line]);
  });
});
