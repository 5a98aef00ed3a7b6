/** Tracking parameters, which don't change a page's content. */
const TRACKING = new RegExp(
  [
    "^(utm|mtm|pk|piwik|matomo|hsa|oly|vero|wt|at|itm|int|ga|_ga|stm|mkt|trk|cm|ns)_",
    "^(fbclid|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|_hsenc|_hsmi)$",
    "^(xtor|cmpid|cmp|ncid|smid|smtyp|sr_share|partner|emc|ocid|ito|icid|rss|feedname|feedtype|feedid|ftag|ref_src)$",
    "^(ref_url|referrer|ftcamp|mod|soc_src|soc_trk|guccounter|guce_referrer|guce_referrer_sig|spm|wtrid|_openstat)$",
    "^(campaign_id|share_id|s_cid|s_kwcid|zanpid|kk_campaign|recip|bxid|cndid|esrc|vgo_ee|oc)$",
  ].join("|"),
  "i",
);
/** Parameters with a common name that are recognised by their value. */
const TRACKING_VALUES: readonly (readonly [RegExp, RegExp])[] = [
  [
    /^(source|src|from|ref|via|medium|output|outputtype|view|context|format|feed)$/i,
    /^(rss|feed|atom|amp|newsfeed|rdf)([-_.:]|$)/i,
  ],
  [/^(amp|mobile|outputtype)$/i, /^(1|true|amp|)$/i],
  [/^CMP$/i, /./],
];
/** Fragments that identify a page on sites rendered by scripts. */
const ROUTE = /^#(!|\/)/;

const http = /^https?:$/;
/** Longest given address in characters; without tracking, at most half of that may be left. */
const LONGEST_RAW = 4000;

/** The canonical address, or null with the reason why it can't be a link. */
type Address = { readonly url: string | null; readonly doubt: "url-missing" | "url-refused" | null };

/**
 * The canonical form of a link: absolute http(s), without credentials, tracking and fragment, and with the target
 * itself if the link goes through a feed proxy, a click counter or an AMP cache that contains the target's address.
 * Only changes that keep the link working are made; urlIdentity compares more loosely.
 * @param base what a relative link is relative to
 */
export function canonicalUrl(raw: string | null | undefined, base?: string, keepFragment = false): Address {
  if (raw != null && raw.length > LONGEST_RAW) return { url: null, doubt: "url-refused" };
  const text = (raw ?? "").trim();
  if (text === "") return { url: null, doubt: "url-missing" };
  const parsed = parseLink(text, base);
  if (parsed === null) return { url: null, doubt: "url-refused" };
  const url = unwrap(parsed);
  url.username = "";
  url.password = "";
  dropTracking(url);
  leaveAmp(url);
  if (!keepFragment && !ROUTE.test(url.hash)) url.hash = "";
  if (url.hostname.endsWith(".")) url.hostname = url.hostname.slice(0, -1);
  return url.href.length > 2000 ? { url: null, doubt: "url-refused" } : { url: url.href, doubt: null };
}

/**
 * A feed's address in the forms of people and feed readers: `feed:https://…`, `feed://…`, `itpc://…`, without a scheme,
 * with spaces or angle brackets around it or entities in it.
 */
export function feedAddress(raw: string): string {
  const bare = /^<(\S+)>$/.exec(raw.trim())?.[1] ?? raw.trim();
  const text = bare.replace(/&amp;/gi, "&").replace(/\s/gu, "%20");
  const plain = text.replace(/^(?:(?:feeds?|itpcs?|pcast|podcasts?|itms-podcasts?|rss):(?:\/\/)?)+(?=https?:)/i, "");
  const secure = plain.replace(
    /^(?:(?:(?:feeds?|itpcs?|pcast|podcasts?|itms-podcasts?|rss):)+(?:\/\/)?|\/\/)/i,
    "https://",
  );
  const beginsWithHost = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?\//i.test(secure);
  return beginsWithHost || isHost(secure) ? `https://${secure}` : secure;
}

/** "gull.example", unlike "gull.xml" and "1.2". */
function isHost(text: string): boolean {
  const ending = text.slice(text.lastIndexOf(".") + 1);
  return ending !== text && !/[^\p{L}\p{N}.-]/u.test(text) && /^\p{L}{2,}$/u.test(ending) && !FILE.test(ending);
}
const FILE = /^(?:xml|rss|atom|json|rdf|opml|html?|php|txt)$/i;

/**
 * A picture's address, absolute http(s) and otherwise unchanged, because its parameters may contain its size or a
 * signature.
 */
export function pictureUrl(raw: string, base?: string): string | null {
  const url = raw.length > LONGEST_RAW ? null : parseLink(raw.trim(), base);
  if (url === null || url.href.length > 2000) return null;
  url.username = "";
  url.password = "";
  return url.href;
}

