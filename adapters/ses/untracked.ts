/**
 * No pixel, no rewritten link: said with every request, because the account's own setting would otherwise apply to a
 * message whose configuration set does not decide it (TrackingConfigurationOverrides in SES's API reference).
 */
export const untracked = {
  Tracking: { OpenTrackingEnabled: "DISABLED", ClickTrackingEnabled: "DISABLED" },
} as const;
