import { runCacheClient, SELF } from './cache-client.ts';

// The step starts itself again as the client of the cache, which needs nothing of the rest.
const [, , part, ...args] = process.argv;
if (part === SELF) await runCacheClient(args);
else await (await import(/* webpackMode: "eager" */ './main.ts')).main(process.env);
