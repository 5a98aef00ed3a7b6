import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { storyFinder } from "#domain/edition/choosing/story-finder.ts";
import { makeEdition, regrouped } from "#domain/edition/content/make.ts";
import { editorialStateOf } from "#domain/edition/decisions/decisions.ts";
import { GATE } from "#domain/edition/decisions/machine.ts";
import type { Edition, EditionContent, EditionKey } from "#domain/edition/edition.ts";
import { correctedStories, mayDrop, overtaking, type Page, pagesOf, saysGone } from "#domain/edition/freshness.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { Log } from "../../ports/services.ts";
import { type LinkTrying, tryLinks } from "../check/try-links.ts";
import { newestRevision } from "../find-edition.ts";
import { build } from "../making/build.ts";
import { type Change, change, type EditionState } from "../making/change.ts";
import { readField } from "../making/gather.ts";
import type { Ports } from "../ports.ts";
import { gateNotice } from "./gate-notice.ts";
import { notifyOnce } from "./notify-once.ts";

export type GatePorts = Ports & {
  /** Polls these sources now, and lands what they bring. */
  pollSources: (ids: readonly string[]) => Promise<void>;
  /** Opens pages as a reader would. */
  pages: LinkTrying;
  sleep: (milliseconds: number) => Promise<void>;
  log: Pick<Log, "warn">;
};

type Gated = { key: EditionKey; config: NewsletterConfig };

/** How long after the first check a page must still be gone. */
const SECOND_LOOK_MS = 60_000;

/**
 * Checks an edition made from articles once more before it is due. Its sources are polled. A draft takes in new
 * articles and corrections; in mode auto, stories whose pages are gone are dropped. An approved edition isn't changed,
 * but its editors get a mail about what would have changed.
 */
export async function passGate(ports: GatePorts, { key, config }: Gated): Promise<Outcome<unknown>> {
  const before = await ports.editions.get(key);
  const content = before && (await newestRevision(ports, before))?.content;
  if (content !== undefined && before?.cutoff !== null) await pollAgain(ports, content);
  if (before === undefined || (before.state === "draft" && before.cutoff !== null)) {
    const built = await build(ports, { ...key, by: GATE });
    if (!built.ok && (before === undefined || built.fault.code !== "no-candidates")) return built;
    if (config.mode === "auto") await freshen(ports, { key, config });
    return done(null);
  }
  if (before.state === "approved" && before.cutoff !== null && content !== undefined) {
    await reportChanges(ports, { key, config }, { ...before, cutoff: before.cutoff }, content);
  }
  return done(null);
}

/** A source that can't be polled now doesn't stop the gate. */
async function pollAgain(ports: GatePorts, { newsletter, date, sourceIds = [] }: EditionContent): Promise<void> {
  const ids = [...new Set(sourceIds)];
  if (ids.length === 0) return;
  await ports.pollSources(ids).catch((error: unknown) => {
    ports.log.warn("an edition's sources could not be polled again", { edition: `${newsletter} ${date}`, error });
  });
}

async function freshen(ports: GatePorts, { key, config }: Gated): Promise<void> {
  const content = await contentOf(ports, key);
  if (content === null) return;
  const gone = await goneTwice(ports, pagesOf(content));
  const isTooMany = !mayDrop(gone, content);
  const kept: Page[] = [];
  for (const page of isTooMany ? [] : gone) if (!(await drop(ports, { key, config }, page))) kept.push(page);
  if (config.gate.replaceLead) await replaceLead(ports, { key, config });
  const left = isTooMany ? gone : kept;
  if (left.length > 0) {
    const why = isTooMany ? "more than a third" : "too few";
    await notifyOnce(ports, key, "gate", gateNotice(key, config, { why, gone: left }));
  }
}

async function contentOf(ports: GatePorts, key: EditionKey): Promise<EditionContent | null> {
  const edition = await ports.editions.get(key);
  return (edition && (await newestRevision(ports, edition))?.content) ?? null;
}

