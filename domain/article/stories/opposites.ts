import { commonWords } from "./common-words.ts";
import { stem, tokensOf } from "./tokens.ts";

/**
 * Words for opposite outcomes: each pair of lists tells one kind of outcome, in the product's languages. Spelled in
 * lower case without accents.
 */
const OPPOSITES: readonly (readonly [string, string])[] = [
  [
    `rise rises rose rising gain gains gained climb climbs climbed jump jumps jumped surge surges surged soar soars soared
    rally rallies rallied advance advances advanced rebound rebounds rebounded higher up increase increases increased
    raise raises raised hike hikes hiked
    steigt steigen stieg stiegen gestiegen klettert klettern zulegen hoher erhoht erhohen
    hausse monte montent grimpe grimpent progresse progressent augmente augmentent bondit bondissent releve
    sube suben subio subieron alza avanza avanzan aumenta aumentan repunta repuntan
    sobe sobem subiu subiram alta avanca avancam aumentou aumentaram dispara disparam
    ارتفاع ارتفع ارتفعت يرتفع ترتفع صعود صعد صعدت يصعد تصعد مرتفعة مرتفعا زيادة
    עולה עולים עלה עלו עלתה בעליות עליה עלייה עליות מטפס מטפסת מזנק מזנקת זינק זינקה`,
    `fall falls fell falling drop drops dropped decline declines declined slip slips slipped slide slides slid sink sinks
    sank tumble tumbles tumbled plunge plunges plunged slump slumps slumped retreat retreats lower down dip dips dipped
    decrease decreases decreased cut cuts lowers lowered
    fallt fallen fiel fielen gefallen sinkt sinken sank gesunken rutscht rutschen niedriger tiefer senkt senken
    baisse baissent recule reculent chute chutent plonge plongent diminue diminuent
    cae caen cayo cayeron baja bajan retrocede retroceden descenso desciende descienden caida
    cai caem caiu cairam baixa queda recua recuam desce descem diminuiu diminuiram
    انخفاض انخفض انخفضت ينخفض تنخفض تراجع تراجعت يتراجع تتراجع هبوط هبط هبطت يهبط تهبط منخفضة منخفضا
    יורד יורדים יורדת ירד ירדו ירדה בירידות ירידה ירידות צונח צונחת צנח צנחה נופל נופלת נפל נפלה`,
  ],
  [
    `win wins won beat beats beaten defeat defeats defeated
    gewinnt gewinnen gewann gewannen gewonnen siegt siegen siegte besiegt sieg
    gagne gagnent remporte remportent gagnait vainqueur victoire
    gana ganan gano ganaron vence vencen vencio victoria triunfo
    ganha ganham ganhou ganharam venceu vencem vitoria
    فاز فازت يفوز تفوز فوز انتصر انتصرت
    מנצח מנצחת ניצח ניצחה ניצחו ניצחון זכה זכתה`,
    `lose loses lost misses missed
    verliert verlieren verlor verloren niederlage unterliegt
    perd perdent perdu defaite
    pierde pierden perdio perdieron derrota
    perde perdem perdeu perderam
    خسر خسرت يخسر تخسر خسارة هزيمة
    מפסיד מפסידה הפסיד הפסידה הפסידו הפסד`,
  ],
  [
    `open opens opened opening reopen reopens reopened
    offnet offnen offnete offneten eroffnet eroffnen
    ouvre ouvrent rouvre rouvrent ouverture
    abre abren abrio abrieron reabre apertura
    abrem abriu abriram abertura reabriu
    افتتح افتتحت يفتتح تفتتح افتتاح تفتح يفتح
    נפתח נפתחת נפתחה נפתחו פותח פותחת פתיחה`,
    `close closes closed closing shut shuts
    schließt schließen schloss geschlossen
    ferme ferment fermeture cloture cloturent
    cierra cierran cerro cerraron cierre
    fecha fecham fechou fecharam fechamento encerra
    اغلق اغلقت يغلق تغلق اغلاق
    נסגר נסגרת נסגרה נסגרו סוגר סוגרת סגירה נועל נועלת נעל נעלה`,
  ],
  [
    `start starts started begin begins began resume resumes resumed
    beginnt beginnen begann startet starten startete
    commence commencent demarre demarrent reprend reprennent
    empieza empiezan empezo comienza comienzan comenzo arranca reanuda
    comeca comecam comecou inicia iniciou retoma
    بدا بدات يبدا تبدا بدء انطلاق
    מתחיל מתחילה החל החלה התחיל התחילה`,
    `ends ended finish finishes finished stop stops stopped halt halts halted suspend suspends suspended
    endet enden endete beendet stoppt stoppen
    finit finissent termine terminent s'acheve suspend
    acaba acaban acabo termina terminan termino suspende
    acabou terminou terminam encerrou suspendeu
    انتهى انتهت ينتهي تنتهي انتهاء توقف
    מסתיים מסתיימת הסתיים הסתיימה נגמר נגמרה`,
  ],
  [
    `approve approves approved accept accepts accepted allow allows allowed pass passes passed
    billigt billigen genehmigt erlaubt stimmt zustimmt
    approuve approuvent adopte adoptent accepte autorise
    aprueba aprueban aprobo acepta autoriza
    aprova aprovam aprovou aceita aceitou autoriza
    وافق وافقت يوافق توافق يقر اقر
    מאשר מאשרת אישר אישרה אישרו`,
    `reject rejects rejected refuse refuses refused deny denies denied ban bans banned block blocks blocked oppose opposes
    ablehnt lehnt ablehnen abgelehnt verbietet verweigert
    rejette rejettent refuse refusent interdit
    rechaza rechazan rechazo prohibe niega
    rejeita rejeitam rejeitou recusa recusou proibe
    رفض رفضت يرفض ترفض
    דוחה דחה דחתה דחו אוסר אסר`,
  ],
];

