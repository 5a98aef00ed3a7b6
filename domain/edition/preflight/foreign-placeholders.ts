/**
 * Placeholders of other systems' templates, which a source or an editor's copied text left unfilled. Each pattern is
 * bounded and begins with its own sign, so reading a text stays linear.
 */
const anywhere = [
  /\{\{[^{}\n]{1,60}\}\}/, // Handlebars, Liquid, Jinja, SES: {{name}}
  /\{%[^%\n]{1,60}%\}/, // Liquid, Jinja, Twig: {% if x %}
  /%%=?[^%\n]{1,60}%%/, // Salesforce Marketing Cloud: %%name%%, %%=v(@x)=%%
  /\*\|[^|\n]{1,60}\|\*/, // Mailchimp: *|FNAME|*, *|IF:X|*
  /\[\[[\w.:|% -]{1,40}\]\]/, // [[name]]
  /\$\{[\w.]{1,40}\}/, // JavaScript, FreeMarker: ${user.name}
  /\{\$[\w.]{1,40}\}/, // Smarty: {$name}
  /\{![\w.]{1,40}\}/, // Salesforce: {!Contact.Name}
  /#\{[\w.]{1,40}\}/, // Ruby, Pug: #{name}
  /<%[^%\n]{1,60}%>/, // ERB, EJS: <%= name %>
  /<<[ ]?\p{L}[\p{L}\p{N}_. -]{0,40}>>/u, // mail merge: <<First Name>>
  /\{(?:first|last|full|user|contact)?[_ ]?name\}/i, // {first_name}
];

/** Only in text: an address may have `filter[name]` or a fragment. */
const inTextOnly = [
  /%[A-Za-z_][\w.]{0,40}%/, // Mailgun and others: %recipient.name%
  /\[(?:first|last|full|user)?[_ ]?name\]|\[unsubscribe\]/i, // [First Name]
  /~[A-Za-z]{1,30}\.[A-Za-z.]{1,30}~/, // ~Contact.FirstName~
  /#(?:first|last|full|user)[_ ]?name#/i, // #FirstName#
];

/** In an address a letter behind a percent sign is mostly an encoded byte. */
const inAddressOnly = [/%(?![0-9A-Fa-f]{2})[A-Za-z_][\w.]{1,40}%/];

const firstIn = (text: string, patterns: readonly RegExp[]): string | undefined =>
  patterns.flatMap((pattern) => pattern.exec(text)?.[0] ?? [])[0];

/** The first unfilled placeholder of a text; undefined where it has none. */
export const placeholderIn = (text: string): string | undefined => firstIn(text, [...anywhere, ...inTextOnly]);

/** The same of a link's address, encoded or not. */
export const placeholderInAddress = (address: string): string | undefined =>
  firstIn(address, [...anywhere, ...inAddressOnly]) ?? firstIn(decoded(address), anywhere);

/** An address with a percent sign of its own is decoded as far as it goes. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address.replaceAll(/%[2-7][0-9a-f]/gi, (byte) => String.fromCharCode(Number.parseInt(byte.slice(1), 16)));
  }
}
