import type { NotRemade } from '../../../comparison/remade.ts';

/** Something stands in the way of training the base commit here. */
export class Obstacle extends Error {
  readonly what: NotRemade;

  constructor(what: NotRemade, options?: ErrorOptions) {
    super(what.obstacle, options);
    this.what = what;
  }
}
