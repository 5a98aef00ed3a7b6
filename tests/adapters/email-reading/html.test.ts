import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readHtml } from "#adapters/email-reading/html.ts";

const body = (inner: string) => readHtml(`<html lang="en"><body><div>${inner}</div></body></html>`);

describe("what is read of an email's HTML", () => {
  test("text as a reader sees it: entities decoded, blocks apart, hidden parts left out, pictures by their texts", () => {
    const { visible } = body(
      '<p>Fish &amp; <b>chi</b>ps</p><p>two</p><span style="display: none">not this</span><img alt="A boat"><style>p{}</style>',
    );
    expect(visible).toBe("Fish & chips two A boat");
  });

  test("colours, grounds and sizes as inline styles hand them down; what is cut at an entity is one run", () => {
    const { runs } = body(
      '<div style="background-color:#ffffff;color:#111111"><p style="font-size:16px">a &amp; b <b style="color:#222222">c</b></p></div>d',
    );
    expect(runs).toEqual([
      { text: "a & b", block: "p", color: "#111111", background: "#ffffff", size: 16 },
      { text: "c", block: "p", color: "#222222", background: "#ffffff", size: 16 },
      { text: "d", block: "div", color: null, background: null, size: null },
    ]);
  });

  test("a ground of the body is none: webmail drops it", () => {
    expect(readHtml('<body style="background:#000000"><p style="color:#ffffff">x</p>').runs[0]?.background).toBeNull();
  });

  test("lists with the words of their links, and tables in comments for Outlook", () => {
    const { lists, tables, outlook } = body(
      '<ol><li><a href="https://a.example/">One</a> more</li><li>Two</li></ol>' +
        '<!--[if mso | IE]><table role="presentation"><tr><td><![endif]--><table><tr></tr></table><!-- plain <table> -->',
    );
    expect(lists).toEqual([
      {
        items: [
          { text: "One more", links: ["One"] },
          { text: "Two", links: [] },
        ],
      },
    ]);
    expect(tables).toEqual(["presentation", null]);
    expect(outlook).toEqual(['<table role="presentation"><tr><td>']);
  });

  test("the first hidden text, including white space, and whether anything comes before it", () => {
    expect(body('<div style="display:none" aria-hidden="true">More\u2007 </div>x').hidden).toEqual({
      ...{ text: "More\u2007 ", style: "display:none", ariaHidden: true, isFirst: true },
    });
    expect(body('x<div style="display:none">y</div>').hidden).toMatchObject({ isFirst: false, ariaHidden: false });
  });
});

test("whatever it is given, it reads to the end", () => {
  const pieces = fc.constantFrom(
    ...[
      "<p",
      ">",
      "</p>",
      "<li>",
      "</ol>",
      "<a href=",
      '"x"',
      "<!--[if mso]>",
      "<![endif]-->",
      "<style>",
      "&#0;",
      "</",
      "é",
      "\0",
    ],
    ...["<title>", "<table role=presentation>", ' style="color:;:;"', "</body>", "<html>"],
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      expect(typeof readHtml(parts.join("")).visible).toBe("string");
    }),
    { numRuns: 200 },
  );
  const deep = readHtml("<div>".repeat(20_000));
  expect(deep.elements.div).toBe(20_000);
});
