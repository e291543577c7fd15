import dns from 'node:dns';

// Git and browsers know where names below `localhost` lead; Node asks the machine, which may not. Loaded by the processes of jobs.
const { lookup } = dns;
dns.lookup = Object.assign(
  (name: string, ...rest: unknown[]) =>
    (lookup as (...all: unknown[]) => void)(/\.localhost$/.test(name) ? 'localhost' : name, ...rest),
  lookup,
);
