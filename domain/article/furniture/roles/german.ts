import type { RoleWords } from "./role.ts";

export const GERMAN: RoleWords = {
  asks: "abonnier* anmelden anmeldung registrier* klick* teilen teile weiterleiten leite weitersagen herunterladen lade installier* spenden spende folgen folge folgt bewert* abbestellen austragen abmelden weiterlesen merken drucken spendier* scannen aktivier* einloggen kommentier* weiterempfehlen",
  mayAsk:
    "lesen lies ansehen anschauen anhören hören höre hört sehen schauen schreiben schreib schreibt sagen sag sagt erzählen erzähl diskutier* mitmachen mitdiskutieren reden unterstütz* helfen hilf helft sichern holen hol testen bestellen kaufen entdecken finden findest besuchen öffnen zulassen erlauben akzeptier* zustimmen melden melde meldet senden sende schicken schick geben gib werden werde bleiben bleib empfehlen empfiehl verpassen erhalten bekommen nutzen ändern verwalten kündigen wählen eintragen trag fragen stellen machen mach freuen wissen erfahren laden kennst gefällt mögen möchten möchtest wollen willst ab zeigen ausblenden anzeigen danke gefallen kannst kann möchte brauchen braucht genügt reicht erledigen austragen lieber diskutieren wünschen hinterlassen abgeben antworten klingt weitergeben vorlesen erfahre erst bestell* kommt erscheint lust bemerkt bescheid",
  channel:
    "newsletter newsletters mail mails e-mail e-mails email rundbrief morgenbriefing briefing app apps push benachrichtigung* eilmeldung* kanal kanäle whatsapp telegram signal facebook instagram tiktok youtube twitter mastodon bluesky threads linkedin reddit discord spotify feed rss mail-adresse verteiler whatsapp-kanal tweet tweets livestream facebook-seite",
  device:
    "link links button einstellungen konto browser handy smartphone adresse website webseite store verweise netz google apple android ios liste post brief postfach",
  piece:
    "artikel artikels beitrag beitrags beiträge text texts textes texte geschichte meldung bericht folge folgen podcast podcasts video videos interview gespräch inhalt inhalte ausgabe seite kolumne essay reportage audio serie thema ganzen ganze ganzer vollständig* komplett* rest beschreibung fassung version abschrift sendung episode recherche* zusammenfassung gastbeitrag kommentar nachrichten meldungen tweet übersicht analyse karte tabelle grafik liveblog ticker auszug leseprobe märzausgabe heft heftes interviews gesprächs",
  house:
    "redaktion team magazin zeitung blog verlag journalismus journalist* ressort archiv website webseite portal publikation unabhängig* archivs zeitschrift blatt rubrik",
  readers:
    "kommentar kommentare kommentaren kommentarfunktion antwort antworten diskussion debatte forum leser lesern leserin leserinnen abonnent* unterstützer* mitglied mitglieder mitgliedern mitgliedschaft hörer* nutzer* freund freunde freunden freundin kollegen meinung fragen frage hinweis hinweise tipp tipps feedback punkte stimmen aufrufe likes bewertung* teilnehmer sterne jemanden leserbrief* community rückmeldung wort menschen publikum besucher zuschauer* nutzerinnen umfrage meinungen",
  money:
    "gratis kostenlos* kostenfrei frei probe* monat monate abo abos digitalabo abonnement rabatt gutschein* code angebot* preis preise euro kaffee provision anteil beitrag bezahlschranke paywall plus premium jahresabo testen verdienen unterstützung spende spenden registrierung konto kostet jederzeit kündbar prozent verkauf verkäufe käufe kauf einkauf umsatz produkte rabatte gäbe finanzier* förder* mitgliedschaft mitglied jahresbeitrag verdient",
  rules:
    "rechte vorbehalten nachdruck vervielfältigung genehmigung zustimmung erlaubnis lizenz copyright urheberrecht* datenschutz* cookies cookie impressum agb richtlinien fehler tippfehler korrektur korrekturen berichtigung* transparenz* hinweis haftung einwilligung pressekodex werbelinks affiliate-links affiliate partnerlinks markiert* gekennzeichnet* sternchen kopieren erlaubt",
  cookies: "cookies cookie tracking einwilligung zustimmung javascript datenschutz*",
  maker:
    "foto fotos bild bilder illustration* grafik fotograf* bildquelle bildnachweis quelle redakteur* korrespondent* autor autorin reporter* mitarbeit produktion schnitt musik text texte regie übersetzung protokoll gastbeitrag dpa afp reuters imago getty moderation redaktion titelbild archivbild symbolbild aufgezeichnet berichtet schreibt ton kamera bildredaktion mitarbeiter leitet verantwortet geschrieben verfasst besondere sonderkorrespondent* sprecher zeichnung zeichnungen",
  origin:
    "erschien erschienen zuerst ursprünglich veröffentlicht erstmals frühere fassung übernommen freundlicher genehmigung stand original original* erstveröffentlich* entnommen",
  more: "mehr auch weitere weiteren ähnliche verwandte beliebt* beliebteste* meistgelesen* meistkommentiert* neueste neuesten aktuell* empfohlen* empfehlung* passend dazu ebenfalls außerdem lesenswert lesetipp* thema interessieren nächster nächste vorheriger vorherige dossier hintergrund zuletzt tipp verpassen archiv beliebteste",
  machine:
    "ki künstlich künstliche künstlicher intelligenz automatisch* maschinell* erzeugt generiert erstellt stimme zusammengefasst zusammenfassung kürze vorlesen vorgelesen computerstimme überblick hörversion audioversion hören anhören",
  state:
    "abgeschaltet geschlossen deaktiviert blockiert geladen lädt entfernt gelöscht beendet gesperrt leer eingeschränkt abgelaufen freigeschaltet angezeigt aktiv inaktiv entfällt",
  ad: "anzeige anzeigen werbung reklame sponsor* gesponsert* werbepartner advertorial präsentiert unterstützt werbeanzeige bezahlt* weiter",
  length: "min minute minuten lesezeit lesedauer lesen wörter etwa circa ca dauer hörzeit",
  us: "wir uns unser unsere unseren unserem unserer unseres",
  you: "sie ihnen ihr ihre ihren ihrem ihrer du dich dir dein deine deinen deinem euch euer eure",
  this: "dieser diese dieses diesen diesem hier oben unten",
  not: "kein keine keinen keiner nicht nichts nie niemals ohne noch",
  time: "tag tage täglich woche wochen wöchentlich monat morgen morgens abend abends heute jetzt bald montag dienstag mittwoch donnerstag freitag samstag sonntag jeden jede jedes uhr vor stunden aktualisiert immer januar februar märz april mai juni juli august september oktober november dezember nächste nächsten nächstes heutige heutigen gestrige",
  be: "ist sind wird werden hat haben",
  was: "war waren wurde wurden hatte hatten worden",
  tells:
    "er ihn ihm sagte sagt meinte erklärte rief konnte wollte sollte kam ging nahm fand sah begann lebte lebt starb polizei gericht minister mann frau männer weil obwohl während seit zwischen unter laut dass bis ob damals seine seiner ihres hätte hätten",
  small:
    "der die das den dem des ein eine einen einem einer und oder aber zu zum zur in im an am auf für von vom mit per bei über aus nach um als wenn was wie wer es ist sind hat haben kann können alle alles alles bitte gern gerne nur schon auch ganz einfach direkt gleich neu neue neuen gut guten kleinen kleine einem statt lieber man so da mal gibt diesem durch falsch bereits finden vollständig rest doch sehr wieder weiter besser gefallen paar verfügbar zugänglich überall aufs könnte region zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert tausend personen person muss müssen soll sollen darf dürfen mag entlang innerhalb rund etwa sofort leicht gemeinsam sogar nützlich hilfreich besonders spezial zusätzlich machen gemacht geben gegeben gehen kommen bringen nutzen genutzt lang kurz früh spät sicher viele wenige weniger etwas stimmt gebracht einmal zweimal pro eigen eigene eigenen dafür dazu daran darüber davon hier ich mir mich mein meine",
};
