/** Exit codes: success; the verdict stops the merge; a usage or configuration error; an internal error. */
export const EXIT = { success: 0, stopped: 1, usage: 2, internal: 70 } as const;
