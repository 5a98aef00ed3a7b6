import { expect, test } from "vitest";
import { receiverOf } from "#domain/delivery/resolving/receiver.ts";

test.each([
  ["a@gmail.com", "Gmail"],
  ["a@Outlook.com", "Microsoft"],
  ["a@hotmail.co.uk", "Microsoft"],
  ["a@yahoo.com.br", "Yahoo"],
  ["a@icloud.com", "Apple"],
  ["a@web.de", "GMX and WEB.DE"],
  ["a@the-smiths.example", "others"],
  ["a@mygmail.com", "others"],
  ["a@gmail.com.evil.example", "others"],
])("%s is received by %s", (address, receiver) => {
  expect(receiverOf(address)).toBe(receiver);
});
