import type { Words } from "../words.ts";

export const ar: Words = {
  more: { one: "عنوان واحد آخر", two: "عنوانان آخران", few: "{n} عناوين أخرى", other: "{n} عنوانًا آخر" },
  headlines: { one: "عنوان واحد", two: "عنوانان", few: "{n} عناوين", other: "{n} عنوانًا" },
  rest: {
    one: "عنوان واحد آخر على الويب",
    two: "عنوانان آخران على الويب",
    few: "{n} عناوين أخرى على الويب",
    other: "{n} عنوانًا آخر على الويب",
  },
  developing: "خبر متطوّر",
  alsoIn: "وأيضًا في {names}",
  others: { one: "مصدر آخر", two: "مصدرين آخرين", few: "{n} مصادر أخرى", other: "{n} مصدرًا آخر" },
  readAt: "اقرأ الخبر كاملًا في {source}",
  read: "اقرأ الخبر كاملًا",
  reason: "تصلك هذه الرسالة لأنك مشترك في {title}.",
  replies: "يمكنك الرد على هذه الرسالة أو الكتابة إلى {contact}، وسيقرؤها شخص.",
  browser: "عرض في المتصفح",
  archive: "كل الأعداد",
  unsubscribe: "إلغاء الاشتراك",
};
