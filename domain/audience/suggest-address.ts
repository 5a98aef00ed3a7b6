/** Where most readers' mailboxes are: a domain that is nearly one of these is probably a slip. */
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

/** Shorter names differ from each other by as little as a slip does: `gmx.com` and `qmx.com` are both someone's. */
const SHORTEST = 8;

/** The address that was probably meant, such as `ann@gmail.com` for `ann@gmial.com`; undefined: nothing comes to mind. */
export function suggestAddress(address: string): string | undefined {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1).toLowerCase();
  if (COMMON.includes(domain)) return undefined;
  const near = COMMON.find((one) => one.length >= SHORTEST && isOneSlip(domain, one));
  return near === undefined ? undefined : `${address.slice(0, at)}@${near}`;
}

/** Whether one letter was changed, left out, doubled or swapped with its neighbour. */
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
