/** The domains of most readers' mailboxes; a very similar domain is probably a typing error. */
const COMMON = [
  "gmail.com",
  "googlemail.com",
  "hotmail.com",
  "hotmail.co.uk",
  "hotmail.fr",
  "outlook.com",
  "outlook.fr",
  "live.com",
  "msn.com",
  "yahoo.com",
  "yahoo.co.uk",
  "yahoo.fr",
  "yahoo.de",
  "icloud.com",
  "me.com",
  "aol.com",
  "proton.me",
  "protonmail.com",
  "gmx.de",
  "gmx.net",
  "gmx.com",
  "web.de",
  "t-online.de",
  "freenet.de",
  "orange.fr",
  "free.fr",
  "wanadoo.fr",
  "laposte.net",
  "uol.com.br",
  "bol.com.br",
  "terra.com.br",
  "mail.com",
  "mail.ru",
  "yandex.com",
  "qq.com",
  "163.com",
  "fastmail.com",
  "zoho.com",
  "btinternet.com",
  "comcast.net",
  "verizon.net",
  "walla.co.il",
];

/** Short names are too similar to each other: `gmx.com` and `qmx.com` both exist. */
const SHORTEST = 8;

/** A suggestion such as `ann@gmail.com` for `ann@gmial.com`; undefined: none. */
export function suggestAddress(address: string): string | undefined {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1).toLowerCase();
  if (COMMON.includes(domain)) return undefined;
  const near = COMMON.find((one) => one.length >= SHORTEST && isOneSlip(domain, one));
  return near === undefined ? undefined : `${address.slice(0, at)}@${near}`;
}

/** Whether one letter is changed, missing, doubled or swapped with its neighbour. */
function isOneSlip(written: string, intended: string): boolean {
  if (Math.abs(written.length - intended.length) > 1) return false;
  let start = 0;
  while (start < intended.length && written[start] === intended[start]) start += 1;
  const rest = (text: string, from: number) => text.slice(start + from);
  if (
    rest(written, 1) === rest(intended, 1) ||
    rest(written, 1) === rest(intended, 0) ||
    rest(written, 0) === rest(intended, 1)
  )
    return true;
  const isSwapped = written[start] === intended[start + 1] && written[start + 1] === intended[start];
  return isSwapped && rest(written, 2) === rest(intended, 2);
}
