import { autocomplete, cancel, intro, isCancel, multiselect, outro, select, text } from "@clack/prompts";
import { languages } from "#domain/language.ts";
import { type Weekday, weekdays } from "#domain/time/calendar.ts";
import { timeZones } from "#domain/time/time-zones.ts";
import { Problem } from "../terminal/problem.ts";
import { type Answers, ownTimeZone, problemWith } from "./answers.ts";

type TextKey = "newsletter" | "title" | "from" | "postalAddress" | "sendAt" | "operator" | "region";

/** Asks a person at a terminal for what the options didn't give. @throws Problem when they cancel */
export async function askAll(given: Answers): Promise<Answers> {
  intro("A configuration for your newsletter. Everything can be changed later in broadsheet.config.ts.");
  const answers: Answers = {
    ...given,
    title: await askText(given, "title", { message: "What is the newsletter called?", placeholder: "Harbour News" }),
    newsletter: await askText(given, "newsletter", {
      message: "A short name for it, used in commands and addresses",
      initialValue: "daily",
    }),
    from: await askText(given, "from", {
      message: "Which address do editions come from? You must be able to change its domain's DNS",
      placeholder: "news@your-domain.org",
    }),
    postalAddress: await askText(given, "postalAddress", {
      message: "Your postal address, for the foot of each email (anti-spam law asks for it)",
    }),
    language: given.language ?? (await askLanguage()),
    timeZone: given.timeZone ?? (await askTimeZone()),
    sendAt: await askText(given, "sendAt", {
      message: "At which local time is an edition due? (HH:MM)",
      initialValue: "07:00",
    }),
    days: given.days ?? (await askDays()),
    mode: given.mode ?? (await askMode()),
  };
  const editor = given.editor.length > 0 ? given.editor : await askEditors();
  const operator =
    given.operator ?? (await askOptional("operator", "Who is mailed when something breaks? (an address)"));
  const region = given.region ?? (await askOptional("region", "AWS region, such as eu-west-1 (default: your shell's)"));
  outro("That's all.");
  return { ...answers, editor, operator, region };
}

type TextQuestion = { message: string; placeholder?: string; initialValue?: string };

async function askText(given: Answers, key: TextKey, question: TextQuestion): Promise<string> {
  const known = given[key];
  if (known !== undefined) return known;
  const validate = (value: string | undefined) =>
    value?.trim() ? problemWith({ [key]: value.trim() }) : "An answer is needed.";
  return answered(await text({ ...question, validate })).trim();
}

async function askOptional(key: TextKey, message: string): Promise<string | undefined> {
  const validate = (value: string | undefined) => (value?.trim() ? problemWith({ [key]: value.trim() }) : undefined);
  const given = answered(await text({ message, placeholder: "Enter to skip", validate }));
  return given?.trim() || undefined;
}

async function askEditors(): Promise<string[]> {
  const listed = (value: string | undefined) => (value ?? "").split(/[\s,;]+/).filter((one) => one !== "");
  const given = await text({
    message: "Who hears when an edition is skipped or held? (addresses, separated by commas)",
    placeholder: "Enter to skip",
    validate: (value) => problemWith({ editor: listed(value) }),
  });
  return listed(answered(given));
}

async function askLanguage(): Promise<string> {
  const names = new Intl.DisplayNames("en", { type: "language" });
  const options = languages.map((value) => ({ value, label: names.of(value) ?? value }));
  return answered(await select<string>({ message: "Its language?", options, initialValue: "en" }));
}

async function askTimeZone(): Promise<string> {
  const zones = ["UTC", ...timeZones()];
  const options = zones.map((value) => ({ value, label: value }));
  const message = "Its time zone? Type to search";
  return answered(await autocomplete({ message, options, initialValue: ownTimeZone(), maxItems: 8 }));
}

async function askDays(): Promise<Weekday[] | undefined> {
  const name = new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" });
  // 4 January 1970 was a Sunday, the first of the list.
  const options = weekdays.map((value, at) => ({ value, label: name.format(Date.UTC(1970, 0, 4 + at)) }));
  const days = answered(
    await multiselect({ message: "On which days?", options, initialValues: [...weekdays], required: true }),
  );
  return days.length === weekdays.length ? undefined : days;
}

async function askMode(): Promise<"auto" | "approve"> {
  return answered(
    await select<"auto" | "approve">({
      message: "Does someone approve each edition before it goes out?",
      options: [
        { value: "auto", label: "No, it goes out when due" },
        { value: "approve", label: "Yes, it waits for an editor" },
      ],
    }),
  );
}

function answered<T>(answer: T): Exclude<T, symbol> {
  if (isAnswer(answer)) return answer;
  cancel("Nothing was written.");
  throw new Problem("cancelled", "Cancelled: nothing was written.");
}

/** Ctrl-C answers with a symbol of clack's own. */
const isAnswer = <T>(answer: T): answer is Exclude<T, symbol> => !isCancel(answer);
