import type { Hono } from "hono";
import { networkOf } from "#domain/audience/limits/client-address.ts";
import { sitePaths } from "#domain/site-paths.ts";
import { LocalDate } from "#domain/time/instant.ts";
import { timeZones } from "#domain/time/time-zones.ts";
import { type PreferencesForm, preferencesPage } from "#templates/pages/preferences-page.ts";
import { stepPage } from "#templates/pages/subscribe-pages.ts";
import { languageNames, readerWordsFor } from "#templates/reader-words.ts";
import { type MoveLink, type MovePorts, moveByToken, moveLinkByToken } from "#usecases/audience/change-address.ts";
import {
  type PreferencesPorts,
  preferencesByToken,
  type ShownPreferences,
  savePreferences,
} from "#usecases/audience/preferences.ts";
import { requestAddressChange } from "#usecases/audience/request.ts";
import { switchByToken } from "#usecases/audience/switch-newsletter.ts";
import { readBody } from "../body.ts";
import { addressOf, lookOf, newsletterAt, param, type SiteContext, type SiteEnvironment } from "../look.ts";
import type { ShowMessage } from "../message.ts";
import { mailedLinkPage } from "./mailed-link.ts";
import { insteadButtons, type SwitchPagePorts, showSwitched } from "./switching.ts";

export type PreferencesPagePorts = SwitchPagePorts & PreferencesPorts & MovePorts;

/** The preferences page, linked from every email; GET and HEAD change nothing. */
export function addPreferences(
  app: Hono<SiteEnvironment>,
  ports: PreferencesPagePorts,
  showMessage: ShowMessage,
): void {
  const path = sitePaths.preferences(":token");
  // The page for the link of an email without a reader, such as a preview.
  app.get(sitePaths.samplePreferences, (c) => showMessage(c, "sample", 200, { path: sitePaths.samplePreferences }));
  app.get(path, async (c) => {
    const shown = await preferencesByToken(ports, param(c, "token"));
    if (!shown) return absent(ports, c, shown, showMessage);
    return c.html(form(ports, c, shown, { done: doneOf(c.req.query("done")) }));
  });
  app.post(path, (c) => save(ports, c, showMessage));
  app.get(sitePaths.address(":token"), (c) => c.redirect(sitePaths.preferences(param(c, "token"))));
  app.post(sitePaths.address(":token"), (c) => changeAddress(ports, c, showMessage));
  const moved = (c: SiteContext, found: MoveLink) =>
    mailedLinkPage(ports, c, sitePaths.move(param(c, "token")), found, { ask: "move", done: "moved" });
  app.get(sitePaths.move(":token"), async (c) => moved(c, await moveLinkByToken(ports, param(c, "token"))));
  app.post(sitePaths.move(":token"), async (c) => {
    const { language } = lookOf(ports, c, "");
    return moved(c, await moveByToken(ports, param(c, "token"), language));
  });
}

const results = ["saved", "requested", "changeRequested"] as const;
const doneOf = (result: string | undefined) => results.find((one) => one === result);

/** A valid link of an erased reader says so; other links are invalid. */
function absent(ports: PreferencesPagePorts, c: SiteContext, shown: null | undefined, showMessage: ShowMessage) {
  if (shown === undefined) return showMessage(c, "badLink", 404);
  const look = lookOf(ports, c, param(c, "token").split(".")[1] ?? "");
  const words = readerWordsFor(look.language);
  return c.html(stepPage(look, { title: words.preferences.title, text: words.data.nothing }));
}

function form(
  ports: PreferencesPagePorts,
  c: SiteContext,
  shown: ShownPreferences,
  after: Pick<PreferencesForm, "done" | "fault">,
  requested = c.req.query("lang") ?? shown.preferences.language,
): string {
  const token = param(c, "token");
  const { newsletter, address, preferences, pause, subscribed } = shown;
  const look = lookOf(ports, c, newsletter, sitePaths.preferences(token), requested);
  return preferencesPage(look, {
    maskedAddress: address,
    action: sitePaths.preferences(token),
    addressAction: sitePaths.address(token),
    newsletters: Object.entries(ports.config.newsletters).map(([name, { title }]) => ({
      ...{ name, title, isSubscribed: subscribed.includes(name) },
    })),
    instead: subscribed.includes(newsletter) ? insteadButtons(ports, newsletter, look.language) : [],
    preferences,
    pause,
    timeZone: newsletterAt(ports.config, newsletter)?.timeZone ?? "UTC",
    timeZones: timeZonesFor(preferences),
    ...after,
  });
}

