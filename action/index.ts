import { runCacheClient, SELF } from './cache-client.ts';
import { main } from './main.ts';

// The step starts itself again as the client of the cache.
const [, , part, ...args] = process.argv;
if (part === SELF) await runCacheClient(args);
else await main(process.env);
