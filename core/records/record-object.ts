import { z } from 'zod';

/**
 * The schema of an object in a record. Fields that later versions add are kept, so that they survive being read and written;
 * the type has the known fields alone, so that a misspelt one does not compile.
 */
export function recordObject<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.looseObject(shape) as unknown as z.ZodObject<Shape, z.core.$strict>;
}