/** By word: twice the number of its kind of outcome, and one more for the second side. */
const SIDES: ReadonlyMap<string, number> = new Map(
  OPPOSITES.flatMap((sides, kind) =>
    sides.flatMap((words, side) => words.split(/\s+/).map((word) => [word, 2 * kind + side] as const)),
  ),
);

/** Telling words before an outcome that say what it is about. */
const SUBJECT = 2;
/** Who wins or loses is one name, or "Ada beats Ben" would be opposed to "Ben loses to Ada". */
const NAME = 1;
const WINNING = 1;

/** Larger groups tell one story from several angles, such as shares that fall although sales rise. */
const SMALL = 8;
/** In these, a part is a story of its own from this share of the largest. */
const LARGE_PART = 1 / 3;

/** What a headline says of something: `key` for it, `opposite` for the reverse. */
type Statement = { kind: number; key: string; opposite: string };

/** Whether a word tells an outcome. */
export const isOutcome = (word: string): boolean => SIDES.has(word);

/** What a headline says rises, falls, wins, loses, opens, closes and so on. */
function statementsOf(title: string): Statement[] {
  const tokens = tokensOf(title).map((token) => token.toLowerCase());
  /** By kind of outcome: what the last one was about, and where it is. */
  const last = new Map<number, { about: string[]; at: number }>();
  return tokens.flatMap((token, at) => {
    const side = SIDES.get(token);
    // "up to 40" and "lower than feared" compare.
    if (side === undefined || ["to", "than"].includes(tokens[at + 1] ?? "")) return [];
    const kind = side >> 1;
    const before = last.get(kind);
    const most = kind === WINNING ? NAME : SUBJECT;
    let about = subjectsIn(tokens.slice(before === undefined ? 0 : before.at + 1, at)).slice(-most);
    // In Arabic and Spanish, for example, the subject may follow.
    if (about.length === 0) about = before?.about ?? subjectsIn(tokens.slice(at + 1)).slice(0, most);
    last.set(kind, { about, at });
    return about.map((word) => ({ kind, key: `${side} ${word}`, opposite: `${side ^ 1} ${word}` }));
  });
}

const subjectsIn = (tokens: readonly string[]): string[] =>
  tokens
    .filter((token) => !SIDES.has(token) && !commonWords.has(token) && !WITH_OUTCOME.has(token))
    .filter((token) => /^\p{L}{2}/u.test(token))
    .map(stem);

/** Verbs before a direction, which aren't its subject: "edges up". */
const WITH_OUTCOME = new Set(
  "edge edges edged tick ticks ticked inch inches inched move moves moved turn turns turned trade trades traded pick picks picked post posts posted send sends sent".split(
    " ",
  ),
);

type Part = { members: number[]; said: Set<string> };

/**
 * Divides a group whose headlines tell opposite outcomes of one thing, such as "Wall Street closes higher" and "Wall
 * Street closes lower": the days differ, or the news. Headlines that say both, or nothing of the kind, stay with the
 * largest part.
 * @param titleOf null: the headline tells no outcome
 */
export function divideOpposites(group: readonly number[], titleOf: (member: number) => string | null): number[][] {
  const parts: Part[] = [];
  for (const member of group) {
    const title = titleOf(member);
    const statements = title === null ? [] : statementsOf(title);
    const keys = new Set(statements.map(({ key }) => key));
    if (statements.length === 0 || statements.some(({ opposite }) => keys.has(opposite))) continue;
    const open = parts.filter(({ said }) => !isContradicted(statements, said));
    const agreeing = open.find(({ said }) => statements.some(({ key }) => said.has(key)));
    const part = agreeing ?? open[0] ?? { members: [], said: new Set() };
    if (part.members.length === 0) parts.push(part);
    part.members.push(member);
    for (const key of keys) part.said.add(key);
  }
  const [largest = [], ...rest] = parts.map(({ members }) => members).toSorted((a, b) => b.length - a.length);
  const isOwn = ({ length }: number[]) => group.length <= SMALL || length >= largest.length * LARGE_PART;
  const own = rest.filter(isOwn);
  const taken = new Set(own.flat());
  return [group.filter((member) => !taken.has(member)), ...own];
}

/** Whether the opposite was said of something, and nothing of that kind was said likewise. */
function isContradicted(statements: readonly Statement[], said: ReadonlySet<string>): boolean {
  const agreed = new Set(statements.flatMap(({ kind, key }) => (said.has(key) ? kind : [])));
  return statements.some(({ kind, opposite }) => said.has(opposite) && !agreed.has(kind));
}

/** Whether two headlines tell opposite outcomes of one thing. */
export const areOpposite = (one: string, other: string): boolean =>
  divideOpposites([0, 1], (member) => (member === 0 ? one : other)).length > 1;
