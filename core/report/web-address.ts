/** The URL of a link, encoded; undefined for what is no web address, such as `javascript:`. */
export function webAddress(url: string): string | undefined {
  return /^https?:\/\//i.test(url) ? encodeURI(url.toWellFormed()) : undefined;
}
