import { expect, test } from "vitest";
import { warmUpLine, warmUpView } from "#functions/desk/office/warm-up.ts";

const warmUp = { admitted: 1_500, waiting: 3_500, lastDate: "2026-12-04", braked: null };

test("the send page says how many imported readers get it, how many wait, and the last day", () => {
  const { markup } = warmUpView({ warmUp });
  expect(markup).toContain("This edition goes to 1,500 imported readers. 3,500 readers wait for a later one.");
  expect(markup).toContain("<dd>Friday 4 December</dd>");
  expect(warmUpView({ warmUp: { ...warmUp, admitted: 1, waiting: 1, lastDate: null } }).markup).toMatch(
    /1 imported reader\. 1 reader waits for a later one\..*in more than a year/s,
  );
});

test("and why no one new is admitted", () => {
  expect(warmUpView({ warmUp: { ...warmUp, braked: "Of 900 readers <60> bounced." } }).markup).toContain(
    '<p class="reason">Of 900 readers &lt;60&gt; bounced.</p>',
  );
});

test("home and the send page say who waits, and nothing where no one does", () => {
  expect(warmUpLine({ warmUp })).toBe(" (3,500 imported readers wait for the warm-up)");
  expect(warmUpLine({ warmUp: { ...warmUp, braked: "Why." } })).toContain("which is stopped");
  expect([warmUpLine({ warmUp: null }), warmUpLine({ warmUp: { ...warmUp, waiting: 0 } })]).toEqual(["", ""]);
  expect(warmUpLine({ warmUp: { ...warmUp, waiting: 1 } })).toBe(" (1 imported reader waits for the warm-up)");
  expect(warmUpView({ warmUp: null }).markup).toBe("");
  expect(warmUpView({ warmUp: { ...warmUp, waiting: 0 } }).markup).toBe("");
});
