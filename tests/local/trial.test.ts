import { describe, expect, it } from "vitest";
import { config } from "#broadsheet.config.ts";
import { DeliverySettingsText } from "#domain/config/delivery-settings.ts";
import { describeTrial, production, readTrial, trialFlags } from "#local/trial.ts";

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

  it.each(trialFlags)("refuse a --$name that isn't a number of seconds", ({ name }) => {
    for (const given of ["0", "-1", "soon", "Infinity", ""]) {
      expect(() => readTrial({ [name]: given })).toThrow(`--${name} ${given}: give a number of seconds`);
    }
  });

  it("reach the functions whole, as their contracts read them", () => {
    const { delivery } = readTrial({ run: "20" });
    expect(DeliverySettingsText.parse(JSON.stringify(delivery))).toEqual(delivery);
    expect(DeliverySettingsText.safeParse("{").error?.issues[0]?.message).toBe("not JSON");
  });
});
