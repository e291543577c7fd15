/** Exit codes: success; the verdict stops the merge; a usage or configuration error; an internal error; interrupted, as shells have it. */
export const EXIT = { success: 0, stopped: 1, usage: 2, internal: 70, interrupted: 130 } as const;
