/**
 * Equal inputs give models, predictions and metrics that are equal to the last bit wherever this number is the same, whatever our
 * version is. It is raised when the hashes in `test/hashes/models.json` change, and only then.
 */
export const ENGINE = 2;

/** SHA-256 of the hashes that `ENGINE` stands for; a test compares. */
export const ENGINE_HASHES = '5a1b02f4918af60e76e2faa118ebdfbfa7e3cdef0ed9fc9ab18a2650362211d5';

/** How rows are recognised: their keys are comparable wherever this number is the same. */
export const KEY_SCHEME = 2;

/** SHA-256 of the keys of a few rows, as `KEY_SCHEME` makes them; a test compares. */
export const KEY_SCHEME_KEYS = 'be4b902b4ff2375b1f2567dfcdf3956c727e24677d2c906bee4fcfc7917e52c5';
