import { beforeAll, describe, expect, it } from 'vitest';
import { useRig } from '../../rig/rig.fixture.ts';
import { attack } from './attack.ts';
import { aTeam, customers, type SeenJob, type Team } from './team.fixture.ts';
