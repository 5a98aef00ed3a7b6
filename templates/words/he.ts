import type { Words } from "../words.ts";

export const he: Words = {
  more: { one: "עוד כותרת אחת", two: "עוד שתי כותרות", other: "עוד {n} כותרות" },
  headlines: { one: "כותרת אחת", two: "שתי כותרות", other: "{n} כותרות" },
  rest: { one: "עוד כותרת אחת באתר", two: "עוד שתי כותרות באתר", other: "עוד {n} כותרות באתר" },
  developing: "מתפתח",
  alsoIn: "גם ב: {names}",
  others: { one: "מקור נוסף", two: "שני מקורות נוספים", other: "{n} מקורות נוספים" },
  readAt: "לכתבה המלאה אצל {source}",
  read: "לכתבה המלאה",
  reason: "קיבלת את ההודעה הזאת כי נרשמת אל {title}.",
  replies: "אפשר להשיב להודעה הזאת או לכתוב אל {contact}, ואדם יקרא.",
  browser: "לצפייה בדפדפן",
  archive: "כל הגיליונות",
  unsubscribe: "ביטול המינוי",
};