/** An imported reader may have one that isn't in the list, such as UTC. */
const timeZonesFor = ({ zone }: ShownPreferences["preferences"]): string[] =>
  zone === undefined ? timeZones() : [...new Set([zone, ...timeZones()])];

async function save(ports: PreferencesPagePorts, c: SiteContext, showMessage: ShowMessage) {
  const token = param(c, "token");
  const body = await readBody(c, ["form"]);
  const shown = await preferencesByToken(ports, token);
  if (!shown) return absent(ports, c, shown, showMessage);
  const pressed = "fields" in body && (body.fields.save !== undefined || body.fields.resume !== undefined);
  if ("fields" in body && body.fields.instead !== undefined) {
    const switched = await switchByToken(ports, token, body.fields.instead);
    return switched === undefined ? c.html(form(ports, c, shown, {}), 410) : showSwitched(ports, c, switched);
  }
  // A request that isn't from our form would end every subscription, because it names no newsletters.
  if (!pressed) return c.html(form(ports, c, shown, {}), "refused" in body ? body.refused : 400);
  const wanted = wantedOf(ports, body.fields, shown);
  const pageLanguage = lookOf(ports, c, shown.newsletter, undefined, body.fields.lang).language;
  const isDate = wanted.pausedUntil === undefined || LocalDate.safeParse(wanted.pausedUntil).success;
  const result = isDate
    ? await savePreferences(ports, token, { ...wanted, pageLanguage, network: networkOf(addressOf(c.env)) })
    : "pause";
  if (result === undefined) return showMessage(c, "badLink", 404);
  if (result === "pause") {
    const { newsletters, ...preferences } = wanted;
    const typed = { ...shown, preferences, subscribed: [...newsletters] };
    return c.html(form(ports, c, typed, { fault: { field: "pause" } }, body.fields.lang), 422);
  }
  const language = wanted.language ?? body.fields.lang ?? "";
  return c.redirect(`${sitePaths.preferences(token)}?done=${result}&lang=${encodeURIComponent(language)}`, 303);
}

/** The form's choices. A zone or language that the form didn't offer is ignored. */
function wantedOf({ config }: PreferencesPagePorts, fields: Record<string, string>, { preferences }: ShownPreferences) {
  const offered = (value: string | undefined, values: readonly string[], before: string | undefined) => {
    if (value === "") return undefined;
    return value !== undefined && values.includes(value) ? value : before;
  };
  const { pause = "", resume, zone, language } = fields;
  return {
    newsletters: new Set(Object.keys(config.newsletters).filter((name) => fields[`newsletter-${name}`] !== undefined)),
    pausedUntil: pause === "" || resume !== undefined ? undefined : pause.slice(0, 10),
    zone: offered(zone, timeZones(), preferences.zone),
    language: offered(
      language,
      languageNames.map(({ tag }) => tag),
      preferences.language,
    ),
  };
}

async function changeAddress(ports: PreferencesPagePorts, c: SiteContext, showMessage: ShowMessage) {
  const token = param(c, "token");
  const body = await readBody(c, ["form"]);
  const shown = await preferencesByToken(ports, token);
  if (!shown) return absent(ports, c, shown, showMessage);
  if ("refused" in body) return c.html(form(ports, c, shown, {}), body.refused);
  const { email = "", lang } = body.fields;
  const { language } = lookOf(ports, c, shown.newsletter, undefined, lang);
  const taken = await requestAddressChange(ports, {
    ...{ token, address: email, language, network: networkOf(addressOf(c.env)) },
  });
  if (taken === undefined) return showMessage(c, "badLink", 404);
  if ("fault" in taken) {
    const fault = { field: "email", fault: taken.fault, value: email.slice(0, 254) } as const;
    return c.html(form(ports, c, shown, { fault }, lang), 422);
  }
  return c.redirect(`${sitePaths.preferences(token)}?done=changeRequested&lang=${language}`, 303);
}
