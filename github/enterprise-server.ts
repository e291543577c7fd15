/** Whether a server is a GitHub Enterprise Server: it has no artifacts that the official client can write. */
export function isEnterpriseServer(serverUrl: string): boolean {
  const { hostname } = new URL(serverUrl);
  return hostname !== 'github.com' && !/\.(ghe\.com|localhost)$/.test(hostname);
}
