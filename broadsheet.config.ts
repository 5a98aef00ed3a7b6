import { defineConfig } from "#domain/config.ts";

/** This deployment. Every field is explained in domain/config.ts and domain/config/. */
export const config = defineConfig({
  name: "broadsheet",
  newsletters: {
    daily: {
      title: "The Daily Broadsheet",
      description: "The lead story of the day and the headlines worth knowing, in three minutes.",
      language: "en-GB",
      from: { name: "The Daily Broadsheet", address: "editor@broadsheet.example" },
      timeZone: "Europe/London",
      sendAt: "07:00",
      mode: "auto",
      editors: ["editor@broadsheet.example"],
      postalAddress: "The Daily Broadsheet, 1 Example Street, London, United Kingdom",
    },
  },
});
