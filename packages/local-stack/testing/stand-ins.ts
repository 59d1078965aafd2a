import { join } from 'node:path';
import { services } from '../src/index.ts';

const script = join(import.meta.dirname, 'stand-in-service.ts');

/** The platform's services, each replaced by the stand-in. */
export const standIns = services.map(({ name }) => ({ name, script }));
