import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import { describeIssue } from '../core/config/issues.ts';
import { AppError, type Problem } from '../core/errors/app-error.ts';

/** What the App is told by its environment. */
export interface Settings {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** Without a slash at the end. */
  readonly apiUrl: string;
  readonly host: string;
  readonly port: number;
  /** The file of the deliveries. */
  readonly database: string;
  /** Between two searches for what no delivery told; 0: never. */
  readonly sweepMinutes: number;
}

/** Probot's own default, which everybody knows. */
const KNOWN_SECRET = 'development';
const SHORTEST_SECRET = 16;

const environment = z.object({
  APP_ID: z.coerce.number().int().positive(),
  PRIVATE_KEY: z.string().min(1),
  WEBHOOK_SECRET: z.string(),
  GITHUB_API_URL: z.url().default('https://api.github.com'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  MLOPS_BOT_DATABASE: z.string().min(1).default('mlops-bot.sqlite'),
  MLOPS_BOT_SWEEP_MINUTES: z.coerce.number().int().min(0).max(1440).default(15),
});

const MEANINGS: Readonly<Record<keyof z.infer<typeof environment>, string>> = {
  APP_ID: 'the number on the App’s page',
  PRIVATE_KEY: 'the private key of the App, in PEM; line breaks may be written as \\n',
  WEBHOOK_SECRET: 'the secret that GitHub signs deliveries with',
  GITHUB_API_URL: 'the address of the REST API',
  HOST: 'the address to listen on',
  PORT: 'the port to listen on',
  MLOPS_BOT_DATABASE: 'the file that keeps deliveries',
  MLOPS_BOT_SWEEP_MINUTES: 'minutes between two searches for lost deliveries; 0 for none',
};

/**
 * Reads the settings of the App. Whoever knows the webhook secret can tell the App anything, so it must be a real one.
 *
 * @throws AppError with everything that is wrong.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse({ ...given, WEBHOOK_SECRET: env.WEBHOOK_SECRET ?? '' });
  const wrong = parsed.success
    ? []
    : parsed.error.issues
        .flatMap((issue) => describeIssue(issue, given, environment))
        .map(({ path, next: _, ...problem }): Problem => {
          const name = String(path[0]) as keyof typeof MEANINGS;
          return { place: name, ...problem, next: `set the variable ${name}: ${MEANINGS[name]}` };
        });
  const privateKey = (env.PRIVATE_KEY ?? '').replaceAll('\\n', '\n');
  const problems = [...wrong, ...keyProblems(privateKey), ...secretProblems(env.WEBHOOK_SECRET ?? '')];
  if (!parsed.success || problems.length > 0) throw new AppError(problems);
  const vars = parsed.data;
  return {
    appId: vars.APP_ID,
    privateKey,
    webhookSecret: vars.WEBHOOK_SECRET,
    apiUrl: vars.GITHUB_API_URL.replace(/\/+$/, ''),
    host: vars.HOST,
    port: vars.PORT,
    database: vars.MLOPS_BOT_DATABASE,
    sweepMinutes: vars.MLOPS_BOT_SWEEP_MINUTES,
  };
}

/** A key that cannot sign would fail at each delivery. What was given is never shown. */
function keyProblems(key: string): Problem[] {
  if (key === '') return [];
  try {
    if (createPrivateKey(key).asymmetricKeyType === 'rsa') return [];
  } catch {
    // Node's message is about its own library.
  }
  return [
    {
      place: 'PRIVATE_KEY',
      message: 'is no RSA private key in PEM',
      allowed: 'the whole text of the .pem file, from -----BEGIN to END-----',
      next: 'set it like this: PRIVATE_KEY="$(cat key.pem)". The App’s page makes a new one',
    },
  ];
}

function secretProblems(secret: string): Problem[] {
  if (secret.trim() !== '' && secret !== KNOWN_SECRET && secret.length >= SHORTEST_SECRET) return [];
  return [
    {
      place: 'WEBHOOK_SECRET',
      message: 'is no secret, so anybody could tell the App what to do',
      found: secret.trim() === '' ? 'nothing' : secret === KNOWN_SECRET ? `"${KNOWN_SECRET}"` : 'a short text',
      allowed: `at least ${SHORTEST_SECRET} characters that nobody can guess`,
      next: 'make one with `openssl rand -hex 32`, and enter it on the App’s page too',
    },
  ];
}
