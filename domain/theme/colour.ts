/** Colours as `#rrggbb`; channels from 0 to 255. */
type Channels = [red: number, green: number, blue: number];

const channelsOf = (colour: string): Channels => [
  Number.parseInt(colour.slice(1, 3), 16),
  Number.parseInt(colour.slice(3, 5), 16),
  Number.parseInt(colour.slice(5, 7), 16),
];

const linear = (channel: number): number =>
  channel <= 10.31475 ? channel / 3294.6 : ((channel / 255 + 0.055) / 1.055) ** 2.4;

/** Relative luminance, 0 of black to 1 of white (WCAG 2.2, "relative luminance"). */
export function luminance(colour: string): number {
  const [red, green, blue] = channelsOf(colour);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** Contrast ratio of two colours, 1 to 21, whichever is the lighter (WCAG 2.2, "contrast ratio"). */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/**
 * The colour after `invert(1) hue-rotate(180deg)`, which mail clients use to darken emails: light becomes dark and red
 * stays red (Filter Effects Module Level 1, 9.6.3; the matrix at 180 degrees).
 */
export function inverted(colour: string): string {
  const [red, green, blue] = channelsOf(colour).map((channel) => 255 - channel);
  const turned = [
    -0.574 * (red ?? 0) + 1.43 * (green ?? 0) + 0.144 * (blue ?? 0),
    0.426 * (red ?? 0) + 0.43 * (green ?? 0) + 0.144 * (blue ?? 0),
    0.426 * (red ?? 0) + 1.43 * (green ?? 0) - 0.856 * (blue ?? 0),
  ];
  const digits = turned.map((channel) =>
    Math.round(Math.min(255, Math.max(0, channel)))
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${digits.join("")}`;
}
