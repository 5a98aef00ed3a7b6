/**
 * Unfilled placeholders of other systems' templates, from sources or copied text. Each pattern is bounded and begins
 * with its own character, so searching is linear.
 */
const anywhere = [
  /\{\{[^{}\n]{1,60}\}\}/, // Handlebars, Liquid, Jinja, SES: {{name}}
  /\{%[^%\n]{1,60}%\}/, // Liquid, Jinja, Twig: {% if x %}
  /%%=?[^%\n]{1,60}%%/, // Salesforce Marketing Cloud: %%name%%, %%=v(@x)=%%
  /\*\|[^|\n]{1,60}\|\*/, // Mailchimp: *|FNAME|*, *|IF:X|*
  /\[\[[\w.:|%"' -]{1,60}\]\]/, // [[name]], Mailjet: [[data:firstname:"friend"]]
  /\[%[^%\n]{1,60}%\]/, // Template Toolkit: [% name %]
  /\$!?\{[^{}\n$]{1,60}\}/, // JavaScript, FreeMarker, Velocity: ${user.name}, ${(user.name)!"friend"}, $!{name}
  /\$\[[A-Za-z][\w.]{0,30}(?:\|[^\][\n]{0,40})?\]\$/, // Zoho: $[FNAME|friend]$
  /\{(?:(?:if|elseif|foreach) [^{}\n$]{0,30})?\$[\w.]{1,40}[^{}\n]{0,30}\}/, // Smarty: {$name}, {if $name}
  /\{![\w.]{1,40}\}/, // Salesforce: {!Contact.Name}
  /#\{[\w.]{1,40}\}/, // Ruby, Pug: #{name}
  /<%[^%\n]{1,60}%>/, // ERB, EJS: <%= name %>
  /<\?(?:php\b|=)[^?\n]{1,60}\?>/, // PHP: <?= $name ?>
  /<<[ ]?\p{L}[\p{L}\p{N}_. -]{0,40}>>/u, // mail merge: <<First Name>>
  /\{(?:(?:first|last|full|user|contact)?[_ ]?name|vorname|nachname|pr[ée]nom|nombre)(?:[|,][^{}\n]{0,40})?\}/i, // {first_name}, {name|friend}, Ghost: {first_name, "friend"}
  /\{(?:contactfield|subtag|subscriber|contact|user)[:=]\w{1,30}\}/i, // Mautic, AcyMailing: {contactfield=firstname}
  /\{(?:unsubscribe|webview)(?:_(?:url|link|text))?\}/i, // Mautic: {unsubscribe_url}
  /@@\w{1,30}@@/, // @@name@@
  /#{2,3}[A-Za-z]\w{1,30}#{2,3}/, // TYPO3: ###NAME###
];

/** Only in text, because an address may contain `filter[name]` or a fragment. */
const inTextOnly = [
  /%[A-Za-z_][\w.]{0,40}%/, // Mailgun and others: %recipient.name%
  /\[(?:(?:first|last|full|user|f|l)?[_ ]?name|vorname|nachname|pr[ée]nom|nombre)(?:,[^\][\n]{0,40})?\]/i, // [First Name], [firstname,fallback=friend]
  /\[(?:unsubscribe|webversion|web[_ ]?view)(?:[_ ]?(?:url|link))?\]/i, // [UNSUBSCRIBE], [unsubscribe_url], [webversion]
  /\[(?:subscriber|link|user|contact|contact_attribute):\w{1,40}\]/i, // MailPoet: [subscriber:firstname]
  /[<«](?:first|last|full)[_ ]?name[>»]/i, // mail merge: «First Name»
  /\${1,2}(?:first|last|full|user)?[_ ]?name\${1,2}/i, // StringTemplate: $name$
  /~[A-Za-z]{1,30}\.[A-Za-z.]{1,30}~/, // ~Contact.FirstName~
  /#(?:first|last|full|user)[_ ]?name#/i, // #FirstName#
  /(?<![\w.])@(?:FIRST|LAST|FULL)_?NAME@/, // Dotdigital: @FIRSTNAME@
];

/** In an address, letters after a percent sign are usually an encoded byte. */
const inAddressOnly = [/%(?![0-9A-Fa-f]{2})[A-Za-z_][\w.]{1,40}%/];

const firstIn = (text: string, patterns: readonly RegExp[]): string | undefined =>
  patterns.flatMap((pattern) => pattern.exec(text)?.[0] ?? [])[0];

/** The first unfilled placeholder in a text; undefined: none. */
export const placeholderIn = (text: string): string | undefined => firstIn(text, [...anywhere, ...inTextOnly]);

/** The same for a link's address, encoded or not. */
export const placeholderInAddress = (address: string): string | undefined =>
  firstIn(address, [...anywhere, ...inAddressOnly]) ?? firstIn(decoded(address), anywhere);

/** An address with a literal percent sign is decoded as far as possible. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address.replaceAll(/%[2-7][0-9a-f]/gi, (byte) => String.fromCharCode(Number.parseInt(byte.slice(1), 16)));
  }
}