/** Pages that are gone, and still gone a minute later. */
async function goneTwice(ports: GatePorts, pages: readonly Page[]): Promise<Page[]> {
  const first = await goneNow(ports, pages);
  if (first.length === 0) return [];
  await ports.sleep(SECOND_LOOK_MS);
  return goneNow(ports, first);
}

async function goneNow(ports: GatePorts, pages: readonly Page[]): Promise<Page[]> {
  const trials = await tryLinks(ports.pages, [...new Set(pages.map(({ url }) => url))]);
  const gone = new Set(trials.filter(saysGone).map(({ url }) => url));
  return pages.filter(({ url }) => gone.has(url));
}

/** Removes a story. False: without it there would be no edition. */
async function drop(ports: GatePorts, gated: Gated, { storyId, url }: Page): Promise<boolean> {
  const dropped = await decideOnDraft(ports, gated, {
    decide: ({ content, log }) => {
      const isShown = content !== null && pagesOf(content).some((one) => one.storyId === storyId && one.url === url);
      if (!isShown || editorialStateOf(log).removed.has(storyId)) return done(null);
      return done({ do: "remove", story: storyId, by: GATE, at: ports.now() });
    },
    judge: ({ missing }) => (missing === null ? null : fault("no-candidates", missing)),
  });
  return dropped.ok || dropped.fault.code !== "no-candidates";
}

/** A lead that an editor rewrote isn't replaced. */
function replaceLead(ports: GatePorts, gated: Gated): Promise<Outcome<unknown>> {
  return decideOnDraft(ports, gated, {
    decide: (now) => {
      const newer = newerLead(now);
      return done(newer && { do: "show", story: newer.storyId, article: newer.id, by: GATE, at: ports.now() });
    },
    judge: () => null,
  });
}

/** Makes decisions on a draft; on an approved edition, none. */
const decideOnDraft = (ports: GatePorts, { key, config }: Gated, { decide, judge }: Omit<Change, "fresh">) =>
  change(ports, key, config, {
    fresh: false,
    decide: (now) =>
      now.edition?.state === "draft" ? decide(now) : fault("wrong-state", "The edition isn’t a draft any more."),
    judge,
  });

function newerLead({ content, field, log }: Pick<EditionState, "content" | "field" | "log">) {
  const storyId = content?.lead.storyId ?? null;
  const editorial = editorialStateOf(log);
  const lead = storyId === null ? undefined : storyFinder(field.scored)(storyId);
  if (lead === undefined || storyId === null) return null;
  if (lead.candidate.articles.some(({ id }) => editorial.rewrites.has(id))) return null;
  const newer = overtaking(lead, editorial.shown.get(storyId) ?? lead.candidate.article.id);
  return newer && { ...newer, storyId };
}

/** What would have changed in an approved edition. */
async function reportChanges(
  ports: GatePorts,
  { key, config }: Gated,
  { cutoff }: Edition & { cutoff: string },
  content: EditionContent,
): Promise<void> {
  const [log, asApproved, asOfNow] = await Promise.all([
    ports.editions.decisions(key),
    readField(ports, key, config, cutoff),
    readField(ports, key, config, ports.now()),
  ]);
  const { gathered, field: approvedField } = asApproved;
  const made = await gathered.withTexts(() => makeEdition({ ...gathered, decisions: log }, approvedField));
  const corrected = correctedStories(content, made.content);
  const gone = await goneTwice(ports, pagesOf(content));
  const field = regrouped(asOfNow.field, { ...asOfNow.gathered, decisions: log });
  const newer = newerLead({ content, field, log });
  if (corrected.length + gone.length === 0 && newer === null) return;
  const found = { why: "approved", corrected, gone, newer } as const;
  await notifyOnce(ports, key, "gate", gateNotice(key, config, found));
}
