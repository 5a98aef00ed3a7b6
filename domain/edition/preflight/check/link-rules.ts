import { blocker, capital, email, type Finding, finalBlocker, type LinkTrial, nameOf, warning } from "../finding.ts";
import { placeholderInAddress } from "../foreign-placeholders.ts";
import { type Facts, isLinkless, letters } from "./facts.ts";
import { placeOfLink } from "./places.ts";

/** Targets and texts of links: B12, B30. */
export const linkRules = (facts: Facts): Finding[] => [...addresses(facts), ...words(facts), ...leaving(facts)];

/** An address with a missing value, from a template or a source. */
const hollow = /(^|[/=?&#])(undefined|null|NaN|%5Bobject|\[object)([/?&#%\s]|$)/;

function addresses({ content, html, urls }: Facts): Finding[] {
  const secure = urls.site.startsWith("https:");
  return html.links.flatMap((link) => {
    const at = placeOfLink(content, link);
    const name = capital(nameOf(at));
    const shown = link.href.length > 100 ? `${link.href.slice(0, 100)}…` : link.href;
    if (/^mailto:[^\s]+@/i.test(link.href)) return [];
    if (!/^https?:\/\/[^/]/i.test(link.href) || URL.parse(link.href) === null) {
      return [
        blocker("B30", at, `${name} links to “${shown}”, which isn’t a web address. Give it the story’s address.`),
      ];
    }
    const placeholder = placeholderInAddress(link.href);
    if (placeholder !== undefined) {
      const what = `${name} links to ${shown}, where “${placeholder}” was never filled in.`;
      return [blocker("B30", at, `${what} Correct the address, or remove the story.`)];
    }
    if (hollow.test(link.href)) {
      return [blocker("B30", at, `${name} links to ${shown}, whose address was never filled in. Correct the address.`)];
    }
    if (secure && /^http:/i.test(link.href)) {
      const advice = "Make it https:// if the page opens like that, link to another page, or remove the story.";
      return [
        blocker(
          "B30",
          at,
          `${name} links to ${shown}, which anyone between us and the reader can read or change. ${advice}`,
        ),
      ];
    }
    return [];
  });
}

/** Link texts that don't say where a link leads, in Broadsheet's languages. */
const vague = new Set(
  [
    ...["click", "click here", "here", "read more", "learn more", "more", "link", "this", "continue reading"],
    ...["hier", "hier klicken", "mehr", "weiterlesen", "mehr lesen", "mehr erfahren"],
    ...["ici", "cliquez ici", "en savoir plus", "lire la suite", "plus"],
    ...["aquí", "haz clic aquí", "leer más", "más", "saber más"],
    ...["aqui", "clique aqui", "leia mais", "saiba mais", "mais"],
    ...["هنا", "اضغط هنا", "اقرأ المزيد", "المزيد", "כאן", "לחצו כאן", "קראו עוד", "עוד"],
  ].map(letters),
);

function words(facts: Facts): Finding[] {
  const { content, html } = facts;
  if (isLinkless(content)) return [];
  const first = new Map<string, string>();
  return html.links.flatMap((link) => {
    const at = placeOfLink(content, link);
    const name = capital(nameOf(at));
    const said = letters(link.text).toLowerCase();
    if (vague.has(said)) return [warning("B12", at, `${name} links by “${link.text}”, which does not say where to.`)];
    // A headline without letters has no words to compare.
    const other = said === "" ? undefined : first.get(said);
    if (other === undefined) first.set(said, link.href);
    if (other === undefined || other === link.href) return [];
    const twice = `${name} has the same words as another link, which leads elsewhere: “${link.text}”.`;
    return [warning("B12", at, `${twice} Reword it, or remove one of the two stories.`)];
  });
}

/** The law and all large mailbox providers require a visible way to unsubscribe. */
function leaving({ html, filled, urls }: Facts): Finding[] {
  const inHtml = html.links.some(({ href, text }) => href === urls.unsubscribe && letters(text) !== "");
  const inText = filled.text.split(/\s+/).includes(urls.unsubscribe);
  const operator = "It can’t be sent like this. Tell your Broadsheet operator.";
  return [
    ...(inHtml ? [] : [finalBlocker("B35", email, `The email has no link to unsubscribe. ${operator}`)]),
    ...(inText ? [] : [finalBlocker("B38", email, `The text part has no address to unsubscribe at. ${operator}`)]),
  ];
}

/** The addresses to try: those of stories, each once. Our own pages exist only after sending. */
export const linksToTry = ({ html, urls }: Facts): string[] => {
  const site = URL.parse(urls.site)?.host;
  const ours = [urls.edition, urls.archive, urls.subscribe, urls.unsubscribe];
  const foreign = html.links.filter(({ href }) => {
    const url = URL.parse(href);
    if (url === null || !/^https?:$/.test(url.protocol)) return false;
    return url.host !== site || !(ours.includes(href) || href.startsWith(`${urls.unsubscribe}/`));
  });
  return [...new Set(foreign.map(({ href }) => href))];
};

/** Links that could not be opened. A network problem doesn’t stop an edition. */
export function trialFindings({ content, html }: Facts, trials: readonly LinkTrial[]): Finding[] {
  return trials.flatMap(({ url, outcome, why }) => {
    if (outcome === "works") return [];
    const at = placeOfLink(content, html.links.find(({ href }) => href === url) ?? { href: url, text: "" });
    const advice = {
      dead: "Correct its address, or remove the story.",
      refused: "Readers cannot open it. Correct its address, or remove the story.",
      untestable: "Open it once yourself.",
    }[outcome];
    return [warning("B30", at, `The link of ${nameOf(at)}, ${url.slice(0, 200)}, ${why}. ${advice}`)];
  });
}
