/**
 * Month names as feeds write them, in lower case without accents or dots, English first. A name of three letters or
 * more stands for the month whose list has it; names that two months share in two languages are left out.
 */
const NAMES: readonly string[] = [
  "jan january januar janvier janv enero ene gennaio gen janeiro januari jaenner janner stycznia sty ledna led januara ocak oca januarie ianuarie ian tammikuu tammikuuta",
  "feb february februar fevrier fevr fev febrero febbraio fevereiro februari lutego lut unora uno subat sub februarie helmikuu helmikuuta feber",
  "mar march marz maerz mrz mars marzo marco maart mrt marca brezna bre mart martie maaliskuu maaliskuuta marts marec marcius",
  "apr april avril avr abril abr aprile kwietnia kwi dubna nisan nis aprilie huhtikuu huhtikuuta aprilis",
  "may mai mayo maggio mag maio mei maj maja kvetna kve mayis toukokuu toukokuuta majus",
  "jun june juni juin junio giugno giu junho czerwca cze cervna haziran haz iunie kesakuu kesakuuta junius jn",
  "jul july juli juillet juil julio luglio lug julho lipca lip cervence temmuz tem iulie heinakuu heinakuuta julius",
  "aug august aout agosto ago augustus augusti sierpnia sie srpna srp agustos elokuu elokuuta augusztus",
  "sep sept september septembre septiembre set settembre setembro wrzesnia wrz zari eylul eyl septembrie syyskuu syyskuuta szeptember",
  "oct okt october oktober octobre octubre ottobre ott outubro out pazdziernika paz rijna ekim eki octombrie lokakuu lokakuuta oktobar",
  "nov november novembre noviembre novembro listopadu kasim kas noiembrie marraskuu marraskuuta noviembre",
  "dec december dez dezember decembre diciembre dic dicembre dezembro grudnia gru prosince pro aralik ara decembrie joulukuu joulukuuta des desember",
];
/** Cyrillic, by the first three letters, which every case of the word shares. */
const CYRILLIC: readonly string[] = [
  "янв",
  "фев",
  "мар",
  "апр",
  "май мая",
  "июн",
  "июл",
  "авг",
  "сен",
  "окт",
  "ноя",
  "дек",
];

const byName = new Map<string, number>();
for (const [index, names] of NAMES.entries()) {
  for (const name of names.split(" ")) byName.set(name, index + 1);
}
for (const [index, names] of CYRILLIC.entries()) for (const name of names.split(" ")) byName.set(name, index + 1);

/** 1 to 12, or undefined where the word is no month in any language known here. */
export function monthNumber(word: string): number | undefined {
  const plain = word.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/\./g, "").normalize("NFC");
  return byName.get(plain) ?? (/^[а-я]{3,}$/.test(plain) ? byName.get(plain.slice(0, 3)) : undefined);
}
