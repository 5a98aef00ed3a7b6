import { describe, expect, it } from "vitest";
import { config } from "#broadsheet.config.ts";
import { DeliverySettingsText } from "#domain/config/delivery-settings.ts";
import { checkTrialFlag, describeTrial, production, readTrial, trialFlags } from "#local/trial.ts";

describe("a trial's settings", () => {
  it("are production's where no flag is given", () => {
    expect(readTrial({})).toEqual(production);
    expect(describeTrial(production)).toBe("");
  });

  it("shorten what the flags say, and are said", () => {
    const trial = readTrial({ lease: "5", watch: "2", claim: "8" });
    expect(trial).toEqual({
      delivery: { ...config.delivery, leaseSeconds: 5, leaseRenewSeconds: 1, claimSeconds: 8 },
      watchSeconds: 2,
    });
    expect(describeTrial(trial)).toBe("leaseSeconds 5, leaseRenewSeconds 1, claimSeconds 8, watchSeconds 2");
  });

  it.each(trialFlags)("refuse a --$name that isn't its number", ({ name }) => {
    const wanted = name === "senders" ? "a whole number from 1 to 8" : "a number of seconds";
    for (const given of ["0", "-1", "soon", "Infinity", ""]) {
      expect(() => readTrial({ [name]: given })).toThrow(`--${name} ${given}: give ${wanted}`);
      expect(() => checkTrialFlag(name, given)).toThrow(wanted);
    }
    expect(checkTrialFlag(name, "2")).toBe("2");
  });

  it("share SES's rate among as many senders as they say", () => {
    const trial = readTrial({ senders: "4" });
    expect(trial.delivery).toEqual({ ...config.delivery, senders: 4 });
    expect(describeTrial(trial)).toBe("senders 4");
    for (const given of ["9", "1.5"]) expect(() => readTrial({ senders: given })).toThrow("from 1 to 8");
  });

  it("reach the functions whole, as their contracts read them", () => {
    const { delivery } = readTrial({ run: "20" });
    expect(DeliverySettingsText.parse(JSON.stringify(delivery))).toEqual(delivery);
    expect(DeliverySettingsText.safeParse("{").error?.issues[0]?.message).toBe("not JSON");
  });
});
