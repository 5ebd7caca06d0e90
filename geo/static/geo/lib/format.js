/* Words and numbers as people read them. */

const language = () => globalThis.document?.documentElement.lang || "en-GB";

export const formatNumber = (n) => n.toLocaleString(language());

/* A number short enough for a marker: exact below 10,000, then 12k, 1.2m. */
export function shortNumber(n) {
  if (n < 10000) return formatNumber(n);
  if (n < 999500) return `${Math.round(n / 1000)}k`;
  return `${(n / 1e6).toFixed(n < 9.95e6 ? 1 : 0)}m`;
}

/* Fill the named places of a translated text: "%(n)s pledges" with { n: 5 }. */
export const formatMessage = (text, values) => interpolate(text, values, true);
