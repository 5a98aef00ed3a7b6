import { describe, expect, it, test } from "vitest";
import { auditText } from "#domain/audit-text.ts";

const text = (did: string, subjects: string[] = [], note: string | null = null) => auditText({ did, subjects, note });

describe("a change in the log is a sentence", () => {
  test.each([
    ["source add", ["touchline"], "https://touchline.example/feed", "added the source touchline"],
    ["source rename", ["touchline"], "Touchline → The Touchline", "renamed the source touchline"],
    ["subscriber add", ["a1"], null, "added a subscriber"],
    ["subscriber import", Array.from({ length: 1200 }, (_, n) => `a${n}`), "list.csv", "imported 1,200 subscribers"],
    ["edition pause", ["2026-11-24"], null, "paused it"],
    ["edition resume --anyway", ["2026-11-24"], "Held.", "resumed it although a check held it"],
    ["edition resolve --as resend", ["2026-11-24", "ab12"], "3 deliveries", "decided to send 3 deliveries again"],
    ["edition resolve --as delivered", ["2026-11-24"], "1 delivery", "decided that 1 delivery had arrived"],
    ["keys rotate", ["sessions", "push"], null, "rotated the keys: sessions, push"],
    ["dlq redrive", ["feedback"], "2 messages", "sent 2 messages back to the queue feedback"],
  ])("%s", (did, subjects, note, expected) => expect(text(did, subjects, note)).toBe(expected));

  it("names up to three things, and counts more", () => {
    expect(text("source remove", ["a", "b", "c"])).toBe("removed the sources a, b, c");
    expect(text("source remove", ["a", "b", "c", "d"])).toBe("removed 4 sources");
  });

  it("gives a command it does not know by its name", () => {
    expect(text("calendar move", ["daily", "2026-11-24"])).toBe("ran calendar move for daily");
    expect(text("calendar move")).toBe("ran calendar move");
  });
});
