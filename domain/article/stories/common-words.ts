/**
 * Words that are too common in headlines to compare stories: articles, prepositions, pronouns, auxiliaries, numerals,
 * and verbs of reporting. Spelled without accents and apostrophes, like terms.
 */
const lists = {
  en: `a about after again against ahead all also amid an and another any are as at be been before being best big both
    but by can cant could day did do does dont down each eight ever every few first five for four from further get gets
    go goes going good got great had has have he help her here high his how i if in inside into is isnt it its just know
    last latest life like live look looks low made make makes man many may might month more most much must my need needs
    never new news next nine no nor not now of off on once one only or our out over own people per photo photos pictures
    plan plans report reports reveal revealed reveals review right said same say says see set sets seven she should show
    shows six so some still such take takes ten than that the their them then there these they thing things think this
    those three through time times to today took too top two under up update updates very via video vs want wants was
    watch way we week went were what when where which who whom whose why will with within without woman wont world would
    year years you your`,
  de: `aber als am an auch auf aus bei bis das dass dem den der des die doch durch ein eine einem einen einer eines er es
    fur gegen hat haben ich ihr im in ist jahr jahre jetzt kann kein keine man mehr mit nach neu neue neuen nicht noch
    nun nur ob oder sein seine seit sich sie sind so uber um und unter vom von vor war was weg wegen weil wenn wer wie
    wieder will wir wird zu zum zur zwei zwischen`,
  fr: `a apres au aussi aux avant avec bien car ce ces cette comme comment contre dans de depuis des deux doit du elle en
    encore entre est et etre face fait faut il ils la le les leur lui mais meme ne nos notre nous nouveau nouvelle on ont
    ou par pas plus pour pourquoi premier quand que quel qui sa sans se selon ses si son sont sous sur tous tout trois un
    une vers vos votre vous`,
  es: `a al ano anos ante asi como con contra cual cuando de del desde dia donde dos durante el ella en entre era es esta
    este esto estos fue ha han hasta hay hoy la las le les lo los mas mi muy ni no nos nuevo nueva o para pero por porque
    primer que quien se segun ser si sin sobre son su sus tambien tras tres un una uno unos y ya`,
  pt: `a ao aos apos as ate com como contra da das de depois diz do dos e ela ele em entre era essa esse esta este foi ha
    hoje isso ja mais mas mesmo muito na nao nas no nos nova novo o os ou para pela pelo por porque quando que quem se
    sem ser seu sobre sua tem ter tres um uma umas uns veja`,
  it: `a ai al alla anche che chi come con contro cosa da dal dalla de dei del della delle di dopo due e ecco era fra gli
    ha hanno i il in io la le lo ma nel nella non nuova nuovo o per perche piu quando se senza si sono su sua sul sulla
    suo tra tre un una uno`,
};

export const commonWords: ReadonlySet<string> = new Set(Object.values(lists).flatMap((list) => list.split(/\s+/)));
