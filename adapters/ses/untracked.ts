/**
 * No tracking pixel and no rewritten links. Set in every request, because the account's own setting would otherwise
 * apply if the configuration set doesn't decide it (TrackingConfigurationOverrides in SES's API reference).
 */
export const untracked = {
  Tracking: { OpenTrackingEnabled: "DISABLED", ClickTrackingEnabled: "DISABLED" },
} as const;
