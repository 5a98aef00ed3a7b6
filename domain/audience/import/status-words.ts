import { columnKey } from "./formats.ts";
import type { ImportedStatus } from "./import-row.ts";

/** Other systems' words for a reader's status, in the languages of our readers, without accents and spaces. */
const words: readonly (readonly [status: ImportedStatus, words: readonly string[]])[] = [
  [
    "active",
    [
      ..."active subscribed confirmed enabled regular premium free paid comp complimentary gifted trialed".split(" "),
      ..."member optedin optin true yes 1 aktiv abonniert angemeldet bestatigt ja actif abonne inscrit confirme".split(
        " ",
      ),
      ..."oui activo suscrito suscripto confirmado si ativo inscrito assinante sim פעיל רשום נשט مشترك نشط".split(" "),
    ],
  ],
  [
    "unsubscribed",
    [
      ..."unsubscribed unsub disabled cancelled canceled inactive removed optedout optout left deleted".split(" "),
      ..."archived false no 0 moved inaktiv abgemeldet ausgetragen gekundigt geloscht nein inactif desabonne".split(
        " ",
      ),
      ..."desinscrit supprime non inactivo baja dadodebaja desuscrito cancelado eliminado inativo".split(" "),
      ..."descadastrado removido nao הוסר לאפעיל غيرمشترك غيرنشط".split(" "),
    ],
  ],
  [
    "bounced",
    [
      ..."bounced cleaned invalid undeliverable bouncing hardbounced hardbounce unzustellbar rebotado rebote".split(
        " ",
      ),
      ..."rejete devolvido".split(" "),
    ],
  ],
  ["complained", "complained complaint spam spammy junk abuse blocklisted blacklisted blocked".split(" ")],
  [
    "unconfirmed",
    [
      ..."unconfirmed unactivated pending validating notconfirmed nonsubscribed unbestatigt ausstehend".split(" "),
      ..."nonconfirme enattente pendiente noconfirmado sinconfirmar pendente naoconfirmado ממתין معلق".split(" "),
    ],
  ],
];

const meanings = new Map(words.flatMap(([status, all]) => all.map((word) => [word, status] as const)));

/** What a cell of a status column means. Undefined: it is empty. */
export function statusOf(cell: string): ImportedStatus | undefined {
  const word = columnKey(cell.normalize("NFD").replaceAll(/\p{M}/gu, ""));
  return word === "" ? undefined : (meanings.get(word) ?? "unknown");
}

const NO = /^(false|f|no|n|0|off|nein|non|não|nao)$/i;
const NOTHING = /^(|null|nil|none|never|undefined|n\/?a|\\n|-|—|0000-00-00\b.*)$/i;

export const saysNo = (cell: string): boolean => NO.test(cell);
/** "Yes", or the date of an event. */
export const saysYes = (cell: string): boolean => !NO.test(cell) && !NOTHING.test(cell);
