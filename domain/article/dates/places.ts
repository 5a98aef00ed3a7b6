/**
 * Times of places, as dates name them in words: "heure de Paris", "hora de Brasília", "London time", "بتوقيت مكة". In
 * lower case without accents.
 */
const PLACES: readonly (readonly [string, string])[] = [
  ["Etc/UTC", "غرينتش|جرينتش|greenwich|гринвичу|universal|universelle"],
  ["Europe/London", "london|londres|londyn|british|uk|لندن"],
  ["Europe/Lisbon", "lisboa|lisbonne|lisbon"],
  ["Europe/Paris", "paris|francaise|باريس"],
  ["Europe/Madrid", "madrid|peninsular|espanola"],
  ["Europe/Brussels", "bruxelles|belge"],
  ["Europe/Zurich", "geneve|suisse|zurich"],
  ["Europe/Berlin", "berlin(?:er)?|deutscher?"],
  ["Europe/Vienna", "wien(?:er)?"],
  ["Europe/Rome", "roma|italiana"],
  ["Europe/Istanbul", "istanbul|turkiye|turkey"],
  ["Europe/Moscow", "москве|московско[ем]у?|moscou|moscu|moscow|موسكو"],
  ["Europe/Kyiv", "киеву|киевско[ем]у?|києвом|київським|kyiv|kiev"],
  ["Africa/Cairo", "القاهره|القاهرة|مصر|cairo"],
  ["Africa/Casablanca", "المغرب|casablanca"],
  ["Asia/Riyadh", "مكة(?: المكرمة)?|السعودية|الرياض"],
  ["Asia/Beirut", "بيروت|لبنان|beirut"],
  ["Asia/Baghdad", "بغداد|العراق|baghdad"],
  ["Asia/Damascus", "دمشق|سوريا"],
  ["Asia/Jerusalem", "القدس|فلسطين|ישראל|israel"],
  ["Asia/Dubai", "ابوظبي|أبوظبي|دبي|الإمارات|الامارات|dubai"],
  ["Asia/Tehran", "تهران|tehran"],
  ["Asia/Kolkata", "india|indian"],
  ["Asia/Shanghai", "北京|beijing|pekin|pequim"],
  ["Asia/Tokyo", "日本|東京|tokyo|toquio"],
  ["Asia/Seoul", "한국|서울|seoul"],
  ["Asia/Singapore", "singapore"],
  ["Asia/Hong_Kong", "hong kong"],
  ["Australia/Sydney", "sydney"],
  ["America/New_York", "new york|nueva york|nova york|washington|miami"],
  ["America/Toronto", "montreal|toronto"],
  ["America/Mexico_City", "(?:la )?ciudad de mexico|mexico"],
  ["America/Bogota", "bogota|colombia"],
  ["America/Lima", "lima|peru"],
  ["America/Santiago", "santiago|chile"],
  ["America/Argentina/Buenos_Aires", "buenos aires|argentina"],
  ["America/Caracas", "caracas|venezuela"],
  ["America/Sao_Paulo", "brasilia|sao paulo|brasil"],
];
const BEFORE =
  "(?:(?:heure|hora|horario|ora|orario)(?: oficial)?\\s(?:de |d['’]|do |da |del |di |en )?|بتوقيت\\s|שעון\\s)";
const BEHIND = "\\s?(?:(?:standard |summer )?time|zeit|saati|времени|время|часом|时间|時間|시간)";
const END = "(?![\\p{L}\\p{M}])";
const TIMES = PLACES.map(([zone, names]) => ({
  zone,
  named: new RegExp(`^(?:${BEFORE}(?:${names})(?:${BEHIND})?|(?:${names})${BEHIND}|москве)${END}`, "u"),
}));
/** The zone isn't said. */
const LOCAL =
  /^(?:(?:heure|hora|ora) locale?|local time|ortszeit|местного времени|местное время|местному времени|بالتوقيت المحلي|yerel saatle?)(?![\p{L}\p{M}])/u;

/** The time of a place that a text begins with, in its own words; a null zone: local time. */
export function placeTime(text: string): { readonly timeZone: string | null; readonly found: string } | undefined {
  const local = LOCAL.exec(text);
  if (local !== null) return { timeZone: null, found: local[0] };
  for (const { zone, named } of TIMES) {
    const found = named.exec(text)?.[0];
    if (found !== undefined) return { timeZone: found === "москве" ? "Europe/Moscow" : zone, found };
  }
  return undefined;
}
