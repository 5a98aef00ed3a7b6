import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { pushPaths } from "#domain/site-paths.ts";
import { newPushSource } from "#domain/source/polling.ts";
import { pushKeyText, storedKey } from "#domain/source/push-key.ts";
import type { Source } from "#domain/source/source.ts";
import type { PushKeyStore } from "../ports/articles.ts";
import type { NoteSecurity } from "../ports/services.ts";
import { entryOf, findSource, givenTitle, ID, idTaken, type SourcePorts } from "./sources.ts";

export type PushPorts = SourcePorts & {
  siteUrl: string;
  keys: () => Promise<SigningKeys>;
  pushKeys: Pick<PushKeyStore, "get" | "put">;
  /** 48 hex digits, random. */
  newSecret: () => string;
  noteSecurity: NoteSecurity;
};

/** `key` is null if the source has one already, because it is shown only once. */
type PushSource<Key = string | null> = { source: Source; key: Key; endpoint: string };

type NewPushSource = { name: string; title?: string | undefined; weight?: number | undefined; by: string };

/** Adds a pushed source, or restores a removed one with a new key, because the old one may have leaked. */
export async function addPushSource(
  ports: PushPorts,
  { name, title: wanted, weight, by }: NewPushSource,
): Promise<Outcome<PushSource>> {
  if (!ID.test(name)) {
    return fault("bad-request", `push: "${name}" may have lower-case letters, digits and hyphens, such as city-desk.`);
  }
  const now = ports.now();
  const title = givenTitle(wanted);
  const before = (await ports.sources.all()).find(({ id }) => id === name);
  if (before !== undefined && before.kind !== "push") return idTaken(name);
  const source: Source =
    before === undefined
      ? newPushSource({ id: name, title, weight }, now)
      : { ...before, title: title ?? before.title, weight: weight ?? before.weight, removedAt: null };
  const keep = before?.removedAt === null && (await ports.pushKeys.get(name)) !== undefined;
  // The new key is stored before the source is restored, so the old one never works again.
  const key = keep || before === undefined ? null : await newKey(ports, name);
  if (before !== undefined) await ports.sources.put(source);
  else if (!(await ports.sources.add(source))) return idTaken(name);
  await ports.audit.append(entryOf(ports, "source push", source, { by }));
  return done({ source, key: before === undefined ? await newKey(ports, name) : key, endpoint: endpoint(ports) });
}

/** Rotates a source's key. */
export async function renewKey(
  ports: PushPorts,
  { source: named, by }: { source: string; by: string },
): Promise<Outcome<PushSource<string>>> {
  const found = await findSource(ports, named);
  if (!found.ok) return found;
  const source = found.value;
  if (source.kind !== "push") {
    return fault(
      "bad-request",
      `${source.id} is a feed: it is polled and has no key. A source with a key is made by: npx --no-install broadsheet source add --push NAME.`,
    );
  }
  const key = await newKey(ports, source.id);
  await ports.audit.append(entryOf(ports, "source key", source, { by }));
  return done({ source, key, endpoint: endpoint(ports) });
}

async function newKey({ keys, pushKeys, newSecret, noteSecurity, now }: PushPorts, sourceId: string): Promise<string> {
  const text = pushKeyText(sourceId, newSecret());
  await pushKeys.put(storedKey(await keys(), text, sourceId, now()));
  noteSecurity({ kind: "new-key", about: { source: sourceId } });
  return text;
}

const endpoint = ({ siteUrl }: PushPorts) => new URL(pushPaths.articles, siteUrl).href;