/** Slips of publishers: no scheme, one slash after it, or two schemes. */
function withScheme(text: string): string {
  if (/^www\.[^\s/]+\.[a-z]{2,}/i.test(text)) return `http://${text}`;
  return text
    .replace(/^https?:\/\/(?=https?:?\/\/)/i, "")
    .replace(/^(https?):?\/\/?(?=[^\s/]+\.[a-z]{2,}(?:[:/?#]|$))/i, "$1://");
}

function parseLink(text: string, base: string | undefined): URL | null {
  const complete = withScheme(text);
  const url = URL.parse(complete, base);
  return url !== null && http.test(url.protocol) && url.hostname !== "" ? url : null;
}

/** google.com, google.de, google.co.uk, google.com.br */
const GOOGLE = /(^|\.)google\.[a-z]{2,3}(\.[a-z]{2})?$/;

/** Hosts whose links contain the page's address in a parameter. */
const CARRIERS: readonly (readonly [RegExp, RegExp, readonly string[]])[] = [
  [GOOGLE, /^\/url$/, ["url", "q"]],
  [/(^|\.)bing\.com$/, /apiclick\.aspx$/, ["url"]],
  [/^(l|lm)\.facebook\.com$/, /^\/l\.php$/, ["u"]],
  [/^(www\.)?youtube\.com$/, /^\/redirect$/, ["q"]],
  [/^out\.reddit\.com$/, /./, ["url"]],
  [/^(api\.)?follow\.it$/, /./, ["url"]],
  [/^feeds?\.feedblitz\.com$/, /./, ["url"]],
  [/^news\.google\.com$/, /^\/news\/url$/, ["url"]],
];

/** The target in a proxy's link; the link itself if there is none. */
function unwrap(url: URL): URL {
  const name = url.hostname.toLowerCase();
  const carrier = CARRIERS.find(([host, path]) => host.test(name) && path.test(url.pathname));
  for (const parameter of carrier?.[2] ?? []) {
    const inside = parseLink(url.searchParams.get(parameter) ?? "", undefined);
    if (inside !== null) return inside;
  }
  const amp = GOOGLE.test(name)
    ? /^\/amp\/(s\/)?([^/]+)(\/.*)$/.exec(url.pathname)
    : name.endsWith(".cdn.ampproject.org")
      ? /^\/[acv]\/(s\/)?([^/]+)(\/.*)$/.exec(url.pathname)
      : null;
  const [, secure, host = "", path = ""] = amp ?? [];
  const page = host.includes(".") ? URL.parse(`${secure ? "https" : "http"}://${host}${path}${url.search}`) : null;
  return page ?? url;
}

function dropTracking(url: URL): void {
  if (url.search === "") return;
  const kept = url.search
    .slice(1)
    .split("&")
    .filter((pair) => pair !== "" && !isTracking(pair));
  url.search = kept.length === 0 ? "" : `?${kept.join("&")}`;
}

function isTracking(pair: string): boolean {
  const [rawName = "", rawValue = ""] = pair.split("=", 2);
  // An undecoded `&amp;` gives names such as `amp;utm_medium`, and a broken repair `utm;_medium`.
  const name = rawName.replace(/^(amp;)+/i, "").replace(/;/g, "");
  return TRACKING.test(name) || TRACKING_VALUES.some(([names, values]) => names.test(name) && values.test(rawValue));
}

/** AMP pages whose normal address follows from the publisher's convention. */
function leaveAmp(url: URL): void {
  url.pathname = url.pathname
    .replace(/\.amp(\.html?)?$/i, (_, html: string | undefined) => html ?? "")
    .replace(/(.)\/amp\/?$/i, "$1/");
}

/** First labels of hosts with the same pages for other screens. */
const TWIN_HOST = /^(www\d?|m|mobile|amp|touch|wap)\.(?=[^.]+\.)/i;

/**
 * A form for comparing two addresses of one page, looser than canonicalUrl: without scheme, `www.`, `m.` or `amp.`,
 * trailing slash and index page, and with sorted parameters. Never used as a link.
 */
export function urlIdentity(canonical: string): string {
  const url = URL.parse(canonical);
  if (url === null) return canonical;
  const host = url.hostname
    .toLowerCase()
    .replace(TWIN_HOST, "")
    .replace(/\.(m|mobile|amp)\.(?=[^.]+\.)/, ".");
  const path = url.pathname
    .replace(/^\/(amp|mobile|m)\/(?=.)/i, "/")
    .replace(/\/(index|default)\.(html?|php|aspx?)$/i, "/")
    .replace(/\/{1,9}$/, "");
  const query = url.search.slice(1).split("&").filter(Boolean).sort().join("&");
  return `${host}${url.port === "" ? "" : `:${url.port}`}${path}${query === "" ? "" : `?${query}`}${url.hash}`;
}

/** True if an address is a whole site, which doesn't identify an article. */
export function isFrontPage(canonical: string): boolean {
  const url = URL.parse(canonical);
  return url === null || (url.search === "" && url.hash === "" && /^\/*(index\.(html?|php))?$/i.test(url.pathname));
}

/** Google News lists other outlets' headlines instead of a text. */
export const isGoogleNews = (url: string | null): boolean =>
  url !== null && URL.parse(url)?.hostname === "news.google.com";
