/** Exit codes of the command line: 1 a gate failed, 2 usage or configuration error, 70 internal error. */
export const EXIT = { pass: 0, stopped: 1, usage: 2, internal: 70 } as const;
